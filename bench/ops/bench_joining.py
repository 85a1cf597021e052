"""How fast tensors are joined."""

from bench.timing import lesson

SIZES = [(4, 8), (64, 512)]


@lesson("ops/joining", size=SIZES)
def cat(torch, device, size):
    """Four tensors one after the other, and their gradients."""
    xs = [torch.ones(*size, device=device, requires_grad=True) for _ in range(4)]
    dy = torch.ones(4 * size[0], size[1], device=device)

    def step():
        for x in xs:
            x.grad = None
        torch.cat(xs).backward(dy)

    return step


@lesson("ops/joining", size=SIZES)
def stack(torch, device, size):
    """A batch of four samples."""
    xs = [torch.ones(*size, device=device) for _ in range(4)]

    def step():
        return torch.stack(xs)

    return step
