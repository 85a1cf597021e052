"""Cosines: fifty steps over several waves, closed forms, restarts, resuming."""

import pytest

from tests.optim.lr_scheduler.schedules import both_ways, resumed, same_schedule
from tests.same_script import error, same_script

SCHEDULES = {
    "cosine": lambda s, o: s.CosineAnnealingLR(o, 50),
    "several waves": lambda s, o: s.CosineAnnealingLR(o, T_max=7, eta_min=0.01),
    "one epoch": lambda s, o: s.CosineAnnealingLR(o, 1),
    "restarts": lambda s, o: s.CosineAnnealingWarmRestarts(o, 10),
    "longer periods": lambda s, o: s.CosineAnnealingWarmRestarts(o, T_0=3, T_mult=2, eta_min=0.02),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_fifty_steps(name):
    same_schedule(SCHEDULES[name])


@pytest.mark.parametrize("name", SCHEDULES)
def test_epochs_given(name):
    same_schedule(SCHEDULES[name], epochs=[1, 5, 3, 30, 0, 7, 8])


def test_fractions_of_epochs():
    epochs = [i / 4 for i in range(50)]
    same_schedule(SCHEDULES["restarts"], epochs=epochs)
    same_schedule(SCHEDULES["longer periods"], epochs=epochs)


@pytest.mark.parametrize("name", SCHEDULES)
@both_ways
def test_resuming_in_the_other_library(name, there):
    resumed(SCHEDULES[name], there)


def test_going_on_from_an_epoch():
    def make(s, optimizer):
        for group in optimizer.param_groups:
            group["initial_lr"] = 0.5
        return s.CosineAnnealingLR(optimizer, 20, 0.01, last_epoch=8)

    same_schedule(make)


@same_script
def test_bad_options(torch):
    s = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.ones(1)], lr=0.1)
    restarts = s.CosineAnnealingWarmRestarts(optimizer, 3)
    return [
        error(torch, function)
        for function in (
            lambda: s.CosineAnnealingLR(optimizer, 0).step(),
            lambda: s.CosineAnnealingWarmRestarts(optimizer, 0),
            lambda: s.CosineAnnealingWarmRestarts(optimizer, 1.5),
            lambda: s.CosineAnnealingWarmRestarts(optimizer, 3, 0),
            lambda: s.CosineAnnealingWarmRestarts(optimizer, 3, 1.5),
            lambda: s.CosineAnnealingWarmRestarts(optimizer, 3, eta_min="0"),
            lambda: restarts.step(-1),
        )
    ]
