"""One stream of random words over NumPy arrays, and the distributions torch makes of it.

Each method fills a flat array, takes the words it needs in order, and matches torch to the last
bit. `random.py` puts tensors around them; `kernels/numba/random.py` runs the long loops faster.
"""

from __future__ import annotations

import functools
import importlib
import math
import sys
from array import array
from collections.abc import Iterator

import numpy
from numpy import float16, float32, float64, int64, uint64
from numpy.random import MT19937, RandomState

from . import _libm

BLOCK = 1 << 14  # elements made at a time, so that words and intermediates stay in the cache
WIDE_PERMUTATION = (2**32 - 1) // 20  # from this size on, 32 bits would favour some places
FAST_FROM = 1 << 22  # elements drawn before Numba is imported, which takes half a second

STATE = numpy.dtype(
    {
        "names": ["seed", "left", "seeded", "next", "words", "kept", "has_kept"],
        "formats": ["<u8", "<i4", "<i4", "<u8", ("<u8", 624), "<f8", "<i4"],
        "offsets": [0, 8, 12, 16, 24, 5024, 5040],
        "itemsize": 5056,
    }
)


class Stream:
    """The words of the Mersenne Twister MT19937, and the distributions drawn from them.

    NumPy's twister, seeded as ``numpy.random.RandomState`` seeds it, yields torch's words. Below, r
    is a word: 32 random bits; u is uniform in [0, 1): 53 bits of two words, or 24 bits of one as
    float32.
    """

    def __init__(self, seed: int):
        self.bits = MT19937(0)
        self.restart(seed)

    def restart(self, seed: int) -> None:
        """Seeds the stream, with 64 bits of which the twister takes 32."""
        self.seed = seed % 2**64
        RandomState(self.bits).seed(seed % 2**32)
        self.untouched = True  # torch's state tells "just seeded" from "all 624 words are used"
        self.kept: float | None = None  # the other one of the last pair of normal numbers

    def get_state(self) -> numpy.ndarray:
        """Everything the next numbers depend on, in the 5056 bytes that torch keeps it in."""
        twister = self.bits.state["state"]
        used = 0 if self.untouched else twister["pos"]
        state = numpy.zeros(1, STATE)
        state["seed"], state["seeded"] = self.seed, 1
        state["words"], state["next"] = twister["key"], used
        state["left"] = 625 - used if used else 1
        if self.kept is not None:
            state["kept"], state["has_kept"] = self.kept, 1
        return state.view(numpy.uint8)

    def set_state(self, state: numpy.ndarray) -> None:
        """Goes on from where a stream was whose state this is; RuntimeError if it is none."""
        if state.size != STATE.itemsize:
            raise RuntimeError(
                f"Expected a CPUGeneratorImplState of size {STATE.itemsize} but found the input "
                f"RNG state size to be {state.size}: a state is what get_rng_state() returned"
            )
        (new,) = numpy.ascontiguousarray(state).view(STATE)
        used, untouched = int(new["next"]), new["next"] == 0 and new["left"] == 1
        if new["seeded"] != 1 or not (untouched or 0 < used <= 624 and new["left"] == 625 - used):
            raise RuntimeError(
                "Invalid mt19937 state: these bytes do not come from get_rng_state()"
            )
        self.seed, self.untouched = int(new["seed"]), bool(untouched)
        self.kept = float(new["kept"]) if new["has_kept"] else None
        key = new["words"].astype(numpy.uint32)
        self.bits.state = {
            "bit_generator": "MT19937",
            "state": {"key": key, "pos": 624 if untouched else used},
        }

    # Raw material

    def words(self, n: int) -> numpy.ndarray:
        """The next n words r, as uint64."""
        if n:
            self.untouched = False
        return self.bits.random_raw(n)

    def long_words(self, n: int) -> numpy.ndarray:
        """The next n pairs of words, each pair joined to 64 bits."""
        r = self.words(2 * n)
        return r[0::2] << uint64(32) | r[1::2]

    def units(self, n: int, dtype: type = float64) -> numpy.ndarray:
        """The next n uniform numbers u."""
        if dtype is float64:
            return (self.long_words(n) & uint64(2**53 - 1)) * 2.0**-53
        return (self.words(n) & uint64(2**24 - 1)).astype(float32) * float32(2.0**-24)

    # Uniform numbers

    def uniform(self, out: numpy.ndarray, low: float, high: float) -> None:
        """low + (high - low) u, rounded once; what was rounded up to high becomes low."""
        dtype = working_type(out)
        if (low, high) == (0, 1) and out.dtype == dtype:
            for block in blocks(out):
                block[...] = self.units(block.size, dtype)
            return
        shift, scale, top = dtype(low), dtype(high) - dtype(low), out.dtype.type(high)
        for block in blocks(out):
            store(block, self.affine(self.units(block.size, dtype), scale, shift))
            numpy.putmask(block, block == top, low)

    def integers(self, out: numpy.ndarray, low: int, count: int, wide: bool) -> None:
        """low + r mod count; `wide` makes r of pairs of words. A count of 2^64 leaves r alone."""
        for block in blocks(out):
            store(block, self.residues(block.size, low, count, wide))

    def residues(self, n: int, low: int, count: int, wide: bool) -> numpy.ndarray:
        """The next n of low + r mod count, as int64."""
        r = self.long_words(n) if wide else self.words(n)
        r = r % uint64(count) if count < 2**64 else r
        return (r + uint64(low % 2**64)).view(int64)

    def bernoulli(self, out: numpy.ndarray, p: float | numpy.ndarray) -> None:
        """1 where u < p, else 0. An array p other than float64 is compared with float32's u."""
        if isinstance(p, numpy.ndarray):
            dtype = working_type(p)
            for block, chance in zip(blocks(out), blocks(p), strict=True):
                block[...] = self.units(block.size, dtype) < chance
        else:
            for block in blocks(out):
                block[...] = self.units(block.size) < p

    def permutation(self, n: int) -> numpy.ndarray:
        """0 to n - 1, shuffled after Fisher and Yates: place i swaps with a later one or itself."""
        if n >= WIDE_PERMUTATION:
            return self._wide_permutation(n)
        i = numpy.arange(max(n - 1, 0))
        partners = i + (self.words(i.size) % (n - i).astype(uint64)).astype(int64)
        p = array("q", range(n))
        for here, there in enumerate(partners.tolist()):
            p[here], p[there] = p[there], p[here]
        return numpy.array(p)

    def _wide_permutation(self, n: int) -> numpy.ndarray:
        """With 64 bits a draw: place i swaps with an earlier one or itself."""
        p = numpy.arange(n)
        for i in blocks(numpy.arange(n)):
            partners = self.long_words(i.size) % (i + 1).astype(uint64)
            for here, there in zip(i.tolist(), partners.tolist(), strict=True):
                p[here], p[there] = p[there], p[here]
        return p

    # Normal numbers

    def normal(self, out: numpy.ndarray, mean: float, std: float) -> None:
        """Box and Muller's method, sixteen numbers at a time: for contiguous tensors of 16 or more.

        In a block of sixteen, u[j] gives the radius and u[j + 8] the angle of a point in the plane;
        its coordinates become the elements j and j + 8. If the size is no multiple of 16, the last
        sixteen are drawn once more.
        """
        dtype = working_type(out)
        for block in blocks(out):
            whole = block.size // 16 * 16
            # float16 draws block by block, the others draw all of u before anything else.
            u = self.units(whole if out.dtype == float16 else block.size, dtype)
            store(block[:whole], self.affine(self.box_muller(u[:whole]), dtype(std), dtype(mean)))
        if out.size % 16:
            z = self.box_muller(self.units(16, dtype))
            store(out[-16:], self.affine(z, dtype(std), dtype(mean)))

    def serial_normal(self, out: numpy.ndarray, mean: float, std: float) -> None:
        """The same in float64, one number at a time: for fewer than 16, or gaps between them."""
        for block in blocks(out):
            store(block, self.affine(self.standard_normals(block.size), std, mean))

    def standard_normals(self, n: int) -> numpy.ndarray:
        """The next n numbers of the pairs (radius cos, radius sin); half a pair is kept."""
        kept = [] if self.kept is None else [self.kept]
        pairs = (n - len(kept) + 1) // 2 if n else 0
        u = self.units(2 * pairs).reshape(pairs, 2)
        radius = numpy.sqrt(-2.0 * self.libm(math.log1p, -u[:, 1]))
        angle = 2.0 * math.pi * u[:, 0]
        z = numpy.empty(len(kept) + 2 * pairs)
        z[: len(kept)] = kept
        z[len(kept) :: 2] = radius * self.libm(math.cos, angle)
        z[len(kept) + 1 :: 2] = radius * self.libm(math.sin, angle)
        if n:
            self.kept = float(z[n]) if z.size > n else None
        return z[:n]

    def log_normal(self, out: numpy.ndarray, mean: float, std: float) -> None:
        """exp of a normal number."""
        for block in blocks(out):
            store(
                block,
                self.libm(math.exp, self.affine(self.standard_normals(block.size), std, mean)),
            )

    # Waiting times, and a distribution without a mean

    def exponential(self, out: numpy.ndarray, rate: float) -> None:
        """-log(1 - u) / rate"""
        for block in blocks(out):
            store(block, -1.0 / rate * self.libm(math.log1p, -self.units(block.size)))

    def geometric(self, out: numpy.ndarray, p: float) -> None:
        """ceil(log(u) / log(1 - p))"""
        for block in blocks(out):
            log_u = self.libm(math.log, self.units(block.size))
            with numpy.errstate(invalid="ignore"):
                store(block, numpy.ceil(log_u / math.log1p(-p)))

    def cauchy(self, out: numpy.ndarray, median: float, scale: float) -> None:
        """median + scale tan(pi (u - 1/2))"""
        for block in blocks(out):
            tangent = self.libm(math.tan, math.pi * (self.units(block.size) - 0.5))
            store(block, self.affine(tangent, scale, median))

    # Arithmetic, which the kernels have faster versions of

    libm = staticmethod(_libm.libm)
    affine = staticmethod(_libm.affine)

    def box_muller(self, u: numpy.ndarray) -> numpy.ndarray:
        """As many normal numbers as u, sixteen by sixteen."""
        number = u.dtype.type
        u = u.reshape(-1, 2, 8)
        v, angle = 1 - u[:, 0].ravel(), number(2 * math.pi) * u[:, 1].ravel()
        if number is float32:
            log, (cos, sin) = _libm.log(v), _libm.cos_and_sin(angle)
        else:
            log, cos, sin = map(self.libm, (math.log, math.cos, math.sin), (v, angle, angle))
        radius = numpy.sqrt(number(-2) * log)
        z = numpy.stack([(radius * cos).reshape(-1, 8), (radius * sin).reshape(-1, 8)], axis=1)
        return z.ravel()


def blocks(whole: numpy.ndarray) -> Iterator[numpy.ndarray]:
    for start in range(0, whole.size, BLOCK):
        yield whole[start : start + BLOCK]


def working_type(array: numpy.ndarray) -> type:
    """The type to draw in: float32 for float16 as well."""
    return float64 if array.dtype == float64 else float32


def store(block: numpy.ndarray, values: numpy.ndarray) -> None:
    """Writes values, as C casts them: to float16 by way of float32."""
    if block.dtype == float16:
        with numpy.errstate(over="ignore"):
            block[...] = values.astype(float32)
    else:
        block[...] = values


# Numba


_drawn = 0


def faster(stream: Stream, n: int) -> Stream:
    """The stream to draw n numbers from: Numba's, once enough were drawn to repay its import."""
    global _drawn
    _drawn += n
    if type(stream) is Stream and (_drawn >= FAST_FROM or n >= BLOCK and "numba" in sys.modules):
        kernels = load_kernels()
        return kernels.Stream(stream) if kernels else stream
    return stream


@functools.cache
def load_kernels():
    """The compiled stream, or None where Numba is missing."""
    try:
        return importlib.import_module(f"{__package__}.kernels.numba.random")
    except (ImportError, OSError):
        return None
