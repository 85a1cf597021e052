"""How long it takes to combine answers."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 512), (1000, 1000)]


@lesson("ops/logical", size=SIZES)
def logical(torch, device, size):
    """Two masks, both of which must hold."""
    x = torch.randn(size, device=device)
    low, high = x > -1, x < 1

    def step():
        return torch.bitwise_and(low, high)

    return step


@lesson("ops/logical", size=SIZES)
def any_(torch, device, size):
    """Whether any element is NaN."""
    mask = torch.isnan(torch.randn(size, device=device))

    def step():
        return torch.any(mask)

    return step


@lesson("ops/logical", size=SIZES)
def shift(torch, device, size):
    """Bits moved to the left."""
    x = torch.randint(0, 100, size, device=device)

    def step():
        return torch.bitwise_left_shift(x, 3)

    return step
