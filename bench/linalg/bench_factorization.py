"""How fast matrices are factored."""

from bench.timing import lesson

SIZES = [(4, 4), (1000, 4, 4), (300, 300)]


@lesson("linalg/factorization", size=SIZES)
def cholesky(torch, device, size):
    """Cholesky's factor, and its gradient."""
    torch.manual_seed(0)
    x = torch.rand(*size)
    a = (x @ x.mT + torch.eye(size[-1])).requires_grad_()
    dy = torch.rand(*size)

    def step():
        a.grad = None
        torch.linalg.cholesky(a).backward(dy)

    return step


@lesson("linalg/factorization", size=SIZES)
def qr(torch, device, size):
    """Q and R, and their gradient."""
    torch.manual_seed(0)
    a = torch.rand(*size, requires_grad=True)
    dq, dr = torch.rand(*size), torch.rand(*size)

    def step():
        a.grad = None
        torch.autograd.backward(list(torch.linalg.qr(a)), [dq, dr])

    return step
