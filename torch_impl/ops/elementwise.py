"""Functions of one number, applied to every element: relu, exp, log, sqrt, tanh, sigmoid, abs.

Each gradient is dy times the slope. Where that is easily said by the result y, the rule keeps y: as
the slope of exp, which is y itself.
"""

from __future__ import annotations

import torch
from torch import Tensor, sgn, sign

from ..autograd import Rule
from ._forms import with_out
from ._operands import floating, tensor

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
        y = torch.clamp(x, min=0)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return ThresholdBackward.apply(dy, y)


class ThresholdBackward(Rule):
    """dx = dy where y is not 0, else 0        ddy = ddx there;  0 for y"""

    @staticmethod
    def forward(ctx, dy, y):
        ctx.save_for_backward(y)
        return torch.where(y != 0, dy, 0.0)

    @staticmethod
    def backward(ctx, ddx):
        (y,) = ctx.saved_tensors
        return torch.where(y != 0, ddx, 0.0), torch.zeros_like(y)


class Exp(Rule):
    """y = e^x        dx = dy y"""

    @staticmethod
    def forward(ctx, x):
        y = torch.exp(x)
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
        return torch.log(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / x


class Sqrt(Rule):
    """y = sqrt(x)        dx = dy / (2 y)"""

    @staticmethod
    def forward(ctx, x):
        y = torch.sqrt(x)
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
        y = torch.tanh(x)
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
        y = 1 / (1 + torch.exp(-x))
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
        return torch.abs(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * torch.sign(x)


# ---- functions ----------------------------------------------------------------------------------


def relu(input: Tensor) -> Tensor:
    """y = max(input, 0)

    Args:
        input: a tensor of numbers

    Examples:
        >>> torch.relu(torch.tensor([-1.0, 0.0, 2.0]))
        tensor([0., 0., 2.])
    """
    if tensor(input).dtype == torch.bool:
        raise RuntimeError("Boolean inputs not supported for relu")
    return Relu.apply(input)


@with_out
def exp(input: Tensor) -> Tensor:
    """y = e^input

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.exp(torch.tensor([0, 1]))
        tensor([1.0000, 2.7183])
    """
    return Exp.apply(floating(tensor(input)))


@with_out
def log(input: Tensor) -> Tensor:
    """y = ln(input): NaN for negative numbers, -infinity for 0

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.log(torch.tensor([1.0, 0.0, -1.0]))
        tensor([0., -inf, nan])
    """
    return Log.apply(floating(tensor(input)))


@with_out
def sqrt(input: Tensor) -> Tensor:
    """y = the square root of the input: NaN for negative numbers

    Its slope at 0 is infinite: add a small number first where zeros may occur.

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Sqrt.apply(floating(tensor(input)))


@with_out
def tanh(input: Tensor) -> Tensor:
    """y = (e^x - e^-x) / (e^x + e^-x): from -1 to 1

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Tanh.apply(floating(tensor(input)))


@with_out
def sigmoid(input: Tensor) -> Tensor:
    """y = 1 / (1 + e^-input): from 0 to 1

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.sigmoid(torch.tensor([-1000.0, 0.0, 1000.0]))
        tensor([0.0000, 0.5000, 1.0000])
    """
    return Sigmoid.apply(floating(tensor(input)))


@with_out(cast=False)
def abs(input: Tensor) -> Tensor:
    """y = |input|

    Args:
        input: a tensor of numbers
    """
    return Abs.apply(tensor(input))


absolute = abs
