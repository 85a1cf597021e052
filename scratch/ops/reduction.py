"""Many numbers to one: sum, mean, prod, logsumexp, over all elements or along dimensions.

A sum hands its gradient to every number that was added.
"""

from __future__ import annotations

import numpy

from .. import dtypes
from ..autograd import Rule, namespace
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._factors import others
from ._folding import fold
from ._forms import with_out
from ._operands import answer, expand, floating, tensor
from ._reducing import (
    Dims,
    check_keepdim,
    count,
    in_dtype_of_out,
    kept_shape,
    numpy_names,
    one_dim,
    reduced_dims,
    result_dtype,
)
from ._sums import total

__all__ = ["sum", "mean", "nansum", "nanmean", "prod", "logsumexp"]


class Sum(Rule):
    """y = the sum of all x        dx = dy, for every element"""

    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        return total(x)

    @staticmethod
    def backward(ctx, dy):
        return expand(dy, ctx.shape)


class SumDim(Rule, name="SumBackward1"):
    """y = the sum of x along some dimensions        dx = dy, repeated along these"""

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.shape, ctx.kept = x.shape, kept_shape(x.shape, dims)
        return total(x, dims, keepdim)

    @staticmethod
    def backward(ctx, dy):
        return expand(dy.reshape(ctx.kept), ctx.shape), None, None


class Mean(Rule):
    """y = the sum of all x / n        dx = dy / n, for every element"""

    @staticmethod
    def forward(ctx, x):
        ctx.shape, ctx.n = x.shape, x.size
        return average(x)

    @staticmethod
    def backward(ctx, dy):
        return expand(dy / ctx.n, ctx.shape)


class MeanDim(Rule, name="MeanBackward1"):
    """y = the sum of x along some dimensions / n        dx = dy / n, repeated along these"""

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.shape, ctx.kept = x.shape, kept_shape(x.shape, dims)
        ctx.n = count(x.shape, dims)
        return average(x, dims, keepdim)

    @staticmethod
    def backward(ctx, dy):
        return expand((dy / ctx.n).reshape(ctx.kept), ctx.shape), None, None


class Nansum(Rule):
    """y = the sum of the x that are not NaN        dx = dy, and dy 0 where x is NaN"""

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.save_for_backward(x)
        ctx.kept = kept_shape(x.shape, dims)
        y = total(x, dims, keepdim)
        if numpy.isnan(y).any():
            y = total(numpy.where(numpy.isnan(x), 0, x), dims, keepdim)
        return y

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy.reshape(ctx.kept) * (x == x), None, None


class Prod(Rule):
    """y = the product of all x        dx = dy y / x, the product of all others"""

    @staticmethod
    def forward(ctx, x):
        y = product(x, None, False)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if x.ndim == 0:
            return dy
        if not isinstance(x, Variable) and x.size - numpy.count_nonzero(x) > 1:
            return numpy.zeros_like(x)
        return (dy * others(x.reshape(-1), y, 0)).reshape(x.shape)


class ProdDim(Rule, name="ProdBackward1"):
    """y = the product of x along a dimension        dx = dy y / x, the product of the others"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        y = product(x, (dim,)[: x.ndim], keepdim)
        ctx.save_for_backward(x, y)
        ctx.dim, ctx.kept = dim, kept_shape(x.shape, (dim,))
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if x.ndim == 0:
            return dy, None, None
        dx = dy.reshape(ctx.kept) * others(x, y.reshape(ctx.kept), ctx.dim)
        return dx, None, None


class Logsumexp(Rule):
    """y = ln(e^x_1 + e^x_2 + ...)        dx_i = dy e^(x_i - y)

    The largest x is taken out first, so that no exponential overflows.
    """

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.kept = kept_shape(x.shape, dims)
        y = log_of_sum(x, dims)
        y = y if keepdim else y.reshape([n for i, n in enumerate(x.shape) if i not in dims])
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        return dy.reshape(ctx.kept) * namespace(x).exp(x - y.reshape(ctx.kept)), None, None


def average(x: numpy.ndarray, dims: tuple[int, ...] | None = None, keepdim: bool = False):
    """The mean of an array."""
    if x.itemsize == 2:  # the sum may be too large for a float16
        return average(x.astype(numpy.float32), dims, keepdim).astype(x.dtype)
    return total(x, dims, keepdim) / (x.size if dims is None else count(x.shape, dims))


def log_of_sum(x: numpy.ndarray, dims: tuple[int, ...]):
    """ln(e^x_1 + e^x_2 + ...), where no exponential overflows"""
    if not count(x.shape, dims):
        return numpy.full(kept_shape(x.shape, dims), -numpy.inf, x.dtype)
    largest = fold(numpy.maximum, x, dims, True)
    largest = numpy.where(numpy.isinf(largest), 0, largest)
    powers = numpy.asarray(x - largest)
    return numpy.log(total(numpy.exp(powers, out=powers), dims, True)) + largest


def product(x: numpy.ndarray, dims: tuple[int, ...] | None, keepdim: bool):
    """The product of floating-point numbers, or of integers as they are."""
    if x.dtype == numpy.float16:
        return product(x.astype(numpy.float32), dims, keepdim).astype(x.dtype)
    if x.dtype.kind != "f":  # NumPy would widen them
        return fold(numpy.multiply, x.astype(numpy.int64), dims, keepdim).astype(x.dtype)
    return fold(numpy.multiply, x, dims, keepdim)


# ---- functions ----------------------------------------------------------------------------------


@in_dtype_of_out
@tensor_method
@numpy_names
def sum(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The sum of all elements, or of those along some dimensions.

    Args:
        input: a tensor; the sum of integers and bools is int64
        dim: the dimension or dimensions to sum over. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Shape:
        (2, 3, 4), summed over ``dim=1``, gives (2, 4); with ``keepdim=True``, (2, 1, 4).

    Examples:
        >>> x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> x.sum()
        tensor(10.)
        >>> x.sum(dim=0), x.sum(dim=1, keepdim=True)
        (tensor([4., 6.]), tensor([[3.],
                [7.]]))
    """
    x = tensor(input).array
    check_keepdim(keepdim, "sum")
    dims = reduced_dims(dim, x.ndim)
    if dtype is not None:
        input = in_dtype(input, dtype, "sum")
        x = input.array
    if x.dtype.kind != "f":
        kind = numpy.int64 if dtype is None else x.dtype
        if x.dtype.kind == "b" and dtype is None and dim is None:  # counting is quicker
            y = numpy.array(numpy.count_nonzero(x)).reshape((1,) * x.ndim if keepdim else ())
        else:
            y = numpy.add.reduce(x, dims, kind, keepdims=keepdim)
        return answer(numpy.asarray(y, order="C"))
    if dim is None and not keepdim:
        return Sum.apply(input)
    return SumDim.apply(input, dims, keepdim)


@with_out
@tensor_method
@numpy_names
def mean(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The mean of all elements, or of those along some dimensions; NaN where there are none.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to average over. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.tensor([[1.0, 2.0], [3.0, 5.0]]).mean(dim=0)
        tensor([2.0000, 3.5000])
    """
    x = tensor(input).array
    check_keepdim(keepdim, "mean")
    if dtype is not None or x.dtype.kind != "f":
        given = input.dtype if dtype is None else result_dtype(dtype, "mean")
        if not given.is_floating_point:
            raise RuntimeError(
                f"mean(): could not infer output dtype. {'Input' if dtype is None else 'Optional'} "
                f"dtype must be a floating point dtype. Got: {given}. Convert it: x.float().mean()"
            )
        input = input.to(dtype)
    if dim is None and not keepdim:
        return Mean.apply(input)
    return MeanDim.apply(input, reduced_dims(dim, x.ndim), keepdim)


@in_dtype_of_out
@tensor_method
@numpy_names
def nansum(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The sum of the elements that are not NaN, over all or along some dimensions.

    Args:
        input: a tensor; the sum of integers and bools is int64
        dim: the dimension or dimensions to sum over. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.nansum(torch.tensor([1.0, float("nan"), 2.0]))
        tensor(3.)
    """
    if tensor(input).array.dtype.kind != "f":
        return input.sum(dim, keepdim, dtype=dtype)
    check_keepdim(keepdim, "nansum")
    if dtype is not None:
        input = in_dtype(input, dtype, "nansum")
        if input.array.dtype.kind != "f":
            return input.sum(dim, keepdim, dtype=dtype)
    return Nansum.apply(input, reduced_dims(dim, input.array.ndim), keepdim)


@with_out
@tensor_method
@numpy_names
def nanmean(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The mean of the elements that are not NaN, over all or along some dimensions.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to average over. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.nanmean(torch.tensor([1.0, float("nan"), 2.0]))
        tensor(1.5000)
    """
    if not tensor(input).is_floating_point():
        raise RuntimeError(
            f"nanmean(): expected input to have floating point dtype but got {input.dtype}"
        )
    if dtype is not None and not result_dtype(dtype, "nanmean").is_floating_point:
        raise RuntimeError(f"nanmean(): the result's dtype must be floating point, not {dtype}")
    there = (input.detach() == input.detach()).sum(dim, keepdim)
    return input.nansum(dim, keepdim, dtype=dtype) / there


@in_dtype_of_out
@tensor_method
@numpy_names
def prod(
    input: Tensor,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The product of all elements, or of those along one dimension.

    Args:
        input: a tensor; the product of integers and bools is int64
        dim: the dimension to multiply along. Default: None, all
        keepdim: keep it, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.tensor([[1.0, 2.0], [3.0, 4.0]]).prod(1)
        tensor([ 2., 12.])
    """
    ndim = tensor(input).array.ndim
    check_keepdim(keepdim, "prod")
    if dim is None and keepdim:
        raise TypeError("prod(): keepdim needs a dim")
    dim = dim if dim is None else one_dim(dim, ndim, "prod")
    input = in_dtype(input, dtype, "prod")
    return Prod.apply(input) if dim is None else ProdDim.apply(input, dim, keepdim)


@with_out
@tensor_method
@numpy_names
def logsumexp(input: Tensor, dim: Dims, keepdim: bool = False) -> Tensor:
    """y = ln(sum of e^input) along dimensions, safe for large and for very negative numbers.

    Args:
        input: a tensor; integers give floating-point numbers
        dim: the dimension or dimensions to sum over
        keepdim: keep them, with size 1. Default: False

    Examples:
        >>> torch.tensor([1000.0, 1000.0]).logsumexp(0)
        tensor(1000.6932)
    """
    input = floating(input)
    check_keepdim(keepdim, "logsumexp")
    if dim is None:
        raise TypeError("logsumexp(): argument 'dim' must be tuple of ints, not NoneType")
    if not keepdim and isinstance(dim, (tuple, list)) and not dim and input.array.ndim:
        raise RuntimeError(
            f"logsumexp(): no dim is given. For all of them say "
            f"dim={tuple(range(input.array.ndim))}"
        )
    return Logsumexp.apply(input, reduced_dims(dim, input.array.ndim), keepdim)


def in_dtype(input: Tensor, dtype: dtypes.dtype | None, name: str) -> Tensor:
    """The input in the dtype to reduce in: integers as int64, unless another one is asked for."""
    if dtype is None:
        return input if input.array.dtype.kind == "f" else input.to(dtypes.int64)
    if input.requires_grad and not result_dtype(dtype, name).is_floating_point:
        raise RuntimeError(f"Autograd not support dtype: {dtype}: integers have no gradient")
    return input.to(result_dtype(dtype, name))
