"""Activations without a corner: GELU, SiLU, Mish, Softplus, LogSigmoid, Softsign.

Their slope changes gradually, so that an optimizer that goes by the slope is not surprised. The
first three look like ReLU from afar, and let a little through below 0.
"""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule, namespace
from ..ops._operands import choose
from ..tensor import Tensor
from ._logarithms import log_sigmoid, sigmoid_of
from ._slopes import by_blocks, erf, floating_input, result
from .module import Module

__all__ = ["GELU", "SiLU", "Mish", "Softplus", "LogSigmoid", "Softsign"]

SQRT_HALF = math.sqrt(0.5)
DENSITY = 1 / math.sqrt(2 * math.pi)  # of the normal distribution, at 0
STEEPNESS, CUBIC = math.sqrt(2 / math.pi), 0.044715  # of the tanh that stands for erf


class Gelu(Rule):
    """y = x F(x)        dx = dy (F(x) + x F'(x)), where F(x) = (1 + erf(x / sqrt 2)) / 2

    F is the share of the normal distribution that lies below x. The approximation takes F(x) =
    (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2.
    """

    @staticmethod
    def forward(ctx, x, approximate):
        ctx.save_for_backward(x)
        ctx.approximate = approximate
        return tanh_gelu(x) if approximate else gelu_of(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * (tanh_gelu_slope(x) if ctx.approximate else gelu_slope(x)), None


class Silu(Rule):
    """y = x s(x)        dx = dy s(x) (1 + x (1 - s(x))), where s is the sigmoid"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return silu_of(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * silu_slope(x)


class MishRule(Rule, name="MishBackward0"):
    """y = x t(x)        dx = dy (t(x) + x s(x) (1 - t(x)^2)), where t(x) = tanh(ln(1 + e^x))"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return mish_of(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * mish_slope(x)


class SoftplusRule(Rule, name="SoftplusBackward0"):
    """y = ln(1 + e^(b x)) / b        dx = dy s(b x), where s is the sigmoid

    Where b x > threshold, the 1 does not count: there y = x and dx = dy.
    """

    @staticmethod
    def forward(ctx, x, beta, threshold):
        ctx.save_for_backward(x)
        ctx.beta, ctx.threshold = beta, threshold
        return softplus_of(x, beta, threshold)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * softplus_slope(x, ctx.beta, ctx.threshold), None, None


class LogSigmoidRule(Rule, name="LogSigmoidBackward0"):
    """y = ln s(x) = -ln(1 + e^-x)        dx = dy s(-x), where s is the sigmoid"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return log_sigmoid(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * sigmoid_of(-x)


# ---- the formulas, of arrays or tensors ---------------------------------------------------------


@by_blocks
def gelu_of(x):
    return (erf(x * SQRT_HALF) + 1) * x * 0.5


@by_blocks
def gelu_slope(x):
    return (erf(x * SQRT_HALF) + 1) / 2 + x * namespace(x).exp(x * x * -0.5) * DENSITY


@by_blocks
def tanh_gelu(x):
    return (numpy.tanh((x * x * CUBIC + 1) * x * STEEPNESS) + 1) * x * 0.5


@by_blocks
def tanh_gelu_slope(x):
    """s(w) (1 + x w' s(-w)), for F(x) = (1 + tanh(w / 2)) / 2 = s(w), the sigmoid.

    1 - F(x) is s(-w): a difference of two nearly equal numbers would leave few correct digits.
    """
    square = x * x
    w = (square * CUBIC + 1) * x * (2 * STEEPNESS)
    slope = (square * (3 * CUBIC) + 1) * (2 * STEEPNESS)
    return sigmoid_of(w) * (sigmoid_of(-w) * slope * x + 1)


@by_blocks
def silu_of(x):
    return x * sigmoid_of(x)


@by_blocks
def silu_slope(x):
    s = sigmoid_of(x)
    return s * ((1 - s) * x + 1)


@by_blocks
def mish_of(x):
    """x t(x), t(x) = n / (n + 2), with u = e^x and n = u (u + 2); for x > 20, where t is 1, x."""
    u = numpy.exp(numpy.minimum(x, 20))
    n = (u + 2) * u
    return n / (n + 2) * x


@by_blocks
def mish_slope(x):
    """t(x) + x s(x) (1 - t(x)^2), with t = tanh p, so 1 - t^2 = 4 s(2p) s(-2p).

    No difference of nearly equal numbers is in it, nor in its gradient.
    """
    p = -log_sigmoid(-x)  # ln(1 + e^x)
    rest = sigmoid_of(2 * p) * sigmoid_of(-2 * p)
    return namespace(x).tanh(p) + x * sigmoid_of(x) * rest * 4


@by_blocks
def softplus_of(x, beta, threshold):
    z = x * beta
    y = numpy.log1p(numpy.exp(-numpy.abs(z)))
    y += numpy.maximum(z, 0)
    if beta != 1:
        y /= beta
    above = z > threshold
    return choose(above, x, y) if above.any() else y


@by_blocks
def softplus_slope(x, beta, threshold):
    z = x * beta
    s = sigmoid_of(z)
    if isinstance(x, Tensor):
        return namespace(x).where(z > threshold, 1.0, s)
    above = z > threshold
    return choose(above, s.dtype.type(1), s) if above.any() else s


# ---- functions ----------------------------------------------------------------------------------


def gelu(input: Tensor, *, approximate: str = "none") -> Tensor:
    """y = input F(input), where F(x) is the probability that a normal number is below x

    Args:
        input: any real numbers
        approximate: ``"tanh"`` takes a tanh for F. Default: ``"none"``

    Examples:
        >>> torch.nn.functional.gelu(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.1587,  0.0000,  0.8413])
    """
    floating_input("gelu", input)
    if approximate not in ("none", "tanh"):
        if not isinstance(approximate, str):
            kind = type(approximate).__name__
            raise TypeError(f"gelu(): argument 'approximate' must be str, not {kind}")
        raise RuntimeError(f"approximate argument must be either none or tanh, not {approximate!r}")
    return Gelu.apply(input, approximate == "tanh")


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """y = input sigmoid(input), also called swish

    Args:
        input: any real numbers
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.silu(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.2689,  0.0000,  0.7311])
    """
    return result(input, Silu.apply(floating_input("silu", input)), inplace, "silu_")


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """y = input tanh(softplus(input))

    Args:
        input: any real numbers
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.mish(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.3034,  0.0000,  0.8651])
    """
    return result(input, MishRule.apply(floating_input("mish", input)), inplace, "mish_")


def softplus(input: Tensor, beta: float = 1, threshold: float = 20) -> Tensor:
    """y = ln(1 + e^(beta input)) / beta: positive, and near max(input, 0)

    Args:
        input: any real numbers
        beta: the larger, the nearer to ReLU. Default: 1
        threshold: where beta input is larger, y = input. Default: 20

    Examples:
        >>> torch.nn.functional.softplus(torch.tensor([-1.0, 0.0, 100.0]))
        tensor([  0.3133,   0.6931, 100.0000])
    """
    return SoftplusRule.apply(floating_input("softplus", input), beta, threshold)


def logsigmoid(input: Tensor) -> Tensor:
    """y = ln(sigmoid(input)), finite even where the sigmoid rounds to 0

    Examples:
        >>> torch.nn.functional.logsigmoid(torch.tensor([-100.0, 0.0]))
        tensor([-100.0000,   -0.6931])
    """
    return LogSigmoidRule.apply(floating_input("logsigmoid", input).contiguous())


def softsign(input: Tensor) -> Tensor:
    """y = input / (1 + |input|): from -1 to 1, as tanh, but it gets there slowly

    Examples:
        >>> torch.nn.functional.softsign(torch.tensor([-1.0, 0.0, 3.0]))
        tensor([-0.5000,  0.0000,  0.7500])
    """
    return input / (input.abs() + 1)


# ---- layers -------------------------------------------------------------------------------------


class GELU(Module):
    """y = x F(x), where F(x) is the probability that a normal number is below x

    Args:
        approximate: ``"tanh"`` takes a tanh for F, as GPT-2 did. Default: ``"none"``

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.GELU()(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.1587,  0.0000,  0.8413])
        >>> torch.nn.GELU("tanh")(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.1588,  0.0000,  0.8412])
    """

    def __init__(self, approximate: str = "none"):
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """The input, each number times its F."""
        return gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        """Which F."""
        return f"approximate={self.approximate!r}"


class _InPlace(Module):
    """What can write its result over its input."""

    def __init__(self, inplace: bool = False):
        super().__init__()
        self.inplace = inplace

    def extra_repr(self) -> str:
        """``inplace``, where it is True."""
        return "inplace=True" if self.inplace else ""


class SiLU(_InPlace):
    """y = x s(x)        dx = dy s(x) (1 + x (1 - s(x))), where s is the sigmoid

    Args:
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.SiLU()(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.2689,  0.0000,  0.7311])
    """

    def forward(self, input: Tensor) -> Tensor:
        """input sigmoid(input)"""
        return silu(input, self.inplace)


class Mish(_InPlace):
    """y = x tanh(ln(1 + e^x))

    Args:
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """input tanh(softplus(input))"""
        return mish(input, self.inplace)


class Softplus(Module):
    """y = ln(1 + e^(beta x)) / beta        dx = dy sigmoid(beta x)

    Args:
        beta: the larger, the nearer to ReLU. Default: 1
        threshold: where beta x is larger, y = x. Default: 20

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, beta: float = 1.0, threshold: float = 20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """A smooth max(input, 0)."""
        return softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """Both options."""
        return f"beta={self.beta}, threshold={self.threshold}"


class LogSigmoid(Module):
    """y = ln(sigmoid(x))        dx = dy sigmoid(-x)

    Shape:
        any, and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """The logarithm of a probability."""
        return logsigmoid(input)


class Softsign(Module):
    """y = x / (1 + |x|)

    Shape:
        any, and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """From -1 to 1."""
        return softsign(input)
