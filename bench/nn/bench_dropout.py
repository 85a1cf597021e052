"""Dropout: a random number for each element, and a product."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/dropout", size=[(8, 8), (256, 1024)])
def dropout(torch, device, size):
    """Forward and backward in training."""
    return layer_step(torch, device, torch.nn.Dropout(), size)


@lesson("nn/dropout", size=[(2, 3, 4, 4), (64, 32, 16, 16)])
def dropout2d(torch, device, size):
    """Forward and backward: a random number for each channel."""
    return layer_step(torch, device, torch.nn.Dropout2d(), size)
