"""How fast windows slide."""

from bench.timing import lesson

SIZES = [(4, 32), (1000, 1000)]


@lesson("ops/strides", size=SIZES)
def unfold(torch, device, size):
    """Overlapping windows along rows, and their gradient."""
    x = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(*x.unfold(1, 5, 2).shape, device=device)

    def step():
        x.grad = None
        x.unfold(1, 5, 2).backward(dy)

    return step


@lesson("ops/strides", size=SIZES)
def slice_scatter(torch, device, size):
    """Half of the rows replaced."""
    x = torch.ones(*size, device=device)
    src = torch.zeros(size[0] // 2, size[1], device=device)

    def step():
        return torch.slice_scatter(x, src, 0, 0, size[0] // 2)

    return step
