"""What the activations share: functions of arrays or tensors, checks, and writing in place."""

from __future__ import annotations

import functools
from collections.abc import Callable

from ..autograd import Rule, namespace
from ..autograd.inplace import write_over
from ..autograd.variable import Variable
from ..dtypes import float16, float32
from ..ops import _special


def by_blocks(function: Callable) -> Callable:
    """A function of a tensor or an array; a large array is computed a block at a time.

    So the intermediates of a formula stay in the processor's cache. float16 is computed in float32,
    where what is large on the way to a small result does not overflow.
    """
    whole = _special.blockwise(function)

    @functools.wraps(function)
    def either(x, *args):
        if not isinstance(x, Variable):
            return whole(x, *args)
        if x.dtype == float16:
            return function(x.to(float32), *args).to(float16)
        return function(x, *args)

    return either


def erf(x):
    """The error function, of a tensor or an array."""
    return x.erf() if isinstance(x, Variable) else _special.erf(x)


class LinesBackward(Rule):
    """dx = dy times the slope at x        ddy = ddx times it;  0 for x: lines have no curvature

    The second gradient of what is made of straight lines.
    """

    @staticmethod
    def forward(ctx, dy, x, times_slope, name):
        ctx.save_for_backward(x)
        ctx.times_slope, ctx.called = times_slope, name
        return times_slope(dy, x)

    @staticmethod
    def backward(ctx, ddx):
        (x,) = ctx.saved_tensors
        zeros = namespace(x).zeros_like(x)
        return along_lines(ddx, x, ctx.times_slope, ctx.called), zeros, None, None


def along_lines(dy, x, times_slope: Callable, name: str):
    """dx of a function made of straight lines.

    Args:
        dy, x: arrays, or tensors, and then so is dx, with a gradient of its own
        times_slope: dx of dy and x, arrays
        name: what the node of that gradient is called, such as ``"HardtanhBackwardBackward0"``
    """
    if not isinstance(dy, Variable):
        return times_slope(dy, x)
    dx = LinesBackward.apply(dy, x, times_slope, name)
    if dx._node is not None:
        dx._node._name = name
    return dx


def refuse_below_0(operation: str, slope: float) -> None:
    """RuntimeError if the slope of negative numbers, written over them, makes them positive."""
    if slope < 0:
        raise RuntimeError(
            f"In-place {operation} backward calculation is triggered with a negative slope "
            f"({slope}), which is not supported: the sign of the result does not tell that of the "
            f"input it was written over. Call it without inplace"
        )


def floating_input(name: str, input) -> Variable:
    """The tensor itself; TypeError if it is none, NotImplementedError if it holds no fractions."""
    if not isinstance(input, Variable):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}")
    if input.array.dtype.kind != "f":
        raise NotImplementedError(
            f"{name}() is not implemented for {input.dtype}: use input.float()"
        )
    return input


def result(input: Variable, y: Variable, inplace: bool, operation: str, name: str = "") -> Variable:
    """``y``, or, in place, the input with ``y`` written over it.

    Args:
        input: what ``y`` was computed from
        y: the freshly computed result
        inplace: whether to write it over the input
        operation: what messages call that, such as ``"elu_"``
        name: what the node in the graph is called then. Default: as otherwise
    """
    if not inplace:
        return y
    node = y._node
    write_over(input, y, operation)
    if name and node is not None:
        node._name, node.inplace = name, True
    return input
