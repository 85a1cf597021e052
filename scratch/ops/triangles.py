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
    lengths = ends - starts
    before = lengths.cumsum() - lengths
    where = numpy.empty((2, int(lengths.sum())), numpy.int64)
    where[0] = numpy.repeat(numpy.arange(len(lengths)), lengths)
    numpy.subtract(
        numpy.arange(where.shape[1]), numpy.repeat(before - starts, lengths), out=where[1]
    )
    return where


BAND = 32  # so many rows are cleared at once
ABOVE = numpy.tri(BAND, dtype=bool).T  # a square's diagonal and what is above it


def lower(x: numpy.ndarray, diagonal: int = 0, out: numpy.ndarray | None = None) -> numpy.ndarray:
    """The array without what is above a diagonal; ``out`` may be the array itself, or nothing."""
    _check_matrices(x, "tril")
    y = x.copy() if out is None else out
    rows, columns = y.shape[-2:]
    for top in range(0, max(0, min(rows, columns - 1 - diagonal)), BAND):
        band = y[..., top : top + BAND, :]
        first, left, right = _crossed(top, band, diagonal + 1)
        band[..., right:] = 0
        band[..., left:right][..., ABOVE[: band.shape[-2], left - first : right - first]] = 0
    return y


def upper(x: numpy.ndarray, diagonal: int = 0, out: numpy.ndarray | None = None) -> numpy.ndarray:
    """The array without what is below a diagonal; ``out`` may be the array itself, or nothing."""
    _check_matrices(x, "triu")
    y = x.copy() if out is None else out
    for top in range(max(0, 1 - diagonal) // BAND * BAND, y.shape[-2], BAND):
        band = y[..., top : top + BAND, :]
        first, left, right = _crossed(top, band, diagonal)
        band[..., :left] = 0
        band[..., left:right][..., ~ABOVE[: band.shape[-2], left - first : right - first]] = 0
    return y


def _crossed(top: int, band: numpy.ndarray, diagonal: int) -> tuple[int, int, int]:
    """Where a diagonal enters a band of rows, and the columns in which it crosses it."""
    rows, columns = band.shape[-2:]
    first = top + diagonal
    left, right = (min(max(0, column), columns) for column in (first, first + rows))
    return first, left, right


@pointwise("tril", ufunc=lower, operands=((int,),), least=0, cast=False)
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
    return Tril.apply(tensor(input), operator.index(diagonal))


@pointwise("triu", ufunc=upper, operands=((int,),), least=0, cast=False)
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
    return Triu.apply(tensor(input), operator.index(diagonal))


def _check_matrices(x: numpy.ndarray, function: str) -> None:
    if x.ndim < 2:
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
