"""Optimizers and schedulers with random options do in scratch what they do in torch."""

import warnings

import numpy as np
import pytest
import torch

import scratch
from tests.fuzz import comparing
from tests.fuzz.optimizers import OPTIMIZERS, SCHEDULERS, Draw, draw

NUMBER = 500
BLOCK = 100
STEPS = 8


def run(column, this: Draw, other=None) -> dict:
    """The parameters, the learning rates and the state after each step, or what went wrong.

    With ``other``, the other half of the steps is that library's, which loads the state.
    """
    seen: dict = {}
    place = "made"
    random = np.random.RandomState(this.number)
    try:
        start = [array(random, *each) for each in this.parameters]
        losses = random.uniform(0, 1, STEPS).tolist()
        parameters, optimizer, scheduler = begin(column, this, start)
        seen["text"] = repr(optimizer)
        for step in range(STEPS):
            if step == STEPS // 2:
                place = "moved"
                seen["saved"] = plain(optimizer.state_dict())
                if other is not None:
                    column, parameters, optimizer, scheduler = moved(
                        column, other, this, parameters, optimizer, scheduler
                    )
            place = f"step {step}"
            for p in parameters:
                dp = array(random, tuple(p.shape), str(p.dtype).removeprefix("torch."))
                none = random.rand() < 0.2
                p.grad = None if none else column.from_numpy(dp)
            optimizer.step()
            if scheduler is not None:
                scheduler.step(*losses[step : step + 1] * ("Plateau" in this.scheduler))
            rates = [group["lr"] for group in optimizer.param_groups]
            seen[place, "rates"] = np.array(rates)
            seen[place] = [p.detach().numpy().copy() for p in parameters]
        seen["state"] = plain(optimizer.state_dict())
        seen["schedule"] = plain(scheduler.state_dict()) if scheduler is not None else None
    except Exception as error:
        seen["raises"] = type(error).__name__, place
    return seen


def array(random: np.random.RandomState, shape: tuple[int, ...], dtype: str) -> np.ndarray:
    return np.asarray(random.standard_normal(shape)).astype(dtype)


def begin(column, this: Draw, start: list[np.ndarray]) -> tuple:
    """Parameters that start here, and what trains them."""
    parameters = [column.nn.Parameter(column.from_numpy(x.copy())) for x in start]
    groups, taken = [], 0
    for size, own in this.groups:
        groups.append({"params": parameters[taken : taken + size], **eval(own or "{}")})
        taken += size
    names = {"optim": column.optim, "lr_scheduler": column.optim.lr_scheduler}
    optimizer = eval(this.line, {**names, "groups": groups})
    scheduler = this.scheduler and eval(this.scheduler, {**names, "optimizer": optimizer})
    return parameters, optimizer, scheduler or None


def moved(column, other, this: Draw, parameters: list, optimizer, scheduler) -> tuple:
    """The same training in another library, from the states that this one saved."""
    again = begin(other, this, [p.detach().numpy() for p in parameters])
    again[1].load_state_dict(translated(optimizer.state_dict(), other))
    if scheduler is not None:
        again[2].load_state_dict(scheduler.state_dict())
    return (other, *again)


def translated(state, column):
    """Its tensors as those of this library."""
    if isinstance(state, dict):
        return {key: translated(value, column) for key, value in state.items()}
    if isinstance(state, (list, tuple)):
        return type(state)(translated(value, column) for value in state)
    if isinstance(state, (torch.Tensor, scratch.Tensor)):
        return column.from_numpy(state.detach().numpy().copy())
    return state


def plain(state) -> list:
    """All that it holds, in order, arrays and not."""
    found: list = []

    def collect(value, path: str) -> None:
        if isinstance(value, dict):
            for key in sorted(value, key=str):
                collect(value[key], f"{path}.{key}")
        elif isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
            for number, each in enumerate(value):
                collect(each, f"{path}.{number}")
        elif isinstance(value, (torch.Tensor, scratch.Tensor)):
            found.append((path, value.detach().numpy().copy()))
        elif isinstance(value, float):
            found.append((path, np.array(value)))
        elif not callable(value):
            found.append((path, repr(value)))

    collect(state, "")
    return found


def difference(this: Draw) -> str:
    """What scratch does otherwise than torch, or one of them halfway with the other's state."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = run(torch, this)
        runs = run(scratch, this), run(scratch, this, torch), run(torch, this, scratch)
    found = [comparing.unlike(ours, theirs, this, this.dtype) for ours in runs]
    return next(filter(None, found), "")


@pytest.mark.parametrize("block", range(NUMBER // BLOCK))
def test_optimizers(block):
    draws = [draw(number) for number in range(block * BLOCK, (block + 1) * BLOCK)]
    found = comparing.differences(difference, draws)
    assert not found, f"{len(found)} differ; the first:\n{found[0]}"


def test_all_are_drawn_and_most_draws_fit():
    drawn = [draw(number) for number in range(NUMBER)]
    lines = "".join(each.line + each.scheduler for each in drawn)
    ours = scratch.optim, scratch.optim.lr_scheduler
    known = {name for module in ours for name in dir(module) if name[0].isupper()}
    for name in known - {"Optimizer", "LRScheduler"}:
        assert f"{name}(" in lines
    assert known >= {*OPTIMIZERS, *SCHEDULERS}
    fitting = sum("raises" not in run(torch, each) for each in drawn[:50])
    assert 30 < fitting < 50


def test_a_planted_mistake_is_found(monkeypatch):
    this = Draw(1, "optim.SGD(groups, lr=0.1)", "", (((3,), "float64"),), ((1, ""),), "float64")
    assert not difference(this)
    step = scratch.optim.SGD.step
    monkeypatch.setattr(scratch.optim.SGD, "step", lambda self: (step(self), step(self)))
    assert difference(this)


def test_a_number_names_a_training():
    assert draw(5) == draw(5) != draw(6)
