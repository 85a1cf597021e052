"""Conv2d: images, small and large kernels, one pixel, one channel at a time."""

from bench.steps import layer_step
from bench.timing import lesson

SIZES = [
    (2, 3, 8, 4, 3, 1),
    (64, 6, 14, 16, 5, 1),
    (64, 3, 32, 32, 5, 1),
    (64, 32, 16, 64, 5, 1),
    (64, 64, 16, 64, 1, 1),
    (64, 32, 16, 32, 3, 32),
]


@lesson("nn/conv", size=SIZES)
def conv2d(torch, device, size):
    """Forward and backward; size is batch, channels, image, channels out, kernel, groups."""
    batch, ins, side, outs, kernel, groups = size
    layer = torch.nn.Conv2d(ins, outs, kernel, groups=groups)
    return layer_step(torch, device, layer, (batch, ins, side, side))
