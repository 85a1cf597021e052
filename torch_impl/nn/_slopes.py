"""What the activations share: formulas of float16, the gradient of straight lines, a check."""

from __future__ import annotations

import functools
from collections.abc import Callable

import torch
from torch import Tensor

from ..autograd import Rule


def in_float32(function: Callable) -> Callable:
    """The same function of a tensor; it computes float16 in float32.

    There what is large on the way to a small result does not overflow.
    """

    @functools.wraps(function)
    def whole(x, *args):
        if x.dtype == torch.float16:
            return function(x.float(), *args).half()
        return function(x, *args)

    return whole


class LinesBackward(Rule):
    """dx = dy times the slope at x        ddy = ddx times it;  0 for x: lines have no curvature

    The second gradient of what is made of straight lines.
    """

    @staticmethod
    def forward(ctx, dy, x, times_slope):
        ctx.save_for_backward(x)
        ctx.times_slope = times_slope
        return times_slope(dy, x)

    @staticmethod
    def backward(ctx, ddx):
        (x,) = ctx.saved_tensors
        return along_lines(ddx, x, ctx.times_slope), torch.zeros_like(x), None


def along_lines(dy, x, times_slope: Callable):
    """dx of a function made of straight lines: ``times_slope(dy, x)``, with a gradient of its own.

    Args:
        dy, x: tensors
        times_slope: dx of dy and x
    """
    return LinesBackward.apply(dy, x, times_slope)


def floating_input(name: str, input) -> Tensor:
    """The tensor itself; TypeError if it is none, NotImplementedError if it holds no fractions."""
    if not isinstance(input, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}")
    if not input.is_floating_point():
        raise NotImplementedError(
            f"{name}() is not implemented for {input.dtype}: use input.float()"
        )
    return input
