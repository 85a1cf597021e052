"""Sine, cosine and tangent, their inverses, and what else turns angles into lengths and back.

Angles are in radians: a full turn is 2 pi.
"""

from __future__ import annotations

import torch
from torch import (
    Tensor,
    acos,
    arccos,
    arcsin,
    arctan,
    arctan2,
    asin,
    atan,
    atan2,
    deg2rad,
    hypot,
    rad2deg,
    sinc,
)

from ..autograd import Rule
from ._forms import with_out
from ._operands import floating, tensor

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
        return torch.sin(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * torch.cos(x)


class Cos(Rule):
    """y = cos x        dx = -dy sin x"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.cos(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * -torch.sin(x)


class Tan(Rule):
    """y = tan x        dx = dy (1 + y^2)"""

    @staticmethod
    def forward(ctx, x):
        y = torch.tan(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy * (1 + y * y)


# ---- functions ----------------------------------------------------------------------------------


@with_out
def sin(input: Tensor) -> Tensor:
    """y = the sine of the input, an angle in radians

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.sin(torch.tensor([0.0, torch.pi / 2, torch.pi]))
        tensor([ 0.0000e+00,  1.0000e+00, -8.7423e-08])
    """
    return Sin.apply(floating(tensor(input)))


@with_out
def cos(input: Tensor) -> Tensor:
    """y = the cosine of the input, an angle in radians

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Cos.apply(floating(tensor(input)))


@with_out
def tan(input: Tensor) -> Tensor:
    """y = sin(input) / cos(input)

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Tan.apply(floating(tensor(input)))
