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


@pytest.mark.parametrize("ins", [0, 1, 3, 4, 5])
@pytest.mark.parametrize("outs", [0, 1, 3, 4, 9])
def test_linear_of_any_size(ins, outs):
    for n in (1, 3, 4, 5):
        x, weight, bias = numbers(n, ins), numbers(outs, ins), numbers(outs)
        check(*functions("linear"), x, weight, bias, scale="terms")


def test_linear_with_gaps_in_memory():
    x, weight, bias = numbers(32, 7).T, numbers(32, 64).T, numbers(128)[::2]
    check(*functions("linear"), x, weight, bias, scale="terms")


@pytest.mark.parametrize("dim", [0, 1, -1])
def test_log_softmax(dim):
    shapes = [(4, 10), (1, 3), (300, 100), (0, 3), (2, 3, 4)]
    for shape in shapes:
        sweep(*functions("log_softmax"), shape, dim=dim, scale="condition")


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("n", [1, 3, 64, 3000])
def test_cross_entropy(n, reduction):
    for dtype in ("float32", "float64"):
        x, target = numbers(n, 10, dtype=dtype), draw.integers(0, 10, n)
        check(*functions("cross_entropy"), x, target, reduction=reduction)
        target[::3] = -100
        check(*functions("cross_entropy"), x, target, reduction=reduction)


@pytest.mark.parametrize("special", [numpy.nan, numpy.inf, -numpy.inf, -0.0, 1e-45, 3e38])
def test_cross_entropy_of_special_numbers(special):
    for row in (0, 1):
        x, target = numbers(3, 4), numpy.array([1, 2, -100])
        x[row, 1] = special
        check(*functions("cross_entropy"), x, target)
    check(*functions("cross_entropy"), numpy.full((3, 4), special, "float32"), target)


def test_cross_entropy_with_gaps_in_memory():
    classes = draw.integers(0, 4, 10)
    for target in (classes[:5], classes[::2], classes[1::2].astype("uint8")):
        check(*functions("cross_entropy"), numbers(4, 5).T, target)
        check(*functions("cross_entropy"), numbers(5, 8)[:, ::2], target)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_cross_entropy_differentiated_twice(reduction):
    x, target = numbers(4, 5, dtype="float64"), numpy.array([1, -100, 0, 4])
    check(*functions("cross_entropy"), x, target, reduction=reduction, second=True)


def test_cross_entropy_looks_like_two_steps():
    def names(torch):
        x = torch.ones(2, 3, requires_grad=True)
        node = torch.nn.functional.cross_entropy(x, torch.tensor([0, 2])).grad_fn
        steps = []
        while node is not None:
            steps.append(node.name())
            node = node.next_functions[0][0] if node.next_functions else None
        return steps

    assert names(scratch)[:2] == names(torch)[:2]


def test_cross_entropy_notices_changes_in_place():
    x = scratch.ones(2, 3, requires_grad=True) * 1
    loss = scratch.nn.functional.cross_entropy(x, scratch.tensor([0, 2]))
    x.zero_()
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        loss.backward()


def test_a_class_out_of_range_is_still_an_error():
    with pytest.raises(IndexError, match="Target 10 is out of bounds"):
        scratch.nn.functional.cross_entropy(scratch.zeros(3, 10), scratch.tensor([0, 10, 2]))


def test_relu():
    sweep(scratch.relu, torch_impl.relu, torch.relu, (3, 5), (1000,), (), (0, 3), exact=True)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_relu_of_special_numbers(dtype):
    tiny = numpy.finfo(dtype).smallest_subnormal
    x = numpy.array([0.0, -0.0, numpy.nan, numpy.inf, -numpy.inf, tiny, -tiny, 1, -1], dtype)
    for array in (x, numpy.tile(x, 5), numpy.tile(x, (5, 1)).T, numpy.repeat(x, 2)[::2]):
        check(scratch.relu, torch_impl.relu, torch.relu, array, exact=True)
    check(scratch.relu, torch_impl.relu, torch.relu, x[:2], exact="signed")


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
