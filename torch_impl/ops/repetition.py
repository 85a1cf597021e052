"""The same numbers several times.

``broadcast_to`` repeats without copying: a stride of 0 finds the same element at every step. Either
way each element's gradient is the sum over all places where it stands. ``Tensor.expand`` and
``Tensor.repeat`` are methods, and torch's own.
"""

from __future__ import annotations

from torch import Tensor, broadcast_shapes, broadcast_tensors, repeat_interleave

from ..autograd import Rule, ViewRule
from ._operands import unbroadcast

__all__ = [
    "broadcast_to",
    "broadcast_tensors",
    "broadcast_shapes",
    "tile",
    "repeat_interleave",
]


class Expand(ViewRule):
    """y = x, its dimensions of size 1 repeated by a stride of 0        dx = sum of dy over them"""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.shape = x.shape
        return x.expand(shape)

    @staticmethod
    def backward(ctx, dy):
        return unbroadcast(dy, ctx.shape), None


class Repeat(Rule):
    """y = x, as a tile laid so many times along each dimension        dx = dy, summed over tiles"""

    @staticmethod
    def forward(ctx, x, repeats):
        ctx.shape, ctx.repeats = x.shape, repeats
        return x.repeat(repeats)

    @staticmethod
    def backward(ctx, dy):
        shape = (1,) * (len(ctx.repeats) - len(ctx.shape)) + ctx.shape
        tiled = [n for pair in zip(ctx.repeats, shape, strict=True) for n in pair]
        dx = dy.reshape(tiled)
        for dim in reversed(range(0, len(tiled), 2)):
            dx = dx.sum(dim)
        return dx.reshape(ctx.shape), None


def broadcast_to(input: Tensor, size: tuple[int, ...]) -> Tensor:
    """The tensor with its dimensions of size 1 repeated, though each element is stored once.

    Args:
        input: the tensor
        size: the new sizes; -1 keeps a dimension as it is, and new dimensions come first

    Examples:
        >>> torch.broadcast_to(torch.tensor([[1], [2]]), (-1, 3))
        tensor([[1, 1, 1],
                [2, 2, 2]])
    """
    return Expand.apply(input, size)


def tile(input: Tensor, dims: tuple[int, ...]) -> Tensor:
    """The tensor as a tile, laid so many times along each dimension.

    Args:
        input: the tensor
        dims: the times; dimensions that are left out in front are not repeated

    Examples:
        >>> torch.tile(torch.tensor([1, 2]), (2, 3))
        tensor([[1, 2, 1, 2, 1, 2],
                [1, 2, 1, 2, 1, 2]])
    """
    return Repeat.apply(input, (1,) * (input.ndim - len(dims)) + tuple(dims))
