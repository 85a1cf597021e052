"""How long variances take, forward and backward."""

from bench.timing import lesson


@lesson("ops/statistics", size=[(16, 64), (256, 512), (1000, 1000)])
def statistics(torch, device, size):
    """The variance of every row."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size[0], device=device)

    def step():
        x.grad = None
        torch.var(x, 1).backward(dy)

    return step


@lesson("ops/statistics", size=[(16, 64), (1000, 1000)])
def std(torch, device, size):
    """The standard deviation of everything."""
    x = torch.randn(size, device=device)

    def step():
        return torch.std(x)

    return step


@lesson("ops/statistics", size=[(10, 1000)])
def cov(torch, device, size):
    """The covariances of ten variables."""
    x = torch.randn(size, device=device)

    def step():
        return torch.cov(x)

    return step
