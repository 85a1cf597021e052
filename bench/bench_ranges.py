"""How fast ranges are made."""

from bench.timing import lesson


@lesson("ranges", size=[10, 1_000_000])
def arange(torch, device, size):
    """0, 1, 2, ... as integers."""

    def step():
        return torch.arange(size, device=device)

    return step


@lesson("ranges", size=[10, 1_000_000])
def linspace(torch, device, size):
    """Values at equal distances."""

    def step():
        return torch.linspace(0, 1, size, device=device)

    return step
