"""How long logarithms with two operands take."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000)]


@lesson("ops/log_pairs", size=SIZES)
def logaddexp(torch, device, size):
    """One forward and backward pass."""
    other = torch.rand(size, device=device) + 0.1
    return forward_and_backward(torch, device, size, torch.logaddexp, other)


@lesson("ops/log_pairs", size=SIZES)
def xlogy(torch, device, size):
    """One forward and backward pass."""
    other = torch.rand(size, device=device) + 0.1
    return forward_and_backward(torch, device, size, torch.xlogy, other)


def forward_and_backward(torch, device, size, function, *more):
    x = (0.05 + 0.9 * torch.rand(size, device=device)).requires_grad_()
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        function(x, *more).backward(dy)

    return step
