"""Exponential linear units: x for positive numbers; for negative ones a curve that levels off.

What a ReLU gives is never negative, so its mean is above 0. These reach below, and bring the mean
nearer to 0. SELU's two constants are such that mean 0 and variance 1 stay so, layer after layer.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule, namespace
from ..ops._operands import choose
from ..tensor import Tensor
from ._slopes import by_blocks, floating_input, refuse_below_0, result
from .module import Module

__all__ = ["ELU", "SELU", "CELU"]

ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805  # SELU's


class Elu(Rule):
    """y = s x, or s a (e^(x/c) - 1) where x <= 0        dx = dy s, or dy s a/c e^(x/c) where x <= 0

    ELU has s = c = 1, SELU c = 1, CELU s = 1 and c = a.
    """

    @staticmethod
    def forward(ctx, x, alpha, scale, inverse):
        ctx.save_for_backward(x)
        ctx.options = alpha, scale, inverse
        return elu_of(x, alpha, scale, inverse)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        if ctx.inplace:
            refuse_below_0("elu", ctx.options[0])
        return dy * elu_slope(x, *ctx.options), None, None, None

    inplace = False


class Celu(Elu):
    """y = x where x > 0, else a (e^(x / a) - 1)        dx = dy where x > 0, else dy e^(x / a)"""

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        alpha, scale, _ = ctx.options
        if ctx.inplace:
            refuse_below_0("elu", alpha)
        rounded = float(numpy.float32(alpha))  # as torch has it here, for float64 too
        return dy * elu_slope(x, alpha, scale, 1 / rounded), None, None, None


@by_blocks
def elu_of(x, alpha, scale, inverse):
    y = numpy.minimum(x, 0)
    if inverse != 1:
        y *= inverse
    numpy.expm1(y, out=y)
    if alpha * scale != 1:
        y *= alpha * scale
    return choose(x < 0, y, x if scale == 1 else x * scale)  # -0 for -0


@by_blocks
def elu_slope(x, alpha, scale, inverse):
    functions, height = namespace(x), alpha * scale * inverse
    y = functions.exp(functions.fmin(x, functions.zeros_like(x)) * inverse) * height
    if height == scale:
        return y  # for positive x, too
    if isinstance(x, Tensor):
        return functions.where(x <= 0, y, scale)
    return choose(x <= 0, y, y.dtype.type(scale))


# ---- functions ----------------------------------------------------------------------------------


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """y = input where that is positive, else alpha (e^input - 1)

    Args:
        input: any real numbers
        alpha: -alpha is what very negative numbers become. Default: 1
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.elu(torch.tensor([-1.0, 0.0, 2.0]))
        tensor([-0.6321,  0.0000,  2.0000])
    """
    y = Elu.apply(floating_input("elu", input), alpha, 1.0, 1.0)
    return result(input, y, inplace, "elu_", "EluBackward1")


def elu_(input: Tensor, alpha: float = 1.0) -> Tensor:
    """``elu``, written over the input."""
    return elu(input, alpha, True)


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """y = 1.0507 input where that is positive, else 1.7581 (e^input - 1)

    Args:
        input: any real numbers
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.selu(torch.tensor([-1.0, 0.0, 2.0]))
        tensor([-1.1113,  0.0000,  2.1014])
    """
    y = Elu.apply(floating_input("selu", input), ALPHA, SCALE, 1.0)
    return result(input, y, inplace, "selu_", "EluBackward1")


def selu_(input: Tensor) -> Tensor:
    """``selu``, written over the input."""
    return selu(input, True)


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """y = input where that is positive, else alpha (e^(input / alpha) - 1)

    Args:
        input: any real numbers
        alpha: -alpha is what very negative numbers become. Default: 1
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.celu(torch.tensor([-1.0, 0.0, 2.0]), 2.0)
        tensor([-0.7869,  0.0000,  2.0000])
    """
    floating_input("celu", input)
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU, which divides by it")
    y = Celu.apply(input, alpha, 1.0, 1 / alpha)
    return result(input, y, inplace, "celu_", "CeluBackward1")


def celu_(input: Tensor, alpha: float = 1.0) -> Tensor:
    """``celu``, written over the input."""
    return celu(input, alpha, True)


# ---- layers -------------------------------------------------------------------------------------


class ELU(Module):
    """y = x where x > 0, else alpha (e^x - 1)        dx = dy where x > 0, else dy alpha e^x

    Args:
        alpha: -alpha is what very negative numbers become. Default: 1
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.ELU()(torch.tensor([-1.0, 0.0, 2.0]))
        tensor([-0.6321,  0.0000,  2.0000])
    """

    def __init__(self, alpha: float = 1.0, inplace: bool = False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """The input; below 0, a curve that levels off."""
        return elu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """The options."""
        return f"alpha={self.alpha}{', inplace=True' if self.inplace else ''}"


class SELU(Module):
    """y = 1.0507 ELU(x) with alpha = 1.6733: it keeps mean 0 and variance 1

    Args:
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Initialize the layers before it with ``init.kaiming_normal_(weight, nonlinearity="linear")``,
    and use ``AlphaDropout``.
    """

    def __init__(self, inplace: bool = False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """A little more than the input; below 0, a curve that levels off."""
        return selu(input, self.inplace)

    def extra_repr(self) -> str:
        """``inplace``, where it is True."""
        return "inplace=True" if self.inplace else ""


class CELU(Module):
    """y = x where x > 0, else alpha (e^(x / alpha) - 1), whose slope has no jump at 0

    Args:
        alpha: -alpha is what very negative numbers become. Default: 1
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, alpha: float = 1.0, inplace: bool = False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """The input; below 0, a curve that levels off."""
        return celu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """The options."""
        return f"alpha={self.alpha}{', inplace=True' if self.inplace else ''}"
