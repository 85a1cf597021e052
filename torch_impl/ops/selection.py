"""One number out of several, element by element: clamp, maximum, minimum, fmax, fmin, where.

Only the number that was taken gets the gradient; the others get zero.
"""

from __future__ import annotations

import torch
from torch import Tensor, clamp_max, clamp_min, fmax, fmin, where

from ..autograd import Rule
from ._forms import with_out
from ._operands import pair, tensor, unbroadcast

__all__ = [
    "clamp",
    "clip",
    "clamp_min",
    "clamp_max",
    "maximum",
    "minimum",
    "fmax",
    "fmin",
    "where",
]


class Clamp(Rule):
    """y = min(max(x, low), high), with numbers        dx = dy where low <= x <= high, else 0"""

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x)
        ctx.low, ctx.high = low, high
        return torch.clamp(x, low, high)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return torch.where(within(x, ctx.low, ctx.high), dy, 0.0), None, None


class ClampTensor(Rule):
    """y = min(max(x, low), high), with tensors

    dx = dy where low <= x <= high,  dlow = dy where x < low < high,  dhigh = dy where
    high < x or high < low; either bound may be missing
    """

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x, low, high)
        return torch.clamp(x, low, high)

    @staticmethod
    def backward(ctx, dy):
        x, low, high = ctx.saved_tensors
        needs_dx, needs_dlow, needs_dhigh = ctx.needs_input_grad
        dx = dlow = dhigh = None
        if needs_dx:
            dx = unbroadcast(torch.where(within(x, low, high), dy, 0.0), x.shape)
        if needs_dlow:
            taken = x < low if high is None else (x < low) & (low < high)
            dlow = unbroadcast(torch.where(taken, dy, 0.0), low.shape)
        if needs_dhigh:
            taken = x > high if low is None else (x > high) | (high < low)
            dhigh = unbroadcast(torch.where(taken, dy, 0.0), high.shape)
        return dx, dlow, dhigh


class Maximum(Rule):
    """y = the larger of a and b        da = dy where a > b, dy/2 where a = b, else 0;  db alike"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return torch.maximum(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        dy = torch.where(a == b, dy / 2, dy)
        da = unbroadcast(torch.where(a < b, 0.0, dy), a.shape) if needs_da else None
        db = unbroadcast(torch.where(b < a, 0.0, dy), b.shape) if needs_db else None
        return da, db


class Minimum(Rule):
    """y = the smaller of a and b        da = dy where a < b, dy/2 where a = b, else 0;  db alike"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return torch.minimum(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        dy = torch.where(a == b, dy / 2, dy)
        da = unbroadcast(torch.where(a > b, 0.0, dy), a.shape) if needs_da else None
        db = unbroadcast(torch.where(b > a, 0.0, dy), b.shape) if needs_db else None
        return da, db


def within(x: Tensor, low: Tensor | float | None, high: Tensor | float | None) -> Tensor:
    """Where low <= x <= high; a bound may be missing."""
    if low is None:
        return x <= high
    return x >= low if high is None else (x >= low) & (x <= high)


# ---- functions ----------------------------------------------------------------------------------


@with_out(cast=False)
def clamp(
    input: Tensor, min: Tensor | float | None = None, max: Tensor | float | None = None
) -> Tensor:
    """y = min(max(input, min), max): values outside of the bounds are moved to the nearer one.

    Args:
        input: a tensor
        min: the low bound, a number or a tensor. Default: None, there is none
        max: the high bound. Default: None, there is none

    Examples:
        >>> torch.clamp(torch.tensor([-3.0, 0.5, 3.0]), min=-1, max=1)
        tensor([-1.0000,  0.5000,  1.0000])
    """
    tensors = all(isinstance(bound, Tensor) for bound in (min, max) if bound is not None)
    return (ClampTensor if tensors else Clamp).apply(tensor(input), min, max)


@with_out
def maximum(input: Tensor, other: Tensor) -> Tensor:
    """y = the larger of input and other, broadcast against each other; NaN where either is NaN.

    Args:
        input, other: tensors

    Examples:
        >>> torch.maximum(torch.tensor([1.0, 5.0]), torch.tensor([3.0, 4.0]))
        tensor([3., 5.])
    """
    return Maximum.apply(*pair(tensor(input), tensor(other, 2)))


@with_out
def minimum(input: Tensor, other: Tensor) -> Tensor:
    """y = the smaller of input and other, broadcast against each other; NaN where either is NaN.

    Args:
        input, other: tensors
    """
    return Minimum.apply(*pair(tensor(input), tensor(other, 2)))


clip = clamp
