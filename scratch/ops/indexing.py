"""``x[...]``: parts of a tensor, read and written.

Numbers, slices, ``None`` and ``...`` give a *view*, which shares the tensor's memory. Lists,
tensors of integers and masks give a copy, since they pick elements in any order. Either way each
element's gradient goes back to where it came from; one picked several times gets the sum.
"""

from __future__ import annotations

import operator

import numpy

from .._arguments import as_dim
from .._data import contiguous, number, scalar
from ..autograd import Rule, ViewRule
from ..autograd._overlap import refuse_overlap, refuse_shared_memory
from ..autograd.grad_mode import mode
from ..autograd.inplace import check_writable, write_over
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._indices import WHOLE, check_expands, has_bytes, parsed, picked_shape
from ._operands import unbroadcast
from ._places import of_index, write
from ._writing import WritingRule, writable
from .conversion import check_fits

__all__ = ["select", "narrow"]


class Slice(ViewRule):
    """y = x[index]        dx = zeros, but dx[index] = dy"""

    @staticmethod
    def forward(ctx, x, index):
        ctx.shape, ctx.index = x.shape, index
        return x[index]

    @staticmethod
    def backward(ctx, dy):
        return placed(dy, ctx.shape, ctx.index), None


class Select(Slice):
    """y = x[i]: a dimension is gone        dx = zeros, but dx[i] = dy"""


class Unsqueeze(Slice):
    """y = x[None]: a dimension of size 1 is new        dx = dy[0]"""


class Alias(Slice):
    """y = x[...]: all of it        dx = dy"""


class Index(Rule):
    """y = x[index], an index with arrays        dx = zeros, but dx[index] += dy, pick by pick"""

    @staticmethod
    def forward(ctx, x, *index):
        picked_shape(x.shape, index)  # or an error
        y, index = picked(x, index)
        ctx.shape, ctx.index = x.shape, kept(ctx, index)
        return y

    @staticmethod
    def backward(ctx, dy):
        dx = placed(dy, ctx.shape, ctx.index, adding=True)
        return dx, *(None for _ in ctx.index)


class IndexPut(WritingRule):
    """y = x, but y[index] = value, or += value

    dx = dy, but dx[index] = 0 where a value took its place;  dvalue = dy[index]
    """

    order = "K"

    @staticmethod
    def forward(ctx, x, value, adding, *index):
        return WritingRule.forward(ctx, x, value, adding, *kept(ctx, index))

    @staticmethod
    def _write(y, value, adding, *index):
        if adding:
            add(y, index, value)
        else:
            put(y, index, value)

    @staticmethod
    def backward(ctx, dy):
        adding, *index = ctx.where
        needs_dx, needs_dvalue, *others = ctx.needs_input_grad
        dx, dvalue, index = dy, None, tuple(index)
        if needs_dx and not adding:
            dx = emptied(dy, index)
        if needs_dvalue:
            recorded = isinstance(dy, Tensor)
            dvalue = Index.apply(dy, *index) if recorded else picked(dy, index)[0]
            dvalue = unbroadcast(dvalue, ctx.shape)
        return dx, dvalue, *(None for _ in others)


class Placed(Rule):
    """y = zeros, but y[index] = x, or += x        dx = dy[index]"""

    @staticmethod
    def forward(ctx, x, shape, index, adding):
        ctx.index, ctx.adding = index, adding
        return placed(x, shape, index, adding)

    @staticmethod
    def backward(ctx, dy):
        picks = ctx.adding and isinstance(dy, Tensor)
        return Index.apply(dy, *ctx.index) if picks else dy[ctx.index], None, None, None


def placed(dy, shape: tuple[int, ...], index: tuple, adding: bool = False):
    """Zeros with dy, an array or a tensor, put at an index or added there."""
    if isinstance(dy, Tensor):
        return Placed.apply(dy, shape, index, adding)
    dx = numpy.zeros(shape, dy.dtype)
    if not adding or all(part is WHOLE or part.dtype == bool for part in index):
        dx[index] = dy
    else:
        add(dx, index, dy)
    return dx


def add(x: numpy.ndarray, index: tuple, value: numpy.ndarray) -> None:
    """x[index] += value, pick by pick: an element that is picked twice gets both."""
    try:
        if x.ndim == 1 or value.size < 256:
            numpy.add.at(x, index, value)
        else:
            places = of_index(x.shape, index)
            write(x, places, numpy.broadcast_to(value, places.shape), numpy.add)
    except IndexError as error:
        _harmless(x, index, error)


def emptied(dy, index: tuple):
    """dy with zeros at an index."""
    if isinstance(dy, Tensor):
        return IndexPut.apply(dy, numpy.zeros((), dy.array.dtype), False, *index)
    dx = numpy.array(dy)
    put(dx, index, numpy.zeros((), dx.dtype))
    return dx


def kept(ctx, index: tuple) -> tuple:
    """The index for backward, whatever happens meanwhile to the arrays it was made of."""
    if not any(ctx.needs_input_grad):
        return index
    return tuple(i.copy() if isinstance(i, numpy.ndarray) else i for i in index)


def picked(x: numpy.ndarray, index: tuple) -> tuple[numpy.ndarray, tuple]:
    """x[index], row by row in memory; and the index."""
    try:
        y = x[index]
    except IndexError as error:
        index = _harmless(x, index, error)
        y = x[index]
    if not x.flags.c_contiguous and y.ndim > 1 and y.size > 1:
        return _laid_out(y, x, index), index
    y = contiguous(y)
    return y.reshape(-1).reshape(y.shape) if 1 in y.shape else y, index  # with torch's strides


def _laid_out(y: numpy.ndarray, x: numpy.ndarray, index: tuple) -> numpy.ndarray:
    """y = x[index] in the order of memory that x has, as far as its dimensions are still there."""
    before, middle, after = picked_shape(x.shape, index)
    steps, dim = [], 0
    for part in index:
        steps += [x.strides[dim]] if part is WHOLE else []
        dim += part.ndim if part is not WHOLE and part.dtype == bool else 1
    steps[len(before) : len(before)] = [0] * len(middle)
    like_x = numpy.lib.stride_tricks.as_strided(x, y.shape, steps)
    ones = (1,) * len(after)
    picks = [
        numpy.empty(middle + ones) if part.dtype == bool else part.reshape(part.shape + ones)
        for part in index
        if part is not WHOLE
    ]
    laid = numpy.nditer([like_x, *picks, None]).operands[-1].astype(y.dtype)
    laid[...] = y
    return laid


def put(x: numpy.ndarray, index: tuple, value: numpy.ndarray) -> None:
    """x[index] = value"""
    try:
        x[index] = value
    except IndexError as error:
        x[_harmless(x, index, error)] = value


def _harmless(x: numpy.ndarray, index: tuple, error: IndexError) -> tuple:
    """An index with numbers out of range that picks nothing all the same: torch lets it pass."""
    zeros = tuple(
        numpy.zeros_like(part) if isinstance(part, numpy.ndarray) and part.dtype != bool else part
        for part in index
    )
    try:
        if not x[zeros].size:
            return zeros
    except IndexError:
        pass
    raise IndexError(str(error).replace("axis", "dimension")) from None


# ---- reading --------------------------------------------------------------------------------

_RULES = {"Slice": Slice, "Select": Select, "Unsqueeze": Unsqueeze, "Alias": Alias}


@tensor_method("__getitem__")
def getitem(self: Tensor, index: object) -> Tensor:
    """``x[index]``

    Examples:
        >>> x = torch.tensor([[1, 2, 3], [4, 5, 6]])
        >>> x[0], x[:, 1], x[-1, -1]
        (tensor([1, 2, 3]), tensor([2, 5]), tensor(6))
        >>> x[x > 3], x[[1, 1], [0, 2]]
        (tensor([4, 5, 6]), tensor([4, 6]))
    """
    kind, basic, picks = parsed(self.array.shape, index)
    x = self if picks and kind == "Alias" else _RULES[kind].apply(self, basic)
    return Index.apply(x, *picks) if picks else x


@tensor_method
def select(input: Tensor, dim: int, index: int) -> Tensor:
    """The entry at an index along a dimension, which is gone then: a view.

    Args:
        input: the tensor
        dim: the dimension
        index: which entry; -1 is the last

    Examples:
        >>> torch.tensor([[1, 2], [3, 4]]).select(1, 0)
        tensor([1, 3])
    """
    shape = input.array.shape
    if not shape:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    dim, index = as_dim(dim, len(shape)), operator.index(index)
    if not -shape[dim] <= index < shape[dim]:
        raise IndexError(
            f"select(): index {index} out of range for tensor of size {list(shape)} at dimension "
            f"{dim}"
        )
    return Select.apply(input, (*[WHOLE] * dim, index, ...))


@tensor_method
def narrow(input: Tensor, dim: int, start: int, length: int) -> Tensor:
    """Some neighbouring entries along a dimension: a view.

    Args:
        input: the tensor
        dim: the dimension
        start: the first entry
        length: how many

    Examples:
        >>> torch.arange(5).narrow(0, 1, 3)
        tensor([1, 2, 3])
    """
    shape = input.array.shape
    if not shape:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    dim = as_dim(dim, len(shape))
    size, start = shape[dim], operator.index(start)
    if length < 0:
        raise RuntimeError(f"narrow(): length must be non-negative, got {length}")
    if not -size <= start <= size:
        raise IndexError(
            f"start out of range (expected to be in range of [{-size}, {size}], but got {start})"
        )
    start += size if start < 0 else 0
    if start + length > size:
        raise RuntimeError(f"start ({start}) + length ({length}) exceeds dimension size ({size}).")
    return Slice.apply(input, (*[WHOLE] * dim, slice(start, start + length), ...))


# ---- writing --------------------------------------------------------------------------------


@tensor_method("__setitem__")
def setitem(self: Tensor, index: object, value: Tensor | float) -> None:
    """``x[index] = value``, a number or a tensor that is broadcast to the part

    Examples:
        >>> x = torch.zeros(2, 3)
        >>> x[0, 1:] = 5
        >>> x[x == 0] = -1
        >>> x
        tensor([[-1.,  5.,  5.],
                [-1., -1., -1.]])
    """
    if not isinstance(value, Tensor):
        if isinstance(value, complex):
            raise RuntimeError("complex numbers are not supported by scratch")
        if not isinstance(value, (int, float, numpy.generic)):
            raise TypeError(f"can't assign a {type(value).__name__} to a {self.type()}")
        value = wrap(scalar(number(value, "__setitem__", "value"), self.array.dtype))
    if isinstance(index, bool):
        if not index:
            return
        index = None
    index = (index,) if isinstance(index, slice) else index  # all of it is no part then
    kind, basic, picks = parsed(self.array.shape, index)
    recorded = mode.enabled and (self.requires_grad or value.requires_grad)
    if kind == "Alias":
        x = self
    else:
        x = _RULES[kind].apply(self, basic) if recorded else wrap(self.array[basic])
    if picks:
        self.check_in_place(value.requires_grad)
        x.check_in_place(value.requires_grad)
        value = matched(x, picks, value, index, in_place=True)
    elif value.array.ndim and value.array.shape != x.array.shape:
        value = expanded(value, x)
    (_record if recorded else _write)(self, x, picks, value)


def expanded(value: Tensor, x: Tensor) -> Tensor:
    """The value, without dimensions of size 1 in front, repeated to the shape of x."""
    sizes = value.array.shape
    while sizes and sizes[0] == 1:
        sizes = sizes[1:]
    check_fits(sizes, x.array.shape)
    if not sizes and x.array.ndim:
        refuse_shared_memory(x, value)
    return value.view(sizes).expand(x.array.shape)


def matched(x: Tensor, picks: tuple, value: Tensor, index: object, in_place: bool) -> Tensor:
    """The value to be put at an index with arrays: its dtype has to be that of x, and in place it
    may not lie in the memory of x. Only one number for a mask is converted, or copied. In place
    dimensions of size 1 in front are dropped."""
    arrays = [pick for pick in picks if pick is not WHOLE]
    filling = value.array.size == 1 and len(arrays) == 1 and arrays[0].dtype == bool
    if filling and has_bytes(index):
        raise RuntimeError("a mask of bytes is not filled with one number: use .bool()")
    while in_place and value.array.ndim and value.array.shape[0] == 1:
        value = value[0]
    if filling:
        picked_shape(x.array.shape, picks)
        return value.to(x.dtype, copy=in_place and numpy.may_share_memory(x.array, value.array))
    if in_place:
        refuse_shared_memory(x, value)
    check_expands(value.array, picked_shape(x.array.shape, picks))
    if value.array.dtype == x.array.dtype:
        return value
    raise RuntimeError(
        f"Index put requires the source and destination dtypes match, got {x.dtype} for the "
        f"destination and {value.dtype} for the source."
    )


def _record(self: Tensor, x: Tensor, picks: tuple, value: Tensor) -> None:
    """Writes to x, which is ``self`` or a view of it, as an operation that autograd follows."""
    if picks:
        write_over(x, IndexPut.apply(x, value, False, *picks), "index_put_")
    elif value.array.shape == x.array.shape:
        x.copy_(value)
    else:
        x.fill_(value)


def _write(self: Tensor, x: Tensor, picks: tuple, value: Tensor) -> None:
    """Writes what no gradient is asked for."""
    self.check_in_place()
    if picks:
        put(writable(x.array, "index_put_"), picks, value.array)
    elif value is not x:
        if value.array.shape == x.array.shape:
            refuse_overlap(x, (value,), "__setitem__")
        check_writable(x.array)
        put(x.array, ..., value.array)
    self._changes.bump("__setitem__")


@tensor_method("__delitem__")
def delitem(self: Tensor, index: object) -> None:
    """Refuses: a tensor keeps its size."""
    raise TypeError("Tensor does not support deleting items")
