"""Running results along a dimension: cumsum, cumprod, cummax, cummin, logcumsumexp; and diff.

Each element becomes the sum (product, maximum) of itself and all those before it. So each input is
part of every later result, and its gradient collects from all of these: it runs from the other end.
"""

from __future__ import annotations

import math

import numpy

from .. import dtypes
from .._arguments import as_int
from ..autograd import Rule, namespace
from ..autograd.inplace import write_over
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._differences import check_fits, neighbours, widths
from ._factors import log_sum_from_the_end, past_zeros, sum_from_the_end, through_zeros
from ._forms import with_out
from ._operands import tensor
from ._reducing import in_dtype_of_out, numpy_names, one_dim, return_type
from ._scanning import running
from .reduction import in_dtype

__all__ = [
    "cumsum",
    "cumprod",
    "cummax",
    "cummin",
    "logcumsumexp",
    "diff",
    "trapezoid",
    "trapz",
    "cumulative_trapezoid",
]

CummaxResult = return_type("cummax", "values", "indices")
CumminResult = return_type("cummin", "values", "indices")


class Cumsum(Rule):
    """y_i = x_0 + ... + x_i        dx_i = dy_i + dy_(i+1) + ..., the sum from the other end"""

    @staticmethod
    def forward(ctx, x, dim):
        ctx.dim = dim
        return running(numpy.add, x, dim)

    @staticmethod
    def backward(ctx, dy):
        return sum_from_the_end(dy, ctx.dim), None


class Cumprod(Rule):
    """y_i = x_0 ... x_i        dx_i = (dy_i y_i + dy_(i+1) y_(i+1) + ...) / x_i"""

    @staticmethod
    def forward(ctx, x, dim):
        y = running(numpy.multiply, x, dim)
        ctx.save_for_backward(x, y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if math.prod(x.shape) <= 1 or x.shape[ctx.dim] == 1:
            return dy, None
        if (x != 0).all():
            return sum_from_the_end(dy * y, ctx.dim) / x, None
        if isinstance(x, Variable):
            return through_zeros(dy, x, ctx.dim), None
        return past_zeros(dy, x, y, ctx.dim), None


class Cummax(Rule):
    """y_i = the largest of x_0 ... x_i, k_i its index        dx_j = the sum of dy_i with k_i = j"""

    @staticmethod
    def forward(ctx, x, dim):
        return ctx.results(x, running(numpy.maximum, x, dim), dim)

    @staticmethod
    def backward(ctx, dy, dindices):
        x, indices = ctx.saved_tensors
        if not dy.ndim:
            return dy, None
        if not math.prod(dy.shape):
            return x, None  # torch's choice, where there is nothing
        if isinstance(dy, Variable):
            return namespace(dy).zeros_like(dy).scatter_add(ctx.dim, indices, dy), None
        inner = math.prod(dy.shape[ctx.dim + 1 :])
        outer = numpy.arange(math.prod(dy.shape[: ctx.dim])).reshape(-1, 1, 1)
        places = indices.reshape(len(outer), -1, inner)
        places = (places + outer * dy.shape[ctx.dim]) * inner + numpy.arange(inner)
        dx = numpy.bincount(places.reshape(-1), dy.reshape(-1), dy.size)
        return dx.astype(dy.dtype).reshape(dy.shape), None

    def results(ctx, x, y, dim):
        """The results of forward: of equal elements the last one's index."""
        found = x == y
        if x.dtype.kind == "f" and numpy.isnan(y).any():
            found |= x != x  # NaN is not equal to itself
        indices = last_places(numpy.asarray(found), dim)
        ctx.save_for_backward(x, indices)
        ctx.dim = dim
        ctx.mark_non_differentiable(indices)
        return y, indices


def last_places(found: numpy.ndarray, dim: int) -> numpy.ndarray:
    """For each element the place of the last True up to it; the first of all is True."""
    if not found.size or not found.ndim:
        return numpy.zeros(found.shape, numpy.int64)
    n = found.shape[dim]
    if dim == found.ndim - 1:  # each place as often as it takes to get to the next one
        places = numpy.flatnonzero(found)
        return numpy.repeat(places % n, numpy.diff(places, append=found.size)).reshape(found.shape)
    places = numpy.arange(n, dtype=numpy.int32).reshape((n,) + (1,) * (found.ndim - dim - 1))
    return running(numpy.maximum, found * places, dim).astype(numpy.int64)


class Cummin(Cummax):
    """y_i = the least of x_0 ... x_i, k_i its index        dx_j = the sum of dy_i with k_i = j"""

    @staticmethod
    def forward(ctx, x, dim):
        return ctx.results(x, running(numpy.minimum, x, dim), dim)


class Logcumsumexp(Rule):
    """y_i = ln(e^x_0 + ... + e^x_i)        dx_i = the sum of dy_j e^(x_i - y_j) from j = i on"""

    @staticmethod
    def forward(ctx, x, dim):
        y = running(numpy.logaddexp, x, dim) + 0  # -0.0 becomes 0.0
        ctx.save_for_backward(x, y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if not x.ndim or not math.prod(x.shape):
            return dy, None
        functions = namespace(dy)
        size, none = functions.log(functions.abs(dy)), float(functions.finfo(dy.dtype).min)
        sizes = functions.where(dy > 0, size, none), functions.where(dy < 0, size, none)
        up, down = [log_sum_from_the_end(size - y, ctx.dim) + x for size in sizes]
        return functions.exp(up) - functions.exp(down), None


class Scaled(Rule, name="MulBackward1"):
    """y = n x, with a number n        dx = n dy"""

    @staticmethod
    def forward(ctx, x, n):
        ctx.n = n
        return x * n

    @staticmethod
    def backward(ctx, dy):
        return dy * ctx.n, None


# ---- running results ----------------------------------------------------------------------------


@in_dtype_of_out
@tensor_method
@numpy_names
def cumsum(input: Tensor, dim: int, *, dtype: dtypes.dtype | None = None) -> Tensor:
    """The running sum along a dimension: each element becomes the sum of it and those before it.

    Args:
        input: a tensor; the sums of integers and bools are int64
        dim: the dimension to run along
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.tensor([1.0, 2.0, 3.0]).cumsum(0)
        tensor([1., 3., 6.])
    """
    return _run(Cumsum, input, dim, dtype, "cumsum")


@in_dtype_of_out
@tensor_method
@numpy_names
def cumprod(input: Tensor, dim: int, *, dtype: dtypes.dtype | None = None) -> Tensor:
    """The running product along a dimension: of each element and those before it.

    Args:
        input: a tensor; the products of integers and bools are int64
        dim: the dimension to run along
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.tensor([1.0, 2.0, 3.0, 4.0]).cumprod(0)
        tensor([ 1.,  2.,  6., 24.])
    """
    return _run(Cumprod, input, dim, dtype, "cumprod")


def _run(rule: type[Rule], input: Tensor, dim: int, dtype, name: str) -> Tensor:
    shape = tensor(input).array.shape
    dim = one_dim(dim, len(shape), name)
    if dtype is dtypes.bool and shape and input.array.size:
        raise NotImplementedError(f"{name}() is not implemented for bools: convert them to numbers")
    return rule.apply(in_dtype(input, dtype, name), dim)


def _in_place(name: str, rule: type[Rule]) -> None:
    def method(self, dim, *, dtype=None):
        if dtype is not None and dtype != self.dtype:
            raise RuntimeError(
                f"{name}(): Bad in-place call: input tensor dtype {self.dtype} and output tensor "
                f"dtype {dtype} should match"
            )
        self.check_in_place()
        return write_over(self, _run(rule, self, dim, self.dtype, name), name)

    method.__name__ = name
    method.__doc__ = f"In-place version of ``{name[:-1]}``."
    tensor_method(name)(method)


_in_place("cumsum_", Cumsum)
_in_place("cumprod_", Cumprod)


@with_out(cast=False)
@tensor_method
@numpy_names
def cummax(input: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """The largest so far along a dimension, and its index: of equal ones the last; NaN is largest.

    Args:
        input: a tensor
        dim: the dimension to run along

    Examples:
        >>> values, indices = torch.cummax(torch.tensor([1.0, 3.0, 2.0, 3.0]), 0)
        >>> values, indices
        (tensor([1., 3., 3., 3.]), tensor([0, 1, 1, 3]))
    """
    dim = _any_dim(tensor(input), dim, "cummax")
    return CummaxResult(*Cummax.apply(input, dim))


@with_out(cast=False)
@tensor_method
@numpy_names
def cummin(input: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """The smallest so far along a dimension, and its index: of equal ones the last.

    Args:
        input: a tensor
        dim: the dimension to run along
    """
    dim = _any_dim(tensor(input), dim, "cummin")
    return CumminResult(*Cummin.apply(input, dim))


def _any_dim(input: Tensor, dim: int, name: str) -> int:
    """The dimension; where there are no elements, it need not be one."""
    return one_dim(dim, input.array.ndim, name) if input.array.size else 0


@with_out(cast=False)
@tensor_method
@numpy_names
def logcumsumexp(input: Tensor, dim: int) -> Tensor:
    """y_i = ln(e^input_0 + ... + e^input_i) along a dimension, without overflow.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension to run along

    Examples:
        >>> torch.logcumsumexp(torch.tensor([1000.0, 1000.0]), 0)
        tensor([1000.0000, 1000.6932])
    """
    dim = one_dim(dim, tensor(input).array.ndim, "logcumsumexp")
    if input.array.dtype.kind != "f":
        raise NotImplementedError(f"logcumsumexp() is not implemented for {input.dtype}")
    return Logcumsumexp.apply(input, dim)


# ---- differences and areas ----------------------------------------------------------------------


@with_out
@tensor_method
@numpy_names
def diff(
    input: Tensor,
    n: int = 1,
    dim: int = -1,
    prepend: Tensor | None = None,
    append: Tensor | None = None,
) -> Tensor:
    """What each element is more than the one before it: cumsum undone.

    Args:
        input: a tensor with dimensions; bools give whether neighbours differ
        n: how often. Default: 1
        dim: the dimension along which to subtract. Default: -1, the last
        prepend, append: what to put before and behind the input first

    Shape:
        (2, 5) gives (2, 4), as nothing stands before the first; with ``n=2``, (2, 3).

    Examples:
        >>> torch.diff(torch.tensor([1.0, 3.0, 6.0]))
        tensor([2., 3.])
    """
    n = as_int(n, "diff", "n")
    ndim = tensor(input).array.ndim
    if not ndim:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if n or prepend is not None or append is not None:
        dim = one_dim(dim, ndim, "diff")
    parts = [x for x in (prepend, input, append) if x is not None]
    for x in parts:
        if x is not input:
            check_fits(x, input, dim)
    if n < 0:
        raise RuntimeError(f"diff(): order must be non-negative but got {n}")
    if n == 0:
        return namespace(input).zeros_like(input).copy_(input)
    y = namespace(input).cat(parts, dim) if len(parts) > 1 else input
    for _ in range(min(n, y.array.shape[dim])):
        later, earlier = neighbours(y, dim)
        y = later.logical_xor(earlier) if y.array.dtype.kind == "b" else later - earlier
    return y


def trapezoid(
    y: Tensor, x: Tensor | None = None, *, dx: float | None = None, dim: int = -1
) -> Tensor:
    """The area below a curve through the points (x, y), by straight lines from one to the next.

    Args:
        y: the heights
        x: where they are; one number a height. Default: 0, dx, 2 dx, ...
        dx: how far apart they are, if there is no ``x``. Default: 1
        dim: the dimension to integrate along. Default: -1, the last

    Examples:
        >>> torch.trapezoid(torch.tensor([1.0, 2.0, 4.0]))
        tensor(4.5000)
        >>> torch.trapezoid(torch.tensor([1.0, 2.0, 4.0]), torch.tensor([0.0, 1.0, 3.0]))
        tensor(7.5000)
    """
    if not tensor(y).size(dim):
        return y.new_empty(y.detach().sum(dim).shape).zero_()
    width = widths(y, x, dx, dim, "trapezoid")
    if isinstance(width, Tensor):
        later, earlier = neighbours(y, dim)
        return ((later + earlier) * width).sum(dim) / 2.0
    heights = y.sum(dim) - (y.select(dim, 0) + y.select(dim, -1)) * 0.5
    return Scaled.apply(heights, width)


trapz = trapezoid


def cumulative_trapezoid(
    y: Tensor, x: Tensor | None = None, *, dx: float | None = None, dim: int = -1
) -> Tensor:
    """The area below a curve up to each of its points but the first.

    Args:
        y: the heights
        x: where they are; one number a height. Default: 0, dx, 2 dx, ...
        dx: how far apart they are, if there is no ``x``. Default: 1
        dim: the dimension to integrate along. Default: -1, the last

    Examples:
        >>> torch.cumulative_trapezoid(torch.tensor([1.0, 2.0, 4.0]))
        tensor([1.5000, 4.5000])
    """
    width = widths(y, x, dx, dim, "cumulative_trapezoid")
    later, earlier = neighbours(y, dim)
    if isinstance(width, Tensor):
        return ((later + earlier) * width / 2.0).cumsum(dim)
    return ((later + earlier) * (width / 2)).cumsum(dim)
