"""How long the hyperbolic functions take."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000)]


@lesson("ops/hyperbolic", size=SIZES)
def cosh(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.cosh)


@lesson("ops/hyperbolic", size=SIZES)
def asinh(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.asinh)


def forward_and_backward(torch, device, size, function, *more):
    x = (0.05 + 0.9 * torch.rand(size, device=device)).requires_grad_()
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        function(x, *more).backward(dy)

    return step
