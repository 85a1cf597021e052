"""A step of the decays."""

from bench.optim.lr_scheduler.bench_scheduler import stepping
from bench.timing import lesson


@lesson("optim/lr_scheduler/decay")
def step(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.StepLR(optimizer, 30))


@lesson("optim/lr_scheduler/decay")
def exponential(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.ExponentialLR(optimizer, 1.0))


@lesson("optim/lr_scheduler/decay")
def linear(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.LinearLR(optimizer))
