"""Batch normalization: sums over the batch, forwards and backwards."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/batchnorm", size=[(32, 16), (256, 512)])
def vectors(torch, device, size):
    """Forward and backward in training; size is batch, channels."""
    return layer_step(torch, device, torch.nn.BatchNorm1d(size[1]), size)


@lesson("nn/batchnorm", size=[(4, 3, 8, 8), (64, 32, 16, 16)])
def images(torch, device, size):
    """Forward and backward in training."""
    return layer_step(torch, device, torch.nn.BatchNorm2d(size[1]), size)


@lesson("nn/batchnorm", size=[(4, 3, 8, 8), (64, 32, 16, 16)])
def evaluation(torch, device, size):
    """Forward and backward with the running statistics."""
    return layer_step(torch, device, torch.nn.BatchNorm2d(size[1]).eval(), size)
