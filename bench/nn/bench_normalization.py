"""Layer and RMS normalization: sums over each sample, forwards and backwards."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/normalization", size=[(4, 16), (64, 512), (2048, 512)])
def layer_norm(torch, device, size):
    """Forward and backward; size is samples, numbers in each."""
    return layer_step(torch, device, torch.nn.LayerNorm(size[1]), size)


@lesson("nn/normalization", size=[(4, 16), (64, 512), (2048, 512)])
def rms_norm(torch, device, size):
    """Forward and backward; size is samples, numbers in each."""
    return layer_step(torch, device, torch.nn.RMSNorm(size[1]), size)
