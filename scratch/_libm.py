"""C's mathematics to the last bit: what NumPy's quicker functions would round differently.

torch computes its random numbers with fused multiply-adds, the C library's functions in float64,
and the polynomials of the Cephes library in float32. NumPy has no fused operation, and its own log,
cos and sin end in other digits on some processors.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy
from numpy import float32, float64, int32, int64


def libm(function: Callable[[float], float], x: numpy.ndarray) -> numpy.ndarray:
    """A function of Python's ``math``, which asks the C library, over a flat float64 array."""
    try:
        return numpy.fromiter(map(function, x.tolist()), float64, x.size)
    except (ValueError, OverflowError):  # Python refuses log(0) and exp(1000); C does not

        def answer(value: float) -> float:
            try:
                return function(value)
            except ValueError:
                return -math.inf
            except OverflowError:
                return math.inf

        return numpy.fromiter(map(answer, x.tolist()), float64, x.size)


# Fused multiply-add


def affine(x: numpy.ndarray, scale: float, shift: float) -> numpy.ndarray:
    """x scale + shift, rounded once, for a float32 or float64 array."""
    if shift == 0:
        return x * scale + shift  # rounds once anyway, and adding makes 0 of -0
    if x.dtype == float32:
        # The product of two float32 is exact in float64. The sum rounds a second time on its way to
        # float32, which does no harm to a sum that was rounded to odd.
        s, error = two_sum(x.astype(float64) * float64(scale), float64(shift))
        return round_to_odd(s, error).astype(float32)
    return fma(x, float64(scale), float64(shift))


def fma(a: numpy.ndarray, b: float64, c: float64) -> numpy.ndarray:
    """a b + c, rounded once, in float64: exact for magnitudes from 1e-290 to 1e290.

    Product and sums are kept as pairs of a rounded value and its error. The three parts that remain
    are added from the small end, and the first sum is rounded to odd so that the second decides.
    """
    with numpy.errstate(invalid="ignore", over="ignore"):
        product, product_error = two_product(a, b)
        low, low_error = two_sum(c, product_error)
        high, high_error = two_sum(product, low)
        y = high + round_to_odd(*two_sum(low_error, high_error))
        return numpy.where(numpy.isfinite(y), y, a * b + c)


def two_sum(a, b):
    """a + b as the rounded sum and its exact error."""
    s = a + b
    b_part = s - a
    return s, (a - (s - b_part)) + (b - b_part)


def two_product(a, b):
    """a b as the rounded product and its exact error, from halves whose products are exact."""
    (a_high, a_low), (b_high, b_low) = split(a), split(b)
    p = a * b
    return p, a_low * b_low - (((p - a_high * b_high) - a_low * b_high) - a_high * b_low)


def split(a):
    """a as the sum of two numbers of 26 bits."""
    t = a * 134217729.0  # 2^27 + 1
    high = t - (t - a)
    return high, a - high


def round_to_odd(s: numpy.ndarray, error: numpy.ndarray) -> numpy.ndarray:
    """The neighbour of the inexact sum s + error whose last bit is 1: it is never a tie."""
    bits = s.view(int64)
    outwards = numpy.where((error > 0) == (s > 0), 1, -1)
    return numpy.where((bits & 1 == 0) & (abs(error) > 0), bits + outwards, bits).view(float64)


# Cephes' logarithm, sine and cosine in float32, every a b + c of theirs fused

LOG = (7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1)
LOG += (-1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1)
COS = (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
SIN = (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
LN2 = (-2.12194440e-4, 0.693359375)  # log 2 in two parts, of which the second is exact
QUARTER = (-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8)  # -pi / 4, in three


def fma32(a, b, c) -> numpy.ndarray:
    """a b + c in float32 by way of float64: true to the last bit for every input below."""
    return (numpy.multiply(a, b, dtype=float64) + c).astype(float32)


def polynomial(coefficients: tuple[float, ...], z: numpy.ndarray) -> numpy.ndarray:
    y = numpy.full_like(z, coefficients[0])
    for c in coefficients[1:]:
        y = fma32(y, z, float32(c))
    return y


def log(v: numpy.ndarray) -> numpy.ndarray:
    """log(v) = e log 2 + log(1 + x), where v = (1 + x) 2^e and 1 + x is close to 1."""
    one_plus_x, e = numpy.frexp(v)
    below = one_plus_x < float32(0.70710678118654752)
    e = (e - below).astype(float32)
    x = one_plus_x - float32(1)
    x = numpy.where(below, x + one_plus_x, x)
    z = x * x
    y = polynomial(LOG, z=x) * x
    y = fma32(y, z, e * float32(LN2[0]))
    y = fma32(-z, float32(0.5), y)
    return fma32(e, float32(LN2[1]), x + y)


def cos_and_sin(angle: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Both, from polynomials over -pi/4 to pi/4, by the octant in which the angle lies."""
    octant = (angle * float32(4 / math.pi)).astype(int32) + 1 & ~1
    q = octant.astype(float32)
    x = angle
    for part in QUARTER:
        x = fma32(q, float32(part), x)
    z = x * x
    c = fma32(polynomial(COS, z) * z, z, -(z * float32(0.5))) + float32(1)
    s = fma32(polynomial(SIN, z) * z, x, x)
    swapped = octant & 2 != 0
    cos, sin = numpy.where(swapped, s, c), numpy.where(swapped, c, s)
    return (
        numpy.where(~(octant - 2) & 4, -cos, cos),
        numpy.where(octant & 4, -sin, sin),
    )
