"""Smooth activations: an error function or an exponential, and products."""

from bench.timing import lesson


@lesson("nn/smooth", size=[(8, 8), (256, 1024)])
def gelu(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.GELU(), size)


@lesson("nn/smooth", size=[(8, 8), (256, 1024)])
def silu(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.SiLU(), size)


def _steps(torch, device, layer, size):
    x = torch.randn(*size).to(device).requires_grad_()
    layer = layer.to(device)
    dy = torch.randn(*layer(x).shape).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
