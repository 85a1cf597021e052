"""Gates and softmin: a sigmoid of one half; exponentials and a sum."""

from bench.timing import lesson


@lesson("nn/gates", size=[(8, 8), (256, 1024)])
def glu(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.GLU(), size)


@lesson("nn/gates", size=[(8, 8), (256, 1024)])
def softmin(torch, device, size):
    """Forward and backward."""
    return _steps(torch, device, torch.nn.Softmin(1), size)


def _steps(torch, device, layer, size):
    x = torch.randn(*size).to(device).requires_grad_()
    layer = layer.to(device)
    dy = torch.randn(*layer(x).shape).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
