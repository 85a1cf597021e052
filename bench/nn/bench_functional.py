"""A small network written with functions instead of modules."""

from bench.timing import lesson


@lesson("nn/functional", size=[(1, 64), (16, 64)])
def network(torch, device, size):
    """Two linear maps with a relu between them, and a loss."""
    functional = torch.nn.functional
    batch, width = size
    x = torch.randn(batch, width).to(device)
    target = torch.randint(0, width, (batch,)).to(device)
    first, second = (torch.randn(width, width).to(device).requires_grad_() for _ in range(2))

    def step():
        hidden = functional.relu(functional.linear(x, first))
        functional.cross_entropy(functional.linear(hidden, second), target).backward()
        first.grad = second.grad = None

    return step
