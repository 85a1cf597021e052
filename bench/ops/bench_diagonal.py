"""How fast diagonals are read and written."""

from bench.timing import lesson

SIZES = [(8, 8), (1000, 1000)]


@lesson("ops/diagonal", size=SIZES)
def diagonal(torch, device, size):
    """A matrix's diagonal, and its gradient."""
    x = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(size[0], device=device)

    def step():
        x.grad = None
        torch.diagonal(x).backward(dy)

    return step


@lesson("ops/diagonal", size=SIZES)
def diag(torch, device, size):
    """A matrix with a vector on its diagonal."""
    x = torch.ones(size[0], device=device)

    def step():
        return torch.diag(x)

    return step
