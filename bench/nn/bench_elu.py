"""Exponential linear units: an exponential forward and another one backward."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/elu", size=[(8, 8), (256, 1024)])
def elu(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.ELU(), size)


@lesson("nn/elu", size=[(8, 8), (256, 1024)])
def selu(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.SELU(), size)
