"""Shrinking: small numbers become 0, or nearly so; of large ones a little is taken, or nothing.

So one removes noise from a signal, or makes a code sparse.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule
from ..ops._operands import keep
from ..tensor import Tensor, tensor_method
from ._slopes import along_lines, floating_input
from .module import Module

__all__ = ["Hardshrink", "Softshrink", "Tanhshrink"]


class HardshrinkRule(Rule, name="HardshrinkBackward0"):
    """y = x where |x| > lambda, else 0        dx = dy where |x| > lambda, else 0"""

    @staticmethod
    def forward(ctx, x, lambd):
        ctx.save_for_backward(x)
        ctx.lambd = lambd
        return keep(x, beyond(x, lambd))

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return along_lines(dy, x, outside(ctx.lambd), "HardshrinkBackwardBackward0"), None


class SoftshrinkRule(Rule, name="SoftshrinkBackward0"):
    """y = x - lambda sign x where |x| > lambda, else 0        dx = dy where |x| > lambda, else 0"""

    @staticmethod
    def forward(ctx, x, lambd):
        ctx.save_for_backward(x)
        ctx.lambd = lambd
        lambd = x.dtype.type(lambd)
        return x - numpy.clip(x, -lambd, lambd)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return along_lines(dy, x, outside(ctx.lambd), "SoftshrinkBackwardBackward0"), None


def beyond(x, lambd):
    """Whether x is not between -lambda and lambda; so NaN is, as torch has it."""
    return ~((x >= -lambd) & (x <= lambd))


def outside(lambd):
    """dx of dy and x: dy where x is beyond lambda, else 0."""
    return lambda dy, x: keep(dy, beyond(x, lambd))


# ---- functions ----------------------------------------------------------------------------------


@tensor_method
def hardshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """y = input where |input| > lambd, else 0

    Args:
        input: any real numbers
        lambd: what is not larger than this becomes 0. Default: 0.5

    Examples:
        >>> torch.nn.functional.hardshrink(torch.tensor([-0.75, 0.25, 2.0]))
        tensor([-0.7500,  0.0000,  2.0000])
    """
    return HardshrinkRule.apply(floating_input("hardshrink", input), lambd)


def softshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """y = input, nearer to 0 by lambd, but not beyond

    Args:
        input: any real numbers
        lambd: by how much. Default: 0.5

    Examples:
        >>> torch.nn.functional.softshrink(torch.tensor([-0.75, 0.25, 2.0]))
        tensor([-0.2500,  0.0000,  1.5000])
    """
    floating_input("softshrink", input)
    if lambd < 0:
        raise RuntimeError(f"lambda must be greater or equal to 0, but found to be {lambd}")
    return SoftshrinkRule.apply(input, lambd)


def tanhshrink(input: Tensor) -> Tensor:
    """y = input - tanh(input)

    Args:
        input: any real numbers

    Examples:
        >>> torch.nn.functional.tanhshrink(torch.tensor([-1.0, 0.0, 3.0]))
        tensor([-0.2384,  0.0000,  2.0049])
    """
    return input - input.tanh()


# ---- layers -------------------------------------------------------------------------------------


class Hardshrink(Module):
    """y = x where |x| > lambda, else 0        dx = dy where |x| > lambda, else 0

    Args:
        lambd: what is not larger than this becomes 0. Default: 0.5

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, lambd: float = 0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """The input where it is large enough."""
        return hardshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """lambda"""
        return f"{self.lambd}"


class Softshrink(Module):
    """y = x - lambda sign x where |x| > lambda, else 0        dx = dy where |x| > lambda, else 0

    Args:
        lambd: by how much. Default: 0.5

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, lambd: float = 0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """The input, nearer to 0."""
        return softshrink(input, self.lambd)

    def extra_repr(self) -> str:
        """lambda"""
        return f"{self.lambd}"


class Tanhshrink(Module):
    """y = x - tanh x

    Shape:
        any, and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """What tanh takes away."""
        return tanhshrink(input)
