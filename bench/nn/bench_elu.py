"""Exponential linear units: an exponential forward and another one backward."""

from bench.timing import lesson


@lesson("nn/elu", size=[(8, 8), (256, 1024)])
def elu(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.ELU(), size)


@lesson("nn/elu", size=[(8, 8), (256, 1024)])
def selu(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.SELU(), size)


def _steps(torch, device, layer, size):
    x = torch.randn(*size).to(device).requires_grad_()
    layer = layer.to(device)
    dy = torch.randn(*layer(x).shape).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
