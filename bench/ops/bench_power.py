"""How long powers take, forward and backward."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 512), (1000, 1000)]


@lesson("ops/power", size=SIZES)
def power(torch, device, size):
    """A square, which is a multiplication."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.pow(x, 2).backward(dy)

    return step


@lesson("ops/power", size=SIZES)
def any_power(torch, device, size):
    """A power that is not whole."""
    x = torch.rand(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.pow(x, 1.7).backward(dy)

    return step
