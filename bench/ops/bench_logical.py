"""How long it takes to combine answers."""

from bench.timing import lesson


@lesson("ops/logical", size=[(16, 64), (256, 512)])
def logical(torch, device, size):
    """Two masks, both of which must hold."""
    x = torch.randn(size, device=device)
    low, high = x > -1, x < 1

    def step():
        return torch.bitwise_and(low, high)

    return step


@lesson("ops/logical", size=[(16, 64), (256, 512)])
def any_(torch, device, size):
    """Whether any element is NaN."""
    mask = torch.isnan(torch.randn(size, device=device))

    def step():
        return torch.any(mask)

    return step
