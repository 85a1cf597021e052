"""How long it takes to combine two tensors element by element, and to go back."""

from bench.timing import lesson

SIZES = [(4,), (16, 64), (256, 512), (1000, 1000)]


@lesson("ops/arithmetic", size=SIZES)
def arithmetic(torch, device, size):
    """One forward and backward pass of (a + b) * a / b - a."""
    a = torch.randn(size, device=device, requires_grad=True)
    b = torch.rand(size, device=device) + 1
    dy = torch.randn(size, device=device)

    def step():
        a.grad = None
        torch.sub(torch.div(torch.mul(torch.add(a, b), a), b), a).backward(dy)

    return step


@lesson("ops/arithmetic", size=SIZES)
def operators(torch, device, size):
    """One forward and backward pass of 2 * a + 1, as operators and with numbers."""
    a = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        a.grad = None
        (2 * a + 1).backward(dy)

    return step


@lesson("ops/arithmetic", size=[(16, 64), (256, 512)])
def broadcast(torch, device, size):
    """One forward and backward pass of a + b, where b is one row, whose gradient is a sum."""
    a = torch.randn(size, device=device, requires_grad=True)
    b = torch.randn(size[1], device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        a.grad = b.grad = None
        torch.add(a, b).backward(dy)

    return step


@lesson("ops/arithmetic", size=SIZES)
def in_place(torch, device, size):
    """The update of plain gradient descent."""
    weight, gradient = torch.randn(size, device=device), torch.randn(size, device=device)

    def step():
        weight.sub_(gradient, alpha=1e-3)

    return step
