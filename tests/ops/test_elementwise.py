"""relu, exp, log, sqrt, tanh, sigmoid, abs, sign: torch's values and gradients, at kinks too."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

SHAPES = [(3, 4), (), (0, 3), (2, 1, 5), (7,), (40, 33)]
TINY, HUGE = [1e-45, -1e-45, 1e-38], [88.0, 89.0, -88.0, -104.0, 3e38, -3e38, np.inf, -np.inf]
EDGES = np.array([0.0, -0.0, *TINY, 1.0, -1.0, *HUGE, np.nan])
NAMES = ["relu", "exp", "log", "sqrt", "tanh", "sigmoid", "abs", "sign", "sgn"]


@pytest.mark.parametrize("name", ["relu", "abs", "sign", "sgn"])
def test_exact(name):
    sweep(*columns(name), *SHAPES, exact=True)
    check(*columns(name), array(3, 4), second=True)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("exp", "real"),
        ("log", "positive"),
        ("sqrt", "positive"),
        ("tanh", "real"),
        ("sigmoid", "real"),
    ],
)
def test_smooth(name, domain):
    specials = (
        ("nan", "ties", "zeros")
        if domain == "positive"
        else ("nan", "inf", "zeros", "ties", "tiny")
    )
    sweep(*columns(name), *SHAPES, domain=domain, specials=specials)
    check(*columns(name), np.abs(array(3, 4)) + 0.1, second=True)
    check(*columns(name), np.asarray(np.abs(array()) + 0.1), second=True)


@pytest.mark.parametrize("scale", [1e-6, 1e-2, 1, 10, 50])
@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "tanh", "sigmoid"])
def test_many_numbers_of_one_size(name, scale):
    for dtype in ("float32", "float64"):
        x = array(2000, dtype=dtype) * np.asarray(scale, dtype)
        check(*columns(name), np.abs(x) if name in ("log", "sqrt") else x)
        if name in ("exp", "sigmoid"):
            check(*columns(name), -np.abs(x))


def test_sqrt_is_correctly_rounded():
    x = np.abs(array(5000))
    exact = np.sqrt(x.astype(np.float64)).astype(np.float32)
    assert np.array_equal(scratch.from_numpy(x).sqrt().numpy(), exact)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", NAMES)
def test_edges(name, dtype):
    with np.errstate(over="ignore", under="ignore"):
        x = EDGES.astype(dtype)
    check(*columns(name), x, scale=1.0 if name in ("tanh", "sigmoid") else None)


def test_sigmoid_is_right_far_out():
    for dtype in ("float32", "float64"):
        x = np.array([-1e4, -750, -100, -90, -30, 30, 100, 750, 1e4], dtype)
        check(*columns("sigmoid"), x)
        for value in x:  # each by itself: small results must have their digits
            check(*columns("sigmoid"), np.full(4, value))


@pytest.mark.parametrize("function", ["sqrt", "log", "reciprocal"])
def test_relu_stops_an_infinite_gradient(function):
    three = columns(lambda torch, x: getattr(torch, function)(torch.relu(x)))
    check(*three, np.array([-1.0, 0.0, 4.0], "float32"))


def test_relu_lets_nan_through():
    check(*columns("relu"), np.array([np.nan, 1.0, -1.0], "float32"), exact=True)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "int64", "bool"])
@pytest.mark.parametrize("name", NAMES)
def test_integers(name, dtype):
    x = np.array([1, 0, 3]).astype(dtype)
    if dtype == "bool" and name in ("relu", "abs"):
        check_error(*columns(name), x)
    else:
        check(*columns(name), x)
        if dtype not in ("uint8", "bool"):
            check(*columns(name), -x)


def test_integers_become_the_default_dtype():
    scratch.set_default_dtype(scratch.float64)
    try:
        assert scratch.tensor([1, 2]).exp().dtype is scratch.float64
        assert (scratch.tensor([1, 2]) / 2).dtype is scratch.float64
    finally:
        scratch.set_default_dtype(scratch.float32)


@pytest.mark.parametrize("name", NAMES)
def test_half_precision(name):
    x = (
        np.abs(array(50, dtype="float16"))
        if name in ("log", "sqrt")
        else array(50, dtype="float16")
    )
    check(*columns(name), x)


def test_sigmoid_of_half_does_not_overflow():
    ours, _, builtin = columns("sigmoid")
    for x in (-12, -15, 12):  # each by itself
        check(ours, None, builtin, np.full(3, x, "float16"), gradients=False)


@pytest.mark.parametrize("name", NAMES)
def test_methods_and_in_place(name):
    x = np.abs(array(3, 4)) + 0.1
    if name != "relu":  # which has no out=, in torch neither
        three = columns(lambda torch, x: getattr(torch, name)(x, out=torch.empty(3, 4)))
        check(*three, x, gradients=False)
    check(*columns(lambda torch, x: getattr(x, name)()), x)
    check(*columns(lambda torch, x: getattr(x * 1, f"{name}_")()), x)
    check(*columns(lambda torch, x: getattr(x, f"{name}_")()), x, gradients=False)
    check(*columns(lambda torch, x: getattr(x.T, name)() + 1), x)


@same_script
def test_names(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    results = [getattr(x, name)() for name in NAMES] + [x.absolute(), abs(x), (x * 1).relu_()]
    results += [(x * 1).absolute_(), (x * 1).sgn_(), (x * 1).exp_(), (x * 1).sigmoid_()]
    return [y.grad_fn.name() for y in results]


@same_script
def test_refusals(torch):
    leaf, n = torch.ones(2, requires_grad=True), torch.tensor([1, 2])
    tests = [lambda: leaf.relu_(), lambda: n.exp_(), lambda: n.sqrt_()]
    return [error(torch, test) for test in tests] + [leaf, n, n.relu_(), (-n).abs_()]


@pytest.mark.parametrize("name", NAMES)
def test_only_tensors(name):
    for wrong in (1.0, [1.0], None, np.ones(2)):
        for column in (scratch, torch):
            with pytest.raises(
                TypeError, match=rf"{name}\(\).*must be Tensor, not {type(wrong).__name__}|"
            ):
                getattr(column, name)(wrong)
    check_error(*columns(name), 1.0, match=rf"{name}\(\): argument 'input'")


@pytest.mark.parametrize("name", ["abs", "sign", "sgn"])
def test_out_of_another_dtype(name):
    three = columns(lambda torch, x: getattr(torch, name)(x, out=torch.empty(3).double()))
    check_error(*three, np.array([1, -1, 0]), match="dtype")


def test_nothing_is_recorded_without_need():
    x = scratch.tensor([1.0], requires_grad=True)
    with scratch.no_grad():
        assert x.exp().grad_fn is None
    assert scratch.tensor([1.0]).exp().grad_fn is None


@same_script
def test_second_derivative_of_relu_is_zero(torch):
    x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
    (dx,) = torch.autograd.grad(torch.relu(x).sum(), x, create_graph=True)
    return dx, torch.autograd.grad(dx.sum(), x)
