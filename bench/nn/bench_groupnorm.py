"""Group normalization, and normalization by neighbouring channels."""

from bench.timing import lesson


@lesson("nn/groupnorm", size=[(2, 4, 4, 4), (64, 32, 16, 16)])
def group_norm(torch, device, size):
    """Forward and backward in four groups."""
    return _steps(torch, device, torch.nn.GroupNorm(4, size[1]), size)


@lesson("nn/groupnorm", size=[(2, 8, 4, 4), (8, 32, 16, 16)])
def local_response_norm(torch, device, size):
    """Forward and backward over five channels."""
    return _steps(torch, device, torch.nn.LocalResponseNorm(5), size)


def _steps(torch, device, layer, size):
    layer = layer.to(device)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.randn(*size).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None
        layer.zero_grad()

    return step
