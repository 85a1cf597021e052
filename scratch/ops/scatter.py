"""Elements picked or overwritten by numbers: where each of them is, another tensor says.

Along dimension 1, say, ``gather`` reads ``y[i][j] = x[i][index[i][j]]``, and ``scatter`` writes
``y[i][index[i][j]] = src[i][j]``. A mask says of every element yes or no.
"""

from __future__ import annotations

import numpy

from .._arguments import as_dim
from .._data import number, scalar
from ..autograd import Rule, namespace
from ..autograd.variable import wrap
from ..tensor import Tensor, in_place_method, tensor_method
from ._indices import WHOLE
from ._operands import unbroadcast
from .conversion import convert
from .indexing import Index, IndexPut, kept

__all__ = [
    "gather",
    "scatter",
    "scatter_add",
    "index_select",
    "masked_select",
    "masked_fill",
    "nonzero",
    "argwhere",
]


class Gather(Index):
    """y = x[grid]        dx = zeros, but dx[grid] += dy"""


class IndexSelect(Index):
    """y = x[:, index]        dx = zeros, but dx[:, index] += dy"""


class MaskedSelect(Index):
    """y = x[mask]        dx = zeros, but dx[mask] = dy"""


class Scatter(IndexPut):
    """y = x, but y[grid] = src        dx = dy, but dx[grid] = 0;  dsrc = dy[grid]"""


class ScatterNumber(IndexPut, name="ScatterBackward1"):
    """y = x, but y[grid] = value"""


class ScatterAdd(Rule):
    """y = x, but y[grid] += src        dx = dy;  dsrc = dy[grid]"""

    @staticmethod
    def forward(ctx, x, src, *grid):
        ctx.grid = kept(ctx, grid)
        y = x.copy(order="K")
        numpy.add.at(y, grid, src)
        return y

    @staticmethod
    def backward(ctx, dy):
        return dy, dy[ctx.grid], *(None for _ in ctx.grid)


class MaskedFill(Rule):
    """y = value where mask, else x        dx = 0 where mask, else dy"""

    @staticmethod
    def forward(ctx, x, mask, value):
        ctx.save_for_backward(mask)
        ctx.shape = x.shape
        return numpy.where(mask, value, x)

    @staticmethod
    def backward(ctx, dy):
        (mask,) = ctx.saved_tensors
        return unbroadcast(namespace(dy).where(mask, 0, dy), ctx.shape), None, None


class MaskedFillTensor(MaskedFill, name="MaskedFillBackward1"):
    """As MaskedFill, and dvalue = the sum of dy where mask"""

    @staticmethod
    def backward(ctx, dy):
        (mask,) = ctx.saved_tensors
        where = namespace(dy).where
        return unbroadcast(where(mask, 0, dy), ctx.shape), None, where(mask, dy, 0).sum()


# ---- along a dimension ----------------------------------------------------------------------


@tensor_method
def gather(input: Tensor, dim: int, index: Tensor, *, sparse_grad: bool = False) -> Tensor:
    """For each element of ``index``, the element of ``input`` that it names along a dimension.

    Args:
        input: the tensor to read from
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor with as many dimensions, the other ones no larger than the input's
        sparse_grad: no matter here; gradients are dense

    Shape:
        the result has the shape of ``index``

    Examples:
        >>> scores = torch.tensor([[1, 2, 3], [4, 5, 6]])
        >>> scores.gather(1, torch.tensor([[0], [2]]))
        tensor([[1],
                [6]])
    """
    if input.array.ndim == 0:
        return input.reshape(1).gather(dim, index.reshape(-1)).reshape(index.array.shape)
    return Gather.apply(input, *_grid(input, dim, index, "gather"))


@tensor_method
def scatter(input: Tensor, dim: int, index: Tensor, src: Tensor | float) -> Tensor:
    """A copy of the tensor with the elements that ``index`` names along a dimension overwritten.

    Args:
        input: the tensor
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor, as for ``gather``
        src: what to write, a number, or a tensor that is no smaller than ``index``

    Examples:
        >>> labels = torch.tensor([[0], [2]])
        >>> torch.zeros(2, 3).scatter_(1, labels, 1)
        tensor([[1., 0., 0.],
                [0., 0., 1.]])
    """
    grid = _grid(input, dim, index, "scatter")
    if not isinstance(src, Tensor):
        value = scalar(number(src, "scatter", "value"), input.array.dtype)
        return ScatterNumber.apply(input, value, *grid)
    return Scatter.apply(input, _part(input, index, src, "scatter"), *grid)


@tensor_method
def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """As ``scatter``, but adds; an element that is named several times gets it all.

    Examples:
        >>> torch.zeros(3).scatter_add(0, torch.tensor([1, 1, 2]), torch.tensor([1.0, 2.0, 4.0]))
        tensor([0., 3., 4.])
    """
    grid = _grid(input, dim, index, "scatter_add")
    return ScatterAdd.apply(input, _part(input, index, src, "scatter_add"), *grid)


def _grid(input: Tensor, dim: int, index: Tensor, function: str) -> tuple:
    """NumPy's index of the elements that ``index`` names: along the others each is at its place."""
    shape, named = input.array.shape, index.array.shape
    dim = as_dim(dim, len(shape))
    if index.array.dtype not in (numpy.int64, numpy.int32):
        raise RuntimeError(f"{function}(): Expected dtype int32/int64 for index, got {index.dtype}")
    if len(shape) != len(named):
        raise RuntimeError(
            f"Index tensor must have the same number of dimensions as input tensor: its shape is "
            f"{list(named)}, the input's {list(shape)}"
        )
    if any(n > size for i, (n, size) in enumerate(zip(named, shape, strict=True)) if i != dim):
        raise RuntimeError(
            f"Size does not match: expected index {list(named)} to be no larger than self "
            f"{list(shape)} apart from dimension {dim}"
        )
    size = shape[dim] if shape else 1
    wrong = outside(index.array, size)
    if wrong is not None:
        raise RuntimeError(f"index {wrong} is out of bounds for dimension {dim} with size {size}")
    if not shape:
        return (...,)
    return tuple(
        index.array if i == dim else numpy.arange(n).reshape(n, *[1] * (len(named) - i - 1))
        for i, n in enumerate(named)
    )


def outside(index: numpy.ndarray, size: int) -> int | None:
    """One of the numbers that are no index of a dimension of this size, if there is any."""
    if index.size:
        for wrong in (index.min(), index.max()):
            if not 0 <= wrong < size:
                return int(wrong)
    return None


def _part(input: Tensor, index: Tensor, src: Tensor, function: str) -> Tensor:
    """As much of ``src`` as is written."""
    if src.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"{function}(): Expected self.dtype to be equal to src.dtype, not {input.dtype} and "
            f"{src.dtype}"
        )
    named, given = index.array.shape, src.array.shape
    if len(named) != len(given) or any(n > m for n, m in zip(named, given, strict=True)):
        raise RuntimeError(
            f"Expected index {list(named)} to be no larger size than src {list(given)} in any "
            f"dimension"
        )
    return src if named == given else src[tuple(slice(n) for n in named)]


@tensor_method
def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Whole entries along a dimension, in any order: a copy.

    Args:
        input: the tensor
        dim: the dimension
        index: a vector of integers, the entries to take

    Examples:
        >>> torch.tensor([[1, 2, 3], [4, 5, 6]]).index_select(1, torch.tensor([2, 0]))
        tensor([[3, 1],
                [6, 4]])
    """
    shape = input.array.shape
    dim = as_dim(dim, len(shape))
    if index.array.ndim > 1:
        raise IndexError(
            f"index_select(): Index is supposed to be a vector, not of shape {list(index.shape)}"
        )
    if index.array.dtype not in (numpy.int64, numpy.int32):
        raise RuntimeError(
            f"index_select(): Expected dtype int32 or int64 for index, got {index.dtype}"
        )
    size = shape[dim] if shape else 1
    wrong = outside(index.array, size)
    if wrong is not None:
        raise IndexError(
            f"index out of range in self: {wrong} for dimension {dim} with size {size}"
        )
    if not shape:
        return input.reshape(1).index_select(0, index).reshape(())
    return IndexSelect.apply(input, *[WHOLE] * dim, index.array.reshape(-1))


# ---- by a mask ------------------------------------------------------------------------------


@tensor_method
def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    """The elements where the mask is True, in one dimension: a copy.

    Args:
        input: the tensor
        mask: a tensor of bools; the two are broadcast against each other

    Examples:
        >>> x = torch.tensor([[1, 2], [3, 4]])
        >>> x.masked_select(x > 1)
        tensor([2, 3, 4])
    """
    if mask.array.dtype != bool:
        raise RuntimeError(f"masked_select: expected BoolTensor for mask, not {mask.dtype}")
    shape = _broadcast(input, mask)
    x = input if input.array.shape == shape else input.expand(shape)
    return MaskedSelect.apply(x, numpy.broadcast_to(mask.array, shape))


@tensor_method
def masked_fill(input: Tensor, mask: Tensor, value: Tensor | float) -> Tensor:
    """A copy with one value wherever the mask is True.

    Args:
        input: the tensor
        mask: a tensor of bools; the two are broadcast against each other
        value: a number, or a tensor without dimensions

    Examples:
        >>> x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> x.masked_fill(x > 2, float("-inf"))
        tensor([[1., 2.],
                [-inf, -inf]])
    """
    if mask.array.dtype != bool:
        raise RuntimeError(
            f"masked_fill_ only supports boolean masks, but got mask with dtype {mask.dtype}"
        )
    _broadcast(input, mask)
    if not isinstance(value, Tensor):
        value = scalar(number(value, "masked_fill", "value"), input.array.dtype)
        return MaskedFill.apply(input, mask, value)
    if value.array.ndim:
        raise RuntimeError(
            f"masked_fill_ only supports a 0-dimensional value tensor, but got tensor with "
            f"{value.array.ndim} dimension(s)."
        )
    return MaskedFillTensor.apply(input, mask, convert(value, input.dtype))


def _broadcast(input: Tensor, mask: Tensor) -> tuple[int, ...]:
    try:
        return numpy.broadcast_shapes(input.array.shape, mask.array.shape)
    except ValueError:
        raise RuntimeError(
            f"The size of tensor a must match the size of tensor b: a mask of shape "
            f"{list(mask.array.shape)} cannot be broadcast with shape {list(input.array.shape)}"
        ) from None


@tensor_method
def nonzero(input: Tensor, *, as_tuple: bool = False) -> Tensor | tuple[Tensor, ...]:
    """Where the elements are that are not zero.

    Args:
        input: the tensor
        as_tuple: give one tensor of places for each dimension, as ``x[...]`` takes it. Default:
            one matrix, with a row for each element

    Examples:
        >>> x = torch.tensor([[0, 5], [7, 0]])
        >>> x.nonzero()
        tensor([[0, 1],
                [1, 0]])
        >>> x[x.nonzero(as_tuple=True)]
        tensor([5, 7])
    """
    if as_tuple:
        return tuple(wrap(places.copy()) for places in numpy.nonzero(numpy.atleast_1d(input.array)))
    return wrap(numpy.argwhere(input.array))


@tensor_method
def argwhere(input: Tensor) -> Tensor:
    """``nonzero`` by NumPy's name."""
    return nonzero(input)


scatter_ = in_place_method(scatter)
scatter_add_ = in_place_method(scatter_add)
masked_fill_ = in_place_method(masked_fill)
