"""How long variances and lengths take, forward and backward."""

from bench.timing import lesson


@lesson("ops/statistics", size=[(16, 64), (256, 512)])
def statistics(torch, device, size):
    """The variance of every row."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size[0], device=device)

    def step():
        x.grad = None
        torch.var(x, 1).backward(dy)

    return step


@lesson("ops/statistics", size=[(16, 64), (256, 512)])
def norm(torch, device, size):
    """The length of a gradient."""
    x = torch.randn(size, device=device)

    def step():
        return torch.norm(x)

    return step
