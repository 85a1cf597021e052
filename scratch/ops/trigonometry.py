"""Sine, cosine and tangent, their inverses, and what else turns angles into lengths and back.

Angles are in radians: a full turn is 2 pi.
"""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule, namespace
from ..tensor import Tensor
from ._forms import TENSOR, pointwise
from ._half import in_float32
from ._operands import check_broadcast, combine, floating, keep, tensor, unbroadcast

__all__ = [
    "sin",
    "cos",
    "tan",
    "asin",
    "arcsin",
    "acos",
    "arccos",
    "atan",
    "arctan",
    "atan2",
    "arctan2",
    "hypot",
    "sinc",
    "deg2rad",
    "rad2deg",
]


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


class Tan(Rule):
    """y = tan x        dx = dy (1 + y^2)"""

    @staticmethod
    def forward(ctx, x):
        y = numpy.tan(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * (1 + y * y)


class Asin(Rule):
    """y = arcsin x        dx = dy / sqrt(1 - x^2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.arcsin(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / namespace(x).sqrt(1 - x * x)


class Acos(Rule):
    """y = arccos x        dx = -dy / sqrt(1 - x^2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.arccos(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return -dy / namespace(x).sqrt(1 - x * x)


class Atan(Rule):
    """y = arctan x        dx = dy / (1 + x^2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.arctan(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / (1 + x * x)


class Atan2(Rule):
    """y = the angle of the point (b, a)        da = dy b / (a^2 + b^2),  db = -dy a / (a^2 + b^2)

    Both are 0 where a and b are 0.
    """

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return numpy.arctan2(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        squares = a * a + b * b
        slope = keep(1 / squares, squares != 0)
        return unbroadcast(dy * b * slope, a.shape), unbroadcast(dy * -a * slope, b.shape)


class Hypot(Rule):
    """y = sqrt(a^2 + b^2)        da = dy a / y,  db = dy b / y"""

    @staticmethod
    def forward(ctx, a, b):
        y = _hypotenuse(a, b)
        needs_da, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_da else None, b if needs_db else None, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        *operands, y = ctx.saved_tensors
        da, db = [None if x is None else unbroadcast(dy * (x / y), x.shape) for x in operands]
        return da, db


class Sinc(Rule):
    """y = sin(pi x) / (pi x)        dx = dy (pi x cos(pi x) - sin(pi x)) / (pi x^2),  0 at 0"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return _sinc(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        u, square = x * math.pi, x * x * math.pi
        slope = (u * namespace(x).cos(u) - namespace(x).sin(u)) / square
        return keep(dy * slope, square != 0)


class Deg2Rad(Rule):
    """y = x pi / 180        dx = dy pi / 180"""

    @staticmethod
    def forward(ctx, x):
        return _times(x, math.pi / 180)

    @staticmethod
    def backward(ctx, dy):
        return dy * (math.pi / 180)


class Rad2Deg(Rule):
    """y = x 180 / pi        dx = dy 180 / pi"""

    @staticmethod
    def forward(ctx, x):
        return _times(x, 180 / math.pi)

    @staticmethod
    def backward(ctx, dy):
        return dy * (180 / math.pi)


def _hypotenuse(a, b):
    """sqrt(a^2 + b^2). Where the squares are too large or too small, numpy.hypot takes over.

    It always is right, but takes the numbers one by one.
    """
    if a.itemsize > 2:
        y = numpy.sqrt(a * a + b * b)
        tiny, huge = (1e-15, 1e18) if y.itemsize == 4 else (1e-145, 1e150)
        if y.size and tiny < y.min() and y.max() < huge:  # never so with NaN
            return y
    return numpy.hypot(a, b)


@in_float32
def _sinc(x):
    u = x * math.pi
    return numpy.where(u == 0, x.dtype.type(1), numpy.sin(u) / u)


def _times(x, factor: float):
    if x.itemsize == 2:
        return (x.astype(numpy.float32) * factor).astype(x.dtype)
    return x * factor


# ---- functions ----------------------------------------------------------------------------------


@pointwise("sin", ufunc=numpy.sin)
def sin(input: Tensor) -> Tensor:
    """y = the sine of the input, an angle in radians

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.sin(torch.tensor([0.0, torch.pi / 2, torch.pi]))
        tensor([ 0.0000e+00,  1.0000e+00, -8.7423e-08])
    """
    return Sin.apply(floating(input))


@pointwise("cos", ufunc=numpy.cos)
def cos(input: Tensor) -> Tensor:
    """y = the cosine of the input, an angle in radians

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Cos.apply(floating(input))


@pointwise("tan", ufunc=numpy.tan)
def tan(input: Tensor) -> Tensor:
    """y = sin(input) / cos(input)

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Tan.apply(floating(input))


@pointwise("asin", "arcsin", ufunc=numpy.arcsin)
def asin(input: Tensor) -> Tensor:
    """y = the angle, from -pi/2 to pi/2, whose sine is the input; NaN where there is none

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Asin.apply(floating(input))


@pointwise("acos", "arccos", ufunc=numpy.arccos)
def acos(input: Tensor) -> Tensor:
    """y = the angle, from 0 to pi, whose cosine is the input; NaN where there is none

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Acos.apply(floating(input))


@pointwise("atan", "arctan", ufunc=numpy.arctan)
def atan(input: Tensor) -> Tensor:
    """y = the angle, from -pi/2 to pi/2, whose tangent is the input

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Atan.apply(floating(input))


@pointwise("atan2", "arctan2", ufunc=numpy.arctan2, operands=(TENSOR,))
def atan2(input: Tensor, other: Tensor) -> Tensor:
    """y = the angle of the point with height input and width other, from -pi to pi

    Unlike ``atan(input / other)`` it tells opposite directions apart.

    Args:
        input, other: tensors, broadcast against each other

    Examples:
        >>> torch.atan2(torch.tensor([1.0, -1.0]), torch.tensor([1.0, -1.0]))
        tensor([ 0.7854, -2.3562])
    """
    return combine(Atan2, tensor(input), tensor(other, 2), floating=True)


@pointwise
def hypot(input: Tensor, other: Tensor) -> Tensor:
    """y = sqrt(input^2 + other^2), the length of the longest side of a right triangle

    Args:
        input, other: tensors of floating-point numbers, broadcast against each other

    Examples:
        >>> torch.hypot(torch.tensor([3.0, 3e30]), torch.tensor([4.0, 4e30]))
        tensor([5.0000e+00, 5.0000e+30])
    """
    if tensor(input).array.dtype.kind != "f" and tensor(other, 2).array.dtype.kind != "f":
        check_broadcast(input.array.shape, other.array.shape)
        raise NotImplementedError("hypot() is not implemented for integers: call .float() first")
    return combine(Hypot, input, tensor(other, 2))


@pointwise
def sinc(input: Tensor) -> Tensor:
    """y = sin(pi input) / (pi input), and 1 at 0

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Sinc.apply(floating(input))


@pointwise
def deg2rad(input: Tensor) -> Tensor:
    """y = the angle in radians of one in degrees

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.deg2rad(torch.tensor([90, 180]))
        tensor([1.5708, 3.1416])
    """
    return Deg2Rad.apply(floating(input))


@pointwise
def rad2deg(input: Tensor) -> Tensor:
    """y = the angle in degrees of one in radians

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Rad2Deg.apply(floating(input))


arcsin, arccos, arctan, arctan2 = asin, acos, atan, atan2
