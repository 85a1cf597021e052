"""How far numbers lie from their mean, and how large they are: var, std, norm."""

from __future__ import annotations

import math
import warnings

import numpy

from .. import dtypes
from ..autograd import Rule, namespace
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._operands import keep, tensor
from ._reducing import Dims, count, kept_shape, numpy_names, reduced_dims
from ._sums import total
from .elementwise import sign_of
from .reduction import average

__all__ = ["var", "std", "norm"]


class Var(Rule):
    """y = the sum of (x - m)^2 / (n - c), m being the mean        dx = dy 2 (x - m) / (n - c)"""

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        ctx.save_for_backward(x)
        ctx.dims, ctx.kept = dims, kept_shape(x.shape, dims)
        ctx.freedom = count(x.shape, dims) - correction
        return spread(x, dims, keepdim, ctx.freedom)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return spread_gradient(dy.reshape(ctx.kept), x, ctx.dims, ctx.freedom), None, None, None


class Std(Rule):
    """y = sqrt(var x)        dx = dy (x - m) / ((n - c) y),  0 where y is 0"""

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        ctx.dims, ctx.kept = dims, kept_shape(x.shape, dims)
        ctx.freedom = count(x.shape, dims) - correction
        y = numpy.sqrt(spread(x, dims, keepdim, ctx.freedom))
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        dvar = keep(dy / (2 * y), y != 0).reshape(ctx.kept)
        return spread_gradient(dvar, x, ctx.dims, ctx.freedom), None, None, None


class Norm(Rule, name="LinalgVectorNormBackward0"):
    """y = (the sum of |x|^p)^(1/p)        dx = dy sign(x) (|x| / y)^(p-1),  0 where y is 0

    For p = 2 that is dy x / y. For p = inf, the largest |x|, equal ones share dy.
    """

    @staticmethod
    def forward(ctx, x, p, dims, keepdim):
        y = length(x, p, dims, keepdim)
        ctx.save_for_backward(x, y)
        ctx.p, ctx.dims, ctx.kept = p, dims, kept_shape(x.shape, dims)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        return length_gradient(dy.reshape(ctx.kept), x, y.reshape(ctx.kept), ctx.p, ctx.dims)


def spread(x: numpy.ndarray, dims: tuple[int, ...], keepdim: bool, freedom: float):
    """The sum of (x - m)^2 / freedom"""
    if x.itemsize == 2:
        return spread(x.astype(numpy.float32), dims, keepdim, freedom).astype(x.dtype)
    d = distance(x, dims)
    return total(d * d, dims, keepdim) / max(freedom, 0)


def spread_gradient(dy, x, dims: tuple[int, ...], freedom: float):
    """dy 2 (x - m) / freedom"""
    d = distance(x, dims)
    if freedom <= 0:
        return namespace(x).where(d == 0, dy * math.nan, dy * math.inf)
    return (2 / freedom) * dy * d


def distance(x, dims: tuple[int, ...]):
    """x - m. The mean was rounded: what it is off by shows in the mean of the distances."""
    if isinstance(x, Variable):
        return x - x.mean(dims, keepdim=True)
    d = x - average(x, dims, True)
    return d - average(d, dims, True)


def length(x: numpy.ndarray, p: float, dims: tuple[int, ...], keepdim: bool):
    """(the sum of |x|^p)^(1/p), and what that tends to for p = 0, inf and -inf"""
    if x.itemsize == 2:
        return length(x.astype(numpy.float32), p, dims, keepdim).astype(x.dtype)
    if p == 2:
        return numpy.sqrt(total(x * x, dims, keepdim))
    if p == 0:
        return total((x != 0).astype(x.dtype), dims, keepdim)
    size = numpy.abs(x)
    if p == math.inf:
        return size.max(dims, keepdims=keepdim)
    if p == -math.inf:
        return size.min(dims, keepdims=keepdim)
    return total(size, dims, keepdim) if p == 1 else total(size**p, dims, keepdim) ** (1 / p)


def length_gradient(dy, x, y, p: float, dims: tuple[int, ...]) -> tuple:
    """The gradients of ``length`` by x, and by the rest, which have none"""
    if p == 0:
        return None, None, None, None
    if p == 2:
        return dy * keep(x / y, y != 0), None, None, None
    sign, size = sign_of(x), namespace(x).abs(x)
    if p == 1:
        return dy * sign, None, None, None
    if abs(p) == math.inf:
        mask = (size == y) | ((size != size) & (y != y))
        ties = keep(namespace(x).ones_like(x), mask).sum(axis=dims, keepdims=True)
        return sign * keep(dy / ties, mask), None, None, None
    power = keep(size ** (p - 1), x != 0) if p < 1 else size ** (p - 1)
    return sign * power * keep(dy / y ** (p - 1), y != 0), None, None, None


# ---- functions ----------------------------------------------------------------------------------


@tensor_method
@numpy_names
def var(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """The variance: the mean square of the distances from the mean, divided by n - 1, not n.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to reduce. Default: None, all
        unbiased: the older way to say ``correction=1`` (True) or ``correction=0`` (False)
        keepdim: keep them, with size 1. Default: False
        correction: what to subtract from n. Default: 1

    Examples:
        >>> x = torch.tensor([1.0, 2.0, 3.0, 4.0])
        >>> x.var(), x.var(correction=0)
        (tensor(1.6667), tensor(1.2500))
    """
    return Var.apply(*_spread_arguments(tensor(input), dim, unbiased, keepdim, correction, "var"))


@tensor_method
@numpy_names
def std(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """The standard deviation: the square root of the variance.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to reduce. Default: None, all
        unbiased: the older way to say ``correction=1`` (True) or ``correction=0`` (False)
        keepdim: keep them, with size 1. Default: False
        correction: what to subtract from n. Default: 1
    """
    return Std.apply(*_spread_arguments(tensor(input), dim, unbiased, keepdim, correction, "std"))


@tensor_method
def norm(
    input: Tensor,
    p: float | str | None = "fro",
    dim: Dims = None,
    keepdim: bool = False,
    out: None = None,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The length of a vector: the p-th root of the sum of all |x|^p.

    Args:
        input: a tensor of floating-point numbers, all of them one vector
        p: 2 or "fro" for the ordinary length, 1 for the sum of |x|, ``float("inf")`` for the
            largest |x|, 0 for how many are not 0. Default: "fro"
        dim: the dimension or dimensions to reduce. Default: None, all
        keepdim: keep them, with size 1. Default: False
        out: must be None
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.tensor([3.0, -4.0]).norm()
        tensor(5.)
    """
    if out is not None:
        raise TypeError("norm(): out is not supported: use the result")
    if p == "nuc":
        raise RuntimeError("the nuclear norm needs singular values, which this library has not")
    if tensor(input).array.dtype.kind != "f":
        raise RuntimeError(
            f"linalg.vector_norm: Expected a floating point tensor as input. Got {input.dtype}"
        )
    if isinstance(p, str) and p != "fro":
        raise RuntimeError(f"linalg.matrix_norm: Order {p} not supported.")
    input = input if dtype is None else input.to(dtype)
    dims = reduced_dims(dim, input.array.ndim)
    p = 2.0 if p in ("fro", None) else float(p)
    if (p < 0 or p == math.inf) and not count(input.array.shape, dims):
        raise RuntimeError(
            f"linalg.vector_norm cannot compute the {p} norm on an empty tensor, of shape "
            f"{list(input.array.shape)}, because the operation does not have an identity"
        )
    return Norm.apply(input, p, dims, keepdim)


def _spread_arguments(input: Tensor, dim, unbiased, keepdim, correction, name: str) -> tuple:
    if input.array.dtype.kind != "f":
        raise RuntimeError("std and var only support floating point dtypes: call .float() first")
    if isinstance(dim, bool):  # var(False)
        dim, unbiased = None, dim
    if unbiased is not None and correction is not None:
        raise TypeError(f"{name}(): unbiased and correction say the same: give one of them")
    if correction is None:
        correction = 1 if unbiased is None else int(unbiased)
    dims = reduced_dims(dim, input.array.ndim)
    if count(input.array.shape, dims) <= correction:
        warnings.warn(
            f"{name}(): degrees of freedom is <= 0. Correction should be strictly less than the "
            f"reduction factor: of {count(input.array.shape, dims)} numbers each, {correction} is "
            f"to be subtracted.",
            stacklevel=4,
        )
    return input, dims, keepdim, correction
