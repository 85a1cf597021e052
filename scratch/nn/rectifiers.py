"""Rectifiers that leak: a slope for negative numbers, too, that is small, learned, or random.

Where a ReLU is 0, no gradient gets through, and a unit that is 0 for every sample never learns
again. These let a little through on either side.
"""

from __future__ import annotations

import math

import numpy

from .. import _distributions as distributions
from ..autograd import Rule, namespace
from ..autograd.variable import Variable, wrap
from ..creation import Device, empty
from ..dtypes import dtype as Dtype
from ..ops._operands import choose, unbroadcast
from ..random import default_generator
from ..tensor import Tensor, tensor_method
from ._slopes import along_lines, by_blocks, floating_input, refuse_below_0, result
from .init import constant_
from .module import Module
from .parameter import Parameter

__all__ = ["LeakyReLU", "PReLU", "RReLU"]


class LeakyRelu(Rule):
    """y = x where x > 0, else slope x        dx = dy where x > 0, else slope dy"""

    @staticmethod
    def forward(ctx, x, slope):
        ctx.save_for_backward(x)
        ctx.slope = slope
        return leaky(x, slope)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        slope, name = ctx.slope, type(ctx).second
        if ctx.inplace:
            refuse_below_0("leaky_relu", slope)
        return along_lines(dy, x, lambda dy, x: sloped(dy, x, slope), name), None

    second = "LeakyReluBackwardBackward0"
    inplace = False


class PreluKernel(Rule):
    """y = x where x > 0, else w x        dx = dy where x > 0, else w dy;  dw = sum of dy x there"""

    @staticmethod
    def forward(ctx, x, weight):
        ctx.save_for_backward(x, weight)
        return choose(x > 0, x, x * weight)

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        dx = dweight = None
        if ctx.needs_input_grad[0]:
            dx = either(x, dy, dy * weight)
        if ctx.needs_input_grad[1]:
            dweight = unbroadcast(either(x, namespace(dy).zeros_like(dy), dy * x), weight.shape)
        return dx, dweight


class RreluWithNoise(Rule):
    """y = r x        dx = r dy, where r is 1 for x > 0, else random between two bounds"""

    @staticmethod
    def forward(ctx, x, noise):
        ctx.save_for_backward(x)
        ctx.noise = noise
        return x * noise

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        noise = ctx.noise
        return along_lines(dy, x, lambda dy, x: dy * noise, RreluInEvaluation.second), None


class RreluInEvaluation(LeakyRelu, name="RreluWithNoiseBackward0"):
    """y = x where x > 0, else r x        dx = dy where x > 0, else r dy, with r halfway"""

    second = "RreluWithNoiseBackwardBackward0"


@by_blocks
def leaky(x, slope):
    if 0 < slope <= 1:
        return numpy.maximum(x, x * slope)
    return choose(x > 0, x, x * slope)


def sloped(dy, x, slope):
    """dy where x > 0, else slope dy; of arrays."""
    number = numpy.float32 if dy.itemsize < 8 else numpy.float64
    y = choose(x > 0, number(1), number(slope))
    y = numpy.asarray(y) if y.dtype == number else y.astype(number)
    return (y * dy).astype(dy.dtype, copy=False)


def either(x, a, b):
    """a where x > 0, else b."""
    if isinstance(a, Variable):
        return namespace(a).where(x > 0, a, b)
    return choose(x > 0, a, b)


# ---- functions ----------------------------------------------------------------------------------


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """y = input where that is positive, else negative_slope input

    Args:
        input: any real numbers
        negative_slope: the slope for negative numbers. Default: 0.01
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.leaky_relu(torch.tensor([-1.0, 2.0]), 0.1)
        tensor([-0.1000,  2.0000])
    """
    y = LeakyRelu.apply(floating_input("leaky_relu", input), negative_slope)
    return result(input, y, inplace, "leaky_relu_", "LeakyReluBackward1")


def leaky_relu_(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """``leaky_relu``, written over the input."""
    return leaky_relu(input, negative_slope, True)


@tensor_method
def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """y = input where that is positive, else weight input

    Args:
        input: any real numbers, (N, C, ...)
        weight: one slope for all, or one for each of the C channels

    Examples:
        >>> torch.nn.functional.prelu(torch.tensor([-1.0, 2.0]), torch.tensor([0.25]))
        tensor([-0.2500,  2.0000])
    """
    for name, x in {"input": input, "weight": weight}.items():
        if not isinstance(x, Tensor):
            raise TypeError(f"prelu(): argument '{name}' must be Tensor, not {type(x).__name__}")
    if input.dtype != weight.dtype:
        raise RuntimeError(
            f"prelu: Type promoting not supported. Got {input.dtype} and {weight.dtype}: use "
            f"weight.to(input.dtype)"
        )
    if weight.numel() != 1:
        _check_channels(input, weight)
    if weight.dim() > 1:
        raise RuntimeError(
            f"prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = {weight.dim()}"
        )
    floating_input("prelu", input)
    if input.dim() != weight.dim():
        shape = [1] * input.dim()
        if input.dim() > 1:
            shape[1] = weight.numel()
        weight = weight.reshape(shape)  # 1, C, 1, 1
    return PreluKernel.apply(input, weight)


def _check_channels(input: Tensor, weight: Tensor) -> None:
    if input.dim() == 0:
        raise RuntimeError("Not allow zero-dim input tensor: there are no channels to multiply")
    channels = input.shape[1] if input.dim() > 1 else 1
    if channels != weight.numel():
        raise RuntimeError(
            f"Mismatch of parameter numbers and input channel size. Found parameter numbers = "
            f"{weight.numel()} and channel size = {channels}: an input of shape "
            f"{list(input.shape)} needs PReLU({channels}), or PReLU() with one slope for all"
        )


def rrelu(
    input: Tensor,
    lower: float = 1.0 / 8,
    upper: float = 1.0 / 3,
    training: bool = False,
    inplace: bool = False,
) -> Tensor:
    """y = input where that is positive, else r input, with r uniform from lower to upper

    Args:
        input: any real numbers
        lower, upper: the bounds of the slope. Default: 1/8 and 1/3
        training: draw each r; False takes the mean of the bounds for all. Default: False
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.rrelu(torch.tensor([-1.0, 2.0]), 0.1, 0.3)
        tensor([-0.2000,  2.0000])
    """
    floating_input("rrelu", input)
    for name, bound in {"lower": lower, "upper": upper}.items():
        if not math.isfinite(bound):
            raise RuntimeError(f"rrelu: {name} bound must be finite, got {bound}")
    if lower > upper:
        raise RuntimeError(
            f"Lower bound should be less than or equal to the upper bound: got {lower} and {upper}"
        )
    if training and input.array.itemsize == 2:
        raise NotImplementedError("rrelu() draws no slopes for float16: use input.float()")
    if training:
        y = RreluWithNoise.apply(input, _noise(input, lower, upper))
    else:
        y = RreluInEvaluation.apply(input.contiguous(), (lower + upper) / 2)
    return result(input, y, inplace, "rrelu_", "RreluWithNoiseBackward1")


def rrelu_(
    input: Tensor, lower: float = 1.0 / 8, upper: float = 1.0 / 3, training: bool = False
) -> Tensor:
    """``rrelu``, written over the input."""
    return rrelu(input, lower, upper, training, True)


def _noise(input: Tensor, lower: float, upper: float) -> Tensor:
    """1 for positive elements; for the others random numbers, drawn in their order."""
    number = numpy.float64 if input.array.itemsize == 8 else numpy.float32
    low, high = float(number(lower)), float(number(upper))
    rest = input.array <= 0
    r = numpy.empty(numpy.count_nonzero(rest))
    default_generator.draw(distributions.uniform, r, 0.0, 1.0)
    noise = numpy.ones(input.shape, input.array.dtype)
    noise[rest] = r * (high - low) + low
    return wrap(noise)


# ---- layers -------------------------------------------------------------------------------------


class LeakyReLU(Module):
    """y = x where x > 0, else slope x        dx = dy where x > 0, else slope dy

    Args:
        negative_slope: the slope for negative numbers. Default: 0.01
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.LeakyReLU(0.1)(torch.tensor([-1.0, 2.0]))
        tensor([-0.1000,  2.0000])
    """

    def __init__(self, negative_slope: float = 1e-2, inplace: bool = False):
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """The input, less steep where it is negative."""
        return leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self) -> str:
        """The options."""
        return f"negative_slope={self.negative_slope}{', inplace=True' if self.inplace else ''}"


class PReLU(Module):
    """y = x where x > 0, else w x: a LeakyReLU that learns its slope w

    Args:
        num_parameters: 1, or the number of channels, for a slope each. Default: 1
        init: the slope at the start. Default: 0.25
        device, dtype: of the slopes

    Shape:
        (N, C, ...), or any with one slope; the output's is the input's

    Examples:
        >>> torch.nn.PReLU()(torch.tensor([-1.0, 2.0])).detach()
        tensor([-0.2500,  2.0000])
    """

    def __init__(
        self,
        num_parameters: int = 1,
        init: float = 0.25,
        device: Device = None,
        dtype: Dtype | None = None,
    ):
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(empty(num_parameters, device=device, dtype=dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Every slope as at the start."""
        constant_(self.weight, self.init)

    def forward(self, input: Tensor) -> Tensor:
        """The input, less steep where it is negative."""
        return prelu(input, self.weight)

    def extra_repr(self) -> str:
        """How many slopes."""
        return f"num_parameters={self.num_parameters}"


class RReLU(Module):
    """y = x where x > 0, else r x, with r random in training, and halfway in ``eval()``

    Args:
        lower, upper: the bounds of r. Default: 1/8 and 1/3
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, lower: float = 1.0 / 8, upper: float = 1.0 / 3, inplace: bool = False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """The input, less steep where it is negative."""
        return rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self) -> str:
        """The options."""
        place = ", inplace=True" if self.inplace else ""
        return f"lower={self.lower}, upper={self.upper}{place}"
