"""Shrinking: comparisons; or a tanh and a difference."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/shrinkage", size=[(8, 8), (256, 1024)])
def softshrink(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.Softshrink(), size)


@lesson("nn/shrinkage", size=[(8, 8), (256, 1024)])
def tanhshrink(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.Tanhshrink(), size)
