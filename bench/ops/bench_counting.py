"""How long it takes to find what there is, and to count it."""

from bench.timing import lesson

SIZES = [(100,), (1_000_000,)]


@lesson("ops/counting", size=SIZES)
def unique(torch, device, size):
    """Floating-point numbers, hardly any of which occur twice."""
    x = torch.randn(size, device=device)

    def step():
        return torch.unique(x)

    return step


@lesson("ops/counting", size=SIZES)
def unique_labels(torch, device, size):
    """Integers below 1000, with each one's place and number."""
    x = torch.randint(0, 1000, size, device=device)

    def step():
        return torch.unique(x, return_inverse=True, return_counts=True)

    return step


@lesson("ops/counting", size=SIZES)
def bincount(torch, device, size):
    """How often each integer below 1000 occurs."""
    x = torch.randint(0, 1000, size, device=device)

    def step():
        return torch.bincount(x)

    return step


@lesson("ops/counting", size=SIZES)
def count_nonzero(torch, device, size):
    """How many numbers are not zero."""
    x = torch.randn(size, device=device)

    def step():
        return torch.count_nonzero(x)

    return step
