"""How long rounding and the division with remainder take."""

from bench.timing import lesson


@lesson("ops/rounding", size=[(16, 64), (256, 512)])
def rounding(torch, device, size):
    """To the nearest whole number."""
    x = torch.randn(size, device=device)

    def step():
        return torch.round(x)

    return step


@lesson("ops/rounding", size=[(16, 64), (256, 512)])
def remainder(torch, device, size):
    """What a division leaves over."""
    x = torch.randn(size, device=device)

    def step():
        return torch.remainder(x, 0.7)

    return step
