"""How fast a triangle is cut out of a matrix."""

from bench.timing import lesson

SIZES = [(8, 8), (64, 32, 32), (1000, 1000)]


@lesson("ops/triangles", size=SIZES)
def tril(torch, device, size):
    """A lower triangle, and its gradient."""
    x = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(*size, device=device)

    def step():
        x.grad = None
        torch.tril(x).backward(dy)

    return step


@lesson("ops/triangles", size=[4, 1000])
def triu_indices(torch, device, size):
    """Where the upper triangle is."""

    def step():
        return torch.triu_indices(size, size, 1)

    return step
