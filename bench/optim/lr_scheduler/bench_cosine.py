"""A step of the cosines."""

from bench.optim.lr_scheduler.bench_scheduler import stepping
from bench.timing import lesson


@lesson("optim/lr_scheduler/cosine")
def annealing(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.CosineAnnealingLR(optimizer, 50))


@lesson("optim/lr_scheduler/cosine")
def restarts(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.CosineAnnealingWarmRestarts(optimizer, 50))
