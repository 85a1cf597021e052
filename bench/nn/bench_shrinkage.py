"""Shrinking: comparisons; or a tanh and a difference."""

from bench.timing import lesson


@lesson("nn/shrinkage", size=[(8, 8), (256, 1024)])
def softshrink(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.Softshrink(), size)


@lesson("nn/shrinkage", size=[(8, 8), (256, 1024)])
def tanhshrink(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.Tanhshrink(), size)


def _steps(torch, device, layer, size):
    x = torch.randn(*size).to(device).requires_grad_()
    layer = layer.to(device)
    dy = torch.randn(*layer(x).shape).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
