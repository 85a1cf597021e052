"""Activations of straight lines: comparisons and products."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/hard", size=[(8, 8), (256, 1024)])
def hardtanh(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.Hardtanh(), size)


@lesson("nn/hard", size=[(8, 8), (256, 1024)])
def hardswish(torch, device, size):
    """Forward and backward."""
    return layer_step(torch, device, torch.nn.Hardswish(), size)
