"""How far numbers lie from their mean, var and std, and how they vary together, cov."""

from __future__ import annotations

import math
import warnings

import numpy

from ..autograd import Rule, namespace
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._operands import expand, floating, keep, tensor
from ._reducing import Dims, check_keepdim, count, kept_shape, numpy_names, reduced_dims
from ._sums import total_of_squares
from .reduction import average

__all__ = ["var", "std", "var_mean", "std_mean", "cov", "corrcoef"]


class Var(Rule):
    """y = the sum of (x - m)^2 / (n - c), m being the mean        dx = dy 2 (x - m) / (n - c)"""

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        ctx.save_for_backward(x)
        dims = ctx.prepare(x, dims, correction)
        return spread(x, dims, keepdim, ctx.freedom)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return ctx.spread_gradient(dy, x), None, None, None

    def prepare(ctx, x, dims, correction):
        """The dimensions to reduce, after what backward needs to know of them is kept."""
        ctx.of_all = dims is None or not x.ndim
        ctx.dims = tuple(range(x.ndim)) if dims is None else dims
        ctx.kept, ctx.n = kept_shape(x.shape, ctx.dims), count(x.shape, ctx.dims)
        ctx.freedom = ctx.n - correction
        return ctx.dims

    def spread_gradient(ctx, dy, x):
        """dy 2 (x - m) / freedom"""
        dy = dy.reshape(ctx.kept)
        if ctx.of_all and ctx.freedom <= 0:
            return namespace(x).where(x == x.mean(), dy * math.nan, dy * math.inf)
        d = distance(x, ctx.dims)
        by = (2 / ctx.freedom if ctx.freedom else math.inf) * dy
        return d * by if isinstance(d, Variable) else numpy.multiply(d, by, out=d)


class Std(Var):
    """y = sqrt(var x)        dx = dy (x - m) / ((n - c) y),  0 where y is 0"""

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        dims = ctx.prepare(x, dims, correction)
        y = deviation(x, dims, keepdim, ctx.freedom)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        return ctx.spread_gradient(of_square(dy, y), x), None, None, None


class VarMean(Var):
    """y = var x, m = mean x        dx = dy 2 (x - m) / (n - c) + dm / n"""

    materialize_grads = False

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        ctx.save_for_backward(x)
        dims = ctx.prepare(x, dims, correction)
        return spread(x, dims, keepdim, ctx.freedom), step_by_step(x, dims, keepdim)

    @staticmethod
    def backward(ctx, dy, dm):
        x, *ys = ctx.saved_tensors
        dx = None if dm is None else expand((dm / ctx.n).reshape(ctx.kept), x.shape)
        if dy is not None:
            dspread = ctx.spread_gradient(ctx.of_variance(dy, *ys), x)
            dx = dspread if dx is None else dspread + dx
        return dx, None, None, None

    def of_variance(ctx, dy):
        """The gradient of the variance, given that of the first result: the same."""
        return dy


class StdMean(VarMean):
    """y = std x, m = mean x        dx = dy (x - m) / ((n - c) y) + dm / n"""

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        dims = ctx.prepare(x, dims, correction)
        y = numpy.asarray(deviation(x, dims, keepdim, ctx.freedom))
        ctx.save_for_backward(x, y)
        return y, step_by_step(x, dims, keepdim)

    def of_variance(ctx, dy, y):
        """The gradient of the variance, of which the first result is the root."""
        return of_square(dy, y)


def of_square(dy, y):
    """The gradient of y^2, given that of y: dy / (2 y), and 0 where y is 0."""
    return keep(dy / (2 * y), y != 0)


def spread(x: numpy.ndarray, dims: tuple[int, ...], keepdim: bool, freedom: float):
    """The sum of (x - m)^2 / freedom"""
    if x.itemsize == 2:
        return spread(x.astype(numpy.float32), dims, keepdim, freedom).astype(x.dtype)
    return total_of_squares(distance(x, dims), dims, keepdim) / max(freedom, 0)


def deviation(x: numpy.ndarray, dims: tuple[int, ...], keepdim: bool, freedom: float):
    """The root of the spread, even where the squares are too large for a float32"""
    if x.itemsize == 2:
        return deviation(x.astype(numpy.float32), dims, keepdim, freedom).astype(x.dtype)
    y = numpy.sqrt(spread(x, dims, keepdim, freedom))
    if x.dtype == numpy.float32 and numpy.isinf(y).any():
        y = numpy.sqrt(spread(x.astype(numpy.float64), dims, keepdim, freedom)).astype(x.dtype)
    return y


def step_by_step(x: numpy.ndarray, dims: tuple[int, ...], keepdim: bool):
    """The mean. As torch goes from mean to mean here, infinity gives NaN, unless it comes last."""
    m = average(x, dims, keepdim)
    if not x.size or numpy.isfinite(m).all():
        return m
    rest = [i for i in range(x.ndim) if i not in dims]
    in_memory = sorted(dims, key=lambda i: -x.strides[i])
    rows = x.transpose(*rest, *in_memory).reshape(*m.shape, -1)
    return numpy.where(numpy.isfinite(rows[..., :-1]).all(-1), m, x.dtype.type(math.nan))


def distance(x, dims: tuple[int, ...]):
    """x - m. The mean was rounded: what it is off by shows in the mean of the distances."""
    if isinstance(x, Variable):
        return x - x.mean(dims, keepdim=True)
    d = numpy.asarray(x - average(x, dims, True))
    shift = average(d, dims, True)
    d -= numpy.where(numpy.isfinite(shift), shift, 0)
    return d


# ---- functions ----------------------------------------------------------------------------------


@with_out
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


@with_out
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


@numpy_names
def var_mean(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> tuple[Tensor, Tensor]:
    """The variance and the mean, both at once.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to reduce. Default: None, all
        unbiased: the older way to say ``correction=1`` (True) or ``correction=0`` (False)
        keepdim: keep them, with size 1. Default: False
        correction: what to subtract from n. Default: 1

    Examples:
        >>> torch.var_mean(torch.tensor([1.0, 2.0, 3.0]))
        (tensor(1.), tensor(2.))
    """
    given = _spread_arguments(tensor(input), dim, unbiased, keepdim, correction, "var_mean")
    return VarMean.apply(*given)


@numpy_names
def std_mean(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> tuple[Tensor, Tensor]:
    """The standard deviation and the mean, both at once.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to reduce. Default: None, all
        unbiased: the older way to say ``correction=1`` (True) or ``correction=0`` (False)
        keepdim: keep them, with size 1. Default: False
        correction: what to subtract from n. Default: 1
    """
    given = _spread_arguments(tensor(input), dim, unbiased, keepdim, correction, "std_mean")
    return StdMean.apply(*given)


@tensor_method
def cov(
    input: Tensor,
    *,
    correction: int = 1,
    fweights: Tensor | None = None,
    aweights: Tensor | None = None,
) -> Tensor:
    """The covariances: C_ij = the sum of (x_i - m_i) (x_j - m_j) / (n - 1), of all rows i and j.

    Args:
        input: a row for each variable, a column for each observation; or one variable
        correction: what to subtract from n. Default: 1
        fweights: how often each observation was made, integers
        aweights: how much each observation counts

    Shape:
        (k, n) gives (k, k), with the variances on the diagonal; (n) gives ().

    Examples:
        >>> torch.cov(torch.tensor([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]]))
        tensor([[ 1., -1.],
                [-1.,  1.]])
    """
    _check_observations(tensor(input), "cov")
    if isinstance(correction, bool) or not hasattr(correction, "__index__"):
        raise TypeError(f"cov(): argument 'correction' must be int, not {correction!r}")
    if input.array.dtype.kind == "b":
        raise RuntimeError("cov(): bool dtype is not supported for input")
    x = floating(input)
    x = x if x.ndim == 2 else x.reshape(1, -1)
    n = x.shape[1]
    weights = _weights(fweights, "fweights", n, False)
    importance = _weights(aweights, "aweights", n, True)
    if importance is not None:
        weights = importance if weights is None else weights * importance
    if weights is None:
        all_of_it, mean = n, x.mean(1, keepdim=True)
    else:
        all_of_it = weights.sum()
        if n and not all_of_it.item():
            raise RuntimeError("cov(): weights sum to zero, can't be normalized")
        mean = (x * weights).sum(1, keepdim=True) / all_of_it
    lost = correction
    if importance is not None and correction:
        lost = correction * (weights * importance).sum() / all_of_it
    freedom = all_of_it - lost
    if freedom <= 0:
        warnings.warn(
            f"cov(): degrees of freedom is <= 0. Correction should be strictly less than the "
            f"number of observations: {correction} is to be subtracted from {n}.",
            stacklevel=2,
        )
        freedom = 0
    d = x - mean
    return ((d if weights is None else d * weights) @ d.T / freedom).squeeze()


@tensor_method
def corrcoef(input: Tensor) -> Tensor:
    """The correlations: covariances divided by both standard deviations, numbers from -1 to 1.

    Args:
        input: a row for each variable, a column for each observation; or one variable

    Examples:
        >>> torch.corrcoef(torch.tensor([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]]))
        tensor([[ 1., -1.],
                [-1.,  1.]])
    """
    _check_observations(tensor(input), "corrcoef")
    c = cov(input)
    if not c.ndim:
        return c / c
    i = numpy.arange(len(c))
    spread = c[i, i].sqrt()
    return (c / spread[:, None] / spread).clip(-1, 1)


def _check_observations(input: Tensor, name: str) -> None:
    if input.array.ndim > 2:
        raise RuntimeError(
            f"{name}(): expected input to have two or fewer dimensions but got an input with "
            f"{input.array.ndim} dimensions"
        )


def _weights(weights: Tensor | None, name: str, n: int, is_floating: bool) -> Tensor | None:
    """The weights of n observations, checked."""
    if weights is None:
        return None
    if not isinstance(weights, Tensor):
        raise TypeError(f"cov(): argument '{name}' must be Tensor, not {type(weights).__name__}")
    w = weights.array
    if w.ndim > 1:
        wrong = f"one or fewer dimensions but got {w.ndim} dimensions"
    elif (w.dtype.kind == "f") != is_floating or w.dtype.kind == "b":
        wrong = f"{'floating point' if is_floating else 'integral'} dtype but got {weights.dtype}"
    elif w.size != n:
        wrong = f"one number for each of the {n} observations but got {w.size}"
    elif w.size and w.min() < 0:
        wrong = "no negative numbers"
    else:
        return weights
    raise RuntimeError(f"cov(): expected {name} to have {wrong}")


def _spread_arguments(input: Tensor, dim, unbiased, keepdim, correction, name: str) -> tuple:
    if input.array.dtype.kind != "f":
        raise RuntimeError(f"{name}() only supports floating point dtypes: call .float() first")
    if isinstance(dim, bool):  # var(False)
        dim, unbiased = None, dim
    if unbiased is not None and not isinstance(unbiased, bool):
        raise TypeError(f"{name}(): argument 'unbiased' must be bool; several dims go into a tuple")
    check_keepdim(keepdim, name)
    if unbiased is not None and correction is not None:
        raise TypeError(f"{name}(): unbiased and correction say the same: give one of them")
    if correction is None:
        correction = 1 if unbiased is None else int(unbiased)
    elif isinstance(correction, (str, tuple, list)):
        raise TypeError(f"{name}(): argument 'correction' must be a number, not {correction!r}")
    else:
        correction = float(correction)
    dims = reduced_dims(dim, input.array.ndim)
    n = count(input.array.shape, dims)
    if n <= correction:
        warnings.warn(
            f"{name}(): degrees of freedom is <= 0. Correction should be strictly less than the "
            f"reduction factor: of {n} numbers each, {correction} is to be subtracted.",
            stacklevel=4,
        )
    return input, None if dim is None else dims, keepdim, correction
