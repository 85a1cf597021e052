"""Being written."""

from torch import reshape, flatten, unflatten, ravel, squeeze, unsqueeze

__all__ = ['reshape', 'flatten', 'unflatten', 'ravel', 'squeeze', 'unsqueeze']
