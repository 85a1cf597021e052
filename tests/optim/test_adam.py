"""Adam: every option for fifty steps beside torch, state that crosses, and steps that fail."""

import copy
import itertools
import pickle

import numpy as np
import pytest
import torch

import scratch
from tests.optim.beside import (
    fifty_steps,
    missing_state,
    prepared,
    problem,
    read_only,
    resumed,
    state_as_numbers,
    training,
    unchanged,
    wrong_gradient,
    wrong_option,
    wrong_state,
)
from tests.same_script import error, same_script

ALL = ["Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta"]
OPTIONS = [
    {"weight_decay": decay, "amsgrad": amsgrad, **others}
    for decay, amsgrad, others in itertools.product(
        [0, 0.1], [False, True], [{}, {"maximize": True}, {"betas": (0.3, 0.5), "eps": 1e-3}]
    )
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_options(options, dtype):
    fifty_steps("Adam", {"lr": 0.05, **options}, dtype)


@pytest.mark.parametrize("shape", [(), (0, 2), (1,), (2, 3, 4)])
def test_shapes(shape):
    fifty_steps("Adam", {"weight_decay": 0.1}, shape=shape, count=5)


def test_decoupled_decay():
    fifty_steps("Adam", {"weight_decay": 0.1, "decoupled_weight_decay": True})


def test_betas_at_the_border():
    fifty_steps("Adam", {"betas": (0.0, 0.0)})


def test_halves():
    fifty_steps("Adam", {"lr": 0.05, "eps": 1e-3}, "float16", count=10)


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("options", [{}, {"amsgrad": True, "weight_decay": 0.1}], ids=str)
def test_resuming_in_the_other_library(options, there):
    resumed("Adam", options, there)


@same_script(rtol=1e-6, atol=1e-6)
def test_tensors_as_options(torch):
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    a.grad = torch.tensor([3.0, 4.0])
    betas = torch.tensor([0.8]), torch.tensor(0.9)
    optimizer = torch.optim.Adam([a], lr=torch.tensor(0.5), betas=betas)
    optimizer.step()
    optimizer.step()
    return a, [b.shape for b in optimizer.param_groups[0]["betas"]]


@same_script
def test_bad_options(torch):
    a = torch.ones(1, requires_grad=True)
    half, two = torch.tensor(0.5), torch.ones(2) / 2

    def adam(*args, **options):
        return error(torch, lambda: torch.optim.Adam([a], *args, **options))

    return [
        adam(-0.1),
        adam("0.1"),
        adam(float("nan")),
        adam(torch.ones(2)),
        adam(eps=-1e-8),
        adam(weight_decay=-0.1),
        adam(betas=(1.0, 0.9)),
        adam(betas=(0.9, -0.1)),
        adam(betas=(0.9, half)),
        adam(betas=(0, 0)),
        adam(betas=(two[:1], half)),
        adam(betas=(two, half)),
        adam(betas=0.9),
        adam(betas=("0.9", 0.9)),
        adam(lr=half, foreach=True),
        adam(betas=(half, half), foreach=True),
        adam(fused=True, differentiable=True),
        adam(fused=True, foreach=True),
        adam(decay=1),
    ]


# ---- what all optimizers that count their steps have in common ----------------------------------


@same_script(rtol=1e-6)
def test_parameters_without_gradient_have_no_state(torch):
    seen = []
    for name in ALL:
        a, b = (torch.tensor([1.0], requires_grad=True) for _ in "ab")
        optimizer = getattr(torch.optim, name)([a, b], weight_decay=0.1)
        a.grad = torch.tensor([0.5])
        optimizer.step()
        seen.append((a, b, optimizer.state_dict(), repr(optimizer)))
    return seen


@pytest.mark.parametrize("shape", [(300, 700), (200_000,), (1, 150_000), (2, 3, 50_000)])
@pytest.mark.parametrize("turned", [False, True])
def test_large_arrays_are_cut_into_pieces(shape, turned):
    rng = np.random.default_rng(0)
    start, g = rng.normal(size=(2, *shape)).astype("float32")
    seen = []
    for column in (scratch, torch):
        small = column.nn.Parameter(column.ones(2))
        p = column.tensor(start)
        p = column.nn.Parameter(p.T if turned and len(shape) == 2 else p)
        optimizer = column.optim.Adam([small, p], lr=0.1, amsgrad=True)
        small.grad = column.ones(2)
        p.grad = column.tensor(g.T.copy() if turned and len(shape) == 2 else g)
        optimizer.step()
        optimizer.step()
        seen.append([x.detach().numpy() for x in (small, p, *optimizer.state[p].values())])
    for ours, theirs in zip(*seen, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


@same_script(rtol=1e-6)
def test_a_tensor_as_learning_rate(torch):
    seen = []
    for name in ALL:
        a = torch.tensor([1.0, 2.0], requires_grad=True)
        a.grad = torch.tensor([3.0, 4.0])
        getattr(torch.optim, name)([a], lr=torch.tensor(0.5)).step()
        seen.append(a)
    return seen


@same_script(rtol=1e-6)
def test_groups_with_options_of_their_own(torch):
    seen = []
    for name in ALL:
        a = torch.tensor([1.0], requires_grad=True)
        b = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
        optimizer = getattr(torch.optim, name)([a, b], lr=0.25)
        c = torch.tensor([1.0], requires_grad=True)
        for i in range(3):
            optimizer.zero_grad()
            (a * b * c * 2).sum().backward()
            optimizer.step()
            if i == 0:
                optimizer.add_param_group({"params": [c], "lr": 0.1, "weight_decay": 0.2})
            optimizer.param_groups[0]["lr"] *= 0.5
        seen.append((a, b, c, optimizer.state_dict()))
    return seen


@same_script
def test_gradients_are_left_as_they_are(torch):
    seen = []
    for name in ALL:
        a = torch.tensor([1.0, 2.0], requires_grad=True)
        a.grad = g = torch.tensor([3.0, 4.0])
        optimizer = getattr(torch.optim, name)([a], weight_decay=0.5, maximize=True)
        optimizer.step()
        optimizer.step()
        seen.append((a.grad, a.grad is g))
    return seen


@same_script(rtol=1e-6)
def test_which_implementation_makes_no_difference(torch):
    seen = []
    for name in ALL:
        fused = {} if name in ("RMSprop", "Adadelta") else {"fused": True}
        for options in ({}, {"foreach": True}, {"foreach": False}, fused):
            a = torch.tensor([1.0, 2.0], requires_grad=True)
            optimizer = getattr(torch.optim, name)([a], lr=0.5, **options)
            a.grad = torch.tensor([3.0, 4.0])
            optimizer.step()
            seen.append((a, repr(optimizer), optimizer.state_dict()))
    return seen


@same_script(rtol=1e-2, atol=1e-4)  # torch computes 1 - beta2^t in float32 here, which cancels
def test_differentiable(torch):
    seen = []
    for name in ALL:
        start = torch.tensor([1.0, 2.0], requires_grad=True)
        scale = torch.tensor([3.0, 4.0], requires_grad=True)
        p = start.clone()
        optimizer = getattr(torch.optim, name)([p], weight_decay=0.25, lr=0.5, differentiable=True)
        for _ in range(2):
            p.grad = scale * scale * 0.1
            optimizer.step()
        (p * p).sum().backward()
        seen.append((start.grad, scale.grad, p.detach()))
    return seen


@same_script
def test_what_the_cpu_cannot_do(torch):
    def step(name, **options):
        p = torch.ones(1, requires_grad=not options.get("differentiable"))
        p.grad = torch.ones(1)
        optimizer = getattr(torch.optim, name)([p], **options)
        return error(torch, optimizer.step), p

    return [step(n, capturable=True) for n in ALL if n != "Adagrad"], [
        step(n, foreach=True, differentiable=True)[0] for n in ALL
    ]


@same_script
def test_the_count_has_the_default_dtype_unless_fused(torch):
    seen = []
    torch.set_default_dtype(torch.float64)
    try:
        for options in ({}, {"fused": True}):
            a = torch.ones(1, dtype=torch.float32, requires_grad=True)
            a.grad = torch.ones(1, dtype=torch.float32)
            optimizer = torch.optim.Adam([a], **options)
            optimizer.step()
            seen.append(str(optimizer.state[a]["step"].dtype))
    finally:
        torch.set_default_dtype(torch.float32)
    return seen


@pytest.mark.parametrize("name", ALL)
def test_files_of_older_versions(name):
    seen = []
    for column in (scratch, torch):
        _, optimizer, step = problem(column, name, {})
        step(0)
        _, other, step = problem(column, name, {})
        other.load_state_dict(state_as_numbers(column, optimizer))
        count = other.state_dict()["state"][0]["step"]
        seen.append((repr(other), str(count), str(count.dtype)))
        step(1)
    assert seen[0] == seen[1]


@same_script(rtol=1e-6)
def test_copies(torch):
    seen = []
    for name in ALL:
        (weight, _), optimizer, step = problem(torch, name, {})
        step(0)
        twin = copy.deepcopy(optimizer)
        again = pickle.loads(pickle.dumps(optimizer))
        step(1)
        params = again.param_groups[0]["params"]
        seen.append((repr(twin), twin.state_dict(), again.state_dict(), params, weight))
    return seen


@same_script(rtol=1e-6)
def test_closures(torch):
    seen = []
    for name in ALL:
        a = torch.tensor([1.0, 2.0], requires_grad=True)
        optimizer = getattr(torch.optim, name)([a])

        def closure(a=a, optimizer=optimizer):
            optimizer.zero_grad()
            loss = (a * a).sum()
            loss.backward()
            return loss

        with torch.no_grad():
            seen.append((optimizer.step(closure).detach(), a))
    return seen


def test_two_hundred_steps_of_training():
    ours, theirs = (training(column, "Adam", lr=0.01)[0] for column in (scratch, torch))
    assert ours == pytest.approx(theirs, abs=1e-10)


# ---- a step that fails changes nothing ----------------------------------------------------------


@pytest.mark.parametrize(
    "damage", [wrong_gradient, wrong_option, wrong_state, missing_state, read_only]
)
@pytest.mark.parametrize("name", ALL)
def test_all_or_nothing(name, damage):
    params, optimizer = prepared(name)
    damage(params, optimizer)
    unchanged(params, optimizer)


@pytest.mark.parametrize("name", ALL)
def test_changes_between_forward_and_backward_are_noticed(name):
    w = scratch.tensor([[1.0]], requires_grad=True)
    optimizer = getattr(scratch.optim, name)([w])
    x = scratch.tensor([[2.0]], requires_grad=True)
    y = x @ w
    w.grad = scratch.ones(1, 1)
    optimizer.step()
    with pytest.raises(RuntimeError, match=rf"modified by an inplace.*{name}.step, in .*test_adam"):
        y.backward()


def test_a_learning_rate_that_is_learned():
    seen = []
    for column in (scratch, torch):
        lr = column.tensor(0.5, requires_grad=True)
        p = column.tensor([1.0, 2.0], requires_grad=True).clone()
        optimizer = column.optim.Adam([p], lr=lr, differentiable=True)
        for _ in range(2):
            p.grad = column.tensor([3.0, 4.0])
            optimizer.step()
        (p * p).sum().backward()
        seen.append(lr.grad.item())
    np.testing.assert_allclose(*seen, rtol=1e-5)
