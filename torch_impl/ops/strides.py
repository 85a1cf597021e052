"""Any walk through a tensor's memory: torch's own views of it.

Where the elements of a view overlap, each place's gradient is the sum over all that see it:

>>> x = torch.zeros(4, requires_grad=True)
>>> x.unfold(0, 2, 1).sum().backward()
>>> x.grad
tensor([1., 2., 2., 1.])
"""

from torch import (
    as_strided,
    as_strided_,
    as_strided_scatter,
    narrow_copy,
    resize_as_,
    select_scatter,
    slice_scatter,
)

__all__ = [
    "as_strided",
    "as_strided_",
    "as_strided_scatter",
    "resize_as_",
    "select_scatter",
    "slice_scatter",
    "narrow_copy",
]
