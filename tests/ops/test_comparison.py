"""Comparisons: every pair of dtypes, NaN, foreign types, closeness; all as torch answers."""

import operator

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
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


# ---- forms --------------------------------------------------------------------------------------


@same_script
def test_in_place(torch):
    results = []
    for name in [*SIX, "not_equal", "less", "less_equal", "greater", "greater_equal"]:
        for dtype in (torch.float32, torch.int64, torch.uint8, torch.bool):
            x = torch.tensor([0, 1, 3]).to(dtype)
            results += [getattr(x.clone(), f"{name}_")(other) for other in (1, 1.5, x.flip(0))]
    leaf = torch.ones(2, requires_grad=True)
    y = (leaf * 1).gt_(0.5)
    y.sum().backward()
    results += [y.grad_fn.name(), leaf.grad, error(torch, lambda: leaf.gt_(1))]
    results.append(error(torch, lambda: torch.ones(2).eq_(torch.ones(3, 2))))
    return results


@same_script
def test_out(torch):
    x, y = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0])
    results = []
    for name in SIX:
        for out in (torch.zeros(2), torch.zeros(2).bool(), torch.empty(0).byte()):
            results += [getattr(torch, name)(x, y, out=out), getattr(torch, name)(x, 1, out=out)]
    for f in (torch.isposinf, torch.isneginf, lambda x, out: torch.isin(x, x, out=out)):
        results.append(f(x, out=torch.zeros(2).bool()))
        results.append(error(torch, lambda f=f: f(x, out=torch.zeros(2))))
    return results


# ---- membership ---------------------------------------------------------------------------------


@pytest.mark.parametrize("second", DTYPES)
@pytest.mark.parametrize("first", DTYPES)
def test_isin(first, second):
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 9, (3, 4)).astype(first), np.array([[1, 7], [3, 1]]).astype(second)
    three = columns(lambda torch, a, b: (torch.isin(a, b), torch.isin(a, b, invert=True)))
    if "bool" in (first, second):
        check_error(*columns("isin"), a, b, match="bools")
        return
    check(*three, a, b)
    check(*three, np.asarray(a[0, 0]), b)
    check(*columns("isin"), np.arange(5).astype(first), np.array([2, 3]).astype(second))
    for n in (3, 2.5, -1, 257):
        check(*columns(lambda torch, a, n: torch.isin(a, n)), a, n)
        check(*columns(lambda torch, a, n: torch.isin(n, a)), a, n)


@same_script
def test_isin_of_others(torch):
    x, nan = torch.tensor([1, 2, 3]), torch.tensor([float("nan"), 1.0])
    return [
        torch.isin(nan, nan),
        torch.isin(torch.ones(0), x),
        torch.isin(x, torch.ones(0)),
        torch.isin(elements=x, test_elements=x[1:]),
        torch.isin(x, x[1:], assume_unique=True),
        torch.isin(torch.arange(2000) % 7, torch.tensor([0, 5])),
        error(torch, lambda: torch.isin(2, 2)),
        error(torch, lambda: torch.isin(x, [1])),
        error(torch, lambda: torch.isin(x, "a")),
        error(torch, lambda: torch.isin(x, None)),
        error(torch, lambda: torch.isin(x, True)),
    ]


@same_script
def test_isreal(torch):
    dtypes = (torch.float16, torch.float64, torch.uint8, torch.int8, torch.int64, torch.bool)
    results = [torch.tensor([[0, 1]]).to(dtype).isreal() for dtype in dtypes]
    return [*results, error(torch, lambda: torch.isreal(2))]


@same_script
def test_edges_of_closeness(torch):
    def close(a, b, *args, dtype=torch.int64, **options):
        return torch.isclose(torch.tensor([a], dtype=dtype), torch.tensor([b], dtype=dtype), *args)

    big, inf = 2**62, float("inf")
    x, u = torch.tensor([1.0, inf]), torch.tensor([5, 250], dtype=torch.uint8)
    return [
        close(big, big + 1, 0, 0),
        close(big, big + 1, 0, 0.5),
        close(2**30, 2**30 + 1, 0, 0.5),
        close(-128, 127, 0, 20, dtype=torch.int8),
        torch.isclose(u, u.flip(0), 0, 250),
        torch.isclose(x, x.flip(0), 0, inf),
        torch.isclose(x, x + 1, inf),
        torch.isclose(u > 9, u > 300, 0, 1),
        torch.equal(torch.tensor([2**24 + 1]), torch.tensor([2.0**24])),
        torch.equal(u, u.to(torch.float64)),
        torch.equal(torch.ones(0), torch.ones(0, 3)),
        error(torch, lambda: torch.isclose(x, x, float("nan"))),
        error(torch, lambda: torch.isclose(x, x, "a")),
        error(torch, lambda: torch.isclose(x, 1.0)),
    ]


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.zeros(2).eq_(g)
torch.zeros(2).less_(g)
(g * 1).ge_(2)
(g * 1).ne_(torch.zeros(2))
(x := torch.zeros(2), x.gt_(g), x.sum().backward(), g.grad)[-1]
m < torch.ones(3, 2)
m.int().isreal()
torch.isclose(torch.ones(2), torch.ones(2))._version
torch.isclose(torch.ones(2), torch.ones(2), equal_nan=True)._version
torch.isclose(torch.ones(2), torch.ones(2), 0, 0)._version
torch.isclose(m, torch.ones(3, 2))
""",
    OPERANDS,
)


@same_script
def test_zero_gradients_have_the_dtype_of_what_they_belong_to(torch):
    x, y = torch.ones(2), torch.ones(2, dtype=torch.float64, requires_grad=True)
    x.ne_(y)
    x.mul_(y)
    x.sum().backward()
    return [x, y.grad, x.grad_fn.name()]
