"""The largest and the smallest: max, min, amax, amin, aminmax; and where: argmax, argmin.

Only the element that was the largest gets the gradient. Of several equal ones ``max(dim)`` gives it
to the first, whose index it returns; ``max()``, ``amax`` and ``amin`` share it out evenly.
The last five are torch's own:

>>> torch.tensor([[1.0, 5.0], [7.0, 2.0]]).amax(dim=(0, 1))
tensor(7.)
>>> torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]]).argmax(dim=1)
tensor([1, 0])
"""

from __future__ import annotations

import torch
from torch import Tensor, amax, amin, aminmax, argmax, argmin

from ..autograd import Rule
from ._forms import with_out
from ._operands import tensor
from ._reducing import numpy_names
from .selection import maximum, minimum

__all__ = ["max", "min", "amax", "amin", "aminmax", "argmax", "argmin"]


class Max(Rule):
    """y = the largest of all x        dx = dy / m at the m elements that are y, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = torch.max(x)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        mask = (x == y) | ((x != x) & (y != y))  # NaN is not equal to itself
        return torch.where(mask, dy / mask.sum(), 0.0)


class Min(Max):
    """y = the smallest of all x        dx = dy / m at the m elements that are y, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = torch.min(x)
        ctx.save_for_backward(x, y)
        return y


class MaxDim(Rule):
    """y = the largest x along a dimension, and its index        dx = dy at that index, else 0"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        return MaxDim.results(ctx, x, dim, keepdim, torch.max(x, dim, keepdim=True).indices)

    @staticmethod
    def backward(ctx, dy, dindices):
        dx = torch.zeros(ctx.shape, dtype=dy.dtype, device=dy.device)
        return dx.scatter(ctx.dim, ctx.indices, dy.reshape(ctx.indices.shape)), None, None

    @staticmethod
    def results(ctx, x, dim, keepdim, indices):
        """The results of forward, after what backward needs is kept."""
        y = x.gather(dim, indices)
        ctx.shape, ctx.dim, ctx.indices = x.shape, dim, indices
        if not keepdim:
            y, indices = y.squeeze(dim), indices.squeeze(dim)
        ctx.mark_non_differentiable(indices)
        return y, indices


class MinDim(MaxDim):
    """y = the smallest x along a dimension, and its index        dx = dy at that index, else 0"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        return MaxDim.results(ctx, x, dim, keepdim, torch.min(x, dim, keepdim=True).indices)


# ---- functions ----------------------------------------------------------------------------------


@with_out
@numpy_names
def max(
    input: Tensor,
    dim: int | Tensor | None = None,
    keepdim: bool = False,
    *,
    other: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """The largest element; or the largest along a dimension, with its index; NaN is the largest.

    ``max(input, other)`` of two tensors is ``maximum``.

    Args:
        input: a tensor
        dim: the dimension to search along. Default: None, all
        keepdim: keep it, with size 1. Default: False
        other: another tensor, to take the larger elements of the two

    Examples:
        >>> x = torch.tensor([[1.0, 5.0], [7.0, 2.0]])
        >>> torch.max(x)
        tensor(7.)
        >>> torch.max(x, dim=1)
        torch.return_types.max(
        values=tensor([5., 7.]),
        indices=tensor([1, 0]))
        >>> values, indices = torch.max(x, dim=0)
    """
    if other is not None or isinstance(dim, Tensor):
        return maximum(input, dim if other is None else other)
    if dim is None:
        return Max.apply(tensor(input))
    return torch.return_types.max(MaxDim.apply(tensor(input), dim, keepdim))


@with_out
@numpy_names
def min(
    input: Tensor,
    dim: int | Tensor | None = None,
    keepdim: bool = False,
    *,
    other: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """The smallest element; or the smallest along a dimension, with its index; NaN is the smallest.

    ``min(input, other)`` of two tensors is ``minimum``.

    Args:
        input: a tensor
        dim: the dimension to search along. Default: None, all
        keepdim: keep it, with size 1. Default: False
        other: another tensor, to take the smaller elements of the two
    """
    if other is not None or isinstance(dim, Tensor):
        return minimum(input, dim if other is None else other)
    if dim is None:
        return Min.apply(tensor(input))
    return torch.return_types.min(MinDim.apply(tensor(input), dim, keepdim))
