"""A step of a scheduler that watches the loss."""

from bench.optim.lr_scheduler.bench_scheduler import optimizer_of
from bench.timing import lesson


@lesson("optim/lr_scheduler/plateau")
def plateau(torch, device, size):
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer_of(torch))
    return lambda: scheduler.step(1.0)
