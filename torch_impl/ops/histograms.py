"""Numbers into bins: histc and histogram count them, searchsorted and bucketize say which one.

Bins are given by their edges, in order. Counting has no gradient. These are torch's own:

>>> torch.histc(torch.tensor([1.0, 2.0, 1.0, 4.0]), bins=3, min=1, max=4)
tensor([2., 1., 1.])
>>> torch.bucketize(torch.tensor([5, 18, 40]), torch.tensor([12, 18, 65]))
tensor([0, 1, 2])
"""

from torch import bucketize, histc, histogram, searchsorted

__all__ = ["histc", "histogram", "searchsorted", "bucketize"]
