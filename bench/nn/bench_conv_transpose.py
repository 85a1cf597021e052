"""ConvTranspose2d: images made twice as large."""

from bench.steps import layer_step
from bench.timing import lesson


@lesson("nn/conv_transpose", size=[(2, 4, 4, 3), (32, 64, 14, 32)])
def conv_transpose2d(torch, device, size):
    """Forward and backward; size is batch, channels, image, channels out."""
    batch, ins, side, outs = size
    layer = torch.nn.ConvTranspose2d(ins, outs, 4, stride=2, padding=1)
    return layer_step(torch, device, layer, (batch, ins, side, side))
