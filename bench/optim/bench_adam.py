"""One step of Adam over the parameters of a network."""

from bench.optim.bench_sgd import SIZES, one_step
from bench.timing import lesson


@lesson("optim/adam", size=SIZES)
def plain(torch, device, size):
    return one_step(torch, device, size, "Adam")


@lesson("optim/adam", size=SIZES)
def amsgrad_decay(torch, device, size):
    return one_step(torch, device, size, "Adam", amsgrad=True, weight_decay=1e-4)
