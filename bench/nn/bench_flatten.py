"""Flatten: a view, so the size does not matter."""

from bench.timing import lesson


@lesson("nn/flatten", size=[(16, 1, 28, 28)])
def flatten(torch, device, size):
    """Forward and backward."""
    layer = torch.nn.Flatten()
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.randn(size[0], x.numel() // size[0]).to(device)

    def step():
        layer(x).backward(dy)
        x.grad = None

    return step
