"""How long comparing takes."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 512), (1000, 1000)]


@lesson("ops/comparison", size=SIZES)
def comparison(torch, device, size):
    """Two tensors, element by element."""
    x, y = torch.randn(size, device=device), torch.randn(size, device=device)

    def step():
        return torch.lt(x, y)

    return step


@lesson("ops/comparison", size=SIZES)
def allclose(torch, device, size):
    """Whether two tensors are nearly the same."""
    x = torch.randn(size, device=device)
    y = x + 1e-7

    def step():
        return torch.allclose(x, y)

    return step


@lesson("ops/comparison", size=SIZES)
def isin(torch, device, size):
    """Whether an element is one of a hundred."""
    x = torch.randint(0, 1000, size, device=device)
    wanted = torch.arange(100, device=device)

    def step():
        return torch.isin(x, wanted)

    return step
