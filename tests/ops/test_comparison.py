"""Comparisons: every pair of dtypes, NaN, foreign types, closeness; all as torch answers."""

import operator

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error
from tests.columns import array, columns
from tests.same_script import error, same_script

SIX = ["eq", "ne", "lt", "le", "gt", "ge"]
OPERATORS = {name: getattr(operator, name) for name in SIX}
DTYPES = ["float16", "float32", "float64", "uint8", "int8", "int32", "int64", "bool"]
NUMBERS = np.array([0.0, -0.0, 1.0, -1.0, 2.5, np.inf, -np.inf, np.nan])


@pytest.mark.parametrize("name", SIX)
def test_two_tensors(name):
    for dtype in ("float32", "float64"):
        a = NUMBERS.astype(dtype)
        check(*columns(name), a[:, None], a)
        check(*columns(lambda torch, a, b: OPERATORS[name](a, b)), a[:, None], a)
    for shapes in (((3, 4), (4,)), ((), (3,)), ((0, 3), (3,)), ((), ())):
        check(*columns(name), *(array(*shape) for shape in shapes))
    check(*columns(lambda torch, a, b: getattr(a.T, name)(b[:, :2])), array(2, 3), array(3, 4))


@pytest.mark.parametrize("second", DTYPES)
@pytest.mark.parametrize("first", DTYPES)
def test_every_pair_of_dtypes(first, second):
    a, b = np.array([0, 1, 3]).astype(first), np.array([1, 1, 2]).astype(second)
    for x, y in ((a, b), (np.asarray(a[2]), b), (a, np.asarray(b[2]))):
        check(*columns(lambda torch, x, y: [getattr(torch, name)(x, y) for name in SIX]), x, y)


@pytest.mark.parametrize("dtype", DTYPES)
def test_numbers(dtype):
    x = np.array([0, 1, 3]).astype(dtype)
    for n in (0, 1, 1.5, -1, 300, True, float("inf"), float("nan"), np.float64(1), np.int64(3)):
        check(*columns(lambda torch, x, n: [f(x, n) for f in OPERATORS.values()]), x, n)
        if not isinstance(n, np.generic):
            check(*columns(lambda torch, x, n: [f(n, x) for f in OPERATORS.values()]), x, n)


@same_script
def test_foreign_types(torch):
    x = torch.tensor([1.0, 2.0])
    answers = [x == other for other in (None, "a", [1.0, 2.0], {}, object)]
    answers += [x != other for other in (None, "a", (1.0, 2.0))]
    refused = [error(torch, lambda f=f: f(x, None)) for f in (operator.lt, operator.ge)]
    return [answers, refused, [x.__eq__("a") is NotImplemented, x.__lt__(None) is NotImplemented]]


@same_script
def test_other_names(torch):
    x, y = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 2.0, 2.0])
    names = ["not_equal", "less", "less_equal", "greater", "greater_equal"]
    return [[getattr(torch, name)(x, y), getattr(x, name)(2)] for name in names]


def test_answers_need_no_gradient():
    x = scratch.tensor([1.0], requires_grad=True)
    for y in (x > 0, x == x, scratch.isnan(x), scratch.isclose(x, x)):
        assert not y.requires_grad and y.dtype is scratch.bool


def test_inference_mode_marks_answers():
    for column in (scratch, torch):
        x = column.tensor([1.0, 2.0])
        with column.inference_mode():
            for y in (x > 1, column.isnan(x), x.argmax(), (x > 1).sum(), (x > 1) & (x < 2)):
                assert y.is_inference()


def test_numpy_arrays():
    x = scratch.tensor([1.0, 2.0])
    assert ((x == np.array([1.0, 3.0])).tolist()) == [True, False]


# ---- single numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["isnan", "isinf", "isfinite", "isposinf", "isneginf"])
def test_single_numbers(name):
    for dtype in DTYPES:
        x = NUMBERS if dtype.startswith("float") else np.array([0, 1, 3])
        check(*columns(name), x.astype(dtype))
    check(*columns(name), array())
    check(*columns(lambda torch, x: getattr(x, name)()), array(0, 3))
    check_error(*columns(name), 1.0, match=name)


# ---- nearly the same ----------------------------------------------------------------------------


@pytest.mark.parametrize("equal_nan", [False, True])
def test_isclose(equal_nan):
    for dtype in ("float16", "float32", "float64"):
        a = NUMBERS.astype(dtype)
        three = columns(lambda torch, a, b: torch.isclose(a, b, equal_nan=equal_nan))
        check(*three, a[:, None], a)
        b = (np.array([1, 1 + 1e-6, 1 + 1e-4, 1.1, 0, 1e-9, 1e-7, 1e4])).astype(dtype)
        check(*three, b[:, None], b)
        for rtol, atol in ((0, 0), (0.1, 0), (0, 0.1), (1e-3, 1e-3)):
            check(*columns("isclose"), b[:, None], b, rtol, atol, equal_nan)
    for dtype in ("int64", "uint8", "bool"):
        x = np.array([0, 1, 5]).astype(dtype)
        check(*columns("isclose"), x[:, None], x)
        check(*columns("isclose"), x[:, None], x, 0.5, 1)


@same_script
def test_allclose_and_equal(torch):
    x, nan = torch.tensor([1.0, 2.0]), torch.tensor([float("nan")])
    n = torch.tensor([1, 2])
    return [
        [torch.allclose(x, x + 1e-7), torch.allclose(x, x + 1e-3), x.allclose(x, 0.0, 0.0)],
        [torch.allclose(nan, nan), torch.allclose(nan, nan, equal_nan=True)],
        [torch.equal(x, x), torch.equal(x, n), torch.equal(x, x[:1]), torch.equal(nan, nan)],
        [x.equal(x + 1), torch.equal(torch.ones(0), torch.ones(0)), torch.allclose(n, n)],
        [torch.equal(torch.ones(2, 1), torch.ones(2)), torch.allclose(x, x[0])],
    ]


def test_errors():
    for name in SIX:
        check_error(*columns(name), array(3), array(4), match=r"size of tensor a \(3\)")
        check_error(*columns(name), array(3), "a")
        check_error(*columns(name), 1, array(3), match="input")
    for name in ("isclose", "allclose", "equal"):
        check_error(*columns(name), array(3), 1.0, match="'other' .position 2.")
    for name in ("isclose", "allclose"):
        check_error(
            *columns(name), array(3), array(3, dtype="float64"), match="float32 did not match"
        )
        check_error(*columns(name), array(3), array(4), match="dimension 0")
        check_error(*columns(name), array(3), array(3), -1.0, match="rtol must be")
        check_error(*columns(name), array(3), array(3), 0.0, -1.0, match="atol must be")


def test_integers_that_no_dtype_holds():
    for column in (scratch, torch):
        with pytest.raises(OverflowError):
            _ = column.tensor([1]) > 2**70
