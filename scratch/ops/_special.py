"""The special functions over arrays: what NumPy does not have, made of what it has.

Two recipes do most of it. A *rational function*, a polynomial over a polynomial, follows a smooth
curve to the last digit with few coefficients; they were fitted such that the largest relative error
is as small as it gets, a short list for float32 and a long one for float64. And a *recurrence*,
such as ln G(x) = ln G(x + 1) - ln x, carries a number to where a series takes over.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

import numpy
from numpy import ndarray

BLOCK = 2**17  # bytes

# Each pair is the numerator's and the denominator's coefficients, the highest power first.
# atanh(erf x) / x as a function of x^2
ERF = {
    "f": (
        (0.00217891656, 0.04265231496, 0.2798137682, 1.128379171),
        (0.0003250578975, 0.0236944821, 0.1568987241, 1.0),
    ),
    "d": (
        (-2.1389112179968778e-11, -4.8456381782585212e-9, 1.1290864755434063e-7)
        + (8.5530276385652988e-6, 0.0001871802744142106, 0.002494416639339626)
        + (0.021113549295562601, 0.12760797621745539, 0.46473361294458517, 1.1283791670955125),
        (-1.0517852036965169e-9, -2.2877746109536525e-8, 2.8262415436242388e-6)
        + (7.4277300532485458e-5, 0.0012768168366433249, 0.011637817467282253)
        + (0.084058461725454577, 0.3207795927093684, 1.0),
    ),
}
ERF_IS_ONE = {"f": 4.5, "d": 6.5}  # from here on
# e^(x^2) erfc x, for positive x
ERFC = {
    "f": (
        (0.03279631342, 0.2292240928, 0.7316215292, 1.238433635, 1.000000005),
        (0.05812925417, 0.406315501, 1.3253996, 2.40227517, 2.366813371, 1.0),
    ),
    "d": (
        (6.2630080256476217e-5, 0.0011908931165700562, 0.011087362920353891)
        + (0.06538303778640972, 0.26710569893511642, 0.78124717786311018, 1.6361693290808276)
        + (2.3756515399273212, 2.1914163111290185, 0.99999999999999995),
        (0.00011100892693344568, 0.0021108030904327855, 0.019707343571245227)
        + (0.11694381852634387, 0.48320294318607754, 1.441613309348383, 3.1270647120032489)
        + (4.8477780510548362, 5.1216395965743795, 3.3197954782245173, 1.0),
    ),
}
# erfinv(x) / x as a function of w = -ln(1 - x^2), for w up to 5; and roughly, beyond
ERFINV = {
    "f": (
        (0.0003854110108, 0.006264649714, 0.05535986577, 0.3089455791, 0.8862269279),
        (4.331462421e-5, 0.001582438516, 0.02670767139, 0.08680848778, 1.0),
    ),
    "d": (
        (3.2111198276382549e-8, 1.1631692447654846e-6, 2.1856158497556375e-5)
        + (0.00027564030933660749, 0.0025599588521420114, 0.017982193340961088)
        + (0.093402895763603313, 0.34951146037054091, 0.88622692545275802),
        (1.9511566713713203e-9, 2.3627925428353995e-7, 5.5451678270733895e-6)
        + (7.9517124107247895e-5, 0.0010329324679329428, 0.0061045549503986092)
        + (0.057651941916830489, 0.1325820627440984, 1.0),
    ),
}
ERFINV_FAR = (
    (0.0001955313723, 0.01439122914, 0.07604282493, 0.2966584309, 0.9118881684),
    (6.73907003e-6, 0.002340370638, 0.04993180746, 0.08886617191, 1.0),
)
# ln G(x) / ((x - 1) (x - 2)), for x from 1 to 8
LGAMMA = {
    "f": (
        (0.00116011117, 0.3058177784, 3.561529528, 6.698263053, 1.787885108),
        (0.09192754137, 2.216733109, 9.523352002, 8.571869302, 1.0),
    ),
    "d": (
        (3.3479606013527674e-6, 0.0051584099327163706, 0.42742874838850597)
        + (9.6813570402567109, 81.732501810253727, 287.48036562422007, 429.7920560278128)
        + (258.57560556817952, 53.725590673068929, 2.4553692080537174),
        (0.0010710910540997502, 0.13530285229230973, 4.3870595302119002)
        + (53.038880749353016, 275.03004217800821, 640.98385751499479, 659.89569022400321)
        + (274.75310511837592, 37.8382892574339, 1.0),
    ),
}
# Bernoulli's numbers B2, B4, ...: in the series of ln G, of its derivatives, and of sums of powers
BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510)


def blockwise(function: Callable | None = None, *, wide: bool = False) -> Callable:
    """A function of short float32 or float64 arrays, for arrays of every length, layout and dtype.

    A polynomial passes over its array twice a coefficient. A block of 128 KB stays in the
    processor's cache all the while; a large array would be fetched from memory again each time.

    Args:
        wide: compute in float64 even for float32
    """
    if function is None:
        return functools.partial(blockwise, wide=wide)

    @functools.wraps(function)
    def whole(x: ndarray, *args) -> ndarray:
        work = numpy.float64 if wide or x.itemsize > 4 else numpy.float32
        size = BLOCK // numpy.dtype(work).itemsize
        if x.size <= size and x.ndim:
            return function(x.astype(work, copy=False), *args).astype(x.dtype, copy=False)
        y = numpy.empty_like(x)
        order = sorted(range(x.ndim), key=lambda i: -y.strides[i])  # as y lies in memory
        source, target = x.transpose(order).reshape(-1), y.transpose(order).reshape(-1)
        for i in range(0, x.size, size):
            block = source[i : i + size].astype(work, copy=False)
            target[i : i + size] = function(block, *args)
        return y

    return whole


def horner(x: ndarray, coefficients: tuple[float, ...]) -> ndarray:
    """The polynomial (((a x + b) x + c) x + ...) with these coefficients."""
    y = x * coefficients[0]
    y += coefficients[1]
    for c in coefficients[2:]:
        y *= x
        y += c
    return y


def rational(x: ndarray, coefficients: tuple[tuple[float, ...], tuple[float, ...]]) -> ndarray:
    """A polynomial over a polynomial."""
    y = horner(x, coefficients[0])
    y /= horner(x, coefficients[1])
    return y


# ---- the error function -------------------------------------------------------------------------


@blockwise
def erf(x):
    """erf x = tanh(x r(x^2)): NumPy's tanh bends it, a rational function r does the rest.

    Where erf is near 1, tanh is flat: there r need not be right to the last digit.
    """
    end = ERF_IS_ONE[x.dtype.char]
    x = numpy.clip(x, -end, end)
    y = rational(x * x, ERF[x.dtype.char])
    y *= x
    return numpy.tanh(y, out=y)


@blockwise
def erfc(x):
    """erfc x = e^(-x^2) r(x) for positive x, and 2 - erfc(-x) for negative x.

    Rounding x^2 would cost digits of the exponential: of h, x rounded to 1/16, it is exact, and
    x^2 = h^2 + (x - h) (x + h).
    """
    a = numpy.clip(numpy.abs(x), 0, 28)  # e^(-28^2) is 0
    h = numpy.rint(a * 16)
    h /= 16
    y = rational(a, ERFC[x.dtype.char])
    y *= numpy.exp((h - a) * (h + a))
    h *= -h
    y *= numpy.exp(h, out=h)
    y -= (x < 0) * y.dtype.type(2)
    return numpy.abs(y, out=y)  # |y - 2| is 2 - y


@blockwise
def erfinv(x):
    """A rational function of w = -ln(1 - x^2); in the tails followed by a step of Halley's method.

    That is Newton's with a term for the curvature: it triples the digits that are right.
    """
    a = numpy.abs(x)
    w = -numpy.log((1 - a) * (1 + a))
    y = rational(w, ERFINV[x.dtype.char])
    y *= x
    far = w > 5
    if far.any():
        a = a[far]
        z = rational(w[far], ERFINV_FAR) * a
        step = (erfc(z) - (1 - a)) * numpy.exp(z * z) * (math.sqrt(math.pi) / 2)
        z += step / (1 - z * step)
        z[a == 1] = math.inf
        y[far] = numpy.copysign(z, x[far])
    return y


# ---- the gamma function -------------------------------------------------------------------------


@blockwise
def lgamma(x):
    """ln |G(x)|: a rational function up to 8, Stirling's series beyond; mirrored below 0.

    ln G is 0 at 1 and at 2. The factors (x - 1) (x - 2) see to it that it is so exactly.
    """
    a = numpy.abs(x)
    log = numpy.log(a)
    low = a < 1
    u = a - 1
    y = rational(a + low, LGAMMA[x.dtype.char]) * (u + low) * (u - ~low)
    y = numpy.where(low, y - log, y + 0.0)  # which makes 0 of -0
    big = a > 8
    if big.any():
        y = numpy.where(big, _stirling(a, log), y)
    mirrored = (x < 0) & (a != math.inf)
    if mirrored.any():  # G(x) G(-x) = -pi / (x sin(pi x))
        x = x[mirrored]
        sine = numpy.abs(numpy.sin((x - numpy.rint(x)) * math.pi))
        y[mirrored] = math.log(math.pi) - log[mirrored] - numpy.log(sine) - y[mirrored]
    return y


def _stirling(x: ndarray, log: ndarray) -> ndarray:
    """ln G(x) = (x - 1/2) ln x - x + ln(2 pi) / 2 + sum of B_2k / (2k (2k-1) x^(2k-1))"""
    terms = [b / (k * (k - 1)) for k, b in zip(range(2, 18, 2), BERNOULLI, strict=True)]
    if x.itemsize == 4:
        del terms[3:]
    y = (x - 0.5) * (log - 1)
    y += (math.log(2 * math.pi) - 1) / 2
    inverse = 1 / x
    y += horner(inverse * inverse, tuple(terms[::-1])) * inverse
    return y


@blockwise(wide=True)
def digamma(x):
    """The slope of ln G(x): psi(x) = psi(x + 1) - 1/x, eight times; then ln x - 1/2x - ...

    Below 0: psi(x) = psi(1 - x) - pi / tan(pi x).
    """
    mirrored = x < 0
    a = numpy.where(mirrored, 1 - x, x)
    y = -1 / a
    for k in range(1, 8):
        y -= 1 / (a + k)
    a += 8
    terms = [-b / k for k, b in zip(range(2, 18, 2), BERNOULLI, strict=True)]
    inverse = 1 / a
    square = inverse * inverse
    y += numpy.log(a) - inverse / 2 + horner(square, tuple(terms[::-1])) * square
    if mirrored.any():
        x = x[mirrored]
        r = x - numpy.rint(x)
        y[mirrored] -= numpy.where(r == 0, math.nan, math.pi / numpy.tan(r * math.pi))
    return y


@blockwise(wide=True)
def polygamma(x, n: int):
    """The n-th derivative of digamma, n > 0: (-1)^(n+1) n! times the sum of 1 / (x + k)^(n+1)"""
    s = n + 1
    whole = numpy.floor(x)
    pole = (x <= 0) & (x == whole)
    a = numpy.where(pole, 1, x)
    y = _sum_of_powers(numpy.where(a < 0, a - whole, a), s)
    negative = a < 0
    if negative.any():  # the terms below 0 have the size of those of 1 - x
        a = a[negative]
        mirrored = _sum_of_powers(1 - (a - whole[negative]), s) - _sum_of_powers(1 - a, s)
        y[negative] += mirrored if s % 2 == 0 else -mirrored
    y = numpy.where(pole, math.inf, y)
    y[x == (math.inf if n > 1 else -math.inf)] = math.nan  # as torch has it
    factorial = math.factorial(n) if n < 171 else math.inf
    return y * (factorial if n % 2 else -factorial)


def _sum_of_powers(x: ndarray, s: int) -> ndarray:
    """The sum of (x + k)^-s over k = 0, 1, 2, ..., for x > 0 and s > 1.

    The first ones term by term; the rest is an integral, and Euler's and Maclaurin's corrections
    for what lies between it and the sum.
    """
    y = (1 / x) ** s
    for k in range(1, 10 + s):
        y += (1 / (x + k)) ** s
    x = x + (10 + s)
    inverse = 1 / x
    power = inverse ** (s - 1)
    rest = 1 / (s - 1) + inverse / 2
    term = inverse * inverse * (s / 2)
    for k, b in zip(range(2, 18, 2), BERNOULLI, strict=True):
        rest += b * term
        term *= inverse * inverse * ((s + k - 1) * (s + k) / ((k + 1) * (k + 2)))
    return y + power * rest


# ---- Bessel's functions -------------------------------------------------------------------------

COSINES = numpy.cos((numpy.arange(12) + 0.5) * (math.pi / 24)).tolist()


@blockwise(wide=True)
def i0(x):
    """The mean of e^(x cos t) over a circle, at 48 points: of cosh, over 12 points of a quarter.

    The mean over equal steps of a circle converges faster than any power: 48 do up to x = 20.
    """
    a = numpy.minimum(numpy.abs(x), 20)
    y = sum(numpy.cosh(a * c) for c in COSINES)
    y /= len(COSINES)
    return _far(x, y, 0)


@blockwise(wide=True)
def i1(x):
    """The slope of i0: the mean of cos(t) e^(x cos t) over a circle."""
    a = numpy.minimum(numpy.abs(x), 20)
    y = sum(c * numpy.sinh(a * c) for c in COSINES)
    y /= len(COSINES)
    return numpy.copysign(_far(x, y, 1), x)


def _far(x: ndarray, y: ndarray, order: int) -> ndarray:
    """Writes e^x / sqrt(2 pi x) (1 - (4 order^2 - 1) / 8x + ...) over y, where x is large."""
    far = (x > 20) | (x < -20)
    if far.any():
        a = numpy.abs(x[far])
        term, series = 1.0, 1.0
        for k in range(1, 20):
            term = term * ((2 * k - 1) ** 2 - 4 * order**2) / (8 * k * a)
            series = series + term
        half = numpy.exp(a / 2)  # e^a itself might be too large
        y[far] = half / numpy.sqrt(2 * math.pi * a) * series * half
    return y
