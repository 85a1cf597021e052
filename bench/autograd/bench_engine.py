"""The engine's own cost: 10,000 operations so small that the arithmetic is free."""

from bench.timing import lesson

NODES = 10_000


@lesson("autograd/engine", size=[NODES])
def chain(torch, device, size):
    """Forward and backward through a chain of `size` nodes."""
    x = torch.ones(1).to(device).requires_grad_()

    def step():
        y = x
        for _ in range(size):
            y = y * 1.0001
        y.backward()
        x.grad = None

    return step
