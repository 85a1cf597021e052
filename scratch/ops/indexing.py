"""``x[...]``: parts of a tensor, read and written.

Numbers, slices, ``None`` and ``...`` give a *view*, which shares the tensor's memory. Lists, tensors
of integers and masks give a copy, since they pick elements in any order. Either way each element's
gradient goes back to where it came from; one that was picked several times gets the sum.
"""

from __future__ import annotations

import operator
import warnings
from types import EllipsisType

import numpy

from .._arguments import as_dim
from .._data import as_array, number, scalar
from ..autograd import Rule, ViewRule
from ..autograd.grad_mode import mode
from ..autograd.inplace import check_writable, write_over
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._operands import unbroadcast
from .conversion import check_fits, convert

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
    """x[i]: a dimension is gone."""


class Unsqueeze(Slice):
    """x[None]: a dimension of size 1 is new."""


class Alias(Slice):
    """x[...]: all of it."""


class Index(Rule):
    """y = x[index], an index of arrays        dx = zeros, but dx[index] += dy, pick by pick"""

    @staticmethod
    def forward(ctx, x, *index):
        ctx.shape, ctx.index = x.shape, kept(ctx, index)
        y = x[index]
        return y if y.flags.c_contiguous else y.copy()

    @staticmethod
    def backward(ctx, dy):
        dx = placed(dy, ctx.shape, ctx.index, adding=True)
        return dx, *(None for _ in ctx.index)


class IndexPut(Rule):
    """y = x, but y[index] = value        dx = dy, but dx[index] = 0;  dvalue = dy[index]"""

    @staticmethod
    def forward(ctx, x, value, *index):
        ctx.shape, ctx.index = value.shape, kept(ctx, index)
        y = x.copy(order="K")
        y[index] = value
        return y

    @staticmethod
    def backward(ctx, dy):
        dx = dy.clone() if isinstance(dy, Tensor) else dy.copy()
        dx[ctx.index] = 0
        return dx, unbroadcast(dy[ctx.index], ctx.shape), *(None for _ in ctx.index)


class Placed(Rule):
    """y = zeros, but y[index] = x, or += x        dx = dy[index]"""

    @staticmethod
    def forward(ctx, x, shape, index, adding):
        ctx.index = index
        return placed(x, shape, index, adding)

    @staticmethod
    def backward(ctx, dy):
        return dy[ctx.index], None, None, None


def placed(dy, shape: tuple[int, ...], index: tuple, adding: bool = False):
    """Zeros with dy, an array or a tensor, put at an index or added there."""
    if isinstance(dy, Tensor):
        return Placed.apply(dy, shape, index, adding)
    dx = numpy.zeros(shape, dy.dtype)
    if adding:
        numpy.add.at(dx, index, dy)
    else:
        dx[index] = dy
    return dx


def kept(ctx, index: tuple) -> tuple:
    """The index for backward: whatever happens to the arrays it was made of."""
    if not any(ctx.needs_input_grad):
        return index
    return tuple(i.copy() if isinstance(i, numpy.ndarray) else i for i in index)


# ---- reading --------------------------------------------------------------------------------


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
    rule, basic, picks = parsed(self.array.shape, index)
    if not picks:
        return rule.apply(self, basic)
    x = self if rule is Alias else rule.apply(self, basic)
    try:
        return Index.apply(x, *picks)
    except IndexError as error:
        raise _in_our_words(error) from None


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
    dim = as_dim(dim, len(shape))
    if not -shape[dim] <= index < shape[dim]:
        raise IndexError(
            f"select(): index {index} out of range for tensor of size {list(shape)} at dimension "
            f"{dim}"
        )
    return Select.apply(input, (*_whole(dim), index, ...))


@tensor_method
def narrow(input: Tensor, dim: int, start: int, length: int) -> Tensor:
    """The entries from ``start`` on, so many of them, along a dimension: a view.

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
        raise RuntimeError(
            f"start ({start}) + length ({length}) exceeds dimension size ({size}) of dimension {dim}"
        )
    return Slice.apply(input, (*_whole(dim), slice(start, start + length), ...))


# ---- writing --------------------------------------------------------------------------------


@tensor_method("__setitem__")
def setitem(self: Tensor, index: object, value: Tensor | float) -> None:
    """``x[index] = value``, a number or a tensor that is broadcast to the part."""
    if not isinstance(value, Tensor):
        if not isinstance(value, (int, float, numpy.generic)):
            raise TypeError(f"can't assign a {type(value).__name__} to a {self.type()}")
        value = wrap(scalar(number(value, "__setitem__", "value"), self.array.dtype))
    rule, basic, picks = parsed(self.array.shape, index)
    if picks and value.array.dtype != self.array.dtype:
        if value.array.ndim:
            raise RuntimeError(
                f"Index put requires the source and destination dtypes match, got {self.dtype} for "
                f"the destination and {value.dtype} for the source."
            )
        value = convert(value, self.dtype)
    if not mode.enabled or not (self.requires_grad or value.requires_grad):
        self.check_in_place()
        _write(self.array[basic], value.array, picks)
        self._changes.bump("__setitem__")
        return
    x = self if rule is Alias else rule.apply(self, basic)
    if picks:
        x.check_in_place(True)
        with _Words():
            result = IndexPut.apply(x, value, *picks)
        write_over(x, result, "index_put_")
    elif value.array.ndim:
        x.copy_(_without_leading_ones(value, x.array.ndim))
    else:
        x.fill_(value)
