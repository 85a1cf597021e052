"""The arithmetic below random numbers: every rule for every input, in NumPy and in Numba."""

import math
from fractions import Fraction

import numba
import numpy as np
import pytest
import torch

from scratch import _libm, _stream
from scratch._introselect import largest
from scratch.kernels.numba import _jit
from scratch.kernels.numba import random as kernels


def streams():
    """The same stream twice: by NumPy's rules, and by the kernels."""
    return _stream.Stream(1), kernels.Stream(_stream.Stream(1))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_affine_rounds_once(dtype):
    """As exact arithmetic with fractions says, for operands of all sizes and cancellations."""
    random = np.random.default_rng(0)

    def some(n):
        return (random.standard_normal(n) * 2.0 ** random.integers(-15, 15, n)).astype(dtype)

    x = some(200)
    x[:4] = 0, 1, -1, 1 / 3
    scales, shifts = [*some(20), dtype(1), dtype(2)], [*some(20), -x[9], dtype(0)]
    for scale, shift in zip(scales, shifts, strict=True):
        exact = [Fraction(float(v)) * Fraction(float(scale)) + Fraction(float(shift)) for v in x]
        once = np.array([nearest(v, dtype) for v in exact])
        assert np.array_equal(_libm.affine(x, scale, shift), once)
        assert np.array_equal(kernels.Stream.affine(x, scale, shift), once)


def nearest(exact, dtype):
    """The floating-point number next to a fraction; of two, the one with the even last bit."""
    guess = dtype(float(exact))
    candidates = [np.nextafter(guess, -dtype(np.inf)), guess, np.nextafter(guess, dtype(np.inf))]
    gaps = [abs(Fraction(float(c)) - exact) for c in candidates]
    closest = [c for c, gap in zip(candidates, gaps, strict=True) if gap == min(gaps)]
    unsigned = np.uint32 if dtype is np.float32 else np.uint64
    return min(closest, key=lambda c: int(np.asarray(c).view(unsigned)) % 2)


def test_affine_beyond_the_finite():
    x = np.array([0.0, 1.0, -1.0, 1e300, np.inf, -np.inf, np.nan])
    with np.errstate(all="ignore"):
        for scale, shift in [(np.inf, 1), (1e300, 1), (2, np.inf), (1e308, -1e308), (np.nan, 1)]:
            expected = x * scale + shift
            assert np.array_equal(_libm.affine(x, scale, shift), expected, equal_nan=True)


def test_polynomials_for_every_uniform_number():
    """All 2^24 of float32's: NumPy's way round the fused operation takes no wrong turn."""
    step = 1 << 20
    for start in range(0, 1 << 24, step):
        u = np.arange(start, start + step).astype(np.float32) * np.float32(2**-24)
        u = np.stack([u.reshape(-1, 8), u[::-1].reshape(-1, 8)], axis=1).ravel()
        numpys, numbas = (stream.box_muller(u).view(np.uint32) for stream in streams())
        assert np.array_equal(numpys, numbas)


@pytest.mark.parametrize("name", ["log", "log1p", "exp", "sin", "cos", "tan"])
def test_functions_are_the_c_librarys(name):
    function = getattr(math, name)
    x = np.random.default_rng(1).random(10_000) * (1 if name != "exp" else 700)
    expected = np.array([function(v) for v in x])
    assert np.array_equal(_libm.libm(function, x), expected)
    assert np.array_equal(kernels.Stream.libm(function, x), expected)


def test_functions_where_python_raises():
    for function, x, y in [(math.log, 0.0, -math.inf), (math.exp, 1e6, math.inf)]:
        values = np.array([x, 1.0, math.nan])
        expected = np.array([y, function(1.0), math.nan])
        assert np.array_equal(_libm.libm(function, values), expected, equal_nan=True)
        assert np.array_equal(kernels.Stream.libm(function, values), expected, equal_nan=True)


@pytest.mark.parametrize("n", [0, 1, 226, 227, 623, 624, 625, 10_000])
def test_kernels_draw_the_same_words(n):
    slow, fast = streams()
    for _ in range(3):
        assert np.array_equal(slow.words(n), fast.draw(n))
        assert np.array_equal(slow.words(5), fast.words(5))
        assert np.array_equal(slow.get_state(), fast.get_state())


@pytest.mark.parametrize("count", [1, 2, 3, 10, 1000, 2**20 + 7, 2**28 - 1, 2**31, 2**32 - 5])
def test_residues_without_division(count):
    slow, fast = streams()
    r = slow.words(100_000)
    assert np.array_equal(
        fast.residues(100_000, -3, count, wide=False), (r % count).astype(int) - 3
    )
    words = np.array([0, 1, count - 1, count, 2**32 // count * count - 1, 2**32 - 1, 2**32 - count])
    words = words % 2**32
    r = np.empty(words.size, np.int64)
    kernels.residues(words.astype(np.uint32), 5, count, r)
    assert np.array_equal(r, words % count + 5)


def test_permutations_of_the_largest_size(monkeypatch):
    """From 214,748,364 on, torch shuffles with 64 bits a draw. Here it does so at a small size."""
    monkeypatch.setattr(_stream, "WIDE_PERMUTATION", 1000)
    monkeypatch.setattr(_stream, "BLOCK", 256)
    slow, fast = streams()
    expected = list(range(1000))
    for i, z in enumerate(_stream.Stream(1).long_words(1000).tolist()):
        expected[i], expected[z % (i + 1)] = expected[z % (i + 1)], i
    assert slow.permutation(1000).tolist() == expected
    assert fast.permutation(1000).tolist() == expected


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_largest_in_torchs_order(dtype):
    random = np.random.default_rng(2)
    for trial in range(300):
        n = int(random.choice([2, 5, 20, 70, 400]))
        k = max(n // 80, 1) if trial % 3 == 0 else int(random.integers(1, n + 1))
        x = random.integers(0, random.choice([2, 9, 1000]), (2, n)).astype(dtype)
        x = np.sort(x) if trial % 7 == 0 else np.sort(x)[:, ::-1].copy() if trial % 7 == 1 else x
        if k > 1:
            expected = torch.topk(torch.from_numpy(x), k).indices
        else:
            expected = torch.from_numpy(x).argmax(-1, keepdim=True)
        assert np.array_equal(largest(x, k), expected.numpy())


def test_a_heap_takes_over_from_unlucky_pivots():
    """An order made against the median of three, which quicksort alone would be slow on."""
    n = 2000
    x = np.empty(n, np.float32)
    x[0::2], x[1::2] = np.arange(n // 2), np.arange(n // 2) + n // 2
    for k in (n // 2, n):
        killer = np.concatenate([x, x])[None] if k == n else x[None]
        expected = torch.topk(torch.from_numpy(killer), k).indices.numpy()
        assert np.array_equal(largest(killer, k), expected)


def test_kernels_compile_where_nothing_can_be_written(monkeypatch):
    compile_for_good = numba.njit

    def njit(*args, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return compile_for_good(*args, **options)

    monkeypatch.setattr(numba, "njit", njit)
    assert _jit.jit(lambda x: x + 1)(2) == 3
