"""histc, histogram, searchsorted, bucketize: values, edges, NaN, dtypes, errors."""

import itertools

import numpy as np
import pytest

from tests.checker import check, check_error, constant
from tests.columns import array, columns
from tests.same_script import error, same_script

NAN = float("nan")
SHAPES = [(), (1,), (0,), (40,), (3, 4), (0, 3)]
SEQUENCE = np.array([1.0, 3.0, 3.0, 5.0], "float32")
pair = columns(lambda torch, *args, **kwargs: tuple(torch.histogram(*args, **kwargs)))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_histc(dtype):
    for shape, bins in itertools.product(SHAPES, (1, 4, 7)):
        x = constant(array(*shape, dtype=dtype))
        check(*columns("histc"), x, bins, exact=True)
        check(*columns("histc"), x, bins, -1, 2, exact=True)
        check(*columns(lambda torch, x, b=bins: x.histc(b, min=-0.5, max=0.75)), x, exact=True)
    check(*columns("histc"), constant(np.arange(5).astype(dtype)), 4)
    check(*columns("histc"), constant(np.full(3, 2, dtype)), 4)
    check(*columns("histc"), constant(np.array([NAN, 1, 2, np.inf], dtype)), 4, 0, 2)
    check(*columns("histc"), constant(array(50, dtype=dtype)))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_histogram(dtype):
    for shape, density in itertools.product(SHAPES, (False, True)):
        x = constant(array(*shape, dtype=dtype))
        weight = constant(abs(array(*shape, dtype=dtype, seed=1)))
        edges = constant(np.array([-1, 0, 0.25, 2], dtype))
        check(*pair, x, 5, density=density)
        check(*pair, x, 5, range=(-1, 1.5), density=density)
        check(*pair, x, edges, density=density)
        check(*pair, x, 5, weight=weight, range=(-9.0, 9.0), density=density)
        check(*pair, x, edges, weight=weight)
    check(*pair, constant(array(3000, dtype=dtype)), 97)
    check(*pair, constant(np.array([NAN, 1, 2, np.inf], dtype)), 4, range=(0, 2))
    check(*pair, constant(np.array([3, 3], dtype)), 4)
    check(*pair, constant(np.arange(5).astype("float16")), constant(np.array([0, 3], "float16")))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "uint8", "int16", "int64"])
def test_searchsorted(dtype):
    rng = np.random.default_rng(0)
    for n, m in itertools.product((0, 1, 2, 5, 16, 33), (0, 1, 9)):
        one = constant(np.sort(rng.integers(0, 9, n)).astype(dtype))
        two = constant(np.sort(rng.integers(0, 9, (3, n))).astype(dtype))
        v = constant(rng.integers(0, 9, (3, m)).astype(dtype))
        for right in (False, True):
            for sequence in (one, two):
                check(*columns("searchsorted"), sequence, v, right=right)
            check(*columns("searchsorted"), one, v, out_int32=True, side="right")
            check(*columns("bucketize"), v, one, right=right, out_int32=right)


def test_searchsorted_of_numbers():
    for value, right in itertools.product((3, 3.5, True, -1, 9.0), (False, True)):
        for sequence in (constant(SEQUENCE), np.array([1, 3, 5])):
            check(*columns("searchsorted"), sequence, value, right=right)
            check(*columns("bucketize"), value, sequence, right=right)
    check(*columns("searchsorted"), np.array([1, 3, 5]), constant(np.array([3.5], "float32")))
    check(*columns("searchsorted"), np.array([1, 3, 5]), np.array(3))
    check(*columns("searchsorted"), np.array([5, 1, 3]), np.array([3]), sorter=np.array([1, 2, 0]))
    infinite = np.array([NAN, np.inf, 2, -np.inf], "float32")
    for sequence in (SEQUENCE, np.append(SEQUENCE, np.float32(NAN)), infinite[:1]):
        for right in (False, True):
            args = constant(sequence), constant(infinite)
            check(*columns("searchsorted"), *args, right=right)
            check(*columns("bucketize"), *args[::-1], right=right)


@same_script
def test_out(torch):
    x, sequence = torch.arange(5.0), torch.tensor([1.0, 3.0])
    outs = [torch.empty(0), torch.empty(0, dtype=torch.int64), torch.empty(0, dtype=torch.int32)]
    torch.histc(x, 3, out=outs[0])
    torch.searchsorted(sequence, x, out=outs[1])
    torch.bucketize(x, sequence, out_int32=True, out=outs[2])
    hist, edges = torch.histogram(x, 4, out=(torch.empty(0), torch.empty(0)))
    wrong = [
        lambda: torch.searchsorted(sequence, x, out=torch.empty(0)),
        lambda: torch.bucketize(x, sequence, out_int32=True, out=outs[1]),
    ]
    return [*outs, hist, edges, [error(torch, test) for test in wrong], repr(x.histogram(2))]


@same_script
def test_no_derivative(torch):
    x = torch.arange(5.0, requires_grad=True)
    hist, edges = x.histogram(3)
    flags = [x.histc(3).requires_grad, hist.requires_grad, edges.requires_grad]
    return [flags, error(torch, hist.sum().backward), torch.bucketize(x, x.detach()).requires_grad]


def test_errors_of_histograms():
    x = constant(array(5))
    for bins in (0, -1):
        check_error(*columns("histc"), x, bins, match="bins must be > 0")
        check_error(*columns("histogram"), x, bins, match="bins must be > 0")
    check_error(*columns("histc"), x, 3, 2, 1, match="max must be larger")
    check_error(*columns("histogram"), x, 3, range=(2.0, 1.0), match="min should not exceed")
    check_error(*columns("histogram"), x, 3, range=(2.0,), match="2 elements")
    check_error(*columns("histogram"), x, constant(np.ones((2, 2), "float32")), match="vector")
    check_error(*columns("histogram"), x, constant(np.ones(2)), match="same dtype")
    check_error(*columns("histogram"), x, constant(SEQUENCE[:1]), match="bins must be > 0")
    check_error(*columns("histogram"), x, 3, weight=constant(array(4)), match="weight")
    check_error(*columns("histogram"), x, constant(SEQUENCE), range=(0.0, 1.0))
    for bad in (NAN, np.inf):
        for name in ("histc", "histogram"):
            check_error(*columns(name), constant(np.array([1.0, bad])), 3, match="not finite")
    for name, dtype in itertools.product(("histc", "histogram"), ("int64", "uint8", "bool")):
        check_error(*columns(name), np.array([0, 1, 1], dtype), 3, match="not implemented")


def test_errors_of_searchsorted():
    x, two = np.array([1, 3, 5]), np.array([[1, 3, 5], [2, 4, 6]])
    check_error(*columns("searchsorted"), x, 3, side="x", match="'left' or 'right'")
    check_error(*columns("searchsorted"), x, 3, side="left", right=True, match="opposites")
    check_error(*columns("searchsorted"), two, np.array([3]), match="must match")
    check_error(*columns("searchsorted"), two, 3, match="must match")
    check_error(*columns("searchsorted"), np.array(1), np.array(1))
    check_error(*columns("searchsorted"), x, x, sorter=x[:2], match="same size")
    check_error(*columns("searchsorted"), x, x, sorter=x, match="out of range")
    check_error(*columns("searchsorted"), x, x, sorter=(x % 3).astype("int32"), match="int64")
    check_error(*columns("searchsorted"), x > 2, x > 2, match="bools")
    check_error(*columns("searchsorted"), [1, 2], 3, match="must be Tensor, not list")
    check_error(*columns("bucketize"), x, two, match="1 dimension")
    check_error(*columns("bucketize"), [1], x, match="Tensor or number")


@same_script
def test_bins_without_a_width(torch):
    return [torch.tensor([1e30]).histc(bins) for bins in (1, 2, 3)]
