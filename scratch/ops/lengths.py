"""How large a vector is, and how far two are apart: norm, dist; and renorm, which makes it shorter.

The length of a difference is a distance. In the ordinary norm it grows most quickly when x moves
outwards: the gradient is x itself, scaled to length 1.
"""

from __future__ import annotations

import math

import numpy

from .. import dtypes
from ..autograd import Rule, namespace
from ..autograd.variable import Variable
from ..tensor import Tensor, in_place_method, tensor_method
from ._forms import with_out
from ._lengths import length, length_gradient
from ._operands import check_broadcast, pair, tensor, unbroadcast
from ._reducing import Dims, check_keepdim, count, kept_shape, one_dim, reduced_dims

__all__ = ["norm", "dist", "renorm"]


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
        dx = length_gradient(dy.reshape(ctx.kept), x, y.reshape(ctx.kept), ctx.p, ctx.dims)
        return dx, None, None, None


class Dist(Rule):
    """y = the norm of a - b        da = dy times the norm's slope at a - b,  db = -da"""

    @staticmethod
    def forward(ctx, a, b, p):
        d = a - b
        y = length(d, p, tuple(range(d.ndim)), False)
        ctx.save_for_backward(a, b, y)
        ctx.p = p
        return y

    @staticmethod
    def backward(ctx, dy):
        a, b, y = ctx.saved_tensors
        d = a - b
        dd = length_gradient(dy, d, y, ctx.p, tuple(range(d.ndim)))
        if dd is None:
            return None, None, None
        return unbroadcast(dd, a.shape), unbroadcast(-dd, b.shape), None


class Renorm(Rule):
    """y = x m / |x| where |x| > m, else x        dx = m (dy - (dy . x) d|x| / |x|) / |x| or dy"""

    @staticmethod
    def forward(ctx, x, p, dims, most):
        ctx.save_for_backward(x)
        ctx.given = p, dims, most
        wide = x.astype(numpy.float32) if x.itemsize == 2 else x
        size = length(wide, p, dims, True)
        factor = numpy.where(size > most, most / (size + 1e-7), 1).astype(wide.dtype)
        return (wide * factor).astype(x.dtype, order="C", copy=False)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        p, dims, most = ctx.given
        size = (_norm if isinstance(x, Variable) else length)(x, p, dims, True)
        dsize = (x * dy).sum(axis=dims, keepdims=True)
        inverse = 1 / (size + 1e-7)
        scaled = most * inverse * (dy - inverse * length_gradient(dsize, x, size, p, dims))
        return namespace(x).where(size > most, scaled, dy), None, None, None


# ---- functions ----------------------------------------------------------------------------------


def norm(
    input: Tensor,
    p: float | str | None = "fro",
    dim: Dims = None,
    keepdim: bool = False,
    out: Tensor | None = None,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The length of a vector: the p-th root of the sum of all |x|^p.

    Args:
        input: a tensor of floating-point numbers, all of them one vector
        p: 2 or "fro" for the ordinary length, 1 for the sum of |x|, ``float("inf")`` for the
            largest |x|, 0 for how many are not 0, "nuc" for the sum of a matrix's singular values.
            Default: "fro"
        dim: the dimension or dimensions to reduce. Default: None, all
        keepdim: keep them, with size 1. Default: False
        out: where to write it
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.tensor([3.0, -4.0]).norm()
        tensor(5.)
    """
    return _norm(tensor(input), p, dim, keepdim, dtype, out=out)


def _method(self, p="fro", dim=None, keepdim=False, dtype=None):
    return _norm(self, p, dim, keepdim, dtype)


_method.__name__, _method.__doc__ = "norm", norm.__doc__
tensor_method("norm")(_method)


@with_out(cast=False)
def _norm(input: Tensor, p, dim: Dims, keepdim: bool, dtype=None) -> Tensor:
    x = tensor(input).array
    check_keepdim(keepdim, "norm")
    if p == "nuc":
        return _nuclear(input, dim, keepdim, dtype)
    if isinstance(p, str) and p != "fro":
        raise RuntimeError(f"norm(): Order {p} not supported: it is a number, 'fro' or 'nuc'")
    if x.dtype.kind != "f":
        raise RuntimeError(f"norm(): expected a floating point tensor as input. Got {input.dtype}")
    if dim is not None and not isinstance(dim, (tuple, list)) and not hasattr(dim, "__index__"):
        raise TypeError(f"norm(): argument 'dim' must be tuple of ints, not {type(dim).__name__}")
    dims = reduced_dims(dim, x.ndim)
    if p == "fro" and dim is not None and len(dims) > 2:
        raise RuntimeError(f"norm(): 'fro' of a matrix takes one or two dims, and not {dims}")
    p = 2.0 if p in ("fro", None) else float(p)
    if (p < 0 or p == math.inf) and not count(x.shape, dims):
        raise RuntimeError(
            f"norm(): cannot compute the {p} norm of an empty tensor, of shape {list(x.shape)}, "
            f"because the operation does not have an identity"
        )
    if dtype is not None:
        input = widened(input, dtype, "norm()")
    return Norm.apply(input, p, dims, keepdim)


def widened(input: Tensor, dtype: dtypes.dtype, function: str) -> Tensor:
    """The input in a wider floating-point dtype."""
    if not dtype.is_floating_point:
        raise RuntimeError(f"{function}: dtype should be floating point, but got {dtype}")
    if dtypes.promote_types(input.dtype, dtype) != dtype:
        raise RuntimeError(
            f"{function}: the dtype of the input ({input.dtype}) should be convertible without "
            f"narrowing to the specified dtype ({dtype})"
        )
    return input.to(dtype)


def _nuclear(input: Tensor, dim: Dims, keepdim: bool, dtype: dtypes.dtype | None) -> Tensor:
    """The sum of the singular values of matrices."""
    ndim = input.ndim
    if ndim < 2:
        raise RuntimeError("norm(): 'nuc' needs an input with at least 2 dimensions")
    dims = reduced_dims(dim, ndim)
    if len(dims) != 2:
        raise RuntimeError(f"norm(): dim must be a 2-tuple for 'nuc'. Got {dims}")
    if input.array.dtype.kind != "f":
        raise RuntimeError(f"norm(): expected a floating point tensor as input. Got {input.dtype}")
    x = input if dtype is None else widened(input, dtype, "norm()")
    if x.array.dtype == numpy.float16:
        raise RuntimeError("norm(): 'nuc' needs float32 or float64, and not float16")
    y = namespace(x).linalg.svdvals(x.movedim(dims, (-2, -1))).sum(-1)
    return y.reshape(kept_shape(x.shape, dims)) if keepdim else y


@tensor_method
def dist(input: Tensor, other: Tensor, p: float = 2) -> Tensor:
    """How far apart two tensors are: the norm of ``input - other``.

    Args:
        input, other: tensors, broadcast against each other
        p: which norm. Default: 2

    Examples:
        >>> torch.dist(torch.tensor([0.0, 1.0]), torch.tensor([3.0, 5.0]))
        tensor(5.)
    """
    tensor(input)
    tensor(other, 2)
    p = _number(p, "dist", "p")
    if dtypes.bool in (input.dtype, other.dtype):
        raise RuntimeError("dist(): subtraction with a bool tensor is not supported: use .float()")
    input, other = pair(input, other)
    if not input.dtype.is_floating_point:
        raise RuntimeError(f"dist(): input dtype should be floating point. Got {input.dtype}")
    check_broadcast(input.array.shape, other.array.shape)
    if (p < 0 or p == math.inf) and not (input.array.size and other.array.size):
        raise RuntimeError(f"dist(): cannot compute the {p} norm on an empty tensor")
    return Dist.apply(input, other, p)


@with_out(cast=False)
@tensor_method
def renorm(input: Tensor, p: float, dim: int, maxnorm: float) -> Tensor:
    """Makes every slice along ``dim`` whose norm is larger than ``maxnorm`` as short as that.

    Args:
        input: a tensor of two or more dimensions
        p: which norm, greater than 0
        dim: the dimension whose slices are measured: 0 for the rows of a matrix
        maxnorm: how long they may be

    Examples:
        >>> torch.renorm(torch.tensor([[3.0, 4.0], [0.1, 0.2]]), 2, 0, 1.0)
        tensor([[0.6000, 0.8000],
                [0.1000, 0.2000]])
    """
    x = tensor(input).array
    p, maxnorm = _number(p, "renorm", "p"), _number(maxnorm, "renorm", "maxnorm")
    if not p > 0:
        raise RuntimeError("renorm(): non-positive-norm not supported")
    if not maxnorm >= 0:
        raise RuntimeError(f"renorm(): expected maxnorm to be >= 0 but got {maxnorm}")
    if x.ndim < 2:
        raise RuntimeError(f"renorm(): input needs at least 2 dimensions, got {x.ndim} dimensions")
    dim = one_dim(dim, x.ndim, "renorm")
    if x.dtype.kind != "f":
        raise RuntimeError(f"renorm(): expected a floating point tensor. Got {input.dtype}")
    dims = tuple(i for i in range(x.ndim) if i != dim)
    if p == math.inf and not count(x.shape, dims):
        raise RuntimeError("renorm(): cannot compute the inf norm of empty slices")
    return Renorm.apply(input, p, dims, maxnorm)


in_place_method(renorm)


def _number(x: float, function: str, name: str) -> float:
    if isinstance(x, (str, tuple, list)) or x is None:
        raise TypeError(f"{function}(): argument '{name}' must be Number, not {type(x).__name__}")
    return float(x)
