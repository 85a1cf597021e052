"""Group normalization, and normalization by neighbouring channels."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/groupnorm", size=[(2, 4, 4, 4), (64, 32, 16, 16)])
def group_norm(torch, device, size):
    """Forward and backward in four groups."""
    return layer_step(torch, device, torch.nn.GroupNorm(4, size[1]), size)


@lesson("nn/groupnorm", size=[(2, 8, 4, 4), (8, 32, 16, 16)])
def local_response_norm(torch, device, size):
    """Forward and backward over five channels."""
    return layer_step(torch, device, torch.nn.LocalResponseNorm(5), size)
