"""Max pooling: windows side by side, and overlapping ones."""

from bench.timing import lesson


@lesson("nn/pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def max_pool2d(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    layer = torch.nn.MaxPool2d(2)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.ones_like(layer(x).detach())

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step


@lesson("nn/pooling", size=[(1, 4, 8, 8), (64, 32, 32, 32)])
def max_pool2d_overlapping(torch, device, size):
    """Forward and backward; size is batch, channels, height, width."""
    layer = torch.nn.MaxPool2d(3, stride=2, padding=1)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.ones_like(layer(x).detach())

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
