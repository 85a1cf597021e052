"""Smooth activations: an error function or an exponential, and products."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/smooth", size=[(8, 8), (256, 1024)])
def gelu(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.GELU(), size)


@lesson("nn/smooth", size=[(8, 8), (256, 1024)])
def silu(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.SiLU(), size)
