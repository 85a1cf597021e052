"""The hyperbolic functions, made of e^x and e^-x as sine and cosine are of a circle, and inverses.

``tanh`` is in ``ops/elementwise.py``.
"""

from __future__ import annotations

import torch
from torch import Tensor, acosh, arccosh, arcsinh, arctanh, asinh, atanh

from ..autograd import Rule
from ._forms import with_out
from ._operands import floating, tensor

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
        return torch.sinh(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * torch.cosh(x)


class Cosh(Rule):
    """y = cosh x = (e^x + e^-x) / 2        dx = dy sinh x"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.cosh(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * torch.sinh(x)


# ---- functions ----------------------------------------------------------------------------------


@with_out
def sinh(input: Tensor) -> Tensor:
    """y = (e^input - e^-input) / 2

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Sinh.apply(floating(tensor(input)))


@with_out
def cosh(input: Tensor) -> Tensor:
    """y = (e^input + e^-input) / 2: the shape of a hanging chain

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.cosh(torch.tensor([0.0, 1.0]))
        tensor([1.0000, 1.5431])
    """
    return Cosh.apply(floating(tensor(input)))
