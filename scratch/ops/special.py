"""Functions that no formula of roots, powers and exponentials writes down: erf, gamma, Bessel.

They are integrals and sums without end. How their values are found stands in ``_special.py``; the
gradients are simple: that of one special function is another, or an exponential.
"""

from __future__ import annotations

import math

import numpy

from .._arguments import as_int
from ..autograd import Rule, namespace
from ..tensor import Tensor, in_place_method, tensor_method
from . import _special as special
from ._forms import pointwise, with_out
from ._operands import floating, tensor
from .hyperbolic import second

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
        return special.erf(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return namespace(x).exp(-(x * x)) * (2 / math.sqrt(math.pi)) * dy


class Erfc(Rule):
    """y = 1 - erf x        dx = -dy 2 / sqrt(pi) e^(-x^2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return special.erfc(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return namespace(x).exp(-(x * x)) * (-2 / math.sqrt(math.pi)) * dy


class Erfinv(Rule):
    """y = the number whose erf is x        dx = dy sqrt(pi) / 2 e^(y^2)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return special.erfinv(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        y = erfinv(x) if isinstance(x, Tensor) else special.erfinv(x)
        return namespace(y).exp(y * y) * (math.sqrt(math.pi) / 2) * dy


class Lgamma(Rule):
    """y = ln |G(x)|        dx = dy digamma(x)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return special.lgamma(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * (digamma(x) if isinstance(x, Tensor) else special.digamma(x))


class Digamma(Rule):
    """y = digamma x, the slope of ln G        dx = dy polygamma(1, x)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return special.digamma(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * _derivative(1, x)


class Polygamma(Rule):
    """y = the n-th derivative of digamma at x        dx = dy polygamma(n + 1, x)"""

    @staticmethod
    def forward(ctx, n, x):
        ctx.save_for_backward(x)
        ctx.n = n
        return special.polygamma(x, n) if n else special.digamma(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return None, dy * _derivative(ctx.n + 1, x)


class Mvlgamma(Rule):
    """y = sum of ln G(x - j/2) for j < p, + const        dx = dy sum of digamma(x - j/2)"""

    @staticmethod
    def forward(ctx, x, p):
        ctx.save_for_backward(x)
        ctx.p = p
        y = sum(special.lgamma(x - j / 2) for j in range(p))
        y = y + p * (p - 1) / 4 * math.log(math.pi)
        return numpy.asarray(y, order="C")  # row by row, however x lies in memory

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        slope = digamma if isinstance(x, Tensor) else special.digamma
        return dy * sum(slope(x - j / 2) for j in range(ctx.p)), None


class I0(Rule):
    """y = I0(x)        dx = dy I1(x)"""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return special.i0(x)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return dy * (SpecialI1.apply(x) if isinstance(x, Tensor) else special.i1(x))


class SpecialI1(Rule):
    """y = I1(x)        dx = dy (I0(x) - y / x),  dy / 2 near 0"""

    @staticmethod
    def forward(ctx, x):
        y = special.i1(x)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        xp = namespace(x)
        slope = (i0(x) if isinstance(x, Tensor) else special.i0(x)) - y / x
        near = ~(xp.abs(x) > numpy.finfo(x.dtype if xp is numpy else x.array.dtype).eps)
        return dy * xp.where(near, xp.full_like(x, 0.5), slope)


def _derivative(n: int, x):
    """The n-th derivative of digamma, of an array or a tensor."""
    return polygamma(n, x) if isinstance(x, Tensor) else special.polygamma(x, n)


# ---- functions ----------------------------------------------------------------------------------


@pointwise
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
    return Erf.apply(floating(input))


@pointwise
def erfc(input: Tensor) -> Tensor:
    """y = 1 - erf(input), with all its digits where that is near 0

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Erfc.apply(floating(input))


@pointwise
def erfinv(input: Tensor) -> Tensor:
    """y = the number whose erf is the input; NaN where there is none

    Args:
        input: a tensor of numbers from -1 to 1; integers give floating-point numbers
    """
    return Erfinv.apply(floating(input))


@pointwise
def lgamma(input: Tensor) -> Tensor:
    """y = ln |G(input)|, where G is the gamma function: of whole numbers, G(n) = (n - 1)!

    Args:
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.lgamma(torch.tensor([1, 2, 3, 4])).exp().round()
        tensor([1., 1., 2., 6.])
    """
    return Lgamma.apply(floating(input))


@pointwise
def digamma(input: Tensor) -> Tensor:
    """y = the derivative of lgamma at the input

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Digamma.apply(floating(input))


@with_out
def polygamma(n: int, input: Tensor) -> Tensor:
    """y = the n-th derivative of digamma at the input; as a method, ``input.polygamma(n)``

    Args:
        n: how often to differentiate
        input: a tensor; integers give floating-point numbers

    Examples:
        >>> torch.polygamma(1, torch.tensor([1.0, 0.5]))
        tensor([1.6449, 4.9348])
    """
    n = as_int(n, "polygamma", "n")
    x = floating(tensor(input, 2))
    if n < 0:
        raise RuntimeError("polygamma(n, x) does not support negative n.")
    return Polygamma.apply(n, x)


@pointwise
def mvlgamma(input: Tensor, p: int) -> Tensor:
    """y = the logarithm of the multivariate gamma function of p dimensions

    Args:
        input: a tensor; integers give floating-point numbers
        p: the number of dimensions
    """
    x = floating(input)
    p = as_int(p, "mvlgamma", "p")
    if input.array.dtype.kind == "b":
        raise RuntimeError("mvlgamma(): the input may not be a bool tensor: call .float() first")
    if p < 1:
        raise RuntimeError("p has to be greater than or equal to 1")
    return Mvlgamma.apply(x, p)


@pointwise
def i0(input: Tensor) -> Tensor:
    """y = the modified Bessel function of order 0: the mean of e^(input cos t) over a circle

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return I0.apply(floating(input))


def _method(input: Tensor, n: int) -> Tensor:
    return polygamma(n, input)


_method.__name__ = "polygamma"
tensor_method("polygamma")(_method)
in_place_method(second(_method))
