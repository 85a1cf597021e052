"""Parts of a tensor, read and written.

The brackets of ``x[...]`` are torch's own. ``select`` and ``narrow`` do by name what ``x[i]`` and
``x[a:b]`` do, with the same backward: zeros, and dy at the place that was read.

>>> x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
>>> x[[1, 1], [0, 2]].backward(torch.tensor([0.5, 3.0]))
>>> x[0, 1:].backward(torch.tensor([1.0, -1.0]))
>>> x.grad
tensor([[ 0.0000,  1.0000, -1.0000],
        [ 0.5000,  0.0000,  3.0000]])
"""

from __future__ import annotations

import torch
from torch import Tensor

from ..autograd import ViewRule

__all__ = ["select", "narrow"]


class Slice(ViewRule):
    """y = x[index]        dx = zeros, but dx[index] = dy"""

    @staticmethod
    def forward(ctx, x, index):
        ctx.shape, ctx.index = x.shape, index
        return x[index]

    @staticmethod
    def backward(ctx, dy):
        dx = torch.zeros(ctx.shape, dtype=dy.dtype, device=dy.device)
        dx[ctx.index] = dy
        return dx, None


def select(input: Tensor, dim: int, index: int) -> Tensor:
    """The entry at an index along a dimension, which is gone then: a view.

    Args:
        input: the tensor
        dim: the dimension
        index: which entry; -1 is the last

    Examples:
        >>> torch.select(torch.tensor([[1, 2], [3, 4]]), 1, 0)
        tensor([1, 3])
    """
    return Slice.apply(input, (*_whole(input, dim), index))


def narrow(input: Tensor, dim: int, start: int, length: int) -> Tensor:
    """Some neighbouring entries along a dimension: a view.

    Args:
        input: the tensor
        dim: the dimension
        start: the first entry
        length: how many

    Examples:
        >>> torch.narrow(torch.arange(5), 0, 1, 3)
        tensor([1, 2, 3])
    """
    if not input.ndim or length < 0:
        raise RuntimeError("narrow() needs a dimension and a length that is not negative")
    ahead, size = _whole(input, dim), input.shape[dim]
    if not -size <= start <= size:
        raise IndexError(f"start out of range (expected to be in range of [{-size}, {size}])")
    start += size if start < 0 else 0
    if start + length > size:
        raise RuntimeError(f"start ({start}) + length ({length}) exceeds dimension size ({size}).")
    return Slice.apply(input, (*ahead, slice(start, start + length)))


def _whole(input: Tensor, dim: int) -> list[slice]:
    """Slices of all that stands before a dimension."""
    if not -input.ndim <= dim < input.ndim:
        raise IndexError(f"Dimension out of range: {dim}, for {input.ndim} dimensions")
    return [slice(None)] * (dim % input.ndim)
