"""How long rounding and the division with remainder take."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 512), (1000, 1000)]


@lesson("ops/rounding", size=SIZES)
def rounding(torch, device, size):
    """To the nearest whole number."""
    x = torch.randn(size, device=device)

    def step():
        return torch.round(x)

    return step


@lesson("ops/rounding", size=SIZES)
def remainder(torch, device, size):
    """What a division leaves over."""
    x = torch.randn(size, device=device)

    def step():
        return torch.remainder(x, 0.7)

    return step


@lesson("ops/rounding", size=SIZES)
def fmod(torch, device, size):
    """What is left over, forward and backward."""
    x = torch.randn(size, device=device, requires_grad=True)
    y = torch.rand(size, device=device) + 0.5
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.fmod(x, y).backward(dy)

    return step
