"""How fast chains, powers and exponentials of matrices are."""

from bench.timing import lesson

SIZES = [(4, 4), (200, 200)]


@lesson("linalg/products", size=SIZES)
def powers(torch, device, size):
    """The tenth power, and its gradient."""
    torch.manual_seed(0)
    a = (torch.rand(*size) / size[-1]).requires_grad_()
    dy = torch.rand(*size)

    def step():
        a.grad = None
        torch.linalg.matrix_power(a, 10).backward(dy)

    return step


@lesson("linalg/products", size=SIZES)
def exponentials(torch, device, size):
    """The exponential, and its gradient."""
    torch.manual_seed(0)
    a = (torch.rand(*size) / size[-1]).requires_grad_()
    dy = torch.rand(*size)

    def step():
        a.grad = None
        torch.linalg.matrix_exp(a).backward(dy)

    return step
