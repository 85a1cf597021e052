"""Adaptive pooling: one mean a channel, and windows of unequal sizes."""

from bench.timing import lesson


@lesson("nn/adaptive_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def global_average(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    layer = torch.nn.AdaptiveAvgPool2d(1)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.ones_like(layer(x).detach())

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step


@lesson("nn/adaptive_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def adaptive_avg_pool2d(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    layer = torch.nn.AdaptiveAvgPool2d(7)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.ones_like(layer(x).detach())

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step


@lesson("nn/adaptive_pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def adaptive_max_pool2d(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    layer = torch.nn.AdaptiveMaxPool2d(7)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.ones_like(layer(x).detach())

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
