"""``x ** y``, in the operands' dtype or in float64, and the square."""

from __future__ import annotations

import torch
from torch import Tensor, float_power

from ..autograd import Rule
from ._forms import with_out
from ._operands import pair, tensor, unbroadcast

__all__ = ["pow", "float_power", "square"]


class Pow(Rule):
    """y = x^n, with a number n        dx = dy n x^(n-1),  0 where n is 0"""

    @staticmethod
    def forward(ctx, x, n):
        ctx.save_for_backward(x)
        ctx.n = n
        return x**n

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        if ctx.n == 0:
            return torch.zeros_like(dy), None
        return dy * (ctx.n * x ** (ctx.n - 1)), None


class PowTensor(Rule):
    """y = a^b        da = dy b a^(b-1),  db = dy y ln a

    Both have holes to step around: da is 0 where b is 0; db is 0 where a is 0 and b >= 0.
    """

    @staticmethod
    def forward(ctx, a, b):
        y = a**b
        ctx.save_for_backward(a, b, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        a, b, y = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        da = db = None
        if needs_da:
            da = unbroadcast(torch.where(b == 0, 0.0, dy * (b * a ** (b - 1))), a.shape)
        if needs_db:
            hole = (a == 0) & (b >= 0)
            db = unbroadcast(torch.where(hole, 0.0, dy * (y * torch.log(a))), b.shape)
        return da, db


# ---- functions ----------------------------------------------------------------------------------


@with_out
def pow(input: Tensor | float, exponent: Tensor | float) -> Tensor:
    """y = input ^ exponent, broadcast against each other.

    Args:
        input: the base, a tensor or a number
        exponent: a tensor or a number

    Examples:
        >>> torch.pow(torch.tensor([1.0, 2.0, 3.0]), 2)
        tensor([1., 4., 9.])
        >>> 2 ** torch.tensor([1.0, 2.0, 3.0])
        tensor([2., 4., 8.])
    """
    if not isinstance(exponent, Tensor):
        return Pow.apply(tensor(input), exponent)
    return PowTensor.apply(*pair(input, exponent))


@with_out
def square(input: Tensor) -> Tensor:
    """y = input * input

    Args:
        input: a tensor
    """
    return pow(tensor(input), 2)
