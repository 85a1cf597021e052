"""Upsampling to twice the size."""

from bench.timing import lesson


@lesson("nn/upsampling", size=[(1, 4, 8, 8), (16, 32, 16, 16)])
def nearest(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    layer = torch.nn.Upsample(scale_factor=2)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.ones_like(layer(x).detach())

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step


@lesson("nn/upsampling", size=[(1, 4, 8, 8), (16, 32, 16, 16)])
def bilinear(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    layer = torch.nn.Upsample(scale_factor=2, mode="bilinear")
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.ones_like(layer(x).detach())

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
