"""sinh, cosh, asinh, acosh, atanh: torch's values and gradients."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script


def above_one(rng, shape):
    return 1.1 + np.abs(rng.standard_normal(shape))


DOMAINS = {"sinh": "real", "cosh": "real", "asinh": "real", "acosh": above_one, "atanh": "unit"}
ALIASES = {"asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh"}


@pytest.mark.parametrize("name", DOMAINS)
def test_values_and_gradients(name):
    shapes = [(3, 4), (), (0, 3), (1,), (2, 1, 5), (40, 33)]
    sweep(*columns(name), *shapes, domain=DOMAINS[name], specials=("nan", "ties"), second=True)


@pytest.mark.parametrize("name", DOMAINS)
def test_edges(name):
    for dtype in ("float32", "float64"):
        for x in (0.0, -0.0, 0.5, 1.0, -1.0, 2.0, -2.0, 1e-30, 80.0, np.inf, -np.inf, np.nan):
            check(*columns(name), np.array([x, x], dtype))


@pytest.mark.parametrize("name", ["sinh", "asinh", "atanh"])
def test_digits_near_zero(name):
    for dtype in ("float32", "float64"):
        check(*columns(name), (array(100) * 1e-9).astype(dtype))


@pytest.mark.parametrize("name", DOMAINS)
def test_other_dtypes(name):
    for dtype in ("uint8", "int8", "int16", "int32", "int64", "bool", "float16"):
        check(*columns(name), np.array([1, 1, 0, 1]).astype(dtype))
    check(*columns(name), np.array([[7, 1], [-9, 30]]))


@pytest.mark.parametrize("name", DOMAINS)
def test_forms(name):
    x = np.abs(array(3, 4)) % 0.9 + (1 if name == "acosh" else 0)
    for each in filter(None, (name, ALIASES.get(name))):
        assert getattr(scratch, each) is getattr(scratch, name)
        check(*columns(lambda torch, x, each=each: getattr(x, each)()), x)
        inverse = name in ALIASES  # torch has no gradient of these in place
        three = columns(lambda torch, x, each=each: getattr(x * 1, f"{each}_")())
        check(*three, constant(x) if inverse else x)
    three = columns(lambda torch, x: getattr(torch, name)(x, out=torch.empty(3, 4)))
    check(*three, x, gradients=False)


@same_script
def test_names_and_refusals(torch):
    x, n = torch.tensor([0.25, 0.5], requires_grad=True), torch.tensor([1, 2])
    names = [getattr(x, name)().grad_fn.name() for name in DOMAINS]
    return [names, [error(torch, lambda name=name: getattr(n, f"{name}_")()) for name in DOMAINS]]


@pytest.mark.parametrize("name", DOMAINS)
def test_only_tensors(name):
    for wrong in (1.0, [1.0], None):
        check_error(*columns(name), wrong, match=rf"{name}\(\): argument 'input'")


def test_second_derivatives_at_edges():
    def second(column, name):
        values = [0.0, -0.0, 1.0, -1.0, 2.0, -2.0, np.inf, np.nan]
        x = column.tensor(values, dtype=column.float64, requires_grad=True)
        (dx,) = column.autograd.grad(getattr(column, name)(x).sum(), x, create_graph=True)
        (ddx,) = column.autograd.grad(dx.sum(), x)
        return ddx.detach().numpy()

    for name in DOMAINS:
        ours, theirs = second(scratch, name), second(torch, name)
        assert np.allclose(ours, theirs, rtol=1e-12, equal_nan=True), name


def test_inverses_in_place_have_names_of_their_own():
    def names(torch):
        x = torch.full((2,), 0.5, requires_grad=True)
        forms = "asinh_ acosh_ atanh_ arcsinh_ arccosh_ arctanh_ sinh_ cosh_".split()
        return [getattr(x * 1, name)().grad_fn.name() for name in forms]

    assert names(scratch) == names(torch)
