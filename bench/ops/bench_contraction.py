"""How fast products along chosen dimensions are."""

from bench.timing import lesson


@lesson("ops/contraction", size=[4, 64])
def tensordot(torch, device, size):
    """Two dimensions of each summed over, and both gradients."""
    a = torch.ones(size, 8, size, device=device, requires_grad=True)
    b = torch.ones(size, 8, size, device=device, requires_grad=True)
    dy = torch.ones(size, size, device=device)

    def step():
        a.grad = b.grad = None
        torch.tensordot(a, b, dims=([1, 2], [1, 0])).backward(dy)

    return step


@lesson("ops/contraction", size=[(4, 3), (100000, 3)])
def cross(torch, device, size):
    """A cross product for each row."""
    a, b = torch.ones(*size, device=device), torch.ones(*size, device=device)

    def step():
        torch.cross(a, b, dim=1)

    return step
