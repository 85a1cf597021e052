"""How fast random numbers come, and how fast indices are shuffled."""

from bench.timing import lesson

SIZES = [64, 10_000, 1_000_000]


@lesson("random", size=SIZES)
def rand(torch, device, size):
    """Uniform numbers."""

    def step():
        return torch.rand(size, device=device)

    return step


@lesson("random", size=SIZES)
def randn(torch, device, size):
    """Normal numbers."""

    def step():
        return torch.randn(size, device=device)

    return step


@lesson("random", size=SIZES)
def randint(torch, device, size):
    """Integers below ten."""

    def step():
        return torch.randint(10, (size,), device=device)

    return step


@lesson("random", size=SIZES)
def randperm(torch, device, size):
    """The order of an epoch."""

    def step():
        return torch.randperm(size, device=device)

    return step
