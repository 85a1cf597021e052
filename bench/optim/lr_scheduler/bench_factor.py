"""A step of schedulers with a function of one's own."""

from bench.optim.lr_scheduler.bench_scheduler import stepping
from bench.timing import lesson


@lesson("optim/lr_scheduler/factor")
def lambda_(torch, device, size):
    return stepping(torch, lambda s, optimizer: s.LambdaLR(optimizer, lambda epoch: 1.0))
