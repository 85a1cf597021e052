"""One step of AdamW over the parameters of a network."""

from bench.optim.bench_sgd import SIZES, one_step
from bench.timing import lesson


@lesson("optim/adamw", size=SIZES)
def plain(torch, device, size):
    return one_step(torch, device, size, "AdamW")
