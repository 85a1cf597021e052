"""The base of all schedulers: order of the steps, warnings, state, resuming."""

import gc
import weakref

import pytest
import torch

import scratch
from tests.optim.lr_scheduler.schedules import optimizer_of
from tests.same_script import error, same_script

COLUMNS = pytest.mark.parametrize("column", [scratch, torch])


@same_script
def test_schedulers_of_ones_own(torch):
    class Halving(torch.optim.lr_scheduler.LRScheduler):
        def get_lr(self):
            return [lr / 2**self.last_epoch for lr in self.base_lrs]

    optimizer = optimizer_of(torch)
    scheduler = Halving(optimizer)
    rates = [scheduler.get_last_lr()]
    for _ in range(3):
        optimizer.step()
        scheduler.step()
        rates.append(scheduler.get_last_lr())
    return rates, scheduler.state_dict(), repr(optimizer), scheduler.base_lrs


@same_script
def test_the_old_name(torch):
    s = torch.optim.lr_scheduler
    return s._LRScheduler.__name__, issubclass(s._LRScheduler, s.LRScheduler)


@same_script
def test_what_cannot_be_scheduled(torch):
    s = torch.optim.lr_scheduler
    optimizer = optimizer_of(torch)
    return [
        error(torch, function)
        for function in (
            lambda: s.StepLR(3, 1),
            lambda: s.StepLR(torch.ones(1), 1),
            lambda: s.StepLR(optimizer, 1, last_epoch=3),
        )
    ]


def test_the_base_class_has_no_rates():
    with pytest.raises(NotImplementedError, match="has to define get_lr"):
        scratch.optim.lr_scheduler.LRScheduler(optimizer_of(scratch))


@COLUMNS
def test_the_optimizer_comes_first(column):
    scheduler = column.optim.lr_scheduler.ExponentialLR(optimizer_of(column), 0.9)
    with pytest.warns(UserWarning, match="before `optimizer.step"):
        scheduler.step()
    scheduler.step()  # it says so once


@COLUMNS
def test_a_step_put_in_place_of_the_optimizers(column):
    optimizer = optimizer_of(column)
    scheduler = column.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
    optimizer.step = lambda: None
    with pytest.warns(UserWarning, match="has been overridden"):
        scheduler.step()


@COLUMNS
def test_epochs_are_deprecated(column):
    optimizer = optimizer_of(column)
    scheduler = column.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    optimizer.step()
    with pytest.warns(UserWarning, match="epoch parameter"):
        scheduler.step(2)
    assert scheduler.get_last_lr()[0] == 0.3 * 0.25


@COLUMNS
def test_get_lr_is_for_subclasses(column):
    scheduler = column.optim.lr_scheduler.ExponentialLR(optimizer_of(column), 0.5)
    with pytest.warns(UserWarning, match="get_last_lr"):
        assert scheduler.get_lr() == [0.15, 0.035]


@same_script
def test_a_tensor_stays_the_same_tensor(torch):
    lr = torch.tensor(0.5)
    optimizer = torch.optim.SGD([torch.ones(1)], lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5)
    optimizer.step()
    scheduler.step()
    scheduler.get_last_lr()[0].fill_(7.0)
    group = optimizer.param_groups[0]
    return lr, group["lr"] is lr, group["initial_lr"], scheduler.base_lrs


@same_script
def test_schedulers_and_hooks(torch):
    seen = []
    for scheduler_first in (True, False):
        optimizer = optimizer_of(torch)
        calls = []
        if scheduler_first:
            scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5)
        optimizer.register_step_pre_hook(lambda o, args, kwargs, c=calls: c.append("before"))
        optimizer.register_step_post_hook(lambda o, args, kwargs, c=calls: c.append("after"))
        if not scheduler_first:
            scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, 0.5)
        for _ in range(2):
            calls.append(optimizer.step(lambda: 3.0))
            scheduler.step()
        seen.append((calls, scheduler.get_last_lr()))
    return seen


def test_a_scheduler_does_not_keep_its_optimizer_alive():
    optimizer = optimizer_of(scratch)
    scheduler = scratch.optim.lr_scheduler.StepLR(optimizer, 1)
    optimizer.step()
    known = weakref.ref(optimizer)
    gc.disable()
    try:
        del scheduler, optimizer
        assert known() is None
    finally:
        gc.enable()
