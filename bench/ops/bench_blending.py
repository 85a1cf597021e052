"""How long blending takes, forward and backward, and in place."""

from bench.timing import lesson

SIZES = [(16, 64), (1000, 1000)]


@lesson("ops/blending", size=SIZES)
def lerp(torch, device, size):
    """Towards another tensor, by a number."""
    x, end = (torch.randn(size, device=device, requires_grad=True) for _ in range(2))
    dy = torch.randn(size, device=device)

    def step():
        x.grad = end.grad = None
        torch.lerp(x, end, 0.3).backward(dy)

    return step


@lesson("ops/blending", size=SIZES)
def moving_average(torch, device, size):
    """As an optimizer does it: in place, without gradients."""
    average, new = torch.zeros(size, device=device), torch.randn(size, device=device)

    def step():
        average.lerp_(new, 0.1)

    return step


@lesson("ops/blending", size=SIZES)
def addcmul(torch, device, size):
    """A product, added."""
    x, a, b = (torch.randn(size, device=device, requires_grad=True) for _ in range(3))
    dy = torch.randn(size, device=device)

    def step():
        x.grad = a.grad = b.grad = None
        torch.addcmul(x, a, b, value=0.5).backward(dy)

    return step


@lesson("ops/blending", size=SIZES)
def addcdiv(torch, device, size):
    """A quotient, added."""
    x, a = torch.randn(size, device=device), torch.randn(size, device=device)
    b = torch.rand(size, device=device) + 1

    def step():
        return torch.addcdiv(x, a, b, value=0.5)

    return step
