"""Activations made of straight lines: ReLU6, Hardtanh, Threshold, Hardsigmoid, Hardswish.

A phone computes them quickly, with few bits. Each goes by the name of the curve it stands for.
"""

from __future__ import annotations

import warnings

import numpy

from ..autograd import Rule, namespace
from ..ops._operands import choose, keep
from ..tensor import Tensor
from ._slopes import along_lines, by_blocks, floating_input, result
from .module import Module

__all__ = ["ReLU6", "Hardtanh", "Threshold", "Hardsigmoid", "Hardswish"]

SIXTH = 0.1666666716337204  # 1/6 as a float32 has it, like torch, for float64 too


class HardtanhRule(Rule, name="HardtanhBackward0"):
    """y = x, but within low and high        dx = dy where low < x < high, else 0"""

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x)
        ctx.bounds = low, high
        return numpy.clip(x, x.dtype.type(low), x.dtype.type(high))

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        low, high = ctx.bounds

        def between(dy, x):
            return keep(dy, ~((x <= low) | (x >= high)))

        return along_lines(dy, x, between, "HardtanhBackwardBackward0"), None, None


class ThresholdRule(Rule, name="ThresholdBackward0"):
    """y = x where x > threshold, else value        dx = dy where x > threshold, else 0"""

    @staticmethod
    def forward(ctx, x, threshold, value):
        ctx.save_for_backward(x)
        ctx.threshold = threshold
        return choose(x <= threshold, numpy.asarray(value).astype(x.dtype), x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        threshold = ctx.threshold

        def above(dy, x):
            return keep(dy, ~(x <= threshold))

        return along_lines(dy, x, above, "ThresholdBackwardBackward0"), None, None


class HardsigmoidRule(Rule, name="HardsigmoidBackward0"):
    """y = x / 6 + 1/2, but within 0 and 1        dx = dy / 6 where -3 < x < 3, else 0"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return hardsigmoid_of(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        if isinstance(dy, Tensor):
            return HardsigmoidBackward.apply(dy, x)
        return HardsigmoidBackward.forward(ctx, dy, x)


class HardsigmoidBackward(Rule, name="torch::autograd::NotImplemented"):
    """dx = dy / 6 where -3 < x < 3, else 0        an error: torch has no second gradient"""

    @staticmethod
    def forward(ctx, dy, x):
        return keep(dy * SIXTH, (x > -3) & (x < 3))

    @staticmethod
    def backward(ctx, ddx):
        raise RuntimeError(
            "derivative for hardsigmoid_backward is not implemented: for a gradient of a gradient, "
            "use hardtanh(x / 6 + 0.5, 0, 1)"
        )


class HardswishRule(Rule, name="HardswishBackward0"):
    """y = x h(x), h = x / 6 + 1/2 within 0 and 1        dx = dy (x / 3 + 1/2) where h is between

    dx = dy where x >= 3, and 0 where x <= -3.
    """

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return hardswish_of(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        if isinstance(dy, Tensor):
            where = namespace(dy).where
            return where(x <= -3, 0.0, where(x < 3, dy * (x / 3 + 0.5), dy))
        return dy * hardswish_slope(x)


@by_blocks
def hardsigmoid_of(x):
    y = x + 3
    numpy.clip(y, 0, 6, out=y)
    y /= 6
    return y


@by_blocks
def hardswish_of(x):
    y = x + 3
    numpy.clip(y, 0, 6, out=y)
    y *= x
    y /= 6
    return y


@by_blocks
def hardswish_slope(x):
    """h + x h', where h' = 1/6 between -3 and 3, and 0 elsewhere."""
    between = numpy.clip(x, -3, 3)
    slope = between * (numpy.abs(x) < 3)
    slope += between
    slope += 3
    slope /= 6
    return slope


# ---- functions ----------------------------------------------------------------------------------


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """y = min(max(input, 0), 6)

    Args:
        input: any real numbers
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.relu6(torch.tensor([-1.0, 2.0, 7.0]))
        tensor([0., 2., 6.])
    """
    return _clipped("relu6", input, 0, 6, inplace)


def hardtanh(
    input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False
) -> Tensor:
    """y = min(max(input, min_val), max_val)

    Args:
        input: any real numbers
        min_val, max_val: the bounds. Default: -1 and 1
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.hardtanh(torch.tensor([-2.0, 0.5, 2.0]))
        tensor([-1.0000,  0.5000,  1.0000])
    """
    if min_val > max_val:
        raise ValueError(f"min_val cannot be greater than max_val: got {min_val} and {max_val}")
    return _clipped("hardtanh", input, min_val, max_val, inplace)


def hardtanh_(input: Tensor, min_val: float = -1.0, max_val: float = 1.0) -> Tensor:
    """``hardtanh``, written over the input."""
    return hardtanh(input, min_val, max_val, True)


def _clipped(name: str, input: Tensor, low: float, high: float, inplace: bool) -> Tensor:
    if not isinstance(input, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}")
    kind = input.array.dtype.kind
    if kind == "b":
        raise RuntimeError(f"Bool inputs not supported for {name}: convert them to numbers")
    if kind != "f":
        low, high = int(low), int(high)
    if kind == "u" and low < 0:
        raise RuntimeError(f"cannot do {name} on an unsigned type with negative limits: {low}")
    return result(input, HardtanhRule.apply(input, low, high), inplace, f"{name}_")


def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """y = input where that is above the threshold, else value

    Args:
        input: any real numbers
        threshold: what is not above this is replaced
        value: by this
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.threshold(torch.tensor([-1.0, 0.5, 2.0]), 1.0, 0.0)
        tensor([0., 0., 2.])
    """
    if not isinstance(input, Tensor):
        kind = type(input).__name__
        raise TypeError(f"threshold(): argument 'input' must be Tensor, not {kind}")
    if input.array.dtype.kind == "b":
        raise NotImplementedError("threshold() is not implemented for bools: make them numbers")
    y = ThresholdRule.apply(input, threshold, value)
    return result(input, y, inplace, "threshold_", "ThresholdBackward1")


def threshold_(input: Tensor, threshold: float, value: float) -> Tensor:
    """``threshold``, written over the input."""
    return _over(input, threshold, value, True)


_over = threshold  # whose name is an argument's, too


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """y = min(max(input + 3, 0), 6) / 6

    Args:
        input: any real numbers
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.hardsigmoid(torch.tensor([-4.0, 0.0, 1.5]))
        tensor([0.0000, 0.5000, 0.7500])
    """
    y = HardsigmoidRule.apply(floating_input("hardsigmoid", input))
    return result(input, y, inplace, "hardsigmoid_")


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """y = input min(max(input + 3, 0), 6) / 6

    Args:
        input: any real numbers
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.hardswish(torch.tensor([-1.0, 0.0, 4.0]))
        tensor([-0.3333,  0.0000,  4.0000])
    """
    y = HardswishRule.apply(floating_input("hardswish", input))
    return result(input, y, inplace, "hardswish_")


# ---- layers -------------------------------------------------------------------------------------


class Hardtanh(Module):
    """y = min(max(x, min_val), max_val)        dx = dy where x is between them, else 0

    Args:
        min_val, max_val: the bounds. Default: -1 and 1
        inplace: write the result over the input. Default: False
        min_value, max_value: old names of the bounds

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.Hardtanh()(torch.tensor([-2.0, 0.5, 2.0]))
        tensor([-1.0000,  0.5000,  1.0000])
    """

    def __init__(
        self,
        min_val: float = -1.0,
        max_val: float = 1.0,
        inplace: bool = False,
        min_value: float | None = None,
        max_value: float | None = None,
    ):
        super().__init__()
        if min_value is not None:
            _warn_of_an_old_name("min_value", "min_val")
            min_val = min_value
        if max_value is not None:
            _warn_of_an_old_name("max_value", "max_val")
            max_val = max_value
        self.min_val = min_val
        self.max_val = max_val
        self.inplace = inplace
        if max_val <= min_val:
            raise AssertionError(f"max_val ({max_val}) must be greater than min_val ({min_val})")

    def forward(self, input: Tensor) -> Tensor:
        """The input, within the bounds."""
        return hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self) -> str:
        """The options."""
        place = ", inplace=True" if self.inplace else ""
        return f"min_val={self.min_val}, max_val={self.max_val}{place}"


def _warn_of_an_old_name(old: str, new: str) -> None:
    message = f"keyword argument `{old}` is deprecated and renamed to `{new}`"
    warnings.warn(message, FutureWarning, stacklevel=3)


class ReLU6(Hardtanh):
    """y = min(max(x, 0), 6)        dx = dy where 0 < x < 6, else 0

    Args:
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.ReLU6()(torch.tensor([-1.0, 2.0, 7.0]))
        tensor([0., 2., 6.])
    """

    def __init__(self, inplace: bool = False):
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self) -> str:
        """``inplace``, where it is True."""
        return "inplace=True" if self.inplace else ""


class Threshold(Module):
    """y = x where x > threshold, else value        dx = dy where x > threshold, else 0

    Args:
        threshold: what is not above this is replaced
        value: by this
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, threshold: float, value: float, inplace: bool = False):
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """The input where it is large enough."""
        return threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self) -> str:
        """The options."""
        place = ", inplace=True" if self.inplace else ""
        return f"threshold={self.threshold}, value={self.value}{place}"


class Hardsigmoid(Module):
    """y = min(max(x + 3, 0), 6) / 6        dx = dy / 6 where -3 < x < 3, else 0

    Args:
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, inplace: bool = False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """A sigmoid of straight lines."""
        return hardsigmoid(input, self.inplace)


class Hardswish(Module):
    """y = x hardsigmoid(x)

    Args:
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, inplace: bool = False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """A SiLU of simple parts."""
        return hardswish(input, self.inplace)
