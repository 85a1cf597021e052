"""How long running sums and products take, forward and backward."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000), (10, 100_000)]


def there_and_back(torch, device, size, function):
    """Forward and backward."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        function(x).backward(dy)

    return step


@lesson("ops/cumulative", size=SIZES)
def cumsum(torch, device, size):
    """Along the rows."""
    return there_and_back(torch, device, size, lambda x: torch.cumsum(x, 1))


@lesson("ops/cumulative", size=SIZES)
def cumsum_over_rows(torch, device, size):
    """Down the columns."""
    return there_and_back(torch, device, size, lambda x: torch.cumsum(x, 0))


@lesson("ops/cumulative", size=SIZES)
def cumprod(torch, device, size):
    """Along the rows."""
    return there_and_back(torch, device, size, lambda x: torch.cumprod(x, 1))


@lesson("ops/cumulative", size=SIZES)
def cummax(torch, device, size):
    """Along the rows, with indices."""
    return there_and_back(torch, device, size, lambda x: torch.cummax(x, 1)[0])


@lesson("ops/cumulative", size=SIZES)
def diff(torch, device, size):
    """Along the rows."""
    x = torch.randn(size, device=device)

    def step():
        return torch.diff(x)

    return step
