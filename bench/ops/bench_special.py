"""How long the special functions take."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000)]


@lesson("ops/special", size=SIZES)
def erf(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.erf)


@lesson("ops/special", size=SIZES)
def erfinv(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.erfinv)


@lesson("ops/special", size=SIZES)
def lgamma(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.lgamma)


def forward_and_backward(torch, device, size, function, *more):
    x = (0.05 + 0.9 * torch.rand(size, device=device)).requires_grad_()
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        function(x, *more).backward(dy)

    return step
