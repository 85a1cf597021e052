"""How long sine and its relatives take."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000)]


@lesson("ops/trigonometry", size=SIZES)
def sin(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.sin)


@lesson("ops/trigonometry", size=SIZES)
def tan(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.tan)


@lesson("ops/trigonometry", size=SIZES)
def asin(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.asin)


@lesson("ops/trigonometry", size=SIZES)
def atan2(torch, device, size):
    """One forward and backward pass."""
    other = torch.rand(size, device=device) + 0.1
    return forward_and_backward(torch, device, size, torch.atan2, other)


@lesson("ops/trigonometry", size=SIZES)
def hypot(torch, device, size):
    """One forward and backward pass."""
    other = torch.rand(size, device=device) + 0.1
    return forward_and_backward(torch, device, size, torch.hypot, other)


def forward_and_backward(torch, device, size, function, *more):
    x = (0.05 + 0.9 * torch.rand(size, device=device)).requires_grad_()
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        function(x, *more).backward(dy)

    return step
