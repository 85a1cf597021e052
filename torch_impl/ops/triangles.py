"""Triangles of matrices: what is on, below or above a diagonal.

What was cleared gets no gradient, so the gradient is cleared in the same places.
"""

from __future__ import annotations

from torch import Tensor, tril_indices, triu_indices

from ..autograd import Rule
from ._forms import with_out

__all__ = ["tril", "triu", "tril_indices", "triu_indices"]


class Tril(Rule):
    """y = x, but 0 above a diagonal        dx = dy, but 0 there"""

    @staticmethod
    def forward(ctx, x, diagonal):
        ctx.diagonal = diagonal
        return x.tril(diagonal)

    @staticmethod
    def backward(ctx, dy):
        return dy.tril(ctx.diagonal), None


class Triu(Rule):
    """y = x, but 0 below a diagonal        dx = dy, but 0 there"""

    @staticmethod
    def forward(ctx, x, diagonal):
        ctx.diagonal = diagonal
        return x.triu(diagonal)

    @staticmethod
    def backward(ctx, dy):
        return dy.triu(ctx.diagonal), None


@with_out(cast=False)
def tril(input: Tensor, diagonal: int = 0) -> Tensor:
    """The lower triangle of a matrix, or of each matrix of a batch; the rest is zero.

    Args:
        input: the tensor
        diagonal: the last diagonal that is kept; 0 is the main one, 1 the one above. Default: 0

    Examples:
        >>> torch.tril(torch.ones(3, 3))
        tensor([[1., 0., 0.],
                [1., 1., 0.],
                [1., 1., 1.]])
    """
    return Tril.apply(input, diagonal)


@with_out(cast=False)
def triu(input: Tensor, diagonal: int = 0) -> Tensor:
    """The upper triangle of a matrix, or of each matrix of a batch; the rest is zero.

    Args:
        input: the tensor
        diagonal: the first diagonal that is kept; 0 is the main one, 1 the one above. Default: 0
    """
    return Triu.apply(input, diagonal)
