"""Rectifiers that leak: one pass over the input, and a sum for a learned slope."""

from bench.timing import lesson


@lesson("nn/rectifiers", size=[(8, 8), (256, 1024)])
def leaky_relu(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.LeakyReLU(), size)


@lesson("nn/rectifiers", size=[(8, 8), (256, 1024)])
def prelu(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.PReLU(), size)


def _steps(torch, device, layer, size):
    x = torch.randn(*size).to(device).requires_grad_()
    layer = layer.to(device)
    dy = torch.randn(*layer(x).shape).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
