"""Rectifiers that leak: one pass over the input, and a sum for a learned slope."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/rectifiers", size=[(8, 8), (256, 1024)])
def leaky_relu(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.LeakyReLU(), size)


@lesson("nn/rectifiers", size=[(8, 8), (256, 1024)])
def prelu(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.PReLU(), size)
