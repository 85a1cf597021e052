"""ReduceLROnPlateau: every option over losses that fall, stay and jump."""

import itertools
import math

import pytest
import torch

import scratch
from tests.optim.lr_scheduler.schedules import both_ways, optimizer_of, row
from tests.same_script import error, same_script

LOSSES = [
    3.0, 2.0, 1.9999, 1.9998, 2.5, 1.0, 1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.00005, -2, -2, -2, -2,
    -2, 0.0, 0.0, 0.00001, 0.0, 5.0, 6.0, 7.0, 7.0, math.nan, math.inf, 7.0, 7.0, 8.0, 8.0, 8.0,
]  # fmt: skip
OPTIONS = [
    {"mode": mode, "threshold_mode": threshold_mode, "patience": patience, **others}
    for mode, threshold_mode, patience, others in itertools.product(
        ["min", "max"],
        ["rel", "abs"],
        [0, 2],
        [
            {},
            {"cooldown": 3, "factor": 0.5},
            {"threshold": 0.1, "min_lr": [0.001, 0.05]},
            {"min_lr": 0.002, "eps": 0.01},
        ],
    )
]


def rows(column, options):
    optimizer = optimizer_of(column)
    scheduler = column.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **options)
    seen = []
    for loss in LOSSES:
        scheduler.step(loss)
        seen.append(
            (row(optimizer, scheduler), repr(scheduler.state_dict()), scheduler.in_cooldown)
        )
    return seen


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_options(options):
    assert rows(scratch, options) == rows(torch, options)


@both_ways
def test_resuming_in_the_other_library(there):
    source, target = (scratch, torch) if there else (torch, scratch)
    pairs = []
    for column in (source, target):
        optimizer = optimizer_of(column)
        make = column.optim.lr_scheduler.ReduceLROnPlateau
        pairs.append((optimizer, make(optimizer, patience=1, cooldown=2)))
    (optimizer, scheduler), (other, scheduler_there) = pairs
    for loss in LOSSES[:12]:
        scheduler.step(loss)
    other.load_state_dict(optimizer.state_dict())
    scheduler_there.load_state_dict(scheduler.state_dict())
    for loss in LOSSES[12:]:
        scheduler.step(loss)
        scheduler_there.step(loss)
        assert row(optimizer, scheduler) == row(other, scheduler_there)


@same_script
def test_what_is_watched_may_be_a_tensor(torch):
    optimizer = torch.optim.SGD([torch.ones(1)], lr=torch.tensor(0.5))
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=0)
    for _ in range(3):
        scheduler.step(torch.tensor(2.0, requires_grad=True))
    return scheduler.get_last_lr(), optimizer.param_groups[0]["lr"]


@same_script
def test_groups_added_later(torch):
    seen = []
    for lowest in (0.01, [0.01]):
        optimizer = torch.optim.SGD([torch.ones(1)], lr=0.5)
        scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=0, min_lr=lowest)
        optimizer.add_param_group({"params": [torch.ones(2)]})
        scheduler.step(1.0)
        seen.append((error(torch, lambda s=scheduler: s.step(1.0)), scheduler.get_last_lr()))
    return seen


@same_script
def test_bad_options(torch):
    Plateau = torch.optim.lr_scheduler.ReduceLROnPlateau
    optimizer = torch.optim.SGD([torch.ones(1)], lr=0.5)
    return [
        error(torch, function)
        for function in (
            lambda: Plateau(optimizer, factor=1.0),
            lambda: Plateau(optimizer, mode="less"),
            lambda: Plateau(optimizer, threshold_mode="both"),
            lambda: Plateau(optimizer, min_lr=[0.1, 0.2]),
            lambda: Plateau(None),
            lambda: Plateau(optimizer).step(),
            lambda: Plateau(optimizer).step("low"),
        )
    ]


@pytest.mark.parametrize("column", [scratch, torch])
def test_a_number_of_the_epoch_is_deprecated(column):
    scheduler = column.optim.lr_scheduler.ReduceLROnPlateau(optimizer_of(column))
    with pytest.warns(UserWarning, match="epoch parameter"):
        scheduler.step(1.0, 5)
    assert scheduler.last_epoch == 5
