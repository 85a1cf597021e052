"""Upsampling to twice the size."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/upsampling", size=[(1, 4, 8, 8), (16, 32, 16, 16)])
def nearest(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    return layer_step(torch, device, torch.nn.Upsample(scale_factor=2), size)


@lesson("nn/upsampling", size=[(1, 4, 8, 8), (16, 32, 16, 16)])
def bilinear(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    return layer_step(torch, device, torch.nn.Upsample(scale_factor=2, mode="bilinear"), size)
