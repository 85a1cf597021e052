"""Triangles of matrices: what is on, below or above a diagonal."""

from __future__ import annotations

import operator

import numpy

from .. import dtypes
from .._arguments import as_sizes, check_device
from ..autograd import Rule
from ..autograd.variable import wrap
from ..creation import Device
from ..tensor import Tensor
from ._forms import pointwise
from ._operands import tensor

__all__ = ["tril", "triu", "tril_indices", "triu_indices"]


class Tril(Rule):
    """y = x, but 0 above a diagonal        dx = dy, but 0 there"""

    @staticmethod
    def forward(ctx, x, diagonal):
        ctx.diagonal = diagonal
        return lower(x, diagonal)

    @staticmethod
    def backward(ctx, dy):
        dx = tril(dy, ctx.diagonal) if isinstance(dy, Tensor) else lower(dy, ctx.diagonal)
        return dx, None


class Triu(Rule):
    """y = x, but 0 below a diagonal        dx = dy, but 0 there"""

    @staticmethod
    def forward(ctx, x, diagonal):
        ctx.diagonal = diagonal
        return upper(x, diagonal)

    @staticmethod
    def backward(ctx, dy):
        dx = triu(dy, ctx.diagonal) if isinstance(dy, Tensor) else upper(dy, ctx.diagonal)
        return dx, None


def positions(starts: numpy.ndarray, ends: numpy.ndarray) -> numpy.ndarray:
    """Row and column numbers of what lies, in each row, between a first and a last column."""
    columns = numpy.arange(ends.max(initial=0))
    where = numpy.empty((2, int((ends - starts).sum())), numpy.int64)
    done = 0
    for row, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        where[0, done : done + end - start] = row
        where[1, done : done + end - start] = columns[start:end]
        done += end - start
    return where


def lower(x: numpy.ndarray, diagonal: int) -> numpy.ndarray:
    """The array without what is above a diagonal, cleared by rows or columns: the fewer ones."""
    y = x.copy()
    rows, columns = x.shape[-2:]
    if rows <= columns:
        for i in range(max(0, min(rows, columns - 1 - diagonal))):
            y[..., i, max(0, i + 1 + diagonal) :] = 0
    else:
        for j in range(max(0, diagonal + 1), columns):
            y[..., : j - diagonal, j] = 0
    return y


def upper(x: numpy.ndarray, diagonal: int) -> numpy.ndarray:
    """The array without what is below a diagonal."""
    y = x.copy()
    rows, columns = x.shape[-2:]
    if rows <= columns:
        for i in range(max(0, 1 - diagonal), rows):
            y[..., i, : i + diagonal] = 0
    else:
        for j in range(max(0, min(columns, rows - 1 + diagonal))):
            y[..., max(0, j + 1 - diagonal) :, j] = 0
    return y


@pointwise
def tril(input: Tensor, diagonal: int = 0) -> Tensor:
    """The lower triangle of a matrix, or of each matrix of a batch; the rest is zero.

    Args:
        input: the tensor
        diagonal: the last diagonal that is kept; 0 is the main one, 1 the one above. Default: 0

    Examples:
        >>> torch.ones(3, 3).tril()
        tensor([[1., 0., 0.],
                [1., 1., 0.],
                [1., 1., 1.]])
    """
    _check_matrices(input, "tril")
    return Tril.apply(input, operator.index(diagonal))


@pointwise
def triu(input: Tensor, diagonal: int = 0) -> Tensor:
    """The upper triangle of a matrix, or of each matrix of a batch; the rest is zero.

    Args:
        input: the tensor
        diagonal: the first diagonal that is kept; 0 is the main one, 1 the one above. Default: 0

    Examples:
        >>> torch.ones(3, 3).triu(1)
        tensor([[0., 1., 1.],
                [0., 0., 1.],
                [0., 0., 0.]])
    """
    _check_matrices(input, "triu")
    return Triu.apply(input, operator.index(diagonal))


def _check_matrices(x: Tensor, function: str) -> None:
    if tensor(x).array.ndim < 2:
        raise RuntimeError(f"{function}: input tensor must have at least 2 dimensions")


def tril_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtypes.dtype = dtypes.int64,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """Where the lower triangle of a matrix is: a row of row numbers, and one of column numbers.

    Args:
        row: the number of rows
        col: the number of columns
        offset: the last diagonal that belongs to it. Default: 0
        dtype: Default: int64
        device: the CPU
        requires_grad: integers have no gradient

    Examples:
        >>> torch.tril_indices(2, 2)
        tensor([[0, 1, 1],
                [0, 0, 1]])
    """
    row, col = _sizes(row, col)
    ends = (numpy.arange(row) + 1 + offset).clip(0, col)
    return _made(positions(numpy.zeros_like(ends), ends), dtype, device, requires_grad)


def triu_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtypes.dtype = dtypes.int64,
    device: Device = None,
    requires_grad: bool = False,
) -> Tensor:
    """Where the upper triangle of a matrix is. Arguments as for ``tril_indices``.

    Examples:
        >>> torch.triu_indices(2, 2)
        tensor([[0, 0, 1],
                [0, 1, 1]])
    """
    row, col = _sizes(row, col)
    starts = (numpy.arange(row) + offset).clip(0, col)
    ends = numpy.full_like(starts, col)
    return _made(positions(starts, ends), dtype, device, requires_grad)


def _sizes(row: int, col: int) -> tuple[int, int]:
    sizes = as_sizes((row, col), "tril_indices", "row, col")
    if min(sizes) < 0:
        raise RuntimeError(f"row and col must be non-negative, got {row} and {col}")
    return sizes


def _made(where: numpy.ndarray, dtype, device: Device, requires_grad: bool) -> Tensor:
    check_device(device)
    if dtypes.as_dtype(dtype) not in (dtypes.int64, dtypes.int32):
        raise NotImplementedError(f"positions are int64 or int32, not {dtype}")
    y = wrap(where.astype(dtypes.as_dtype(dtype).numpy, copy=False))
    return y.requires_grad_() if requires_grad else y
