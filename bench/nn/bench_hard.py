"""Activations of straight lines: comparisons and products."""

from bench.timing import lesson


@lesson("nn/hard", size=[(8, 8), (256, 1024)])
def hardtanh(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.Hardtanh(), size)


@lesson("nn/hard", size=[(8, 8), (256, 1024)])
def hardswish(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.Hardswish(), size)


def _steps(torch, device, layer, size):
    x = torch.randn(*size).to(device).requires_grad_()
    layer = layer.to(device)
    dy = torch.randn(*layer(x).shape).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
