"""Many numbers to one: sum, mean, prod, cumsum, logsumexp, over all elements or along dimensions.

A sum hands its gradient to every number that was added.
"""

from __future__ import annotations

import numpy

from .. import dtypes
from .._arguments import as_dim
from ..autograd import Rule, namespace
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._operands import answer, expand, floating, tensor
from ._reducing import Dims, count, kept_shape, numpy_names, reduced_dims
from ._sums import total

__all__ = ["sum", "mean", "prod", "cumsum", "logsumexp"]


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


class Prod(Rule):
    """y = the product of all x        dx = dy y / x, the product of all others"""

    @staticmethod
    def forward(ctx, x):
        y = numpy.multiply.reduce(x, None)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if x.ndim == 0:
            return dy
        return (dy * others(x.reshape(-1), y, 0)).reshape(x.shape)


class ProdDim(Rule, name="ProdBackward1"):
    """y = the product of x along a dimension        dx = dy y / x, the product of the others"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        y = numpy.multiply.reduce(x, dim, keepdims=keepdim)
        ctx.save_for_backward(x, y)
        ctx.dim, ctx.kept = dim, kept_shape(x.shape, (dim,))
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        dx = dy.reshape(ctx.kept) * others(x, y.reshape(ctx.kept), ctx.dim)
        return dx, None, None


class Cumsum(Rule):
    """y_i = x_0 + ... + x_i        dx_i = dy_i + dy_(i+1) + ..., the sum from the other end"""

    @staticmethod
    def forward(ctx, x, dim):
        ctx.dim = dim
        return running_sum(x, dim)

    @staticmethod
    def backward(ctx, dy):
        return reverse(running_sum(reverse(dy, ctx.dim), ctx.dim), ctx.dim), None


class Logsumexp(Rule):
    """y = ln(e^x_1 + e^x_2 + ...)        dx_i = dy e^(x_i - y)

    The largest x is taken out first, so that no exponential overflows.
    """

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.kept = kept_shape(x.shape, dims)
        largest = x.max(axis=dims, keepdims=True, initial=-numpy.inf)
        largest = numpy.where(numpy.isinf(largest), 0, largest)
        y = numpy.log(total(numpy.exp(x - largest), dims, True)) + largest
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


def others(x, y, dim: int):
    """For each element of x the product of all others along a dimension, y being that of all."""
    if (x != 0).all():
        return y / x
    if isinstance(x, Variable):  # by definition: a table of x, with a 1 in place of each in turn
        rows = x.swapaxes(dim, -1)[..., None, :]
        one_out = namespace(x).eye(rows.shape[-1]) == 1
        return namespace(x).where(one_out, 1.0, rows).prod(-1).swapaxes(dim, -1)
    zeros = (x == 0).sum(dim, keepdims=True)
    without = numpy.where(x == 0, 1, x).prod(dim, keepdims=True)
    return numpy.where(x == 0, without * (zeros == 1), y / numpy.where(x == 0, 1, x))


def reverse(x, dim: int):
    """The last comes first."""
    return namespace(x).flip(x, (dim,)) if x.ndim else x


def running_sum(x, dim: int):
    """The sum of each element and those before it, added up in float64."""
    if isinstance(x, Variable):
        return cumsum(x, dim)
    if not x.ndim:
        return x.copy()
    return x.cumsum(dim, numpy.float64 if x.itemsize < 8 else x.dtype).astype(x.dtype)


# ---- functions ----------------------------------------------------------------------------------


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
    if dtype is None and x.dtype.kind != "f":
        dims = reduced_dims(dim, x.ndim)
        return answer(numpy.add.reduce(x, dims, numpy.int64, keepdims=keepdim))
    if dtype is not None:
        input = _in_dtype(input, dtype)
    if dim is None and not keepdim:
        return Sum.apply(input)
    return SumDim.apply(input, reduced_dims(dim, x.ndim), keepdim)


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
    if dtype is not None or x.dtype.kind != "f":
        given = input.dtype if dtype is None else dtype
        if not given.is_floating_point:
            raise RuntimeError(
                f"mean(): could not infer output dtype. {'Input' if dtype is None else 'Optional'} "
                f"dtype must be a floating point dtype. Got: {given}. Convert it: x.float().mean()"
            )
        input = input.to(dtype)
    if dim is None and not keepdim:
        return Mean.apply(input)
    return MeanDim.apply(input, reduced_dims(dim, x.ndim), keepdim)


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
    input = _in_dtype(tensor(input), dtype)
    if dim is None:
        return Prod.apply(input)
    dim = as_dim(dim, input.array.ndim)
    return ProdDim.apply(input, dim, keepdim) if input.array.ndim else Prod.apply(input)


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
    input = _in_dtype(tensor(input), dtype)
    return Cumsum.apply(input, as_dim(dim, input.array.ndim))


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
    return Logsumexp.apply(input, reduced_dims(dim, input.array.ndim), keepdim)


def _in_dtype(input: Tensor, dtype: dtypes.dtype | None) -> Tensor:
    """The input in the dtype to reduce in: integers as int64, unless another one is asked for."""
    if dtype is None:
        return input if input.array.dtype.kind == "f" else input.to(dtypes.int64)
    if input.requires_grad and not dtype.is_floating_point:
        raise RuntimeError(f"Autograd not support dtype: {dtype}: integers have no gradient")
    return input.to(dtype)
