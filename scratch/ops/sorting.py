"""Elements in order: sort, argsort, msort, topk, kthvalue, mode.

Whatever is picked out of a tensor, sorted or the largest only, gives its gradient back to the place
where it came from. NaN counts as larger than every number, and -0.0 as equal to 0.0. Of equal
elements ``sort`` and ``topk`` may put any first, unless told to be ``stable``; which, is torch's.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy

from .._arguments import as_dim, as_int
from ..autograd import Rule
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._operands import tensor
from ._order import keys, nth_index, sort_order, stable_order, top_order
from ._out import need_tensor
from ._reducing import numpy_names, return_type
from .indexing import placed

__all__ = ["sort", "argsort", "msort", "topk", "kthvalue", "mode"]

SortResult = return_type("sort", "values", "indices")
TopkResult = return_type("topk", "values", "indices")
KthvalueResult = return_type("kthvalue", "values", "indices")
ModeResult = return_type("mode", "values", "indices")


class Sort(Rule):
    """y = x[order], ascending        dx[order] = dy"""

    @staticmethod
    def forward(ctx, x, dim, descending, stable):
        row, whole = rows(x, dim)
        key = keys(row, descending)
        # Long vectors of integers torch sorts by their digits, which leaves equal ones in order.
        digits = x.ndim == 1 and x.dtype.kind in "iu" and x.size >= 2**15 and not descending
        same = x.strides[dim : dim + 1] == (0,)  # one element, expanded: torch leaves it alone
        order = stable_order(key) if stable or digits or same else sort_order(key)
        return ctx.results(x, dim, in_layout_of(x, along(order, whole, dim)))

    @staticmethod
    def backward(ctx, dy, dindices):
        (indices,) = ctx.saved_tensors
        indices = indices.array if isinstance(indices, Variable) else indices
        grid = list(numpy.ogrid[tuple(slice(n) for n in ctx.picked)])
        grid[ctx.dim] = indices.reshape(ctx.picked)
        try:
            dx = placed(dy.reshape(ctx.picked), ctx.shape or (1,), tuple(grid))
        except IndexError as error:  # somebody changed the indices behind autograd's back
            raise RuntimeError(f"{ctx.name()}: {error}") from None
        return dx.reshape(ctx.shape), *(None for _ in ctx.needs_input_grad[1:])

    def results(ctx, x, dim, indices, keepdim=True):
        """What is at the indices, and these, after what backward needs is kept."""
        ctx.shape, ctx.dim, ctx.picked = x.shape, dim, indices.shape
        y = x[indices] if x.ndim == 1 else _at(x, indices, dim)
        if not keepdim or not x.ndim:
            y, indices = y.squeeze(dim), indices.squeeze(dim)
        ctx.save_for_backward(indices)
        ctx.mark_non_differentiable(indices)
        return y, indices


class SortStable(Sort, name="SortBackward1"):
    """y = x[order], equal ones as they were        dx[order] = dy"""


class Topk(Sort):
    """y = x[the k largest]        dx = 0, but dx[the k largest] = dy"""

    @staticmethod
    def forward(ctx, x, dim, k, largest, sorted):
        row, whole = rows(x, dim)
        order = top_order(row, k, largest, sorted)
        return ctx.results(x, dim, along(order, whole, dim))


class Kthvalue(Sort):
    """y = x[i], the k-th smallest        dx = 0, but dx[i] = dy"""

    @staticmethod
    def forward(ctx, x, dim, k, keepdim):
        row, whole = rows(x, dim)
        index = nth_index(keys(row, False), numpy.full(len(row), k - 1), quick=True)
        return ctx.results(x, dim, along(index[:, None], whole, dim), keepdim)


class Mode(Sort):
    """y = x[i], a most frequent one        dx = 0, but dx[i] = dy"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        row, whole = rows(x, dim)
        n = row.shape[1]
        order = sort_order(keys(row, False))
        there = numpy.take_along_axis(row, order, axis=-1)
        last = numpy.ones(row.shape, bool)  # of its run of equal ones
        last[:, :-1] = there[:, 1:] != there[:, :-1]
        place = numpy.where(last, numpy.arange(1, n + 1), 0)
        before = numpy.zeros_like(place)
        numpy.maximum.accumulate(place[:, :-1], axis=-1, out=before[:, 1:])
        longest = (place - before).argmax(axis=-1)  # the first of the longest runs
        index = numpy.take_along_axis(order, longest[:, None], axis=-1)
        return ctx.results(x, dim, along(index, whole, dim), keepdim)


def rows(x: numpy.ndarray, dim: int) -> tuple[numpy.ndarray, tuple[int, ...]]:
    """x as a matrix whose rows lie along the dimension, and the shape of all but that one."""
    moved = numpy.moveaxis(numpy.atleast_1d(x), dim, -1)
    *whole, n = moved.shape
    return numpy.ascontiguousarray(moved).reshape(int(numpy.prod(whole)), n), tuple(whole)


def along(row: numpy.ndarray, whole: tuple[int, ...], dim: int) -> numpy.ndarray:
    """Rows of indices, back along the dimension."""
    y = row.reshape(*whole, row.shape[1])
    return numpy.ascontiguousarray(y if dim == len(whole) else numpy.moveaxis(y, -1, dim))


def _at(x: numpy.ndarray, indices: numpy.ndarray, dim: int) -> numpy.ndarray:
    """What is at the indices along a dimension, laid out in memory as these are."""
    y = numpy.take_along_axis(numpy.atleast_1d(x), indices, dim)
    return y if y.strides == indices.strides else in_layout_of(indices, y)


def in_layout_of(x: numpy.ndarray, y: numpy.ndarray) -> numpy.ndarray:
    """y in memory as x is: by columns, if x is."""
    if x.flags.c_contiguous or not x.size:
        return y
    walk = numpy.nditer((x, None), (), (("readonly",), ("writeonly", "allocate")), (None, y.dtype))
    z = walk.operands[1]
    z[...] = y
    return z


def with_two_outs(function: Callable) -> Callable:
    """Lets a function of values and indices take ``out=(values, indices)``, of just these types."""
    name = function.__name__
    written = with_out(function)
    result = return_type(f"{name}_out", "values", "indices")

    @functools.wraps(written)
    def form(*args, out=None, **kwargs):
        if out is None:
            return function(*args, **kwargs)
        if not isinstance(out, (tuple, list)) or len(out) != 2:
            raise TypeError(f"{name}(): out= must be two tensors, for the values and the indices")
        x = args[0] if args else kwargs.get("input")
        for wanted, given in zip((getattr(x, "dtype", None), "torch.int64"), out, strict=True):
            need_tensor(given, f"{name}(): out=")
            if isinstance(x, Tensor) and str(given.dtype) != str(wanted):
                raise RuntimeError(f"{name}(): Expected out of {wanted}, but got {given.dtype}")
        y = written(*args, out=out, **kwargs)
        return result(*y) if isinstance(y, tuple) else y

    return form


def flag(value: bool, function: str, name: str) -> bool:
    """The value itself; TypeError unless it is True or False."""
    if isinstance(value, bool):
        return value
    raise TypeError(f"{function}(): argument '{name}' must be bool, not {type(value).__name__}")


def dim_of(input: Tensor, dim: int, function: str) -> tuple[int, int]:
    """The dimension, counted from the front, and its size; a number alone counts as a vector."""
    if isinstance(dim, bool):
        raise TypeError(f"{function}(): argument 'dim' must be int, not bool")
    shape = input.array.shape
    dim = as_dim(dim, len(shape))
    return dim, shape[dim] if shape else 1


# ---- functions ----------------------------------------------------------------------------------


@with_two_outs
@tensor_method
@numpy_names
def sort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool | None = False
) -> tuple[Tensor, Tensor]:
    """The elements along a dimension in order, and where each of them was.

    Args:
        input: a tensor
        dim: the dimension. Default: the last
        descending: the largest first. Default: False
        stable: equal elements stay in order. Default: False, they may stand in any

    Examples:
        >>> values, indices = torch.tensor([3.0, 1.0, 2.0]).sort()
        >>> values, indices
        (tensor([1., 2., 3.]), tensor([1, 2, 0]))
        >>> torch.tensor([3.0, 1.0, 2.0]).sort(descending=True).values
        tensor([3., 2., 1.])
    """
    dim, _ = dim_of(tensor(input), dim, "sort")
    descending = flag(descending, "sort", "descending")
    stable = False if stable is None else flag(stable, "sort", "stable")
    rule = SortStable if stable else Sort
    return SortResult(*rule.apply(input, dim, descending, stable))


@tensor_method
@numpy_names
def argsort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool = False
) -> Tensor:
    """The indices that would sort a tensor along a dimension.

    Args:
        input: a tensor
        dim: the dimension. Default: the last
        descending: the largest first. Default: False
        stable: equal elements stay in order. Default: False, they may stand in any

    Examples:
        >>> torch.tensor([3.0, 1.0, 2.0]).argsort()
        tensor([1, 2, 0])
    """
    return sort(tensor(input).detach(), dim, descending, stable=stable).indices


@with_out(cast=False)
@tensor_method
def msort(input: Tensor) -> Tensor:
    """The elements along the first dimension in order: ``sort(0)`` without the indices.

    Args:
        input: a tensor

    Examples:
        >>> torch.tensor([[3, 1], [2, 4]]).msort()
        tensor([[2, 1],
                [3, 4]])
    """
    return sort(tensor(input), 0).values


@with_two_outs
@tensor_method
@numpy_names
def topk(
    input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
) -> tuple[Tensor, Tensor]:
    """The k largest elements along a dimension, and where they are.

    Args:
        input: a tensor of numbers
        k: how many
        dim: the dimension. Default: the last
        largest: False for the k smallest. Default: True
        sorted: the best first. Default: True; otherwise they may stand in any order

    Examples:
        >>> probabilities = torch.tensor([0.1, 0.6, 0.3])
        >>> probabilities.topk(2)
        torch.return_types.topk(
        values=tensor([0.6000, 0.3000]),
        indices=tensor([1, 2]))
    """
    dim, n = dim_of(tensor(input), dim, "topk")
    k = as_int(k, "topk", "k")
    if not 0 <= k <= n:
        raise RuntimeError(f"topk(): selected index k out of range: {k} of {n} elements")
    if input.array.dtype == bool:
        raise RuntimeError("topk does not support bool dtypes on CPU: convert it with .int()")
    largest, sorted = flag(largest, "topk", "largest"), flag(sorted, "topk", "sorted")
    return TopkResult(*Topk.apply(input, dim, k if input.array.ndim else 1, largest, sorted))


@with_two_outs
@tensor_method
@numpy_names
def kthvalue(input: Tensor, k: int, dim: int = -1, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    """The k-th smallest element along a dimension, and where it is; k = 1 is the smallest.

    Args:
        input: a tensor of numbers
        k: which, counted from 1
        dim: the dimension. Default: the last
        keepdim: keep it, with size 1. Default: False

    Examples:
        >>> torch.tensor([[4, 1, 3], [2, 9, 5]]).kthvalue(2)
        torch.return_types.kthvalue(
        values=tensor([3, 5]),
        indices=tensor([2, 2]))
    """
    dim, n = dim_of(tensor(input), dim, "kthvalue")
    k = as_int(k, "kthvalue", "k")
    not_empty(input, dim, "kthvalue")
    if not 1 <= k <= n:
        raise RuntimeError(
            f"kthvalue(): selected number k out of range for dimension {dim}: {k} of {n} "
            f"elements, counted from 1"
        )
    if input.array.dtype == bool and input.array.ndim:
        raise NotImplementedError("kthvalue() is not implemented for bools: convert it with .int()")
    keepdim = flag(keepdim, "kthvalue", "keepdim")
    return KthvalueResult(*Kthvalue.apply(input, dim, k, keepdim))


@with_two_outs
@tensor_method
@numpy_names
def mode(input: Tensor, dim: int = -1, keepdim: bool = False) -> tuple[Tensor, Tensor]:
    """The most frequent element along a dimension, the smallest of several; and where it is.

    Args:
        input: a tensor
        dim: the dimension. Default: the last
        keepdim: keep it, with size 1. Default: False

    Examples:
        >>> torch.tensor([3, 1, 2, 1, 3]).mode()
        torch.return_types.mode(
        values=tensor(1),
        indices=tensor(3))
    """
    dim, _ = dim_of(tensor(input), dim, "mode")
    not_empty(input, dim, "mode")
    keepdim = flag(keepdim, "mode", "keepdim")
    return ModeResult(*Mode.apply(input, dim, keepdim))


def not_empty(x: Tensor, dim: int, function: str) -> None:
    """IndexError where there is nothing along the dimension."""
    if x.array.ndim and not x.array.shape[dim]:
        raise IndexError(
            f"{function}(): Expected reduction dim {dim} to have non-zero size, and the shape is "
            f"{list(x.array.shape)}"
        )
