"""How fast parts of a tensor are read and written."""

from bench.timing import lesson

SIZES = [(8, 4), (1000, 64)]


@lesson("ops/indexing", size=SIZES)
def row(torch, device, size):
    """One row, and the gradient back."""
    x = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(size[1], device=device)

    def step():
        x.grad = None
        x[1].backward(dy)

    return step


@lesson("ops/indexing", size=SIZES)
def picked_rows(torch, device, size):
    """As many rows as there are, in another order, and the gradient back."""
    x = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(*size, device=device)
    order = torch.arange(size[0] - 1, -1, -1, device=device)

    def step():
        x.grad = None
        x[order].backward(dy)

    return step


@lesson("ops/indexing", size=SIZES)
def write(torch, device, size):
    """A number into every other row."""
    x = torch.ones(*size, device=device)

    def step():
        x[::2] = 3.0

    return step
