"""How fast tensors are copied."""

from bench.timing import lesson

SIZES = [8, 1000]


@lesson("ops/conversion", size=SIZES)
def clone(torch, device, size):
    """A copy, and its gradient."""
    x = torch.ones(size, size, device=device, requires_grad=True)
    dy = torch.ones(size, size, device=device)

    def step():
        x.grad = None
        torch.clone(x).backward(dy)

    return step


@lesson("ops/conversion", size=SIZES)
def double(torch, device, size):
    """float32 to float64."""
    x = torch.ones(size, size, device=device)

    def step():
        return x.double()

    return step
