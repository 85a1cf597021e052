"""Dropout: a random number for each element, and a product."""

from bench.timing import lesson


@lesson("nn/dropout", size=[(8, 8), (256, 1024)])
def dropout(torch, device, size):
    """Forward and backward in training."""
    return _steps(torch, device, torch.nn.Dropout(), size)


@lesson("nn/dropout", size=[(2, 3, 4, 4), (64, 32, 16, 16)])
def dropout2d(torch, device, size):
    """Forward and backward: a random number for each channel."""
    return _steps(torch, device, torch.nn.Dropout2d(), size)


def _steps(torch, device, layer, size):
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.randn(*size).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
