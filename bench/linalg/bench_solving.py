"""How fast systems of equations are solved."""

from bench.timing import lesson


@lesson("linalg/solving", size=[(4, 4), (1000, 4, 4), (300, 300)])
def systems(torch, device, size):
    """As many right sides as equations, and both gradients."""
    torch.manual_seed(0)
    a = (torch.rand(*size) + size[-1] * torch.eye(size[-1])).requires_grad_()
    b = torch.rand(*size, requires_grad=True)
    dx = torch.rand(*size)

    def step():
        a.grad = b.grad = None
        torch.linalg.solve(a, b).backward(dx)

    return step


@lesson("linalg/solving", size=[(20, 3), (1000, 50)])
def regression(torch, device, size):
    """Least squares, without gradients."""
    torch.manual_seed(0)
    a, b = torch.rand(*size), torch.rand(size[0], 1)

    def step():
        torch.linalg.lstsq(a, b)

    return step
