"""How long it takes to find the middle, and a quantile."""

from bench.timing import lesson

SIZES = [(64, 10), (1000, 1000), (1_000_000,)]


@lesson("ops/quantiles", size=SIZES)
def median(torch, device, size):
    """The median of all, with a gradient."""
    x = torch.randn(size, device=device, requires_grad=True)

    def step():
        x.grad = None
        torch.median(x).backward()

    return step


@lesson("ops/quantiles", size=SIZES)
def median_of_rows(torch, device, size):
    """The median of every row, and where it is."""
    x = torch.randn(size, device=device)

    def step():
        return torch.median(x, -1)

    return step


@lesson("ops/quantiles", size=SIZES)
def quantile(torch, device, size):
    """The third quartile of every row."""
    x = torch.randn(size, device=device)

    def step():
        return torch.quantile(x, 0.75, -1)

    return step
