"""How long it takes to choose element by element, forward and backward."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 512), (1000, 1000)]


@lesson("ops/selection", size=SIZES)
def clamp(torch, device, size):
    """Between two numbers."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.clamp(x, -1.0, 1.0).backward(dy)

    return step


@lesson("ops/selection", size=SIZES)
def maximum(torch, device, size):
    """The larger of two."""
    x = torch.randn(size, device=device, requires_grad=True)
    y = torch.randn(size, device=device)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.maximum(x, y).backward(dy)

    return step


@lesson("ops/selection", size=SIZES)
def where(torch, device, size):
    """One of two, by a mask."""
    x = torch.randn(size, device=device, requires_grad=True)
    mask = torch.randn(size, device=device) > 0
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.where(mask, x, 0.0).backward(dy)

    return step


@lesson("ops/selection", size=SIZES)
def fmax(torch, device, size):
    """The larger of two, NaN left aside."""
    x = torch.randn(size, device=device, requires_grad=True)
    y = torch.randn(size, device=device)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.fmax(x, y).backward(dy)

    return step
