"""erf, erfc, erfinv, lgamma, digamma, polygamma, mvlgamma, i0: digits, edges and gradients."""

import math

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

DOMAINS = {
    "erf": "real",
    "erfc": "real",
    "erfinv": lambda rng, shape: rng.uniform(-0.99, 0.99, shape),
    "lgamma": "positive",
    "digamma": "positive",
    "i0": "real",
}
SHAPES = [(3, 4), (), (0, 3), (1,), (2, 1, 5), (40, 33), (3, 4, 2)]
EDGES = [0.0, -0.0, 0.5, -0.7, 1.0, 2.0, 1.7, -1.7, 9.5, 30.0, 1e-30, -1e-30, 1e30]


@pytest.mark.parametrize("name", DOMAINS)
def test_values_and_gradients(name):
    # The second derivative of lgamma, polygamma(1), has ten digits only in torch: see below.
    dtypes = ("float32",) if name == "digamma" else ("float32", "float64")
    specials = ("nan", "ties")
    sweep(*columns(name), *SHAPES, domain=DOMAINS[name], specials=specials, dtypes=dtypes)
    second = name != "lgamma"
    check(*columns(name), np.abs(array(3, 4)) % 0.9 + 0.05, second=second)


@pytest.mark.parametrize("name", DOMAINS)
def test_edges(name):
    for dtype in ("float32", "float64"):
        for x in (*EDGES, np.inf, -np.inf, np.nan):
            gradients = not (name == "digamma" and dtype == "float64")
            check(*columns(name), np.array([x, x], dtype), gradients=gradients)


def test_poles_of_gamma():
    poles = np.array([0.0, -0.0, -1.0, -2.0, -3.0, -100.0])
    for dtype in ("float32", "float64"):
        check(*columns("lgamma"), poles.astype(dtype))
        check(*columns("digamma"), poles.astype(dtype), gradients=False)
        for n in (2, 3):
            check(*columns(lambda torch, x, n=n: torch.polygamma(n, x)), poles.astype(dtype))


# Python's math has some of them, from the C library.
TRUTH = {"erf": math.erf, "erfc": math.erfc, "lgamma": math.lgamma}


@pytest.mark.parametrize("name", TRUTH)
def test_every_digit(name):
    for dtype in ("float32", "float64"):
        x = np.linspace(-6 if name == "erfc" else 0.01, 26, 20001).astype(dtype)
        truth = np.array([TRUTH[name](float(v)) for v in x])
        y = getattr(scratch, name)(scratch.from_numpy(x)).numpy()
        seen = np.abs(truth) > np.finfo(dtype).tiny * 10
        size = np.abs(truth[seen])
        if name == "lgamma":  # Python's own has not all digits around its zeros at 1 and 2
            size = np.maximum(size, 1)
        wrong = np.abs(y[seen] - truth[seen]) / (np.finfo(dtype).eps * size)
        assert wrong.max() < 12, (x[seen][wrong.argmax()], wrong.max())


def test_gamma_of_small_whole_numbers_is_exact():
    assert scratch.lgamma(scratch.tensor([1.0, 2.0])).tolist() == [0.0, 0.0]
    assert scratch.lgamma(scratch.tensor([1.0, 2.0]).double()).tolist() == [0.0, 0.0]


def test_erfinv_undoes_erf():
    x = np.linspace(-5, 5, 1001)
    back = scratch.erfinv(scratch.erf(scratch.from_numpy(x))).numpy()
    near = np.abs(x) < 1
    assert np.allclose(back[near], x[near], rtol=1e-14)
    assert np.allclose(back, x, rtol=1e-5)


def test_tails():
    for dtype in ("float32", "float64"):
        eps = np.finfo(dtype).eps
        x = 1 - np.array([eps / 2, eps, 3 * eps, 1e-5, 1e-3, 0.0034, 0.0033])
        check(*columns("erfinv"), np.concatenate([x, -x]).astype(dtype), gradients=False)
        for far in (3.0, 5.0, 8.0, 9.0):
            check(*columns("erfc"), np.full(3, far, dtype))


def test_wave_of_negative_numbers():
    x = -np.linspace(0.1, 20.7, 100)
    for dtype in ("float32", "float64"):
        for name in ("lgamma", "digamma"):
            check(*columns(name), x.astype(dtype), gradients=False)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 7])
def test_polygamma(n):
    three = columns(lambda torch, x: torch.polygamma(n, x))
    # torch's n = 1 stops its series after six terms, which leaves 3e-10.
    dtypes = ("float32", "float64") if n != 1 else ("float32",)
    gradients = n != 0
    for dtype in dtypes:
        for x in (np.linspace(0.05, 30, 77), -np.linspace(0.15, 5.7, 50)):
            check(*three, x.astype(dtype), gradients=gradients)
    check(*three, np.array([np.nan, np.inf]), gradients=False)
    if n > 1:
        check(*three, np.array([0.5, 3.0, 20.0]), second=True)


def test_trigamma():
    x = np.array([1.0, 0.5, 2.0, -0.5, 100.0])
    y = scratch.polygamma(1, scratch.from_numpy(x)).numpy()
    truth = [math.pi**2 / 6, math.pi**2 / 2, math.pi**2 / 6 - 1, math.pi**2 / 2 + 4]
    assert np.allclose(y[:4], truth, rtol=1e-15)
    assert abs(y[4] - (1 / 100 + 1 / 2e4 + 1 / 6e6 - 1 / 3e11 + 1 / 42e14)) < 1e-17


@pytest.mark.parametrize("p", [1, 2, 5])
def test_mvlgamma(p):
    x = np.linspace(p / 2, 12, 40)
    for dtype in ("float32", "float64"):
        check(*columns(lambda torch, x: torch.mvlgamma(x, p)), x.astype(dtype))
    check(*columns(lambda torch, x: torch.mvlgamma(x, p)), np.array([3, 4, 5]))
    check(*columns(lambda torch, x: x.mvlgamma(p)), np.array([np.nan, np.inf, 0.2]))


@pytest.mark.parametrize("name", DOMAINS)
def test_large_arrays_and_layouts(name):
    x = np.abs(array(50, 300, 2)) % 0.9
    for layout in (x, x.transpose(2, 0, 1), x[:, ::2], x[::-1], x[0]):
        check(*columns(name), layout, gradients=False)
        check(*columns(name), layout.astype("float64"), gradients=False)
    ours = getattr(scratch, name)(scratch.from_numpy(x.transpose(2, 0, 1)))
    assert ours.stride() == (1, 600, 2)


@pytest.mark.parametrize("name", DOMAINS)
def test_other_dtypes(name):
    for dtype in ("uint8", "int8", "int16", "int32", "int64", "bool"):
        check(*columns(name), np.array([1, 1, 0, 1]).astype(dtype))
        check(*columns(lambda torch, x: torch.polygamma(2, x)), np.array([1, 3]).astype(dtype))
    half = np.linspace(0.05, 0.9, 40).astype("float16")
    check(*columns(name), half, gradients=name != "lgamma")


@pytest.mark.parametrize("name", DOMAINS)
def test_forms(name):
    x = np.abs(array(3, 4)) % 0.9 + 0.05
    check(*columns(lambda torch, x: getattr(x, name)()), x)
    check(*columns(lambda torch, x: getattr(x * 1, f"{name}_")()), x)
    three = columns(lambda torch, x: getattr(torch, name)(x, out=torch.empty(3, 4)))
    check(*three, x, gradients=False)


def test_forms_of_polygamma():
    x = np.abs(array(3, 4)) + 0.5
    check(*columns(lambda torch, x: x.polygamma(2)), x)
    check(*columns(lambda torch, x: (x * 1).polygamma_(2)), x)
    check(*columns(lambda torch, x: torch.polygamma(2, input=x)), x)
    check(*columns(lambda torch, x: (x * 1 + 1).mvlgamma_(2)), x)
    three = columns(lambda torch, x: torch.polygamma(3, x, out=torch.empty(3, 4)))
    check(*three, x, gradients=False)


@same_script
def test_names_and_refusals(torch):
    x, n = torch.tensor([0.25, 0.5], requires_grad=True), torch.tensor([1, 2])
    names = [getattr(x, name)().grad_fn.name() for name in DOMAINS]
    names += [x.polygamma(2).grad_fn.name(), (x + 1).mvlgamma(2).grad_fn.name()]
    errors = [error(torch, lambda name=name: getattr(n, f"{name}_")()) for name in DOMAINS]
    for wrong in (-1, 1.5, True, None, torch.ones(2)):
        errors.append(error(torch, lambda wrong=wrong: torch.polygamma(wrong, x)))
        errors.append(error(torch, lambda wrong=wrong: x.mvlgamma(wrong)))
    errors.append(error(torch, lambda: torch.polygamma(1, 2.0)))
    errors.append(error(torch, lambda: torch.mvlgamma(2.0, 1)))
    return [names, errors]


@pytest.mark.parametrize("name", DOMAINS)
def test_only_tensors(name):
    for wrong in (1.0, [1.0], None):
        check_error(*columns(name), wrong, match=rf"{name}\(\): argument 'input'")


def test_second_derivative_of_i0():
    for x in (np.array([0.0, 1e-20, 0.5, -3.0, 18.0]), np.array([25.0, -30.0, 100.0])):
        check(*columns("i0"), x, second=True)


def test_the_namespace():
    assert set(scratch.special.__all__) <= set(dir(torch.special))
    x = np.array([0.25, 0.5])
    for name in ("expit", "logit", "erf", "gammaln", "psi", "i0", "sinc"):
        ours, theirs = getattr(scratch.special, name), getattr(torch.special, name)
        check(ours, None, theirs, x, gradients=False)
    check(scratch.special.xlogy, None, torch.special.xlogy, x, x)
    with pytest.raises(RuntimeError, match="bool"):
        scratch.mvlgamma(scratch.tensor([True]), 1)


@same_script
def test_erfinv_keeps_its_input(torch):
    x = torch.tensor([0.25, -0.5], requires_grad=True)
    torch.erfinv(x).mul_(2.0).sum().backward()
    return x.grad.isfinite()
