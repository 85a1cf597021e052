"""rsqrt, exp2, expm1, log1p, log2, log10, logit: torch's values and gradients."""

import numpy as np
import pytest

from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

DOMAINS = {
    "rsqrt": "positive",
    "exp2": "real",
    "expm1": "real",
    "log1p": "positive",
    "log2": "positive",
    "log10": "positive",
    "logit": "unit",
}


@pytest.mark.parametrize("name", DOMAINS)
def test_values_and_gradients(name):
    shapes = [(3, 4), (), (0, 3), (2, 1, 5), (40, 33)]
    sweep(*columns(name), *shapes, domain=DOMAINS[name], specials=("nan", "ties"))
    check(*columns(name), np.abs(array(3, 4)) % 0.8 + 0.1, second=True)


@pytest.mark.parametrize("name", ["expm1", "log1p"])
def test_digits_near_zero(name):
    for dtype in ("float32", "float64"):
        check(*columns(name), (array(100) * 1e-9).astype(dtype))


@pytest.mark.parametrize("name", DOMAINS)
def test_edges(name):
    edges = [0.0, 1.0, -1.0, -2.0, np.inf, -np.inf, np.nan]
    if name != "logit":  # whose gradient there is inf or -inf, in torch as vectors are filled
        edges.append(-0.0)
    for dtype in ("float32", "float64"):
        check(*columns(name), np.array(edges, dtype))


def test_rsqrt_is_exact():
    check(*columns("rsqrt"), np.abs(array(2000)), exact="values")


@pytest.mark.parametrize("name", DOMAINS)
def test_integers_and_half(name):
    for dtype in ("uint8", "int64", "bool", "float16"):
        check(*columns(name), np.array([1, 1, 0, 1]).astype(dtype))


@pytest.mark.parametrize("name", DOMAINS)
def test_methods_and_in_place(name):
    x = np.abs(array(3, 4)) % 0.8 + 0.1
    check(*columns(lambda torch, x: getattr(x, name)()), x)
    check(*columns(lambda torch, x: getattr(x * 1, f"{name}_")()), x)
    three = columns(lambda torch, x: getattr(torch, name)(x, out=torch.empty(3, 4)))
    check(*three, x, gradients=False)


@pytest.mark.parametrize("eps", [None, 0, 0.2, 0.5, 0.7, -1.0, True, 1e-6])
def test_logit_clamped(eps):
    three = columns(lambda torch, x: torch.logit(x, eps))
    for dtype in ("float32", "float64", "float16"):
        x = np.array([0.0, 0.1, 0.25, 0.5, 0.75, 1.0, -1.0, 2.0, np.nan, np.inf, -np.inf], dtype)
        check(*three, x)
    check(*three, np.array([0, 1, 2]))
    check(*three, np.array([0.3, 0.4, 0.6]), second=True)
    check(*columns(lambda torch, x: x.logit(eps=eps)), np.array([0.3, 0.4, 0.6]))
    check_error(*columns(lambda torch, x: torch.logit(x, "much")), np.ones(2), match="eps")


@pytest.mark.parametrize("name", DOMAINS)
def test_half_is_rounded_once(name):
    x = np.linspace(0.01, 0.99, 200).astype("float16")
    check(*columns(name), x, gradients=False)


@same_script
def test_names_and_refusals(torch):
    x, n = torch.tensor([0.25, 0.5], requires_grad=True), torch.tensor([1, 2])
    names = [getattr(x, name)().grad_fn.name() for name in DOMAINS]
    return [names, [error(torch, lambda name=name: getattr(n, f"{name}_")()) for name in DOMAINS]]


@pytest.mark.parametrize("name", DOMAINS)
def test_only_tensors(name):
    check_error(*columns(name), 1.0, match=rf"{name}\(\): argument 'input'")
    check_error(*columns(name), [1.0])
