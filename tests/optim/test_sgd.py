"""SGD: every option against torch's, the bits where they are decided, and steps that fail."""

import itertools

import numpy as np
import pytest

import scratch
from tests.checker import check, constant
from tests.columns import COLUMNS
from tests.optim.beside import (
    prepared,
    read_only,
    training,
    unchanged,
    wrong_gradient,
    wrong_option,
    wrong_state,
)
from tests.same_script import error, same_script

OPTIONS = [
    {"momentum": momentum, "dampening": dampening, "weight_decay": weight_decay, **others}
    for momentum, dampening, weight_decay, others in itertools.product(
        [0, 0.9], [0, 0.4], [0, 0.01], [{}, {"maximize": True}, {"nesterov": True}]
    )
    if not others.get("nesterov") or momentum and not dampening
]


def steps(column, count, lr=0.1, **options):
    """A function of a start and of gradients: the parameter after each step, and its momentum."""

    def function(start, *gradients):
        p = column.nn.Parameter(start.detach().clone())
        optimizer = column.optim.SGD([p], lr=lr, **options)
        seen = []
        for g in gradients[:count]:
            p.grad = g.clone()
            optimizer.step()
            seen.append(p.detach().clone())
        buffer = optimizer.state[p].get("momentum_buffer")
        return (*seen, *([] if buffer is None else [buffer.clone()]))

    return function


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", [(3, 4), (), (0, 2)])
def test_options(options, dtype, shape):
    rng = np.random.default_rng(0)
    arrays = [constant(rng.normal(size=shape).astype(dtype)) for _ in range(5)]
    check(*(steps(column, 4, **options) for column in COLUMNS), *arrays, gradients=False, scale=1.0)


def test_bits_where_nothing_is_rounded_twice():
    # A learning rate that is a power of two makes the product exact, so one rounding is left.
    rng = np.random.default_rng(0)
    arrays = [constant(rng.normal(size=(50, 4)).astype("float32")) for _ in range(3)]
    for options in ({}, {"momentum": 0.5}, {"momentum": 0.5, "nesterov": True}, {"maximize": True}):
        columns = [steps(column, 2, lr=0.25, **options) for column in COLUMNS]
        check(*columns, *arrays, gradients=False, exact=True)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"momentum": 0.9},
        {"momentum": 0.9, "nesterov": True, "weight_decay": 1e-3},
        {"momentum": 0.8, "dampening": 0.5},
    ],
    ids=str,
)
def test_two_hundred_steps_of_training(options):
    ours, twin, theirs = (training(column, "SGD", lr=0.05, **options) for column in COLUMNS)
    for losses, parameters in (ours, twin):
        assert losses == pytest.approx(theirs[0], abs=1e-12)
        for p, q in zip(parameters, theirs[1], strict=True):
            np.testing.assert_allclose(p, q, rtol=0, atol=1e-12)


@same_script
def test_parameters_without_gradient_stay(torch):
    a = torch.tensor([1.0], requires_grad=True)
    b = torch.tensor([1.0], requires_grad=True)
    optimizer = torch.optim.SGD([a, b], lr=1.0, momentum=0.9, weight_decay=0.1)
    a.grad = torch.tensor([0.5])
    optimizer.step()
    return a, b, optimizer.state_dict()["state"]


@same_script
def test_each_group_has_its_options(torch):
    a = torch.tensor([1.0], requires_grad=True)
    b = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
    groups = [{"params": [a], "lr": 0.5}, {"params": [b], "momentum": 0.5, "maximize": True}]
    optimizer = torch.optim.SGD(groups, lr=0.25)
    for _ in range(3):
        optimizer.zero_grad()
        (a * 2).sum().backward()
        (b * 3).sum().backward()
        optimizer.step()
        optimizer.param_groups[0]["lr"] *= 0.5  # what a schedule does
    return a, b


@same_script
def test_several_dtypes_in_a_group(torch):
    a = torch.tensor([1.0], requires_grad=True)
    b = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([a, b], lr=0.5)
    (a * b).sum().backward()
    optimizer.step()
    return a, b


@same_script
def test_gradients_are_left_as_they_are(torch):
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    a.grad = torch.tensor([3.0, 4.0])
    g = a.grad
    optimizer = torch.optim.SGD([a], lr=0.5, momentum=0.9, weight_decay=0.5, maximize=True)
    optimizer.step()
    optimizer.step()
    return a.grad, a.grad is g, a


@same_script
def test_tensors_as_options(torch):
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    a.grad = torch.tensor([3.0, 4.0])
    torch.optim.SGD([a], lr=torch.tensor(0.5)).step()
    return a


@same_script
def test_which_implementation_makes_no_difference(torch):
    seen = []
    for options in ({}, {"foreach": True}, {"foreach": False}, {"fused": True}):
        a = torch.tensor([1.0, 2.0], requires_grad=True)
        optimizer = torch.optim.SGD([a], lr=0.5, **options)
        a.grad = torch.tensor([3.0, 4.0])
        optimizer.step()
        seen.append((a, repr(optimizer)))
    return seen


@same_script
def test_differentiable(torch):
    lr = 0.5
    start = torch.tensor([1.0, 2.0], requires_grad=True)
    p = start.clone()
    optimizer = torch.optim.SGD([p], lr=lr, momentum=0.5, weight_decay=0.25, differentiable=True)
    p.grad = torch.tensor([3.0, 4.0])
    optimizer.step()
    optimizer.step()
    (p * p).sum().backward()
    return start.grad, p.detach()


@same_script
def test_bad_options(torch):
    a = torch.ones(1, requires_grad=True)
    SGD = torch.optim.SGD
    return [
        error(torch, function)
        for function in (
            lambda: SGD([a], lr=-0.1),
            lambda: SGD([a], lr=float("nan")),  # which torch takes
            lambda: SGD([a], momentum=-0.1),
            lambda: SGD([a], weight_decay=-0.1),
            lambda: SGD([a], nesterov=True),
            lambda: SGD([a], momentum=0.9, dampening=0.1, nesterov=True),
            lambda: SGD([a], lr=torch.ones(2)),
            lambda: SGD([a], fused=True, differentiable=True),
            lambda: SGD([a], fused=True, foreach=True),
            lambda: SGD([a], "0.1"),
        )
    ]


def test_changing_parameters_between_forward_and_backward_is_noticed():
    w = scratch.tensor([[1.0]], requires_grad=True)
    optimizer = scratch.optim.SGD([w], lr=0.1)
    x = scratch.tensor([[2.0]], requires_grad=True)
    y = x @ w
    w.grad = scratch.ones(1, 1)
    optimizer.step()
    with pytest.raises(RuntimeError, match="modified by an inplace.*SGD.step, in .*test_sgd.py"):
        y.backward()


# ---- a step that fails changes nothing ------------------------------------------------------


@pytest.mark.parametrize("damage", [wrong_gradient, wrong_option, wrong_state, read_only])
def test_all_or_nothing(damage):
    params, optimizer = prepared("SGD", lr=0.1, momentum=0.9)
    damage(params, optimizer)
    unchanged(params, optimizer)


def test_a_closure_that_fails():
    def closure():
        raise RuntimeError("on purpose")

    unchanged(*prepared("SGD", lr=0.1, momentum=0.9), closure)
