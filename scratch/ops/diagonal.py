"""Diagonals of matrices.

``diagonal`` is a *view*: the next element is one row down and one column on, so its stride is the
sum of the two. Everything else here makes a new tensor, zero wherever nothing is said.
"""

from __future__ import annotations

import operator

import numpy

from .._arguments import as_dim
from .._data import number
from ..autograd import Rule, ViewRule
from ..creation import zeros
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._operands import alike, need_only_tensors, numeric, tensor
from ._strides import copy_with_gaps
from .conversion import convert

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
        return seen(x, offset, dim1, dim2)

    @staticmethod
    def backward(ctx, dy):
        return on_diagonal(dy, ctx.shape, *ctx.where), None, None, None


class DiagonalCopy(Rule, name="DiagonalBackward0_copy"):
    """y_i = x_i,(i+offset), copied        dx = zeros, but dy on that diagonal"""

    @staticmethod
    def forward(ctx, x, offset, dim1, dim2):
        ctx.shape, ctx.where = x.shape, (offset, dim1, dim2)
        return seen(x, offset, dim1, dim2).copy()

    @staticmethod
    def backward(ctx, dy):
        return on_diagonal(dy, ctx.shape, *ctx.where), None, None, None


class DiagonalBackward(Rule):
    """y = zeros, but x on a diagonal        dx = that diagonal of dy"""

    @staticmethod
    def forward(ctx, x, shape, offset, dim1, dim2):
        ctx.where = offset, dim1, dim2
        return on_diagonal(x, shape, offset, dim1, dim2)

    @staticmethod
    def backward(ctx, dy):
        return dy.diagonal(*ctx.where), None, None, None, None


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


class DiagonalScatter(Rule):
    """y = x, but src on a diagonal        dx = dy, but 0 there;  dsrc = that diagonal of dy"""

    @staticmethod
    def forward(ctx, x, src, offset, dim1, dim2):
        ctx.where = offset, dim1, dim2
        y = copy_with_gaps(x)
        seen(y, offset, dim1, dim2)[...] = src
        return y

    @staticmethod
    def backward(ctx, dy):
        dsrc = dy.diagonal(*ctx.where)
        if isinstance(dy, Tensor):
            dx = DiagonalScatter.apply(dy, dsrc.detach() * 0, *ctx.where)
        else:
            dx = dy.copy()
            seen(dx, *ctx.where)[...] = 0
        return dx, dsrc, None, None, None


class Trace(Rule):
    """y = sum_i x_ii        dx = zeros, but dy on the diagonal"""

    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        row = x.diagonal()
        if x.dtype.kind != "f":
            return row.sum(dtype=numpy.int64)
        return row.sum(dtype=numpy.float64).astype(x.dtype)

    @staticmethod
    def backward(ctx, dy):
        n = min(ctx.shape)
        row = dy.expand(n) if isinstance(dy, Tensor) else numpy.broadcast_to(dy, n)
        return on_diagonal(row, ctx.shape, 0, 0, 1)


class BlockDiag(Rule):
    """y = zeros, but the matrices x_i along the diagonal        dx_i = its block of dy"""

    @staticmethod
    def forward(ctx, *xs):
        ctx.shapes = [x.shape for x in xs]
        shapes = [(1,) * (2 - x.ndim) + x.shape for x in xs]
        y = numpy.zeros(numpy.sum(shapes, 0), xs[0].dtype)
        for x, block in zip(xs, _blocks(shapes), strict=True):
            y[block] = x
        ctx.blocks = _blocks(shapes)
        return y

    @staticmethod
    def backward(ctx, dy):
        return tuple(dy[b].reshape(shape) for b, shape in zip(ctx.blocks, ctx.shapes, strict=True))


def _blocks(shapes: list[tuple[int, int]]) -> list[tuple[slice, slice]]:
    """Where on the diagonal each of several matrices stands."""
    blocks, row, column = [], 0, 0
    for rows, columns in shapes:
        blocks.append((slice(row, row + rows), slice(column, column + columns)))
        row, column = row + rows, column + columns
    return blocks


def seen(x: numpy.ndarray, offset: int, dim1: int, dim2: int) -> numpy.ndarray:
    """A diagonal of an array: a view that can be written to, where the array can."""
    y = x.diagonal(offset, dim1, dim2)
    if x.flags.writeable:
        y.flags.writeable = True
    return y


def on_diagonal(dy, shape: tuple[int, ...], offset: int, dim1: int, dim2: int):
    """Zeros with dy, an array or a tensor, on a diagonal."""
    if isinstance(dy, Tensor):
        return DiagonalBackward.apply(dy, shape, offset, dim1, dim2)
    dx = numpy.zeros(shape, dy.dtype)
    seen(dx, offset, dim1, dim2)[...] = dy
    return dx


# ---- a diagonal -------------------------------------------------------------------------------


@tensor_method
def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """The diagonal of a matrix, or of each matrix of a batch: a view.

    Args:
        input: the tensor
        offset: how many columns to the right of the main diagonal; negative: below it. Default: 0
        dim1, dim2: rows and columns; the diagonal becomes the last dimension. Default: 0 and 1

    Examples:
        >>> x = torch.tensor([[1, 2], [3, 4]])
        >>> x.diagonal(), x.diagonal(1)
        (tensor([1, 4]), tensor([2]))
    """
    return Diagonal.apply(input, operator.index(offset), *_planes(input, dim1, dim2))


def _planes(x: Tensor, dim1: int, dim2: int) -> tuple[int, int]:
    ndim = tensor(x).array.ndim
    dims = as_dim(dim1, ndim), as_dim(dim2, ndim)
    if dims[0] == dims[1]:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return dims


@tensor_method
def diagonal_scatter(
    input: Tensor, src: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1
) -> Tensor:
    """A copy of the tensor, with ``src`` on a diagonal.

    Args:
        input: the tensor
        src: what ``input.diagonal(...)`` will be
        offset, dim1, dim2: as for ``diagonal``

    Examples:
        >>> torch.zeros(2, 2).diagonal_scatter(torch.ones(2))
        tensor([[1., 0.],
                [0., 1.]])
    """
    where = operator.index(offset), *_planes(input, dim1, dim2)
    size = seen(input.array, *where).shape
    if tensor(src, 2).array.shape != size:
        raise RuntimeError(
            f"expected src to have a size equal to the slice of self. src size = "
            f"{list(src.array.shape)}, slice size = {list(size)}"
        )
    return DiagonalScatter.apply(input, convert(src, input.dtype), *where)


@with_out(cast=False)
@tensor_method
def diag(input: Tensor, diagonal: int = 0) -> Tensor:
    """The diagonal of a matrix, copied; or a matrix with a vector on its diagonal.

    Args:
        input: a matrix or a vector
        diagonal: which one; 0 is the main diagonal, 1 the one above it. Default: 0

    Examples:
        >>> torch.diag(torch.tensor([1, 2]))
        tensor([[1, 0],
                [0, 2]])
        >>> torch.diag(torch.tensor([[1, 2], [3, 4]]))
        tensor([1, 4])
    """
    ndim = tensor(input).array.ndim
    if ndim == 1:
        return diag_embed(input, diagonal)
    if ndim == 2:
        return DiagonalCopy.apply(input, operator.index(diagonal), 0, 1)
    raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {ndim}D")


@tensor_method
def diag_embed(input: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """Matrices with the rows of the tensor on their diagonals, and zeros elsewhere.

    Args:
        input: the tensor
        offset: which diagonal. Default: 0
        dim1, dim2: the result's dimensions for rows and columns. Default: the last two

    Examples:
        >>> torch.diag_embed(torch.tensor([1, 2]), 1)
        tensor([[0, 1, 0],
                [0, 0, 2],
                [0, 0, 0]])
    """
    ndim = tensor(input).array.ndim + 1
    dims = as_dim(dim1, ndim), as_dim(dim2, ndim)
    if dims[0] == dims[1]:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return DiagEmbed.apply(input, operator.index(offset), *dims)


@tensor_method
def diagflat(input: Tensor, offset: int = 0) -> Tensor:
    """A matrix with all elements of the tensor on its diagonal.

    Args:
        input: a tensor, of which all elements are taken in order
        offset: the diagonal's number, above the main one. Default: 0

    Examples:
        >>> torch.diagflat(torch.tensor([1, 2]))
        tensor([[1, 0],
                [0, 2]])
    """
    return diag_embed(tensor(input).reshape(-1), offset)


@tensor_method
def fill_diagonal_(self: Tensor, fill_value: float, wrap: bool = False) -> Tensor:
    """Writes a number on the diagonal, in place.

    Args:
        fill_value: the number
        wrap: in a tall matrix, begin again one row below where the diagonal ends. Default: False

    Examples:
        >>> torch.zeros(2, 3).fill_diagonal_(5)
        tensor([[5., 0., 0.],
                [0., 5., 0.]])
    """
    value = number(fill_value, "fill_diagonal_", "fill_value")
    self.check_in_place()
    shape, steps = self.shape, self.stride()
    if len(shape) < 2:
        raise RuntimeError("dimensions must larger than 1")
    if len(shape) > 2 and len(set(shape)) > 1:
        raise RuntimeError("all dimensions of input must be of equal length")
    start, step = self.storage_offset(), sum(steps)
    self.as_strided((min(shape),), (step,), start).fill_(value)
    if wrap and len(shape) == 2 and shape[0] > shape[1] + 1:
        rows, columns = shape
        count = -(-(self.numel() - columns * (columns + 1)) // (columns + 1))
        self.as_strided((count,), (step,), start + steps[0] * (columns + 1)).fill_(value)
    return self


@with_out
@tensor_method
def trace(input: Tensor) -> Tensor:
    """The sum of a matrix's diagonal.

    Args:
        input: a matrix

    Examples:
        >>> torch.trace(torch.tensor([[1, 2], [3, 4]]))
        tensor(5)
    """
    if numeric(input).array.ndim != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input.array.ndim}")
    return Trace.apply(input)


# ---- blocks -----------------------------------------------------------------------------------


def block_diag(*tensors: Tensor) -> Tensor:
    """A matrix with these matrices along its diagonal, and zeros elsewhere.

    Args:
        tensors: matrices; a vector is a row, a number a matrix of its own

    Examples:
        >>> torch.block_diag(torch.tensor([[1], [2]]), torch.tensor([3, 4]))
        tensor([[1, 0, 0],
                [2, 0, 0],
                [0, 3, 4]])
    """
    need_only_tensors("block_diag", tensors)
    for i, x in enumerate(tensors):
        if x.array.ndim > 2:
            raise RuntimeError(
                f"torch.block_diag: Input tensors must have 2 or fewer dimensions. Input {i} has "
                f"{x.array.ndim} dimensions"
            )
    return BlockDiag.apply(*alike(*tensors)) if tensors else zeros(1, 0)
