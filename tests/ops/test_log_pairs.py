"""logaddexp, logaddexp2, xlogy: torch's values and gradients, with infinities and zeros too."""

import numpy as np
import pytest

from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

SUMS = ["logaddexp", "logaddexp2"]
NAMES = [*SUMS, "xlogy"]
SHAPES = [((3, 4), (3, 4)), ((4, 1), (3,)), ((), (2,)), ((), ()), ((0, 3), (3,)), ((40, 33), (33,))]
DTYPES = ["uint8", "int64", "bool", "float16", "float32", "float64"]
EDGES = [0.0, -0.0, 1.0, -1.0, 2.0, np.inf, -np.inf, np.nan]


@pytest.mark.parametrize("name", SUMS)
def test_sums(name):
    sweep(*columns(name), *SHAPES, specials=("nan", "inf", "zeros", "ties"))
    check(*columns(name), array(3, 4), array(4, seed=1), second=True)
    check(*columns(name), array(30, 40), array(40, seed=1), second=True)


def test_xlogy():
    domain = ("real", "positive")
    sweep(*columns("xlogy"), *SHAPES, domain=domain, specials=("nan", "zeros", "ties"))
    check(*columns("xlogy"), array(3, 4), np.abs(array(4, seed=1)) + 0.1, second=True)


@pytest.mark.parametrize("repeat", [1, 600])  # a few numbers take another way than many
@pytest.mark.parametrize("name", NAMES)
def test_edges(name, repeat):
    for dtype in ("float32", "float64"):
        for a in EDGES:
            for b in EDGES:
                x, y = np.full(repeat, a, dtype), np.full(repeat, b, dtype)
                check(*columns(name), x, y, gradients=repeat == 1, scale=1.0)


@pytest.mark.parametrize("name", SUMS)
def test_equal_numbers_beside_infinities(name):
    x = np.array([0.0, 1.0, -2.0, np.inf, -np.inf] * 200)
    check(*columns(name), x, x.copy(), gradients=False, scale=1.0)


@pytest.mark.parametrize("name", SUMS)
def test_no_overflow(name):
    for size in (600, 5):
        x = array(size) * np.float32(1e4)
        check(*columns(name), x, x[::-1].copy())
        check(*columns(name), x, x + np.float32(1))


@pytest.mark.parametrize("number", [0, 2, 0.5, -1.0, True, float("inf"), float("nan")])
def test_xlogy_of_numbers(number):
    for dtype in ("float32", "float64", "float16"):
        x = np.array([0.0, 0.5, 2.0, np.inf, np.nan], dtype)
        check(*columns(lambda torch, x: torch.xlogy(x, number)), x, gradients=number == number)
        check(*columns(lambda torch, x: torch.xlogy(number, x)), x)
        check(*columns(lambda torch, x: x.xlogy(number)), x, gradients=number == number)
    n = np.array([0, 1, 5])
    check(*columns(lambda torch, n: torch.xlogy(n, number)), n)
    check(*columns(lambda torch, n: torch.xlogy(number, n)), n)
    x = np.array([0.5, 2.0])
    if number == number and 0 < number < 9:
        check(*columns(lambda torch, x: torch.xlogy(x, number)), x, second=True)
        check(*columns(lambda torch, x: torch.xlogy(number, x)), x, second=True)


@pytest.mark.parametrize("other", DTYPES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_pairs_of_dtypes(dtype, other):
    a, b = np.array([1, 1, 0]).astype(dtype), np.array([1, 0, 1]).astype(other)
    check(*columns("xlogy"), a, b, gradients="bool" not in (dtype, other))
    for name in SUMS:
        if "float" in dtype + other:
            # Of a bool operand torch's backward wants the negative, which it refuses.
            check(*columns(name), a, b, gradients="bool" not in (dtype, other))
        else:
            check_error(*columns(name), a, b, match="integers")


@pytest.mark.parametrize("name", NAMES)
def test_half(name):
    a, b = array(700, dtype="float16"), np.abs(array(700, dtype="float16", seed=1))
    check(*columns(name), a, b, gradients=False)


@pytest.mark.parametrize("name", NAMES)
def test_forms(name):
    x, y = array(3, 4), np.abs(array(4, seed=1)) + 1
    check(*columns(lambda torch, x, y: getattr(x, name)(y)), x, y)
    three = columns(lambda torch, x, y: getattr(torch, name)(x, y, out=torch.empty(3, 4)))
    check(*three, x, y, gradients=False)
    if name == "xlogy":
        check(*columns(lambda torch, x, y: (x * 1).xlogy_(y)), x, y)
        check(*columns(lambda torch, x, y: (x * 1).xlogy_(2)), x, y)


@same_script
def test_names_and_refusals(torch):
    x, n = torch.tensor([0.25, 0.5], requires_grad=True), torch.tensor([1, 2])
    names = [getattr(x, name)(x).grad_fn.name() for name in NAMES]
    names += [torch.xlogy(x, 2).grad_fn.name(), torch.xlogy(2, x).grad_fn.name()]
    names += [hasattr(x, f"{name}_") for name in NAMES]
    errors = [error(torch, lambda name=name: getattr(x, name)(1.0)) for name in SUMS]
    errors += [error(torch, lambda name=name: getattr(torch, name)(1.0, x)) for name in SUMS]
    errors += [error(torch, lambda name=name: getattr(torch, name)(x, None)) for name in NAMES]
    errors += [error(torch, lambda: torch.xlogy(1.0, 2.0)), error(torch, lambda: n.xlogy_(n))]
    errors += [error(torch, lambda: torch.xlogy(torch.ones(2), torch.ones(3)))]
    return [names, errors]
