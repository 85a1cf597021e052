"""Adaptive pooling: one mean a channel, and windows of unequal sizes."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/adaptive_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def global_average(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    return layer_step(torch, device, torch.nn.AdaptiveAvgPool2d(1), size)


@lesson("nn/adaptive_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def adaptive_avg_pool2d(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    return layer_step(torch, device, torch.nn.AdaptiveAvgPool2d(7), size)


@lesson("nn/adaptive_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def adaptive_max_pool2d(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    return layer_step(torch, device, torch.nn.AdaptiveMaxPool2d(7), size)
