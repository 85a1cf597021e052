"""What the schedulers' tests share: fifty steps of any of them, in any column."""

import warnings

import pytest
import torch

import scratch
import torch_impl

COLUMNS = {"scratch": scratch, "torch_impl": torch_impl}


def optimizer_of(column, name="SGD", **options):
    """An optimizer of two groups whose learning rates differ."""
    a, b = (column.ones(2, requires_grad=True) for _ in "ab")
    options = {"lr": 0.3, **options}
    return getattr(column.optim, name)([{"params": [a]}, {"params": [b], "lr": 0.07}], **options)


def numbers(value):
    """Tensors as numbers, so that the columns can be compared."""
    if isinstance(value, (list, tuple)):
        return [numbers(item) for item in value]
    return value.item() if hasattr(value, "item") else value


def row(optimizer, scheduler):
    """What is to be seen of a scheduler between two steps."""
    groups = [
        {key: numbers(value) for key, value in group.items() if key != "params"}
        for group in optimizer.param_groups
    ]
    return getattr(scheduler, "last_epoch", None), numbers(scheduler.get_last_lr()), groups


def advance(optimizer, scheduler, count=1):
    """The rows of some steps."""
    rows = []
    for _ in range(count):
        optimizer.step()
        scheduler.step()
        rows.append(row(optimizer, scheduler))
    return rows


def schedule(column, make, count=50, epochs=None, **options):
    """All rows of a scheduler; with epochs, those of ``scheduler.step(epoch)``."""
    optimizer = optimizer_of(column, **options)
    scheduler = make(column.optim.lr_scheduler, optimizer)
    rows = [row(optimizer, scheduler)]
    if epochs is None:
        return rows + advance(optimizer, scheduler, count)
    for epoch in epochs:
        optimizer.step()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler.step(epoch)
        rows.append(row(optimizer, scheduler))
    return rows


def same_schedule(make, **options):
    """Asserts that both columns give torch's learning rates, bit for bit."""
    expected = schedule(torch, make, **options)
    for name, column in COLUMNS.items():
        assert schedule(column, make, **options) == expected, name


def resumed(make, there, **options):
    """Saves after 20 steps, and goes on for 30 in the other library."""
    source, target = (scratch, torch) if there else (torch, scratch)
    optimizer = optimizer_of(source, **options)
    scheduler = make(source.optim.lr_scheduler, optimizer)
    advance(optimizer, scheduler, 20)
    other = optimizer_of(target, **options)
    scheduler_there = make(target.optim.lr_scheduler, other)
    other.load_state_dict(optimizer.state_dict())
    other.step()
    scheduler_there.load_state_dict(scheduler.state_dict())
    assert list(scheduler.state_dict()) == list(scheduler_there.state_dict())
    assert advance(other, scheduler_there, 30) == advance(optimizer, scheduler, 30)


def both_ways(test):
    """Runs a test with ``there`` True, from scratch to torch, and False."""
    return pytest.mark.parametrize("there", [True, False])(test)
