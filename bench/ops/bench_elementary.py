"""How long the other functions of one number take."""

from bench.timing import lesson


@lesson("ops/elementary", size=[(16, 64), (256, 512)])
def elementary(torch, device, size):
    """One forward and backward pass of log(1 + x)."""
    x = torch.rand(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.log1p(x).backward(dy)

    return step


@lesson("ops/elementary", size=[(16, 64), (256, 512)])
def sin(torch, device, size):
    """One forward and backward pass."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.sin(x).backward(dy)

    return step
