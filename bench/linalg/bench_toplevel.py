"""How fast the older names are: what is not timed with the newer ones."""

from bench.timing import lesson


@lesson("linalg/toplevel", size=[(4, 4), (1000, 4, 4), (300, 300)])
def from_a_factor(torch, device, size):
    """A system of equations solved with Cholesky's factor, and both gradients."""
    torch.manual_seed(0)
    low = (torch.rand(*size).tril() + size[-1] * torch.eye(size[-1])).requires_grad_()
    b = torch.rand(*size, requires_grad=True)
    dx = torch.rand(*size)

    def step():
        low.grad = b.grad = None
        torch.cholesky_solve(b, low).backward(dx)

    return step
