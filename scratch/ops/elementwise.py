"""Functions of one number, applied to every element: relu, exp, log, sqrt, tanh, sigmoid, abs.

Each gradient is dy times the slope. Where that is easily said by the result y, the rule keeps y: as
the slope of exp, which is y itself.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule, namespace
from ..tensor import Tensor, tensor_method
from ._forms import in_place, pointwise
from ._half import in_float32
from ._operands import floating, keep, numeric, tensor

__all__ = [
    "relu",
    "exp",
    "log",
    "sqrt",
    "tanh",
    "sigmoid",
    "abs",
    "absolute",
    "sign",
    "sgn",
]


class Relu(Rule):
    """y = max(x, 0)        dx = dy where y is not 0, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = _relu(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        if isinstance(dy, Tensor):
            return ThresholdBackward.apply(dy, y)
        return keep(dy, y != 0)


class ThresholdBackward(Rule, name="ThresholdBackwardBackward0"):
    """dx = dy where y is not 0, else 0        ddy = ddx there;  0 for y"""

    @staticmethod
    def forward(ctx, dy, y):
        ctx.save_for_backward(y)
        return keep(dy, y != 0)

    @staticmethod
    def backward(ctx, ddx):
        (y,) = ctx.saved_tensors
        return keep(ddx, y != 0), namespace(y).zeros_like(y)


class Exp(Rule):
    """y = e^x        dx = dy y"""

    @staticmethod
    def forward(ctx, x):
        y = namespace(x).exp(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * y


class Log(Rule):
    """y = ln x        dx = dy / x"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return namespace(x).log(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / x


class Sqrt(Rule):
    """y = sqrt(x)        dx = dy / (2 y)"""

    @staticmethod
    def forward(ctx, x):
        y = namespace(x).sqrt(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy / (2 * y)


class Tanh(Rule):
    """y = tanh x        dx = dy (1 - y^2)"""

    @staticmethod
    def forward(ctx, x):
        y = namespace(x).tanh(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * (1 - y * y)


class Sigmoid(Rule):
    """y = 1 / (1 + e^-x)        dx = dy (1 - y) y

    For a very negative x, e^-x overflows to infinity, and y is 0, as it should be.
    """

    @staticmethod
    def forward(ctx, x):
        y = _sigmoid(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * (1 - y) * y


class Abs(Rule):
    """y = |x|        dx = dy sign(x), so 0 at 0"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return namespace(x).abs(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * sign_of(x)


class Sign(Rule):
    """y = 1 where x > 0, -1 where x < 0, else 0        dx = 0"""

    @staticmethod
    def forward(ctx, x):
        return sign_of(x).astype(x.dtype)

    @staticmethod
    def backward(ctx, dy):
        return namespace(dy).zeros_like(dy)


class Sgn(Rule):
    """y = sign x        dx = 0"""

    @staticmethod
    def forward(ctx, x):
        y = Sign.forward(ctx, x)
        ctx.save_for_backward(x, y)  # as torch does, though a slope of 0 does not need them
        return y

    @staticmethod
    def backward(ctx, dy):
        ctx._check_saved()
        return Sign.backward(ctx, dy)


def _relu(x, out=None):
    if x.size > 8192 and x.dtype.kind == "f":  # NumPy is quicker with two bounds, once it starts
        return numpy.clip(x, 0, numpy.inf, out=out)
    return numpy.maximum(x, 0, out=out)


@in_float32
def _sigmoid(x):
    y = numpy.asarray(-x)
    numpy.exp(y, out=y)
    y += 1
    return numpy.divide(1, y, out=y)


def sign_of(x):
    """The sign of each element, an integer, or 0 for NaN, whose sign numpy.sign calls NaN."""
    if isinstance(x, Tensor):
        return sign(x)
    return (x > 0).view(numpy.int8) - (x < 0).view(numpy.int8)


# ---- functions ----------------------------------------------------------------------------------


@tensor_method
def relu(input: Tensor) -> Tensor:
    """y = max(input, 0)

    Args:
        input: a tensor of numbers

    Examples:
        >>> torch.relu(torch.tensor([-1.0, 0.0, 2.0]))
        tensor([0., 0., 2.])
    """
    if tensor(input).array.dtype.kind == "b":
        raise RuntimeError("Boolean inputs not supported for relu")
    return Relu.apply(input)


@pointwise("exp", ufunc=numpy.exp)
def exp(input: Tensor) -> Tensor:
    """y = e^input

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.exp(torch.tensor([0, 1]))
        tensor([1.0000, 2.7183])
    """
    return Exp.apply(floating(input))


@pointwise("log", ufunc=numpy.log)
def log(input: Tensor) -> Tensor:
    """y = ln(input): NaN for negative numbers, -infinity for 0

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.log(torch.tensor([1.0, 0.0, -1.0]))
        tensor([0., -inf, nan])
    """
    return Log.apply(floating(input))


@pointwise("sqrt", ufunc=numpy.sqrt)
def sqrt(input: Tensor) -> Tensor:
    """y = the square root of the input: NaN for negative numbers

    Its slope at 0 is infinite: add a small number first where zeros may occur.

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Sqrt.apply(floating(input))


@pointwise("tanh", ufunc=numpy.tanh)
def tanh(input: Tensor) -> Tensor:
    """y = (e^x - e^-x) / (e^x + e^-x): from -1 to 1

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Tanh.apply(floating(input))


@pointwise
def sigmoid(input: Tensor) -> Tensor:
    """y = 1 / (1 + e^-input): from 0 to 1

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.sigmoid(torch.tensor([-1000.0, 0.0, 1000.0]))
        tensor([0.0000, 0.5000, 1.0000])
    """
    return Sigmoid.apply(floating(input))


@pointwise("abs", "absolute", "__abs__", cast=False, ufunc=numpy.abs)
def abs(input: Tensor) -> Tensor:
    """y = |input|

    Args:
        input: a tensor of numbers
    """
    return Abs.apply(numeric(input))


@pointwise("sign", cast=False)
def sign(input: Tensor) -> Tensor:
    """y = 1 where the input is positive, -1 where it is negative, 0 where it is neither

    Args:
        input: a tensor
    """
    return Sign.apply(tensor(input))


@pointwise("sgn", cast=False)
def sgn(input: Tensor) -> Tensor:
    """y = the sign of the input, as ``sign``; they differ for complex numbers

    Args:
        input: a tensor
    """
    return Sgn.apply(tensor(input))


absolute = abs
in_place(relu, "relu_", _relu)
