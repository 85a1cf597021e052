"""A step of several schedulers."""

from bench.optim.lr_scheduler.bench_scheduler import stepping
from bench.timing import lesson


@lesson("optim/lr_scheduler/chain")
def sequence(torch, device, size):
    return stepping(
        torch,
        lambda s, optimizer: s.SequentialLR(
            optimizer, [s.LinearLR(optimizer), s.ExponentialLR(optimizer, 1.0)], [5]
        ),
    )


@lesson("optim/lr_scheduler/chain")
def chained(torch, device, size):
    return stepping(
        torch,
        lambda s, optimizer: s.ChainedScheduler([s.LinearLR(optimizer), s.StepLR(optimizer, 30)]),
    )
