"""A step of the cycles."""

from bench.optim.lr_scheduler.bench_scheduler import stepping
from bench.timing import lesson


@lesson("optim/lr_scheduler/cycle")
def one_cycle(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.OneCycleLR(optimizer, 0.1, 10**9))


@lesson("optim/lr_scheduler/cycle")
def triangles(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.CyclicLR(optimizer, 0.1, 1.0))
