"""One step of Adadelta over the parameters of a network."""

from bench.optim.bench_sgd import SIZES, one_step
from bench.timing import lesson


@lesson("optim/adadelta", size=SIZES)
def plain(torch, device, size):
    return one_step(torch, device, size, "Adadelta")
