"""More functions of one number: 1 / sqrt(x), exp and log near 0 and to other bases, logit."""

from __future__ import annotations

import torch
from torch import Tensor, exp2, log2, log10, logit, rsqrt

from ..autograd import Rule
from ._forms import with_out
from ._operands import floating, tensor

__all__ = [
    "rsqrt",
    "exp2",
    "expm1",
    "log1p",
    "log2",
    "log10",
    "logit",
]


class Expm1(Rule):
    """y = e^x - 1, accurate near x = 0        dx = dy (y + 1)"""

    @staticmethod
    def forward(ctx, x):
        y = torch.expm1(x)
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
        return torch.log1p(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy / (x + 1)


# ---- functions ----------------------------------------------------------------------------------


@with_out
def expm1(input: Tensor) -> Tensor:
    """y = e^input - 1, with all its digits where the input is near 0

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> x = torch.tensor(1e-8)
        >>> torch.expm1(x).item() > 0, (torch.exp(x) - 1).item() > 0
        (True, False)
    """
    return Expm1.apply(floating(tensor(input)))


@with_out
def log1p(input: Tensor) -> Tensor:
    """y = ln(1 + input), with all its digits where the input is near 0

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Log1P.apply(floating(tensor(input)))
