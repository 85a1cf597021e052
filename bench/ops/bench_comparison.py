"""How long comparing takes."""

from bench.timing import lesson


@lesson("ops/comparison", size=[(16, 64), (256, 512)])
def comparison(torch, device, size):
    """Two tensors, element by element."""
    x, y = torch.randn(size, device=device), torch.randn(size, device=device)

    def step():
        return torch.lt(x, y)

    return step


@lesson("ops/comparison", size=[(16, 64), (256, 512)])
def allclose(torch, device, size):
    """Whether two tensors are nearly the same."""
    x = torch.randn(size, device=device)
    y = x + 1e-7

    def step():
        return torch.allclose(x, y)

    return step
