"""What the optimizers' tests share: steps beside torch's, and state crossing to it and back."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, constant
from tests.columns import COLUMNS


def steps(column, name, options):
    """A function of a start and of gradients: the parameter and the state after each step."""

    def function(start, *gradients):
        p = column.nn.Parameter(start.detach().clone())
        optimizer = getattr(column.optim, name)([p], **options)
        seen = []
        for g in gradients:
            p.grad = g.clone()
            optimizer.step()
            seen += [p.detach().clone(), *(x.clone() for x in optimizer.state[p].values())]
        return seen

    return function


def fifty_steps(name, options, dtype="float32", shape=(3, 4), count=50):
    """Checks that parameters and state stay within the bound at every step."""
    rng = np.random.default_rng(0)
    arrays = [constant(rng.normal(size=shape).astype(dtype)) for _ in range(count + 1)]
    check(*(steps(column, name, options) for column in COLUMNS), *arrays, gradients=False)


def converted(value, column):
    """Tensors of one library as those of another; what holds them is copied."""
    if hasattr(value, "numpy"):
        return column.tensor(value.numpy())
    if isinstance(value, dict):
        return {key: converted(item, column) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(converted(item, column) for item in value)
    return value


def problem(column, name, options):
    """Two groups, of a network's weights and of its biases, and a function that makes a step."""
    weight = column.linspace(-1, 1, 12, dtype=column.float64).reshape(3, 4).requires_grad_()
    bias = column.zeros(3, dtype=column.float64, requires_grad=True)
    groups = [{"params": [weight]}, {"params": [bias], "lr": 0.02}]
    optimizer = getattr(column.optim, name)(groups, **options)

    def step(i):
        x = column.linspace(0, 2, 8, dtype=column.float64).reshape(2, 4) + (i % 5)
        optimizer.zero_grad()
        loss = ((x @ weight.T + bias - 1) ** 2).mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    return (weight, bias), optimizer, step


def resumed(name, options, there):
    """Saves after 25 steps, goes on for 25 in the other library, and compares with 50 in one."""
    source, target = (scratch, torch) if there else (torch, scratch)
    params, optimizer, step = problem(source, name, options)
    for i in range(25):
        step(i)
    others, other, step_there = problem(target, name, {})
    other.load_state_dict(converted(optimizer.state_dict(), target))
    for p, q in zip(params, others, strict=True):
        q.data = target.tensor(p.detach().numpy())
    for i in range(25, 50):
        assert step_there(i) == pytest.approx(step(i), rel=1e-12)
    states = [x.state_dict()["state"] for x in (optimizer, other)]
    assert [list(s) for s in states[0].values()] == [list(s) for s in states[1].values()]
    for key, kept in states[0].items():
        for kind, value in kept.items():
            theirs = states[1][key][kind]
            assert str(theirs.dtype) == str(value.dtype)
            np.testing.assert_allclose(value.numpy(), theirs.numpy(), rtol=1e-11, atol=1e-15)
    assert repr(optimizer) == repr(other)


def state_as_numbers(torch, optimizer):
    """The state_dict of an old version, which kept its count as a number."""
    saved = optimizer.state_dict()
    for kept in saved["state"].values():
        kept["step"] = kept["step"].item()
    for group in saved["param_groups"]:
        for option in ("foreach", "maximize", "differentiable", "fused", "capturable"):
            group.pop(option, None)
    return saved


def training(column, name, **options):
    """The losses of two hundred steps on a small network, and its parameters after them."""
    column.manual_seed(1)
    nn = column.nn
    layers = nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 4)
    model = nn.Sequential(*layers).to(column.float64)
    optimizer = getattr(column.optim, name)(model.parameters(), **options)
    criterion, losses = nn.CrossEntropyLoss(), []
    for _ in range(200):
        x, y = column.randn(8, 6, dtype=column.float64), column.randint(0, 4, (8,))
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, [p.detach().numpy() for p in model.parameters()]


# ---- a step that fails changes nothing ------------------------------------------------------


def prepared(name, **options):
    """An optimizer of three parameters in two groups, after a step."""
    params = [scratch.tensor([1.0, 2.0 + i], requires_grad=True) for i in range(3)]
    groups = [{"params": params[:2]}, {"params": params[2:]}]
    optimizer = getattr(scratch.optim, name)(groups, **options)
    for p in params:
        p.grad = scratch.ones(2)
    optimizer.step()
    return params, optimizer


def wrong_gradient(params, optimizer):
    params[2].data = scratch.ones(5)  # after its gradient was computed


def wrong_option(params, optimizer):
    optimizer.param_groups[1]["lr"] = "0.1"


def wrong_state(params, optimizer):
    state = optimizer.state[params[2]]
    state[next(key for key in state if key != "step")] = scratch.ones(7)


def missing_state(params, optimizer):
    state = optimizer.state[params[2]]
    del state[next(key for key in state if key != "step")]


def read_only(params, optimizer):
    params[2].array.flags.writeable = False


def unchanged(params, optimizer, closure=None):
    """Asserts that the step fails, and that parameters, gradients and state are as before."""

    def seen():
        states = [optimizer.state[p] for p in params]
        state = [{key: value.tolist() for key, value in each.items()} for each in states]
        return [p.tolist() for p in params], state, [p.grad.tolist() for p in params]

    before = seen()
    with pytest.raises((RuntimeError, TypeError, ValueError, KeyError)):
        optimizer.step(closure)
    assert seen() == before
