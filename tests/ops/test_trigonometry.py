"""sin, cos, tan and their inverses, atan2, hypot, sinc, degrees: torch's values and gradients."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

DOMAINS = {
    "sin": "real",
    "cos": "real",
    "tan": "real",
    "asin": "unit",
    "acos": "unit",
    "atan": "real",
    "sinc": "real",
    "deg2rad": "real",
    "rad2deg": "real",
}
ALIASES = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "atan2": "arctan2"}
PAIRS = ["atan2", "hypot"]
EDGES = [0.0, -0.0, 0.5, 1.0, -1.0, 2.0, -2.0, 1e-30, 1e30, np.inf, -np.inf, np.nan]


@pytest.mark.parametrize("name", DOMAINS)
def test_values_and_gradients(name):
    shapes = [(3, 4), (), (0, 3), (1,), (2, 1, 5), (40, 33)]
    sweep(*columns(name), *shapes, domain=DOMAINS[name], specials=("nan", "ties"))
    check(*columns(name), np.abs(array(3, 4)) % 0.9 + 0.05, second=True)
    check(*columns(name), np.asarray(0.5), second=True)


@pytest.mark.parametrize("name", DOMAINS)
def test_edges(name):
    edges = [x for x in EDGES if abs(x) < 100] if name in ("sin", "cos", "tan", "sinc") else EDGES
    for dtype in ("float32", "float64"):
        for x in (*edges, np.inf, np.nan):
            # Each by itself, so that small results must have their digits.
            scale = 1.0 if name in ("sinc", "acos") or dtype == "float32" and x == 2 else None
            check(*columns(name), np.array([x, x], dtype), scale=scale)


@pytest.mark.parametrize("name", PAIRS)
def test_pairs(name):
    shapes = [((3, 4), (3, 4)), ((4, 1), (3,)), ((), (2,)), ((), ()), ((0, 3), (3,))]
    sweep(*columns(name), *shapes, specials=("nan", "inf", "zeros", "ties"))
    check(*columns(name), array(3, 4), array(4, seed=1), second=True)
    for dtype in ("float32", "float64"):
        grid = np.array([(x, y) for x in EDGES[:7] for y in EDGES[:7]], dtype).T.copy()
        check(*columns(name), *grid)
        for a, b in [(np.inf, np.inf), (np.inf, -1.0), (0.0, np.inf), (np.nan, 1.0)]:
            check(*columns(name), np.array([a], dtype), np.array([b], dtype))


@pytest.mark.parametrize("size", [1e-30, 1e-12, 1.0, 1e12, 1e30])
def test_hypot_does_not_overflow(size):
    for dtype in ("float32", "float64"):
        a, b = array(50, dtype=dtype) * np.asarray(size, dtype), array(50, dtype=dtype, seed=1)
        check(*columns("hypot"), a, b * np.asarray(size, dtype))
        check(*columns("hypot"), a, b)


def test_sine_has_its_digits_near_zero():
    for dtype in ("float32", "float64"):
        for name in ("sin", "tan", "asin", "atan"):
            check(*columns(name), (array(100) * 1e-9).astype(dtype))


@pytest.mark.parametrize("name", DOMAINS)
def test_other_dtypes(name):
    for dtype in ("uint8", "int8", "int16", "int32", "int64", "bool", "float16"):
        check(*columns(name), np.array([1, 1, 0, 1]).astype(dtype))
    if name not in ("asin", "acos"):
        check(*columns(name), np.array([[7, 1], [-9, 100]]), scale=1.0 if name == "sinc" else None)
    check(*columns(name), np.linspace(-1, 1, 41).astype("float16"), scale=1.0, gradients=False)


@pytest.mark.parametrize("other", ["uint8", "int64", "bool", "float16", "float32", "float64"])
@pytest.mark.parametrize("dtype", ["uint8", "int64", "bool", "float16", "float32", "float64"])
def test_pairs_of_dtypes(dtype, other):
    a, b = np.array([1, 1, 0]).astype(dtype), np.array([1, 0, 1]).astype(other)
    # torch negates integer operands in their own dtype: unsigned ones wrap round, bools refuse.
    gradients = not {"uint8", "bool"} & {dtype, other}
    check(*columns("atan2"), a, b, gradients=gradients)
    if "float" in dtype + other:
        check(*columns("hypot"), a, b, gradients=gradients)
    else:
        check_error(*columns("hypot"), a, b, match="integers")


@pytest.mark.parametrize("name", DOMAINS)
def test_forms(name):
    x = np.abs(array(3, 4)) % 0.9
    for each in filter(None, (name, ALIASES.get(name))):
        assert getattr(scratch, each) is getattr(scratch, name)
        check(*columns(lambda torch, x, each=each: getattr(x, each)()), x)
        check(*columns(lambda torch, x, each=each: getattr(x * 1, f"{each}_")()), x)
    three = columns(lambda torch, x: getattr(torch, name)(x, out=torch.empty(3, 4)))
    check(*three, x, gradients=False)


@pytest.mark.parametrize("name", [*PAIRS, "arctan2"])
def test_forms_of_pairs(name):
    x, y = array(3, 4), array(4, seed=1)
    check(*columns(lambda torch, x, y: getattr(x, name)(y)), x, y)
    check(*columns(lambda torch, x, y: getattr(x * 1, f"{name}_")(y)), x, y)
    three = columns(lambda torch, x, y: getattr(torch, name)(x, y, out=torch.empty(3, 4)))
    check(*three, x, y, gradients=False)


@same_script
def test_names_and_refusals(torch):
    x, n = torch.tensor([0.25, 0.5], requires_grad=True), torch.tensor([1, 2])
    names = [getattr(x, name)().grad_fn.name() for name in DOMAINS]
    names += [getattr(x, name)(x).grad_fn.name() for name in PAIRS]
    errors = [error(torch, lambda name=name: getattr(n, f"{name}_")()) for name in DOMAINS]
    errors += [error(torch, lambda name=name: getattr(x, name)(1.0)) for name in PAIRS]
    errors += [error(torch, lambda: torch.hypot(torch.ones(2), torch.ones(3)))]
    return [names, errors]


@pytest.mark.parametrize("name", DOMAINS)
def test_only_tensors(name):
    for wrong in (1.0, [1.0], None):
        check_error(*columns(name), wrong, match=rf"{name}\(\): argument 'input'")


@pytest.mark.parametrize("name", PAIRS)
def test_only_pairs_of_tensors(name):
    x = array(2)
    check_error(*columns(name), 1.0, x, match=rf"{name}\(\): argument 'input'")
    check_error(*columns(name), x, 1.0, match=rf"{name}\(\): argument 'other'")


def test_second_derivatives_at_edges():
    def second(column, name):
        x = column.tensor(
            [0.0, -0.0, 1.0, -1.0, 2.0, np.inf, np.nan], dtype=column.float64, requires_grad=True
        )
        (dx,) = column.autograd.grad(getattr(column, name)(x).sum(), x, create_graph=True)
        (ddx,) = column.autograd.grad(dx.sum(), x)
        return ddx.detach().numpy()

    for name in ("asin", "acos", "atan", "tan", "sinc"):
        ours, theirs = second(scratch, name), second(torch, name)
        assert np.allclose(ours, theirs, rtol=1e-12, atol=1e-14, equal_nan=True), name


def test_hypot_keeps_only_what_it_needs():
    def results(torch):
        x, y = torch.ones(2, requires_grad=True), torch.ones(2)
        z = torch.hypot(x, y)
        y.zero_()
        return error(torch, z.sum().backward)

    assert results(scratch) == results(torch) == "none"
