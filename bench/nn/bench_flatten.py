"""Flatten: a view, so the size does not matter."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/flatten", size=[(16, 1, 28, 28)])
def flatten(torch, device, size):
    """Forward and backward."""
    layer = torch.nn.Flatten()
    return layer_step(torch, device, layer, size)
