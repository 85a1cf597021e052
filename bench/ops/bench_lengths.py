"""How long it takes to measure vectors."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 512), (1000, 1000)]


@lesson("ops/lengths", size=SIZES)
def norm(torch, device, size):
    """The length of a gradient."""
    x = torch.randn(size, device=device)

    def step():
        return torch.norm(x)

    return step


@lesson("ops/lengths", size=SIZES)
def norm_of_rows(torch, device, size):
    """The length of every row, forward and backward."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size[0], device=device)

    def step():
        x.grad = None
        torch.norm(x, 2, 1).backward(dy)

    return step


@lesson("ops/lengths", size=SIZES)
def dist(torch, device, size):
    """How far apart two are."""
    x, y = torch.randn(size, device=device), torch.randn(size, device=device)

    def step():
        return torch.dist(x, y)

    return step
