"""Decays: fifty steps, closed forms, resuming. All learning rates are torch's, bit for bit."""

import pytest
import torch

import scratch
from tests.optim.lr_scheduler.schedules import both_ways, resumed, same_schedule, schedule
from tests.same_script import error, same_script

SCHEDULES = {
    "step": lambda s, o: s.StepLR(o, 7),
    "step gamma": lambda s, o: s.StepLR(o, step_size=3, gamma=0.77),
    "milestones": lambda s, o: s.MultiStepLR(o, [3, 10, 10, 25], gamma=0.3),
    "milestones out of order": lambda s, o: s.MultiStepLR(o, (20, 1), 1.5),
    "exponential": lambda s, o: s.ExponentialLR(o, 0.93),
    "constant": lambda s, o: s.ConstantLR(o),
    "constant factor": lambda s, o: s.ConstantLR(o, factor=0.7, total_iters=11),
    "linear": lambda s, o: s.LinearLR(o),
    "linear down": lambda s, o: s.LinearLR(o, 0.9, 0.1, total_iters=13),
    "polynomial": lambda s, o: s.PolynomialLR(o),
    "polynomial power": lambda s, o: s.PolynomialLR(o, total_iters=31, power=2.3),
}
each = pytest.mark.parametrize("name", SCHEDULES)


@each
def test_fifty_steps(name):
    same_schedule(SCHEDULES[name])


@each
def test_closed_forms(name):
    same_schedule(SCHEDULES[name], epochs=[1, 2, 5, 3, 30, 31, 0, 13])


@each
def test_a_tensor_as_learning_rate(name):
    for ours, theirs in zip(
        *(schedule(c, SCHEDULES[name], lr=c.tensor(0.3), count=20) for c in (scratch, torch)),
        strict=True,
    ):
        assert ours[1] == pytest.approx(theirs[1], rel=1e-5)


@each
@both_ways
def test_resuming_in_the_other_library(name, there):
    resumed(SCHEDULES[name], there)


@each
def test_going_on_from_an_epoch(name):
    options = {"gamma": 0.9, "step_size": 4, "milestones": [3, 9]}

    def make(s, optimizer):
        for group in optimizer.param_groups:
            group["initial_lr"] = 0.5
        kind = type(SCHEDULES[name](s, optimizer))
        needed = {
            key: value for key, value in options.items() if key in kind.__init__.__annotations__
        }
        return kind(optimizer, **needed, last_epoch=8)

    same_schedule(make)


@same_script
def test_bad_options(torch):
    s = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.ones(1)], lr=0.1)
    return [
        error(torch, function)
        for function in (
            lambda: s.ConstantLR(optimizer, factor=1.5),
            lambda: s.ConstantLR(optimizer, factor=-0.5),
            lambda: s.LinearLR(optimizer, start_factor=0),
            lambda: s.LinearLR(optimizer, start_factor=1.5),
            lambda: s.LinearLR(optimizer, end_factor=-0.1),
            lambda: s.StepLR(optimizer),
            lambda: s.StepLR(optimizer, 0),
            lambda: s.ExponentialLR(None, 0.5),
        )
    ]
