"""The hyperbolic functions, made of e^x and e^-x as sine and cosine are of a circle, and inverses.

``tanh`` is in ``ops/elementwise.py``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy

from ..autograd import Rule, namespace
from ..tensor import Tensor, in_place_method
from ._forms import pointwise
from ._operands import floating

__all__ = [
    "sinh",
    "cosh",
    "asinh",
    "arcsinh",
    "acosh",
    "arccosh",
    "atanh",
    "arctanh",
]


class Sinh(Rule):
    """y = sinh x = (e^x - e^-x) / 2        dx = dy cosh x"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.sinh(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * namespace(x).cosh(x)


class Cosh(Rule):
    """y = cosh x = (e^x + e^-x) / 2        dx = dy sinh x"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.cosh(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * namespace(x).sinh(x)


class Asinh(Rule):
    """y = arsinh x        dx = dy / sqrt(x^2 + 1)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.arcsinh(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / namespace(x).sqrt(x * x + 1)


class Acosh(Rule):
    """y = arcosh x        dx = dy / sqrt(x^2 - 1)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.arccosh(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / namespace(x).sqrt(x * x - 1)


class Atanh(Rule):
    """y = artanh x        dx = dy / (1 - x^2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return numpy.arctanh(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / (1 - x * x)


# ---- functions ----------------------------------------------------------------------------------


@pointwise("sinh", ufunc=numpy.sinh)
def sinh(input: Tensor) -> Tensor:
    """y = (e^input - e^-input) / 2

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Sinh.apply(floating(input))


@pointwise("cosh", ufunc=numpy.cosh)
def cosh(input: Tensor) -> Tensor:
    """y = (e^input + e^-input) / 2: the shape of a hanging chain

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.cosh(torch.tensor([0.0, 1.0]))
        tensor([1.0000, 1.5431])
    """
    return Cosh.apply(floating(input))


@pointwise("asinh", "arcsinh", ufunc=numpy.arcsinh)
def asinh(input: Tensor) -> Tensor:
    """y = the number whose sinh is the input: like a logarithm, but for both signs

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Asinh.apply(floating(input))


@pointwise("acosh", "arccosh", ufunc=numpy.arccosh)
def acosh(input: Tensor) -> Tensor:
    """y = the number, not negative, whose cosh is the input; NaN below 1

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Acosh.apply(floating(input))


@pointwise("atanh", "arctanh", ufunc=numpy.arctanh)
def atanh(input: Tensor) -> Tensor:
    """y = the number whose tanh is the input; NaN outside -1 to 1

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Atanh.apply(floating(input))


arcsinh, arccosh, arctanh = asinh, acosh, atanh


def second(function: Callable) -> Callable:
    """The function for its form in place, which torch's graph counts as another: AsinhBackward1."""

    @functools.wraps(function)
    def form(*args):
        y = function(*args)
        if y._node is not None:
            y._node._name = y._node.name().replace("0", "1")
        return y

    return form


for inverse in (asinh, acosh, atanh):
    in_place_method(second(inverse), f"arc{inverse.__name__[1:]}_")
