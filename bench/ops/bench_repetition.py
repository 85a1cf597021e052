"""How fast numbers are repeated."""

from bench.timing import lesson

SIZES = [(4, 8), (256, 512)]


@lesson("ops/repetition", size=SIZES)
def broadcast_to(torch, device, size):
    """A bias for every row of a batch, and its gradient."""
    bias = torch.ones(size[1], device=device, requires_grad=True)
    dy = torch.ones(*size, device=device)

    def step():
        bias.grad = None
        torch.broadcast_to(bias, size).backward(dy)

    return step


@lesson("ops/repetition", size=SIZES)
def tile(torch, device, size):
    """A matrix twice in both directions."""
    x = torch.ones(*size, device=device)

    def step():
        return torch.tile(x, (2, 2))

    return step
