"""Whole entries along a dimension, picked, added or overwritten: a vector has their numbers.

``index_select(0, k)`` reads the rows ``x[k]``, ``index_add`` adds to them; each is the other's
backward. ``index_put`` is ``x[...] = value`` by name.
"""

from __future__ import annotations

import numpy

from .._arguments import as_dim
from .._data import number, scalar
from ..autograd import Rule
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._index_checks import recorded
from ._indices import WHOLE, parsed
from ._operands import need_tensors
from ._places import add_entries, outside
from ._writing import WritingRule, one_value, writes
from .indexing import IndexPut, matched

__all__ = ["index_select", "index_add", "index_copy", "index_fill", "index_put"]


class IndexSelect(Rule):
    """y = x[k], along a dimension        dx = zeros, but dx[k] += dy"""

    @staticmethod
    def forward(ctx, x, dim, index):
        ctx.shape, ctx.dim, ctx.index = x.shape, dim, index
        return selected(x, dim, index)

    @staticmethod
    def backward(ctx, dy):
        shape, dim, index = ctx.shape, ctx.dim, ctx.index
        if isinstance(dy, Tensor):
            zeros = wrap(numpy.zeros(shape, dy.array.dtype))
            return IndexAdd.apply(zeros, dy, dim, index, 1), None, None
        dx = numpy.zeros(shape, dy.dtype)
        IndexAdd._write(dx, dy, dim, index, 1)
        return dx, None, None


class IndexAdd(WritingRule):
    """y = x, but y[k] += alpha source        dx = dy,  dsource = alpha dy[k]"""

    guards = True

    @staticmethod
    def _write(y, source, dim, index, alpha):
        size = y.shape[dim] if y.ndim else 1
        wrong = outside(index, 0, size)
        if wrong is not None and (y.size or y.ndim < 2):
            in_the_middle = 0 < dim < y.ndim - 1
            raise (IndexError if y.ndim < 2 or in_the_middle else RuntimeError)(
                f"index {wrong} is out of bounds for dimension {dim} with size {size}"
            )
        if not y.size:
            return
        source = source if alpha == 1 else source * scalar(alpha, y.dtype)
        rows = y if y.ndim else y.reshape(1)
        source = source if source.ndim else source.reshape(1)
        add_entries(rows, dim, index, source)

    @staticmethod
    def backward(ctx, dy):
        dim, index, alpha = ctx.where
        dsource = None
        if ctx.needs_input_grad[1]:
            (source,) = ctx.saved_tensors
            dsource = selected(dy, dim, index).reshape(source.shape)
            dsource = dsource if alpha == 1 else dsource * alpha
        return dy, dsource, None, None, None


class IndexCopy(WritingRule):
    """y = x, but y[k] = source        dx = dy, but dx[k] = 0;  dsource = dy[k]"""

    guards = True

    @staticmethod
    def _write(y, source, dim, index):
        if not y.size:
            return
        if y.ndim:
            y[(*[WHOLE] * dim, index)] = source
        elif len(index):
            y[...] = source.reshape(-1)[-1]

    @staticmethod
    def backward(ctx, dy):
        dim, index, *_ = ctx.where
        needs_dx, needs_dsource, *others = ctx.needs_input_grad
        dx = without(dy, dim, index) if needs_dx else None
        dsource = None
        if needs_dsource:
            (source,) = ctx.saved_tensors
            dsource = selected(dy, dim, index).reshape(source.shape)
        return dx, dsource, *(None for _ in others)


class IndexFill(IndexCopy):
    """y = x, but y[k] = value        dx = dy, but dx[k] = 0"""

    order, apart, guards = "K", False, False


class IndexFillTensor(IndexFill, name="IndexFillBackward1"):
    """y = x, but y[k] = value        dx = dy, but dx[k] = 0;  dvalue = the sum of dy[k]"""

    @staticmethod
    def backward(ctx, dy):
        dim, index = ctx.where
        return without(dy, dim, index), selected(dy, dim, index).sum(), None, None


def selected(x, dim: int, index: numpy.ndarray):
    """The entries of these numbers."""
    if isinstance(x, Tensor):
        return IndexSelect.apply(x, dim, index)
    if not x.ndim:
        return x.reshape(1).take(index).reshape(() if len(index) == 1 else -1)
    if x.flags.c_contiguous:
        return x.take(index, dim, mode="wrap")
    return numpy.ascontiguousarray(x[(*[WHOLE] * dim, index)])


def without(dy, dim: int, index: numpy.ndarray):
    """dy with zeros in these entries."""
    if isinstance(dy, Tensor):
        return IndexFill.apply(dy, numpy.zeros((), dy.array.dtype), dim, index)
    dx = numpy.array(dy)
    IndexFill._write(dx, numpy.zeros((), dy.dtype), dim, index)
    return dx


@with_out(cast=False)
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
    need_tensors("index_select", input=input, index=index)
    dim = as_dim(dim, input.array.ndim)
    if index.array.ndim > 1:
        raise IndexError(
            f"index_select(): Index is supposed to be a vector, not of shape {list(index.shape)}"
        )
    if not input.array.ndim and index.array.size != 1:
        raise RuntimeError(
            f"index_select(): a tensor without dimensions has 1 value, not {index.array.size}"
        )
    _check_type(index, "index_select")
    wrong = outside(index.array, 0, _size(input, dim))
    if wrong is not None:
        size = _size(input, dim)
        checked_later = input.array.ndim > 1 and (dim == 1 or not input.array.size)
        raise (RuntimeError if checked_later else IndexError)(
            f"index out of range in self: {wrong} for dimension {dim} with size {size}"
        )
    return IndexSelect.apply(input, dim, _vector(index, input))


@with_out(cast=False)
@writes()
def index_add(
    input: Tensor, dim: int, index: Tensor, source: Tensor, *, alpha: float = 1
) -> Tensor:
    """A copy with the entries of ``source`` added to those that the index names.

    Args:
        input: the tensor
        dim: the dimension
        index: a vector of integers; what is named several times gets it all
        source: what to add, an entry for each number in ``index``
        alpha: a factor for ``source``. Default: 1

    Examples:
        >>> x, rows = torch.zeros(2, 2), torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        >>> x.index_add(0, torch.tensor([1, 0, 1]), rows)
        tensor([[3., 4.],
                [6., 8.]])
    """
    need_tensors("index_add", index=index, source=source)
    shape, given = input.array.shape, source.array.shape
    dim = as_dim(dim, len(shape))
    alpha = number(alpha, "index_add", "alpha")
    _check_type(index, "index_add")
    if index.array.ndim > 1:
        raise IndexError(
            f"index_add_(): Index is supposed to be a vector, not of shape {list(index.shape)}"
        )
    if source.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"index_add_(): self ({input.dtype}) and source ({source.dtype}) must have the same "
            f"dtype"
        )
    if not given and dim == 0 and index.array.size != 1:
        raise IndexError("index_add_(): the source has no dimensions")
    if len(given) != len(shape) or given and given[dim] != index.array.size:
        raise _unlike(shape, given, dim, index)
    if given[:dim] + given[dim + 1 :] != _others(input, dim):
        raise _unlike(shape, given, dim, index)
    return IndexAdd, source, dim, _vector(index, input, source), alpha


def _dimension(input: Tensor, dim: int, *others, **named) -> int:
    return as_dim(dim, input.array.ndim)


@with_out(cast=False)
@writes(first=_dimension)
def index_copy(input: Tensor, dim: int, index: Tensor, source: Tensor) -> Tensor:
    """A copy with the entries that the index names overwritten by those of ``source``.

    Args:
        input: the tensor
        dim: the dimension
        index: a vector of integers
        source: what to write, an entry for each number in ``index``

    Examples:
        >>> torch.zeros(2, 2).index_copy(1, torch.tensor([1]), torch.tensor([[5.0], [6.0]]))
        tensor([[0., 5.],
                [0., 6.]])
    """
    need_tensors("index_copy", index=index, source=source)
    shape, given = input.array.shape, source.array.shape
    dim = as_dim(dim, len(shape))
    if index.array.ndim > 1:
        raise IndexError(
            f"index_copy_(): Index should have dimension 1 or 0, not shape {list(index.shape)}"
        )
    if not given and index.array.size != 1:
        raise IndexError(
            f"index_copy_(): for a source without dimensions the index has to have one element, "
            f"not {index.array.size}"
        )
    if given and shape and len(given) != len(shape):
        raise IndexError(
            f"index_copy_(): source and destination must have as many dimensions, but their shapes "
            f"are {list(given)} and {list(shape)}"
        )
    _check_type(index, "index_copy", numpy.int64)
    if source.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"index_copy_(): self and source expected to have the same dtype, but got "
            f"{input.dtype} and {source.dtype}"
        )
    if shape[:dim] + shape[dim + 1 :] != given[:dim] + given[dim + 1 :]:
        raise _unlike(shape, given, dim, index)
    if given and given[dim] != index.array.size:
        raise IndexError(
            f"index_copy_(): Number of indices ({index.array.size}) should be equal to "
            f"source.size(dim) ({given[dim]})"
        )
    size = _size(input, dim)
    wrong = outside(index.array, 0, size)
    if wrong is not None and (input.array.size or not size):
        raise (IndexError if size else RuntimeError)(
            f"index_copy_(): index {wrong} is out of bounds for dimension {dim} with size {size}"
        )
    return IndexCopy, source, dim, _vector(index, input, source)


@writes(expanded=True)
def index_fill(input: Tensor, dim: int, index: Tensor, value: Tensor | float) -> Tensor:
    """A copy with one value in all elements of the entries that the index names.

    Args:
        input: the tensor
        dim: the dimension
        index: a vector of integers; -1 is the last entry
        value: a number, or a tensor without dimensions

    Examples:
        >>> torch.zeros(2, 3).index_fill(1, torch.tensor([0, -1]), 7)
        tensor([[7., 0., 7.],
                [7., 0., 7.]])
    """
    need_tensors("index_fill", index=index)
    if index.array.dtype != numpy.int64:
        raise IndexError(f"index_fill_(): Expected dtype int64 for index, not {index.dtype}")
    dim = as_dim(dim, input.array.ndim)
    if index.array.ndim > 1:
        raise RuntimeError(f"Index has to be a vector or scalar, not of shape {list(index.shape)}")
    size = _size(input, dim)
    wrong = outside(index.array, -size, size)
    if wrong is not None and 0 not in _others(input, dim):
        raise (IndexError if size else RuntimeError)(
            f"index {wrong} is out of bounds for dimension {dim} with size {size}"
        )
    value = one_value(input, value, "index_fill")
    rule = IndexFillTensor if isinstance(value, Tensor) else IndexFill
    return rule, value, dim, _vector(index) % max(size, 1)


def _count(input: Tensor, indices: tuple[Tensor, ...], *others, **named) -> None:
    if len(indices) > input.array.ndim:
        raise IndexError(
            f"too many indices for tensor of dimension {input.array.ndim} (got {len(indices)})"
        )


@writes(expanded=True, first=_count)
def index_put(
    input: Tensor, indices: tuple[Tensor, ...], values: Tensor, accumulate: bool = False
) -> Tensor:
    """A copy with ``x[indices] = values`` done to it.

    Args:
        input: the tensor
        indices: tensors of integers or bools, one for each of the first dimensions
        values: what to write, broadcast to what ``x[indices]`` is
        accumulate: add instead; what is named several times gets it all. Default: False

    Examples:
        >>> rows, values = torch.tensor([1, 1]), torch.tensor([2.0, 5.0])
        >>> torch.zeros(3).index_put((rows,), values, accumulate=True)
        tensor([0., 7., 0.])
    """
    need_tensors("index_put", values=values)
    if not isinstance(indices, (tuple, list)):
        raise TypeError(
            f"index_put(): argument 'indices' must be tuple of Tensors, not "
            f"{type(indices).__name__}"
        )
    for position, index in enumerate(indices):
        if not isinstance(index, Tensor):
            raise TypeError(
                f"index_put(): expected Tensor as element {position} of 'indices', but got "
                f"{type(index).__name__}"
            )
    if not indices:
        raise RuntimeError("index_put(): no index is given: use copy_()")
    arrays = tuple(wrap(numpy.atleast_1d(index.array)) for index in indices)
    _, _, picks = parsed(input.array.shape, arrays)
    values = matched(input, picks, values, arrays, in_place=False)
    return IndexPut, values, bool(accumulate), *picks


# ---- which entries --------------------------------------------------------------------------


def _size(x: Tensor, dim: int) -> int:
    return x.array.shape[dim] if x.array.ndim else 1


def _others(x: Tensor, dim: int) -> tuple[int, ...]:
    return x.array.shape[:dim] + x.array.shape[dim + 1 :]


def _vector(index: Tensor, *tensors: Tensor) -> numpy.ndarray:
    """The index as a vector: a copy, if a backward will need it, whatever happens meanwhile."""
    entries = index.array.astype(numpy.int64, copy=recorded(*tensors))
    return entries.reshape(-1)


def _check_type(index: Tensor, function: str, *kinds: type) -> None:
    if index.array.dtype not in (kinds or (numpy.int64, numpy.int32)):
        raise RuntimeError(
            f"{function}(): Expected dtype {'int64' if kinds else 'int32 or int64'} for index, got "
            f"{index.dtype}"
        )


def _unlike(shape: tuple, given: tuple, dim: int, index: Tensor) -> RuntimeError:
    return RuntimeError(
        f"the source, of shape {list(given)}, must have the shape of self, {list(shape)}, but in "
        f"dimension {dim}, where it has one entry for each of {index.array.size} indices"
    )
