"""Factors of one's own: fifty steps, functions that are saved and that are not."""

import pytest

from tests.optim.lr_scheduler.schedules import both_ways, resumed, same_schedule
from tests.same_script import error, same_script


class Power:
    """A function with a state, which is saved."""

    def __init__(self, base):
        self.base = base

    def __call__(self, epoch):
        return self.base**epoch


SCHEDULES = {
    "lambda": lambda s, o: s.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
    "lambdas": lambda s, o: s.LambdaLR(o, [lambda epoch: 0.9**epoch, lambda epoch: epoch // 7]),
    "object": lambda s, o: s.LambdaLR(o, Power(0.93)),
    "multiplicative": lambda s, o: s.MultiplicativeLR(o, lambda epoch: 1 - 0.3 / (1 + epoch)),
    "multiplicatives": lambda s, o: s.MultiplicativeLR(o, (Power(0.99), lambda epoch: 0.9)),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_fifty_steps(name):
    same_schedule(SCHEDULES[name])


@pytest.mark.parametrize("name", SCHEDULES)
def test_epochs_given(name):
    same_schedule(SCHEDULES[name], epochs=[1, 5, 3, 30, 0])


@pytest.mark.parametrize("name", SCHEDULES)
@both_ways
def test_resuming_in_the_other_library(name, there):
    resumed(SCHEDULES[name], there)


@same_script
def test_what_is_saved(torch):
    s, seen = torch.optim.lr_scheduler, []
    for kind in (s.LambdaLR, s.MultiplicativeLR):
        optimizer = torch.optim.SGD([torch.ones(1)], lr=0.1)
        state = kind(optimizer, Power(0.5)).state_dict()
        other = kind(optimizer, Power(0.25))
        other.load_state_dict(state)
        plain = kind(optimizer, lambda epoch: 0.5).state_dict()
        seen.append((state, other.lr_lambdas[0].base, plain))
    return seen


@same_script
def test_bad_options(torch):
    s = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.ones(1)], lr=0.1)
    return [
        error(torch, lambda: s.LambdaLR(optimizer, [abs, abs])),
        error(torch, lambda: s.LambdaLR(optimizer, 3)),
        error(torch, lambda: s.MultiplicativeLR(optimizer, [abs, abs])),
        error(torch, lambda: s.MultiplicativeLR(optimizer, 3)),
    ]
