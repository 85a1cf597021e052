"""unique, unique_consecutive, bincount, count_nonzero: values, order, NaN, dtypes, errors."""

import itertools

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant
from tests.columns import array, columns
from tests.same_script import error, same_script

NAN = float("nan")
DTYPES = ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]
FLAGS = list(itertools.product((False, True), (False, True)))
consecutive = columns(  # by name: torch mistakes one for the other if they are not
    lambda torch, x, dim, inverse, counts: torch.unique_consecutive(
        x, return_inverse=inverse, return_counts=counts, dim=dim
    )
)
SHAPES = [(), (1,), (0,), (17,), (3, 4), (2, 40), (0, 3), (300,)]


def some(dtype, shape, kinds=5):
    x = np.random.default_rng(0).integers(0, kinds, shape)
    return np.asarray(x - 2 if dtype[0] in "fi" else x).astype(dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_unique(dtype):
    for shape, (inverse, counts) in itertools.product(SHAPES, FLAGS):
        x = constant(some(dtype, shape))
        check(*columns("unique"), x, True, inverse, counts, exact=True)
        check(*columns(lambda torch, x: x.unique(sorted=False)), x, exact=True)
        check(*consecutive, x, None, inverse, counts, exact=True)
    for kinds in (100, 30_000):
        if dtype[0] == "f" or "64" in dtype or "32" in dtype:
            check(*columns("unique"), constant(some(dtype, (200,), kinds)), True, True, True)


@pytest.mark.parametrize("dtype", DTYPES)
def test_unique_slices(dtype):
    for shape, dim in itertools.product([(12, 2), (3, 4), (2, 9, 2), (3, 12), (0, 3)], (0, 1, -1)):
        if 0 in shape and dim != 0:
            continue
        for inverse, counts in FLAGS:
            x = constant(some(dtype, shape, 2))
            check(*columns("unique"), x, True, inverse, counts, dim, exact=True)
            check(*consecutive, x, dim, inverse, counts, exact=True)
    check(*columns("unique"), constant(some(dtype, (9,))), dim=0, return_inverse=True)


def test_unique_of_nan_and_zeros():
    x = np.array([NAN, 1.0, -0.0, 0.0, NAN, 1.0, -0.0, 2.0, np.inf, -np.inf], "float32")
    for each in (x, x[1:4], x[3:7], x[:0], x.reshape(2, 5), x[[3, 2]]):
        check(*columns("unique"), constant(each), exact="signed")
        check(*columns("unique"), constant(each), True, True, True, exact="signed")
        check(*consecutive, constant(each), None, True, True, exact="signed")
    rows = np.array([[-0.0, 1.0], [0.0, 1.0], [0.0, -1.0]], "float32")
    check(*columns("unique"), constant(rows), dim=0, return_inverse=True, exact="signed")
    many = np.where(np.random.default_rng(0).random((40, 1)) < 0.5, -0.0, 0.0)
    check(*columns("unique"), constant(many), dim=0, exact="signed")
    wide = np.random.default_rng(0).integers(-1, 2, (40, 9)) * np.array([[-1e30] + 8 * [0.5]])
    check(*columns("unique"), constant(wide[:, :3]), dim=0, exact="signed")
    check(*columns("unique"), constant(np.round(wide)), dim=0, return_counts=True)


def test_unique_of_large_integers():
    x = np.array([2**63 - 1, -(2**63), 0, 2**63 - 1, 5, -(2**63)])
    for each in (x, x[2:], np.tile(x, 20)):
        check(*columns("unique"), each, True, True, True)
    check(*columns("unique"), (np.arange(40) % 7 + 2**62), True, True, True)


@same_script
def test_unique_has_no_derivative(torch):
    x = torch.tensor([1.0, 2.0, 1.0], requires_grad=True)
    m = torch.ones(2, 2, requires_grad=True)
    results = [x.unique(), x.unique(dim=0), x.unique_consecutive(), m.unique_consecutive(dim=0)]
    results += [x.unique(return_counts=True)[0]]
    flags = [y.requires_grad for y in x.unique(return_inverse=True, return_counts=True)]
    errors = [error(torch, y.sum().backward) for y in results]
    return [[y.grad_fn.name() for y in results], errors, flags]


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "int32", "int64"])
def test_bincount(dtype):
    for x in ([1, 3, 1], [0], [], [5, 0, 5, 5, 2]):
        x = np.array(x, dtype)
        for least in (0, 3, 9):
            check(*columns("bincount"), x, minlength=least)
            for kind in ("float32", "float64", "float16", "int64", "bool"):
                weights = constant(np.arange(len(x)).astype(kind))
                check(*columns("bincount"), x, weights, least)
    check(*columns(lambda torch, x: x.bincount()), np.array([2, 2], dtype))


def test_bincount_refuses():
    x = np.array([1, 2])
    check_error(*columns("bincount"), np.array([-1]), match="non-negative")
    check_error(*columns("bincount"), np.array([[1]]), match="1-d")
    check_error(*columns("bincount"), x, minlength=-1, match="minlength should be >= 0")
    check_error(*columns("bincount"), x, constant(array(3)), match="same length")
    check_error(*columns("bincount"), x, [1.0, 2.0], match="weights.*Tensor")
    for dtype in ("float32", "bool"):
        check_error(*columns("bincount"), constant(x.astype(dtype)), match="not implemented")


@same_script
def test_bincount_has_no_derivative(torch):
    weights = torch.ones(2, requires_grad=True)
    y = torch.tensor([0, 1]).bincount(weights)
    return [y.requires_grad, error(torch, y.sum().backward)]


@pytest.mark.parametrize("dtype", DTYPES)
def test_count_nonzero(dtype):
    for shape in [*SHAPES, (2, 3, 4)]:
        x = constant(some(dtype, shape, 3))
        check(*columns("count_nonzero"), x)
        check(*columns(lambda torch, x: x.count_nonzero(0)), x)
        check(*columns(lambda torch, x: x.count_nonzero(axis=-1)), x)
        if len(shape) > 1:
            for dim in ((0, 1), (-1,), (), [1, 0]):
                check(*columns("count_nonzero"), x, dim)
    check(*columns("count_nonzero"), constant(np.array([NAN, -0.0, 0.0, np.inf])))


@same_script
def test_errors(torch):
    x = torch.ones(2, 3)
    tests = [
        lambda: x.unique(dim=2),
        lambda: torch.ones(()).unique(dim=0),
        lambda: torch.empty(3, 0).unique(dim=0),
        lambda: torch.empty(3, 0).unique_consecutive(dim=0),
        lambda: torch.unique([1]),
        lambda: torch.unique_consecutive(1),
        lambda: x.unique(axis=0),
        lambda: x.count_nonzero(2),
        lambda: x.count_nonzero((0, 0)),
        lambda: torch.count_nonzero(x, 0, 1),
        lambda: x.count_nonzero(0, 1),
        lambda: torch.count_nonzero([1]),
        lambda: torch.bincount([1]),
        lambda: torch.tensor([1]).bincount(minlength=1.5),
    ]
    return [error(torch, test) for test in tests]


def test_many_elements():
    x = np.random.default_rng(0).integers(0, 10**12, 50_000)
    for each in (x, x % 1000, (x % 1000).astype("float32")):
        ours = scratch.from_numpy(each).unique(return_inverse=True, return_counts=True)
        theirs = torch.from_numpy(each).unique(return_inverse=True, return_counts=True)
        for a, b in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(a.numpy(), b.numpy())
