"""How long the other functions of one number take."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000)]


@lesson("ops/elementary", size=SIZES)
def log1p(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.log1p)


@lesson("ops/elementary", size=SIZES)
def rsqrt(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.rsqrt)


@lesson("ops/elementary", size=SIZES)
def logit(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.logit)


def forward_and_backward(torch, device, size, function, *more):
    x = (0.05 + 0.9 * torch.rand(size, device=device)).requires_grad_()
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        function(x, *more).backward(dy)

    return step
