"""The middle of a tensor, and what a share of it lies below: median, quantile; also without NaN.

``median`` is an element of the tensor: of an even number of elements, the lower of the two in the
middle. ``quantile(0.5)`` takes the mean of these two. All but ``median`` are torch's own:

>>> torch.quantile(torch.tensor([0.0, 10.0, 20.0, 40.0]), 0.5)
tensor(15.)
>>> torch.nanmedian(torch.tensor([4.0, float("nan"), 3.0]))
tensor(3.)
"""

from __future__ import annotations

import torch
from torch import Tensor, nanmedian, nanquantile, quantile

from ._forms import with_out
from ._operands import tensor
from ._reducing import numpy_names
from .extremum import Max
from .sorting import Sort

__all__ = ["median", "nanmedian", "quantile", "nanquantile"]


class Median(Max):
    """y = the middle of all x        dx = dy / m at the m elements that are y, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = torch.median(x)
        ctx.save_for_backward(x, y)
        return y


class MedianDim(Sort):
    """y = x[i], in the middle along a dimension        dx = 0, but dx[i] = dy"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        indices = torch.median(x, dim, keepdim=True).indices
        return Sort.results(ctx, x, dim, indices, keepdim)


# ---- functions ----------------------------------------------------------------------------------


@with_out
@numpy_names
def median(
    input: Tensor, dim: int | None = None, keepdim: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """The element in the middle; or the one along a dimension, with its index.

    Args:
        input: a tensor of numbers
        dim: the dimension. Default: None, all
        keepdim: keep it, with size 1. Default: False

    Examples:
        >>> torch.median(torch.tensor([4.0, 1.0, 3.0, 2.0]))
        tensor(2.)
        >>> torch.median(torch.tensor([[4, 1, 3], [2, 9, 5]]), dim=1)
        torch.return_types.median(
        values=tensor([3, 5]),
        indices=tensor([2, 2]))
    """
    if dim is None:
        return Median.apply(tensor(input))
    return torch.return_types.median(MedianDim.apply(tensor(input), dim, keepdim))
