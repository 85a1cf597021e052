"""The compiled kernels give what the rules give, and what torch gives."""

import numpy
import pytest
import torch

import scratch
import torch_impl
from scratch.nn.linear import Addmm
from scratch.ops.softmax import LogSoftmax
from tests.checker import check, constant, sweep

pytest.importorskip("numba", reason="the kernels are Numba's; without it the rules run")

COLUMNS = (scratch, torch_impl, torch)
draw = numpy.random.default_rng(0)


@pytest.fixture(autouse=True)
def kernels():
    with scratch.set_backend("numba"):
        yield


def functions(name):
    return [getattr(column.nn.functional, name) for column in COLUMNS]


def numbers(*shape, dtype="float32"):
    return draw.standard_normal(shape).astype(dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
@pytest.mark.parametrize("n", [0, 1, 2, 7, 64, 300])
def test_linear(n, dtype):
    x, weight, bias = (numbers(*shape, dtype=dtype) for shape in ((n, 32), (64, 32), (64,)))
    check(*functions("linear"), x, weight, bias, scale="terms")
    check(*functions("linear"), constant(x), weight, bias, scale="terms")
    check(*functions("linear"), x, constant(weight), bias, scale="terms")
    check(*functions("linear"), x, weight, constant(bias), scale="terms")


@pytest.mark.parametrize("special", [numpy.nan, numpy.inf, -numpy.inf, -0.0, 1e-45, 3e38])
def test_linear_of_special_numbers(special):
    x, weight, bias = numbers(3, 5), numbers(4, 5), numbers(4)
    x[1, 2] = weight[2, 2] = bias[3] = special
    check(*functions("linear"), x, weight, bias, scale="terms")


def test_linear_with_gaps_in_memory():
    x, weight, bias = numbers(32, 7).T, numbers(32, 64).T, numbers(128)[::2]
    check(*functions("linear"), x, weight, bias, scale="terms")


@pytest.mark.parametrize("dim", [0, 1, -1])
def test_log_softmax(dim):
    shapes = [(4, 10), (1, 3), (300, 100), (0, 3), (2, 3, 4)]
    for shape in shapes:
        sweep(*functions("log_softmax"), shape, dim=dim)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("n", [1, 3, 64, 3000])
def test_cross_entropy(n, reduction):
    for dtype in ("float32", "float64"):
        x, target = numbers(n, 10, dtype=dtype), draw.integers(0, 10, n)
        check(*functions("cross_entropy"), x, target, reduction=reduction)
        target[::3] = -100
        check(*functions("cross_entropy"), x, target, reduction=reduction)


def test_a_class_out_of_range_is_still_an_error():
    with pytest.raises(IndexError, match="Target 10 is out of bounds"):
        scratch.nn.functional.cross_entropy(scratch.zeros(3, 10), scratch.tensor([0, 10, 2]))


def test_relu():
    sweep(scratch.relu, torch_impl.relu, torch.relu, (3, 5), (1000,), (), (0, 3), exact=True)


def test_gradients_of_gradients_leave_it_to_the_rules():
    x, weight, bias = numbers(3, 5), numbers(4, 5), numbers(4)
    target = draw.integers(0, 4, 3)

    def loss(column):
        linear, cross_entropy = column.nn.functional.linear, column.nn.functional.cross_entropy
        return lambda *args: cross_entropy(linear(*args).relu(), column.tensor(target))

    check(*map(loss, COLUMNS), x, weight, bias, second=True)


def test_the_backend_is_what_was_chosen():
    assert scratch.get_backend() == "numba" and Addmm.active is not Addmm
    with scratch.set_backend("numpy"):
        assert scratch.get_backend() == "numpy" and Addmm.active is Addmm
    assert LogSoftmax.active is not LogSoftmax
    with pytest.raises(ValueError, match="the backends are"):
        scratch.set_backend("cupy")


def test_kernels_come_in_once_they_pay_off(monkeypatch):
    from scratch import _backends

    with scratch.set_backend("auto"):
        monkeypatch.setattr(_backends._state, "steps", 0)
        monkeypatch.setattr(_backends, "STEPS_BEFORE_KERNELS", 3)
        w = scratch.tensor([1.0], requires_grad=True)
        optimizer = scratch.optim.SGD([w], lr=0.1)
        running = []
        for _ in range(4):
            optimizer.step()
            running.append(scratch.get_backend())
    assert running == ["numpy", "numpy", "numba", "numba"]
