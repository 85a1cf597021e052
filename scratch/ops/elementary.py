"""More functions of one number: 1 / sqrt(x), exp and log near 0 and to other bases, logit."""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule, namespace
from ..tensor import Tensor
from ._forms import pointwise
from ._half import in_float32
from ._operands import floating, keep

__all__ = [
    "rsqrt",
    "exp2",
    "expm1",
    "log1p",
    "log2",
    "log10",
    "logit",
]

LN2, LN10 = math.log(2), math.log(10)


class Rsqrt(Rule):
    """y = 1 / sqrt(x)        dx = -dy y^3 / 2"""

    @staticmethod
    def forward(ctx, x):
        y = _rsqrt(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return -0.5 * dy * (y * y * y)


class Exp2(Rule):
    """y = 2^x        dx = dy y ln 2"""

    @staticmethod
    def forward(ctx, x):
        y = numpy.exp2(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * y * LN2


class Expm1(Rule):
    """y = e^x - 1, accurate near x = 0        dx = dy (y + 1)"""

    @staticmethod
    def forward(ctx, x):
        y = numpy.expm1(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * (y + 1)


class Log1P(Rule):
    """y = ln(1 + x), accurate near x = 0        dx = dy / (x + 1)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.log1p(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / (x + 1)


class Log2(Rule):
    """y = log2 x        dx = dy / (x ln 2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.log2(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / (x * LN2)


class Log10(Rule):
    """y = log10 x        dx = dy / (x ln 10)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.log10(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / (x * LN10)


class Logit(Rule):
    """y = ln(x / (1 - x))        dx = dy / (x (1 - x))

    It is NaN outside 0 to 1; where eps clamped x, it is 0.
    """

    @staticmethod
    def forward(ctx, x, eps):
        ctx.save_for_backward(x)
        ctx.eps = eps
        y = x if eps < 0 else _clamped(x, eps, 1 - x.dtype.type(eps))
        return numpy.log(y / (1 - y))

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        dx = dy / (x * (1 - x))
        if ctx.eps < 0:
            return namespace(dy).where(
                (x < 0) | (x > 1), namespace(dx).full_like(dx, math.nan), dx
            ), None
        return keep(dx, ~((x < ctx.eps) | (x > 1 - ctx.eps))), None


@in_float32
def _rsqrt(x):
    y = numpy.asarray(numpy.sqrt(x))
    return numpy.divide(1, y, out=y)


def _clamped(x, low: float, high: float):
    """numpy.clip, but what is below the lower bound becomes that even if high is less still."""
    return numpy.where(x < low, x.dtype.type(low), numpy.where(x > high, x.dtype.type(high), x))


# ---- functions ----------------------------------------------------------------------------------


@pointwise
def rsqrt(input: Tensor) -> Tensor:
    """y = 1 / sqrt(input)

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.rsqrt(torch.tensor([4.0, 0.25]))
        tensor([0.5000, 2.0000])
    """
    return Rsqrt.apply(floating(input))


@pointwise("exp2", ufunc=numpy.exp2)
def exp2(input: Tensor) -> Tensor:
    """y = 2^input

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Exp2.apply(floating(input))


@pointwise("expm1", ufunc=numpy.expm1)
def expm1(input: Tensor) -> Tensor:
    """y = e^input - 1, with all its digits where the input is near 0

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> x = torch.tensor(1e-8)
        >>> torch.expm1(x).item() > 0, (torch.exp(x) - 1).item() > 0
        (True, False)
    """
    return Expm1.apply(floating(input))


@pointwise("log1p", ufunc=numpy.log1p)
def log1p(input: Tensor) -> Tensor:
    """y = ln(1 + input), with all its digits where the input is near 0

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Log1P.apply(floating(input))


@pointwise("log2", ufunc=numpy.log2)
def log2(input: Tensor) -> Tensor:
    """y = the logarithm of the input to base 2

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.log2(torch.tensor([1, 2, 8]))
        tensor([0., 1., 3.])
    """
    return Log2.apply(floating(input))


@pointwise("log10", ufunc=numpy.log10)
def log10(input: Tensor) -> Tensor:
    """y = the logarithm of the input to base 10

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Log10.apply(floating(input))


@pointwise
def logit(input: Tensor, eps: float | None = None) -> Tensor:
    """y = ln(input / (1 - input)): the number whose sigmoid is the input

    Args:
        input: a tensor of probabilities; NaN where one is not from 0 to 1
        eps: clamp the input to eps from 0 and 1 first. Default: None, do not

    Examples:
        >>> torch.logit(torch.tensor([0.0, 0.5, 1.0]))
        tensor([-inf, 0., inf])
        >>> torch.logit(torch.tensor([0.0, 0.5, 1.0]), eps=0.001)
        tensor([-6.9068,  0.0000,  6.9068])
    """
    if eps is not None and not isinstance(eps, (int, float)):
        raise TypeError(
            f"logit(): argument 'eps' (position 2) must be float, not {type(eps).__name__}"
        )
    return Logit.apply(floating(input), -1.0 if eps is None else float(eps))
