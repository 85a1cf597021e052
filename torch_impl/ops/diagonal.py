"""Diagonals of matrices.

A diagonal is a view, and its gradient goes back to where it came from. ``diag_embed`` is the
opposite, so the two are each other's gradient.
"""

from __future__ import annotations

import torch
from torch import Tensor, block_diag, diagflat, diagonal_scatter

from ..autograd import Rule, ViewRule
from ._forms import with_out

__all__ = [
    "diagonal",
    "diagonal_scatter",
    "diag",
    "diag_embed",
    "diagflat",
    "trace",
    "block_diag",
]


class Diagonal(ViewRule):
    """y_i = x_i,(i+offset)        dx = zeros, but dy on that diagonal"""

    @staticmethod
    def forward(ctx, x, offset, dim1, dim2):
        ctx.shape, ctx.where = x.shape, (offset, dim1, dim2)
        return x.diagonal(offset, dim1, dim2)

    @staticmethod
    def backward(ctx, dy):
        return on_diagonal(dy, ctx.shape, *ctx.where), None, None, None


class DiagEmbed(Rule):
    """y = matrices of zeros, but x's rows on their diagonals        dx = those diagonals of dy"""

    @staticmethod
    def forward(ctx, x, offset, dim1, dim2):
        ctx.where = offset, dim1, dim2
        n = x.shape[-1] + abs(offset)
        shape = list(x.shape[:-1])
        for dim in sorted((dim1, dim2)):
            shape.insert(dim, n)
        return on_diagonal(x, shape, offset, dim1, dim2)

    @staticmethod
    def backward(ctx, dy):
        return dy.diagonal(*ctx.where), None, None, None


class Trace(Rule):
    """y = sum_i x_ii        dx = zeros, but dy on the diagonal"""

    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        return x.trace()

    @staticmethod
    def backward(ctx, dy):
        return on_diagonal(dy.expand(min(ctx.shape)), ctx.shape, 0, 0, 1)


def on_diagonal(dy, shape: tuple[int, ...], offset: int, dim1: int, dim2: int):
    """Zeros with dy on a diagonal."""
    return dy.new_zeros(shape).diagonal_scatter(dy, offset, dim1, dim2)


def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """The diagonal of a matrix, or of each matrix of a batch: a view.

    Args:
        input: the tensor
        offset: how many columns to the right of the main diagonal; negative: below it. Default: 0
        dim1, dim2: rows and columns; the diagonal becomes the last dimension. Default: 0 and 1

    Examples:
        >>> x = torch.tensor([[1, 2], [3, 4]])
        >>> torch.diagonal(x), torch.diagonal(x, 1)
        (tensor([1, 4]), tensor([2]))
    """
    return Diagonal.apply(input, offset, dim1, dim2)


@with_out(cast=False)
def diag(input: Tensor, diagonal: int = 0) -> Tensor:
    """The diagonal of a matrix, copied; or a matrix with a vector on its diagonal.

    Args:
        input: a matrix or a vector
        diagonal: which one; 0 is the main diagonal, 1 the one above it. Default: 0

    Examples:
        >>> torch.diag(torch.tensor([1, 2]))
        tensor([[1, 0],
                [0, 2]])
    """
    if input.ndim == 1:
        return diag_embed(input, diagonal)
    if input.ndim == 2:
        return Diagonal.apply(input, diagonal, 0, 1).clone()
    raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input.ndim}D")


def diag_embed(input: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """Matrices with the rows of the tensor on their diagonals, and zeros elsewhere.

    Args:
        input: the tensor
        offset: which diagonal. Default: 0
        dim1, dim2: the result's dimensions for rows and columns. Default: the last two
    """
    torch.empty((0,) * (input.ndim + 1)).diagonal(0, dim1, dim2)  # says what is wrong with them
    ndim = input.ndim + 1
    return DiagEmbed.apply(input, offset, dim1 % ndim, dim2 % ndim)


@with_out
def trace(input: Tensor) -> Tensor:
    """The sum of a matrix's diagonal.

    Args:
        input: a matrix

    Examples:
        >>> torch.trace(torch.tensor([[1, 2], [3, 4]]))
        tensor(5)
    """
    return Trace.apply(input)
