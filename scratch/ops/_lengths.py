"""How large a vector is, in any norm; and the way back."""

from __future__ import annotations

import math

import numpy

from ..autograd import namespace
from ._folding import fold
from ._operands import keep
from ._reducing import count
from ._sums import total, total_of_squares
from .elementwise import sign_of


def length(x: numpy.ndarray, p: float, dims: tuple[int, ...], keepdim: bool):
    """(the sum of |x|^p)^(1/p), and what that tends to for p = 0, inf and -inf"""
    if x.itemsize == 2:
        return length(x.astype(numpy.float32), p, dims, keepdim).astype(x.dtype)
    if x.itemsize == 4 and p and count(x.shape, dims) == 1:  # its square might be too large
        return fold(numpy.maximum, numpy.abs(x), dims, keepdim)
    if p == 2:
        return numpy.sqrt(total_of_squares(x, dims, keepdim))
    if p == 0:
        return total((x != 0).astype(x.dtype), dims, keepdim)
    size = numpy.abs(x)
    if p == math.inf:
        return fold(numpy.maximum, size, dims, keepdim)
    if p == -math.inf:
        return fold(numpy.minimum, size, dims, keepdim)
    if p == 1:
        return total(size, dims, keepdim)
    power = size * size * size if p == 3 else size**p
    return total(power, dims, keepdim) ** (1 / p)


def length_gradient(dy, x, y, p: float, dims: tuple[int, ...]):
    """The gradient of ``length``; None where there is none"""
    if p == 0:
        return None
    functions = namespace(x)
    if p == 2:
        return dy * keep(x / y, y != 0)
    sign, size = sign_of(x), functions.abs(x)
    if p == 1:
        return dy * sign
    if abs(p) == math.inf:
        mask = (size == y) | (size != size)
        ties = keep(functions.ones_like(x), mask).sum(axis=dims, keepdims=True)
        return sign * (dy / ties * mask)
    power = keep(size ** (p - 1), x != 0) if p < 1 else size ** (p - 1)
    return sign * power * keep(dy / y ** (p - 1), y != 0)
