"""Division with remainder of floating-point numbers, quickly and to the last digit.

NumPy divides bit by bit. Where the quotient of two float32 numbers is small, it can be had in one
step in float64: there it is never rounded up to a whole number, and its product with the divisor is
exact.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy

_SMALL = 1024  # elements, below which preparing the blocks takes longer than it saves
_BLOCK = 32768
_LARGE = 2.0**20  # a quotient that does not fit in float32 with a digit to spare


def fmod(a, b):
    """a - b trunc(a / b), with the sign of a."""
    return _by_blocks(_fmod, numpy.fmod, a, b)


def remainder(a, b):
    """a - b floor(a / b), with the sign of b; a zero has the sign of a."""
    return _by_blocks(_remainder, _slow_remainder, a, b)


def floor_divide(a, b):
    """floor(a / b)"""
    if isinstance(b, float) and a.dtype == numpy.float16:  # which is not rounded to float16
        return numpy.floor_divide(a.astype(numpy.float32), numpy.float32(b)).astype(numpy.float16)
    return _by_blocks(_floor, numpy.floor_divide, a, b)


def trunc_divide(a, b):
    """trunc(a / b)"""
    if numpy.result_type(a, b) == numpy.float16:  # rounded up to a whole number all too easily
        return trunc_divide(numpy.float32(a), numpy.float32(b)).astype(numpy.float16)
    y = a / b
    return numpy.trunc(y, out=y if y.ndim else None)


def _fmod(a, b, q):
    return _left(a, b, numpy.trunc(q))


def _remainder(a, b, q):
    return _left(a, b, numpy.floor(q))


def _left(a, b, y):
    """a - b y; a zero has the sign of a."""
    y *= b
    numpy.subtract(a, y, out=y)
    zero = y == 0
    if zero.any():
        y[zero] = numpy.copysign(0.0, a[zero])
    return y


def _floor(a, b, q):
    return numpy.floor(q)


def _slow_remainder(a, b):
    y = numpy.fmod(a, b)
    return numpy.where((y != 0) & ((y < 0) != (b < 0)), y + b, y)


def _by_blocks(quick: Callable, slow: Callable, a, b):
    """The quick function where the quotient is small, in float64; elsewhere the slow one."""
    kind = numpy.result_type(a, b)
    if kind != numpy.float32 or max(numpy.size(a), numpy.size(b)) < _SMALL:
        return slow(a, b)
    blocks = numpy.nditer(
        [numpy.asarray(a, kind), numpy.asarray(b, kind), None],
        flags=["external_loop", "buffered"],
        op_flags=[["readonly"], ["readonly"], ["writeonly", "allocate"]],
        op_dtypes=[numpy.float64, numpy.float64, kind],
        casting="same_kind",
        buffersize=_BLOCK,
    )
    with blocks:
        for u, v, y in blocks:
            q = u / v
            y[...] = quick(u, v, q)
            usual = numpy.abs(q, out=q) < _LARGE
            usual &= numpy.isfinite(v)
            if not usual.all():
                rare = ~usual
                y[rare] = slow(u[rare].astype(kind), v[rare].astype(kind))
        return blocks.operands[2]
