"""Conv2d: images, small and large kernels, one pixel, one channel at a time."""

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
    layer = torch.nn.Conv2d(ins, outs, kernel, groups=groups).to(device)
    x = torch.randn(batch, ins, side, side).to(device).requires_grad_()
    dy = torch.randn(batch, outs, side - kernel + 1, side - kernel + 1).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = layer.weight.grad = layer.bias.grad = None

    return step
