"""Functions that no formula of roots, powers and exponentials writes down: erf, gamma, Bessel.

They are integrals and sums without end. torch computes their values;
the gradients are simple: that of erf is an exponential.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, digamma, erfc, erfinv, i0, lgamma, mvlgamma, polygamma

from ..autograd import Rule
from ._forms import with_out
from ._operands import floating, tensor

__all__ = [
    "erf",
    "erfc",
    "erfinv",
    "lgamma",
    "digamma",
    "polygamma",
    "mvlgamma",
    "i0",
]


class Erf(Rule):
    """y = erf x        dx = dy 2 / sqrt(pi) e^(-x^2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.erf(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return torch.exp(-(x * x)) * (2 / math.sqrt(math.pi)) * dy


# ---- functions ----------------------------------------------------------------------------------


@with_out
def erf(input: Tensor) -> Tensor:
    """y = 2 / sqrt(pi) times the integral of e^(-t^2) for t from 0 to input: from -1 to 1

    A normally distributed number lies within x standard deviations with probability
    erf(x / sqrt(2)).

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.erf(torch.tensor([1.0, 2.0, 3.0]) / 2**0.5)
        tensor([0.6827, 0.9545, 0.9973])
    """
    return Erf.apply(floating(tensor(input)))
