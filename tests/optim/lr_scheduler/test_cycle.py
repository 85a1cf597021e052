"""Cycles: fifty steps of rates and momenta, every option, resuming."""

import pytest

from tests.optim.lr_scheduler.schedules import both_ways, resumed, same_schedule
from tests.same_script import error, same_script

MOMENTUM = {"momentum": 0.9}
SCHEDULES = {
    "one cycle": (lambda s, o: s.OneCycleLR(o, 0.5, 60), MOMENTUM),
    "one cycle, Adam": (lambda s, o: s.OneCycleLR(o, 0.5, 60), {"name": "Adam"}),
    "linear": (
        lambda s, o: s.OneCycleLR(o, [0.5, 0.2], 60, anneal_strategy="linear"),
        MOMENTUM,
    ),
    "three phases": (
        lambda s, o: s.OneCycleLR(o, 0.5, epochs=6, steps_per_epoch=10, three_phase=True),
        MOMENTUM,
    ),
    "everything": (
        lambda s, o: s.OneCycleLR(
            o, 0.5, 55, pct_start=0.6, base_momentum=[0.7, 0.8], max_momentum=0.99, div_factor=7.0,
            final_div_factor=13.0,
        ),
        {"name": "AdamW"},
    ),
    "no momentum": (lambda s, o: s.OneCycleLR(o, 0.5, 60, cycle_momentum=False), {}),
    "triangles": (lambda s, o: s.CyclicLR(o, 0.01, 0.5, step_size_up=7), MOMENTUM),
    "lower triangles": (
        lambda s, o: s.CyclicLR(o, [0.01, 0.02], 0.5, 7, 4, mode="triangular2"),
        {"name": "Adam"},
    ),
    "powers": (
        lambda s, o: s.CyclicLR(o, 0.01, [0.5, 0.4], 7, mode="exp_range", gamma=0.95),
        MOMENTUM,
    ),
    "own scale": (
        lambda s, o: s.CyclicLR(
            o, 0.01, 0.5, 7, scale_fn=lambda x: 0.9**x, scale_mode="iterations",
            cycle_momentum=False,
        ),
        {},
    ),
    "own scale of cycles": (
        lambda s, o: s.CyclicLR(o, 0.01, 0.5, 7, scale_fn=lambda x: 1 / (1 + x)),
        MOMENTUM,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEDULES)
def test_fifty_steps(name):
    make, options = SCHEDULES[name]
    same_schedule(make, **options)


@pytest.mark.parametrize("name", SCHEDULES)
@both_ways
def test_resuming_in_the_other_library(name, there):
    make, options = SCHEDULES[name]
    resumed(make, there, **options)


@same_script
def test_the_cycle_ends(torch):
    optimizer = torch.optim.SGD([torch.ones(1)], lr=0.1, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.0, 3)
    seen = []
    for _ in range(4):
        optimizer.step()
        seen.append((error(torch, scheduler.step), scheduler.last_epoch))
    return seen


@same_script
def test_bad_options(torch):
    s = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.ones(1)], lr=0.1, momentum=0.9)
    without = torch.optim.Adagrad([torch.ones(1)])
    return [
        error(torch, function)
        for function in (
            lambda: s.OneCycleLR(None, 1.0, 10),
            lambda: s.OneCycleLR(optimizer, 1.0),
            lambda: s.OneCycleLR(optimizer, 1.0, 0),
            lambda: s.OneCycleLR(optimizer, 1.0, 2.5),
            lambda: s.OneCycleLR(optimizer, 1.0, epochs=3),
            lambda: s.OneCycleLR(optimizer, 1.0, epochs=0, steps_per_epoch=3),
            lambda: s.OneCycleLR(optimizer, 1.0, epochs=3, steps_per_epoch=-1),
            lambda: s.OneCycleLR(optimizer, 1.0, 10, pct_start=1.5),
            lambda: s.OneCycleLR(optimizer, 1.0, 10, pct_start=1),
            lambda: s.OneCycleLR(optimizer, 1.0, 10, anneal_strategy="cosine"),
            lambda: s.OneCycleLR(optimizer, [1.0, 2.0], 10),
            lambda: s.OneCycleLR(without, 1.0, 10),
            lambda: s.CyclicLR(None, 0.1, 1.0),
            lambda: s.CyclicLR(optimizer, [0.1, 0.2], 1.0),
            lambda: s.CyclicLR(optimizer, 0.1, 1.0, mode="square"),
            lambda: s.CyclicLR(without, 0.1, 1.0),
        )
    ]
