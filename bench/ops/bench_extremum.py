"""How long it takes to find the largest, and to go back to it."""

from bench.timing import lesson


@lesson("ops/extremum", size=[(64, 10), (256, 512), (1000, 1000)])
def max_(torch, device, size):
    """The largest of every row, with a gradient."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size[0], device=device)

    def step():
        x.grad = None
        torch.max(x, 1)[0].backward(dy)

    return step


@lesson("ops/extremum", size=[(64, 10), (256, 512), (1000, 1000)])
def argmax(torch, device, size):
    """The predicted class of every row."""
    x = torch.randn(size, device=device)

    def step():
        return torch.argmax(x, 1)

    return step
