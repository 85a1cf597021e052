"""How long the functions between two layers take, forward and backward."""

from bench.timing import lesson

SIZES = [(1, 64), (16, 64), (256, 512), (1000, 1000)]


@lesson("ops/elementwise", size=SIZES)
def relu(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.relu)


@lesson("ops/elementwise", size=SIZES)
def tanh(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.tanh)


@lesson("ops/elementwise", size=SIZES)
def sigmoid(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.sigmoid)


@lesson("ops/elementwise", size=SIZES)
def exp(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.exp)


@lesson("ops/elementwise", size=SIZES)
def log(torch, device, size):
    """One forward and backward pass."""
    return forward_and_backward(torch, device, size, torch.log)


def forward_and_backward(torch, device, size, function):
    x = torch.rand(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        function(x).backward(dy)

    return step
