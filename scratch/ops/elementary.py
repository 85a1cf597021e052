"""More functions of one number: 1 / sqrt(x), exp and log near 0 and to other bases, sin and cos."""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule, namespace
from ..tensor import Tensor, in_place_method, tensor_method
from ._operands import floating

__all__ = ["rsqrt", "expm1", "log1p", "log2", "log10", "sin", "cos"]

LN2, LN10 = math.log(2), math.log(10)


class Rsqrt(Rule):
    """y = 1 / sqrt(x)        dx = -dy y^3 / 2"""

    @staticmethod
    def forward(ctx, x):
        y = 1 / numpy.sqrt(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return -0.5 * dy * (y * y * y)


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


class Sin(Rule):
    """y = sin x        dx = dy cos x"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.sin(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * namespace(x).cos(x)


class Cos(Rule):
    """y = cos x        dx = -dy sin x"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.cos(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * -namespace(x).sin(x)


# ---- functions ----------------------------------------------------------------------------------


@tensor_method
def rsqrt(input: Tensor) -> Tensor:
    """y = 1 / sqrt(input)

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.rsqrt(torch.tensor([4.0, 0.25]))
        tensor([0.5000, 2.0000])
    """
    return Rsqrt.apply(floating(input))


@tensor_method
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


@tensor_method
def log1p(input: Tensor) -> Tensor:
    """y = ln(1 + input), with all its digits where the input is near 0

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Log1P.apply(floating(input))


@tensor_method
def log2(input: Tensor) -> Tensor:
    """y = the logarithm of the input to base 2

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.log2(torch.tensor([1, 2, 8]))
        tensor([0., 1., 3.])
    """
    return Log2.apply(floating(input))


@tensor_method
def log10(input: Tensor) -> Tensor:
    """y = the logarithm of the input to base 10

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Log10.apply(floating(input))


@tensor_method
def sin(input: Tensor) -> Tensor:
    """y = the sine of the input, an angle in radians

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Sin.apply(floating(input))


@tensor_method
def cos(input: Tensor) -> Tensor:
    """y = the cosine of the input, an angle in radians

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Cos.apply(floating(input))


for _function in (rsqrt, expm1, log1p, log2, log10, sin, cos):
    in_place_method(_function)
