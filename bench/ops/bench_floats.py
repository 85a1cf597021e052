"""How long it takes to look into floating-point numbers."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000)]


@lesson("ops/floats", size=SIZES)
def nan_to_num(torch, device, size):
    """Nothing to replace, as usual."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.nan_to_num(x).backward(dy)

    return step


@lesson("ops/floats", size=SIZES)
def copysign(torch, device, size):
    """The sign of another."""
    x, y = torch.randn(size, device=device), torch.randn(size, device=device)

    def step():
        return torch.copysign(x, y)

    return step


@lesson("ops/floats", size=SIZES)
def frexp(torch, device, size):
    """Mantissa and exponent."""
    x = torch.randn(size, device=device)

    def step():
        return torch.frexp(x)

    return step


@lesson("ops/floats", size=SIZES)
def gcd(torch, device, size):
    """The largest common divisor."""
    a, b = (torch.randint(1, 100, size, device=device) for _ in range(2))

    def step():
        return torch.gcd(a, b)

    return step
