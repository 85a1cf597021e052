"""How fast determinants and inverses are."""

from bench.timing import lesson

SIZES = [(4, 4), (1000, 4, 4), (300, 300)]


def regular(torch, size):
    """Matrices far from singular."""
    torch.manual_seed(0)
    return torch.rand(*size) + size[-1] * torch.eye(size[-1])


@lesson("linalg/inverse", size=SIZES)
def determinants(torch, device, size):
    """The logarithm of the determinant, and its gradient."""
    a = regular(torch, size).requires_grad_()

    def step():
        a.grad = None
        torch.linalg.slogdet(a)[1].sum().backward()

    return step


@lesson("linalg/inverse", size=SIZES)
def inverses(torch, device, size):
    """The inverse, and its gradient."""
    a = regular(torch, size).requires_grad_()
    dy = torch.rand(*size)

    def step():
        a.grad = None
        torch.linalg.inv(a).backward(dy)

    return step
