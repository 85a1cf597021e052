"""Being written."""

from torch import cat, concat, concatenate, stack, hstack, vstack

__all__ = ['cat', 'concat', 'concatenate', 'stack', 'hstack', 'vstack']
