"""``softmax``: numbers become probabilities. ``log_softmax``: their logarithms.

Both subtract the largest number first. That changes nothing in the result, and keeps ``exp`` from
overflowing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy

from .. import dtypes
from ..autograd import Rule
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._folding import SMALL, fold
from ._forms import with_out
from ._operands import answer
from ._reducing import numpy_names, one_dim, result_dtype
from ._sums import total

__all__ = ["softmax", "log_softmax"]

CACHED = 2**18  # so many numbers stay near the processor


class Softmax(Rule):
    """y_i = e^x_i / (e^x_1 + e^x_2 + ...)        dx_i = y_i (dy_i - sum of dy y)"""

    @staticmethod
    def forward(ctx, x, dim):
        y = by_rows(probabilities, x, dim)
        ctx.save_for_backward(y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        if isinstance(dy, Variable):
            return y * (dy - (dy * y).sum(axis=ctx.dim, keepdims=True)), None
        dx = numpy.asarray(dy * y)
        numpy.subtract(dy, total(dx, ctx.dim, True), out=dx)
        return numpy.multiply(dx, y, out=dx), None


class LogSoftmax(Rule):
    """y_i = x_i - ln(e^x_1 + e^x_2 + ...)        dx_i = dy_i - e^y_i sum of dy"""

    @staticmethod
    def forward(ctx, x, dim):
        y = by_rows(log_probabilities, x, dim)
        ctx.save_for_backward(y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        if isinstance(dy, Variable):
            return dy - y.exp() * dy.sum(axis=ctx.dim, keepdims=True), None
        dx = numpy.asarray(numpy.exp(y))
        dx *= total(dy, ctx.dim, True)
        return numpy.subtract(dy, dx, out=dx), None


def probabilities(x: numpy.ndarray, dim: int | tuple, y: numpy.ndarray) -> None:
    """y = exp(x) / sum of exp(x)"""
    numpy.subtract(x, largest(x, dim), out=y)
    numpy.exp(y, out=y)
    y /= total(y, dim, True)


def log_probabilities(x: numpy.ndarray, dim: int | tuple, y: numpy.ndarray) -> None:
    """y = x - log of sum of exp(x)"""
    numpy.subtract(x, largest(x, dim), out=y)
    y -= numpy.log(total(numpy.exp(y), dim, True))


def largest(x: numpy.ndarray, dim: int | tuple):
    """The largest numbers along a dimension."""
    if x.size <= SMALL:
        return numpy.maximum.reduce(x, dim, None, None, True)
    return fold(numpy.maximum, x, (dim,) if type(dim) is int else dim, True)


def by_rows(function: Callable, x: numpy.ndarray, dim: int | tuple) -> numpy.ndarray:
    """The function of ``x``; of many rows, so many at a time as stay near the processor."""
    x = numpy.asarray(x, order="C")
    if x.itemsize == 2:
        return by_rows(function, x.astype(numpy.float32), dim).astype(x.dtype)
    y = numpy.empty_like(x)
    if not x.size:
        return y
    if dim != x.ndim - 1 or x.size <= CACHED:
        function(x, dim, y)
        return y
    rows, results = (each.reshape(-1, x.shape[-1]) for each in (x, y))
    few = max(1, CACHED // x.shape[-1])
    for i in range(0, len(rows), few):
        function(rows[i : i + few], 1, results[i : i + few])
    return y


@with_out(cast=False)
@tensor_method
@numpy_names
def softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """y = exp(input) / sum of exp(input) along ``dim``: positive numbers whose sum is 1.

    Args:
        input: any real numbers
        dim: the dimension along which they become probabilities
        dtype: convert ``input`` to this first. Default: as it is

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.softmax(torch.tensor([0.0, 1.0, 2.0]), dim=0)
        tensor([0.0900, 0.2447, 0.6652])
    """
    return _checked(Softmax, input, dim, dtype, "softmax")


@with_out(cast=False)
@tensor_method
@numpy_names
def log_softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """y = log(softmax(input)), in a way that stays finite where the softmax rounds to 0.

    Args:
        input: any real numbers
        dim: the dimension along which they become logarithms of probabilities
        dtype: convert ``input`` to this first. Default: as it is

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.log_softmax(torch.tensor([0.0, 1.0, 1000.0]), dim=0)
        tensor([-1000.,  -999.,     0.])
    """
    return _checked(LogSoftmax, input, dim, dtype, "log_softmax")


def _checked(rule: type[Rule], x: Tensor, dim: int, dtype, name: str) -> Tensor:
    """The rule of the input in the wanted dtype; of a number, along no axis at all."""
    if not isinstance(x, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(x).__name__}")
    if dtype is not None:
        x = x.to(result_dtype(dtype, name))
    ndim = x.array.ndim
    try:
        dim = one_dim(dim, ndim, name)
    except IndexError as error:
        raise IndexError(f"{error}: the input of {name} has shape {list(x.array.shape)}") from None
    if x.array.dtype.kind != "f":
        if not x.array.size:
            return answer(x.array.copy())
        raise NotImplementedError(
            f"{name} is not implemented for {x.dtype}: say dtype=torch.float32, or use .float()"
        )
    return rule.apply(x, dim if ndim else ())
