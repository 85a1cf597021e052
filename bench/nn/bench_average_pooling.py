"""Average pooling: windows side by side, and overlapping ones."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/average_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def avg_pool2d(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    return layer_step(torch, device, torch.nn.AvgPool2d(2), size)


@lesson("nn/average_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def avg_pool2d_overlapping(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    return layer_step(torch, device, torch.nn.AvgPool2d(3, stride=2, padding=1), size)
