"""One step of RMSprop over the parameters of a network."""

from bench.optim.bench_sgd import SIZES, one_step
from bench.timing import lesson


@lesson("optim/rmsprop", size=SIZES)
def plain(torch, device, size):
    return one_step(torch, device, size, "RMSprop")


@lesson("optim/rmsprop", size=SIZES)
def momentum_centered(torch, device, size):
    return one_step(torch, device, size, "RMSprop", momentum=0.9, centered=True)
