"""What there is and how often: unique, unique_consecutive, bincount, count_nonzero.

None of these has a gradient. They are torch's own:

>>> labels = torch.tensor([3, 1, 3, 7])
>>> torch.unique(labels, return_counts=True)
(tensor([1, 3, 7]), tensor([1, 2, 1]))
>>> torch.bincount(labels)
tensor([0, 1, 0, 2, 0, 0, 0, 1])
"""

from torch import bincount, count_nonzero, unique, unique_consecutive

__all__ = ["unique", "unique_consecutive", "bincount", "count_nonzero"]
