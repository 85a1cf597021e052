"""How fast norms are."""

from bench.timing import lesson


@lesson("linalg/norms", size=[(10,), (1_000_000,)])
def vectors(torch, device, size):
    """The length of a vector, and its gradient."""
    torch.manual_seed(0)
    x = torch.rand(*size, requires_grad=True)

    def step():
        x.grad = None
        torch.linalg.vector_norm(x).backward()

    return step


@lesson("linalg/norms", size=[(4, 4), (200, 200)])
def matrices(torch, device, size):
    """The largest singular value of a matrix, and its gradient."""
    torch.manual_seed(0)
    x = torch.rand(*size, requires_grad=True)

    def step():
        x.grad = None
        torch.linalg.matrix_norm(x, 2).backward()

    return step
