"""median, nanmedian, quantile, nanquantile: values, which of equal ones, NaN, gradients, errors."""

import itertools

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

NAN = float("nan")
NANS = np.array([[NAN, 1.0, 2.0], [3.0, NAN, NAN], [NAN, NAN, NAN], [1, 3, 2]], "float32")
TIES = np.array([[1.0, 5.0, 5.0], [7.0, 7.0, 7.0], [-0.0, 0.0, -1.0]], "float32")
MEDIANS = ["median", "nanmedian"]
QUANTILES = ["quantile", "nanquantile"]
WAYS = ["linear", "lower", "higher", "midpoint", "nearest"]


@pytest.mark.parametrize("name", MEDIANS)
def test_median_of_all(name):
    sweep(*columns(name), (3, 4), (2, 3, 4), (), (1,), exact=True)
    for x in (TIES, NANS, NANS[:3], NANS[2:3], TIES[2], array(5)):
        check(*columns(name), x, exact="values signed")
    check(*columns(name), array(3, 4), exact=True, second=True)
    check(*columns(lambda torch, x: getattr(x, name)()), array(3, 4))
    for dtype in ("float32", "int64", "int32", "uint8", "bool"):
        check(*columns(name), np.zeros((0, 3), dtype), gradients=False)


@pytest.mark.parametrize("name", MEDIANS)
def test_median_along_a_dimension(name):
    for dim, keepdim in itertools.product((0, 1, -1), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: tuple(getattr(torch, name)(x, d, k)))
        layouts = ("contiguous", "transposed", "strided")  # torch reads past expanded dimensions
        sweep(*three, (3, 4), (2, 3, 4), (20, 1), exact=True, layouts=layouts)
        for x in (TIES, NANS):
            check(*three, x, exact="values signed")
        check(*three, array(3, 4), exact=True, second=True)
    check(*columns(lambda torch, x: tuple(getattr(torch, name)(x, 0))), array(), exact=True)
    check(*columns(lambda torch, x: tuple(getattr(x, name)(dim=1))), array(0, 3), exact=True)
    check(*columns(lambda torch, x: tuple(getattr(x, name)(axis=1, keepdims=True))), array(2, 3))


@pytest.mark.parametrize(
    "dtype", ["float16", "float64", "uint8", "int8", "int16", "int32", "int64"]
)
def test_median_of_equal_elements(dtype):
    rng = np.random.default_rng(0)
    for name, n in itertools.product(MEDIANS, (1, 2, 3, 4, 17, 40, 300)):
        x = rng.integers(0, 5, (4, n)).astype(dtype)
        check(*columns(lambda torch, x, m=name: getattr(torch, m)(x)), x)
        check(*columns(lambda torch, x, m=name: tuple(getattr(torch, m)(x, 1))), x)
        check(*columns(lambda torch, x, m=name: tuple(getattr(torch, m)(x, 0))), x)


def test_nothing_but_nan():
    for n in (1, 2, 4, 5, 40, 300):
        x = constant(np.full((2, n), NAN, "float32"))
        check(*columns(lambda torch, x: tuple(torch.nanmedian(x, 1))), x, exact=True)
        check(*columns(lambda torch, x: tuple(torch.median(x, 1))), x, exact=True)
        check(*columns("nanmedian"), x)


def test_median_is_either_zero_as_in_torch():
    rng = np.random.default_rng(0)
    for n in (3, 4, 17, 24, 100):
        x = np.where(rng.random((n, 2)) < 0.5, -0.0, 0.0)
        for each in (x, np.asfortranarray(x), np.append(x, [[1.0, -1.0]], axis=0)):
            check(*columns("median"), constant(each), exact="signed")
            check(*columns("nanmedian"), constant(each), exact="signed")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", QUANTILES)
def test_quantile(name, way):
    for q, dim in itertools.product((0, 0.3, 0.5, 1.0), (None, 0, -1)):
        three = columns(
            lambda torch, x, q=q, d=dim: getattr(torch, name)(x, q, d, interpolation=way)
        )
        sweep(*three, (3, 4), (7,), specials=("nan", "ties", "zeros"), layouts=False)
    three = columns(lambda torch, x: getattr(torch, name)(x, 0.37, 1, True, interpolation=way))
    sweep(*three, (3, 4), (2, 3, 2), (1, 1))
    check(*three, array(3, 4), second=True)
    for x in (NANS, TIES, NANS[2:3]):
        check(*three, x)


@pytest.mark.parametrize("name", QUANTILES)
def test_several_quantiles(name):
    q = np.array([0.1, 0.5, 0.9, 1.0], "float32")
    for dim, keepdim in itertools.product((None, 0, 1, -1), (False, True)):
        three = columns(lambda torch, x, q, d=dim, k=keepdim: getattr(torch, name)(x, q, d, k))
        for x in (array(3, 4), array(2, 3, 4), NANS):
            check(*three, x, constant(q))
        check(*three, array(3, 4), constant(q[:0]))
        check(*three, array(3, 4), constant(q[1]))
        check(*three, array(3, 4), q[1:3])  # the share has a gradient too
    check(*columns(name), array(), constant(q))
    check(*columns(lambda torch, x, q: getattr(x, name)(q, 0, True)), array(), constant(q))
    check(*columns(name), array(5, dtype="float64"), constant(q.astype("float64")))
    for q in (0.5, 1, True):
        check(*columns(lambda torch, x, q=q: getattr(x, name)(q)), array(3, 4))
        check(*columns(lambda torch, x, q=q: getattr(x, name)(q, keepdim=True)), array(3, 4))


@same_script
def test_results(torch):
    x = torch.tensor([[3.0, 1.0, 2.0], [1.0, 1.0, 5.0]])
    values, indices = torch.empty(0), torch.empty(0, dtype=torch.int64)
    result = torch.median(x, 1, out=(values, indices))
    y = torch.empty(2)
    torch.quantile(x, 0.5, 1, out=y)
    return [repr(x.median(0)), repr(x.nanmedian(1)), values, indices, len(result), y]


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]], requires_grad=True)
    results = [x.median(), x.median(0)[0], x.nanmedian(), x.nanmedian(1)[0]]
    return [[y.grad_fn.name() for y in results], x.median(0)[1].requires_grad]


@pytest.mark.parametrize("name", QUANTILES)
def test_errors_of_quantile(name):
    x, q = constant(array(3, 4)), constant(np.array([0.5], "float32"))
    check_error(*columns(name), x, 1.5, match="range .* but got 1.5")
    check_error(*columns(name), x, NAN, match="range")
    check_error(*columns(name), x, constant(np.array([0.5, -1], "float32")), match="range")
    check_error(*columns(name), x, constant(np.array([0.5])), match="same dtype")
    check_error(*columns(name), x, constant(np.array([[0.5]], "float32")), match="1D")
    check_error(*columns(name), x, [0.5], match="must be float or Tensor")
    check_error(*columns(name), x, q, 2, match="range")
    check_error(*columns(name), array(0), 0.5, match="non-empty")
    for dtype in ("int64", "bool", "float16"):
        check_error(*columns(name), constant(np.ones(3, dtype)), 0.5, match="float or double")
    check_error(*columns(name), x, 0.5, interpolation="cubic", match="interpolation must be one of")


@pytest.mark.parametrize("name", MEDIANS)
def test_errors_of_median(name):
    check_error(*columns(name), np.array([True]), match="bools")
    check_error(*columns(name), np.array([True]), 0, match="bools")
    check_error(*columns(name), array(3, 0), 1, match="non-zero size")
    check_error(*columns(name), array(3, 4), 2, match="range")
    check_error(*columns(name), [1.0], match="must be Tensor")


@same_script
def test_wrong_types(torch):
    x = torch.ones(2, 3)
    tests = [lambda: x.median((0, 1)), lambda: x.median(keepdim=True), lambda: x.median("a")]
    tests += [lambda: x.nanmedian(0, 1), lambda: x.quantile("a"), lambda: x.quantile(0.5, (0, 1))]
    return [error(torch, test) for test in tests]


def test_long_rows():
    x = np.random.default_rng(0).standard_normal(300_000).astype("float32")
    for f in (lambda x: x.median(), lambda x: x.median(0).indices, lambda x: x.quantile(0.3)):
        ours, theirs = f(scratch.from_numpy(x)), f(torch.from_numpy(x))
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=1e-6)


def results_of_quantiles(torch):
    x = torch.tensor([[3.0, 1.0, 2.0], [0.0, 5.0, 4.0]], requires_grad=True)
    some = torch.tensor([0.2, 0.7])
    seen = []
    for q in (0.3, some):
        for y in (
            x.quantile(q),
            x.nanquantile(q, 0),
            x.quantile(q, 1, True, interpolation="lower"),
        ):
            seen += [y.grad_fn.name(), y._version, y.shape, y.stride()]
    number = torch.tensor(2.0, requires_grad=True)
    for y in (number.median(0).values, number.nanmedian(0).values, number.quantile(0.5, 0)):
        seen += [y.grad_fn.name(), y.shape]
    return seen


def test_graph_names_versions_and_layouts():
    assert results_of_quantiles(scratch) == results_of_quantiles(torch)
