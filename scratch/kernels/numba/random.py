"""The stream of random numbers with its long loops compiled."""

from __future__ import annotations

import ctypes
import math

import numpy
from numba import config
from numpy import float32, float64, int32, int64, uint32, uint64

from ... import _libm, _stream
from ._jit import bits_of, float_of, fma, jit


class Stream(_stream.Stream):
    """Continues another stream, from the same words."""

    def __init__(self, stream: _stream.Stream):
        self.__dict__.update(stream.__dict__)
        # The twister's memory: 624 words, and how many of them are used up.
        memory = (ctypes.c_uint32 * 625).from_address(self.bits.ctypes.state_address)
        self.memory = numpy.frombuffer(memory, uint32)

    def draw(self, n: int) -> numpy.ndarray:
        """The next n words, as uint32."""
        if n:
            self.untouched = False
        words = numpy.empty(n, uint32)
        draw(self.memory[:624], self.memory[624:], words)
        return words

    def units(self, n: int, dtype: type = float64) -> numpy.ndarray:
        u = numpy.empty(n, dtype)
        if dtype is float64:
            long_units(self.draw(2 * n), u)
        else:
            units(self.draw(n), u)
        return u

    def residues(self, n: int, low: int, count: int, wide: bool) -> numpy.ndarray:
        r = numpy.empty(n, int64)
        if count == 2**64:
            return super().residues(n, low, count, wide)
        if wide:
            long_residues(self.draw(2 * n), low, uint64(count), r)
        else:
            residues(self.draw(n), low, count, r)
        return r

    def permutation(self, n: int) -> numpy.ndarray:
        p = numpy.arange(n)
        if n >= _stream.WIDE_PERMUTATION:
            for start in range(0, n, _stream.BLOCK):
                wide_shuffle(self.draw(2 * min(_stream.BLOCK, n - start)), start, p)
        else:
            shuffle(self.draw(max(n - 1, 0)), p)
        return p

    @staticmethod
    def affine(x, scale, shift):
        y = numpy.empty_like(x)
        affine(x, x.dtype.type(scale), x.dtype.type(shift), y)
        return y

    def box_muller(self, u):
        if u.dtype != float32 and not LIBM:
            return super().box_muller(u)
        z = numpy.empty_like(u)
        (box_muller if u.dtype == float32 else box_muller64)(u, z)
        return z

    @staticmethod
    def libm(function, x):
        if function not in LIBM:
            return _libm.libm(function, x)
        y = numpy.empty_like(x)
        LIBM[function](x, y)
        return y


# The twister

UPPER, LOWER, MATRIX = uint32(0x80000000), uint32(0x7FFFFFFF), uint32(0x9908B0DF)


@jit
def draw(key, used, words):
    start = 0
    while start < words.size:
        if used[0] == 624:
            twist(key)
            used[0] = 0
        first = int64(used[0])
        count = min(624 - first, words.size - start)
        for i in range(count):
            r = key[first + i]
            r ^= r >> uint32(11)
            r ^= (r << uint32(7)) & uint32(0x9D2C5680)
            r ^= (r << uint32(15)) & uint32(0xEFC60000)
            words[start + i] = r ^ (r >> uint32(18))
        used[0] = first + count
        start += count


@jit
def twist(key):
    """Replaces all 624 words: each from itself, its successor and the one 397 places on."""
    for i in range(227):
        y = key[i] & UPPER | key[i + 1] & LOWER
        key[i] = key[i + 397] ^ (y >> uint32(1)) ^ ((uint32(0) - (y & uint32(1))) & MATRIX)
    for i in range(227, 623):
        y = key[i] & UPPER | key[i + 1] & LOWER
        key[i] = key[i - 227] ^ (y >> uint32(1)) ^ ((uint32(0) - (y & uint32(1))) & MATRIX)
    y = key[623] & UPPER | key[0] & LOWER
    key[623] = key[396] ^ (y >> uint32(1)) ^ ((uint32(0) - (y & uint32(1))) & MATRIX)


@jit
def units(words, u):
    for i in range(u.size):
        u[i] = float32(int32(words[i] & uint32(0xFFFFFF))) * float32(2.0**-24)


@jit
def long_units(words, u):
    for i in range(u.size):
        r = uint64(words[2 * i] & uint32(0x1FFFFF)) << uint64(32) | uint64(words[2 * i + 1])
        u[i] = float64(int64(r)) * 2.0**-53


@jit
def residues(words, low, count, r):
    # A multiplication is quicker than a division. The quotient is exact, or one too small where the
    # count divides the word: r / count is never closer to the next integer than rounding reaches.
    inverse = 1.0 / count
    for i in range(r.size):
        word = int64(words[i])
        rest = word - int64(float64(word) * inverse) * count
        r[i] = low + (rest - count if rest >= count else rest)


@jit
def long_residues(words, low, count, r):
    for i in range(r.size):
        word = uint64(words[2 * i]) << uint64(32) | uint64(words[2 * i + 1])
        r[i] = int64(word % count) + low


@jit
def shuffle(words, p):
    n = p.size
    for i in range(n - 1):
        j = i + int64(words[i] % uint32(n - i))
        p[i], p[j] = p[j], p[i]


@jit
def wide_shuffle(words, start, p):
    for k in range(words.size // 2):
        i = start + k
        word = uint64(words[2 * k]) << uint64(32) | uint64(words[2 * k + 1])
        j = int64(word % uint64(i + 1))
        p[i], p[j] = p[j], p[i]


@jit
def affine(x, scale, shift, y):
    for i in range(x.size):
        y[i] = fma(x[i], scale, shift)


@jit
def log(x, y):
    for i in range(x.size):
        y[i] = math.log(x[i])


@jit
def log1p(x, y):
    for i in range(x.size):
        y[i] = math.log1p(x[i])


@jit
def cos(x, y):
    for i in range(x.size):
        y[i] = math.cos(x[i])


@jit
def sin(x, y):
    for i in range(x.size):
        y[i] = math.sin(x[i])


@jit
def tan(x, y):
    for i in range(x.size):
        y[i] = math.tan(x[i])


@jit
def exp(x, y):
    for i in range(x.size):
        y[i] = math.exp(x[i])


LIBM = {
    math.log: log,
    math.log1p: log1p,
    math.cos: cos,
    math.sin: sin,
    math.tan: tan,
    math.exp: exp,
}
if config.USING_SVML:  # then Numba puts Intel's functions in the place of these
    LIBM.clear()


# Cephes

LOG = tuple(float32(c) for c in _libm.LOG)
COS = tuple(float32(c) for c in _libm.COS)
SIN = tuple(float32(c) for c in _libm.SIN)
LN2 = tuple(float32(c) for c in _libm.LN2)
QUARTER = tuple(float32(c) for c in _libm.QUARTER)
HALF, ONE, ZERO, MINUS_TWO = float32(0.5), float32(1), float32(0), float32(-2)
ROOT_HALF = float32(0.70710678118654752)
TWO_PI, OCTANTS = float32(2 * math.pi), float32(4 / math.pi)


@jit
def polynomial(coefficients, z):
    y = coefficients[0]
    for c in coefficients[1:]:
        y = fma(y, z, c)
    return y


@jit
def log32(v):
    bits = bits_of(v)
    e = float32((bits >> int32(23)) - int32(126))
    x = float_of((bits & int32(0x007FFFFF)) | int32(0x3F000000))
    below = x < ROOT_HALF
    e -= ONE if below else ZERO
    x = (x - ONE) + (x if below else ZERO)
    z = x * x
    y = polynomial(LOG, x) * x
    y = fma(y, z, e * LN2[0])
    y = fma(-z, HALF, y)
    return fma(e, LN2[1], x + y)


@jit
def cos_and_sin(angle):
    octant = (int32(angle * OCTANTS) + int32(1)) & int32(~1)
    q = float32(octant)
    x = fma(q, QUARTER[0], angle)
    x = fma(q, QUARTER[1], x)
    x = fma(q, QUARTER[2], x)
    z = x * x
    c = fma(polynomial(COS, z) * z, z, -(z * HALF)) + ONE
    s = fma(polynomial(SIN, z) * z, x, x)
    cos, sin = (s, c) if octant & int32(2) else (c, s)
    if ~(octant - int32(2)) & int32(4):
        cos = -cos
    if octant & int32(4):
        sin = -sin
    return cos, sin


@jit
def box_muller(u, z):
    n = u.size // 2
    v = numpy.empty(n, float32)
    angle = numpy.empty(n, float32)
    for block in range(u.size // 16):
        for j in range(8):
            v[block * 8 + j] = ONE - u[block * 16 + j]
            angle[block * 8 + j] = TWO_PI * u[block * 16 + 8 + j]
    for i in range(n):
        radius = numpy.sqrt(MINUS_TWO * log32(v[i]))
        cos, sin = cos_and_sin(angle[i])
        v[i], angle[i] = radius * cos, radius * sin
    for block in range(u.size // 16):
        for j in range(8):
            z[block * 16 + j] = v[block * 8 + j]
            z[block * 16 + 8 + j] = angle[block * 8 + j]


@jit
def box_muller64(u, z):
    for block in range(u.size // 16):
        for j in range(block * 16, block * 16 + 8):
            radius = math.sqrt(-2.0 * math.log(1.0 - u[j]))
            angle = 2.0 * math.pi * u[j + 8]
            z[j], z[j + 8] = radius * math.cos(angle), radius * math.sin(angle)
