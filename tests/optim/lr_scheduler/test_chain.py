"""Several schedulers: one after the other, all at once, within each other."""

import pytest

from tests.optim.lr_scheduler.schedules import both_ways, resumed, same_schedule
from tests.same_script import error, same_script

# Making a schedule within a schedule steps twice before the optimizer does: both libraries say so.
pytestmark = pytest.mark.filterwarnings("ignore:.*before `optimizer.step")

SCHEDULES = {
    "warm-up": lambda s, o: s.SequentialLR(
        o, [s.LinearLR(o, 0.1, total_iters=5), s.CosineAnnealingLR(o, 45)], [5]
    ),
    "three": lambda s, o: s.SequentialLR(
        o,
        [s.ConstantLR(o, 0.1, 3), s.ExponentialLR(o, 0.9), s.StepLR(o, 5)],
        milestones=[3, 21],
    ),
    "from the second one on": lambda s, o: s.SequentialLR(
        o, [s.ConstantLR(o, 0.1), s.ExponentialLR(o, 0.9)], [0]
    ),
    "restarts": lambda s, o: s.SequentialLR(
        o, [s.CosineAnnealingWarmRestarts(o, 4), s.LambdaLR(o, lambda epoch: 0.9**epoch)], [10]
    ),
    "within each other": lambda s, o: s.SequentialLR(
        o,
        [
            s.SequentialLR(o, [s.LinearLR(o), s.ExponentialLR(o, 0.9)], [4]),
            s.PolynomialLR(o, 30),
        ],
        [20],
    ),
    "chained": lambda s, o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 4), s.ExponentialLR(o, 0.9)]),
    "chained, with the optimizer": lambda s, o: s.ChainedScheduler(
        (s.StepLR(o, 3, 0.5), s.MultiStepLR(o, [5, 9])), optimizer=o
    ),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_fifty_steps(name):
    same_schedule(SCHEDULES[name])


@pytest.mark.parametrize("name", SCHEDULES)
@both_ways
def test_resuming_in_the_other_library(name, there):
    resumed(SCHEDULES[name], there)


@same_script
def test_what_cannot_be_chained(torch):
    s = torch.optim.lr_scheduler
    optimizer, other = (torch.optim.SGD([torch.ones(1)], lr=0.1) for _ in "ab")
    a, b = s.ExponentialLR(optimizer, 0.9), s.ExponentialLR(other, 0.9)
    plateau = s.ReduceLROnPlateau(optimizer)
    return [
        error(torch, function)
        for function in (
            lambda: s.SequentialLR(optimizer, [], []),
            lambda: s.SequentialLR(optimizer, [a, a], []),
            lambda: s.SequentialLR(optimizer, [a, a], [1, 2]),
            lambda: s.SequentialLR(optimizer, [a, b], [1]),
            lambda: s.SequentialLR(optimizer, [a, plateau], [1]),
            lambda: s.SequentialLR(optimizer, [a, 3], [1]),
            lambda: s.SequentialLR(optimizer, [a], []).step(3),
            lambda: s.ChainedScheduler([]),
            lambda: s.ChainedScheduler([a, b]),
            lambda: s.ChainedScheduler([a], other),
            lambda: s.ChainedScheduler([a, plateau]),
            lambda: s.ChainedScheduler([a, 3]),
        )
    ]
