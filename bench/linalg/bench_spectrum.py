"""How fast singular values and eigenvalues are found."""

from bench.timing import lesson

SIZES = [(4, 4), (1000, 4, 4), (200, 200)]


@lesson("linalg/spectrum", size=SIZES)
def singular_values(torch, device, size):
    """Singular values and vectors, and the gradient of the values."""
    torch.manual_seed(0)
    a = torch.rand(*size, requires_grad=True)

    def step():
        a.grad = None
        torch.linalg.svd(a)[1].sum().backward()

    return step


@lesson("linalg/spectrum", size=SIZES)
def eigenvalues(torch, device, size):
    """Eigenvalues and vectors of a symmetric matrix, and their gradient."""
    torch.manual_seed(0)
    x = torch.rand(*size)
    a = (x + x.mT).requires_grad_()
    dv = torch.rand(*size)

    def step():
        a.grad = None
        torch.linalg.eigh(a)[1].backward(dv)

    return step
