"""How fast a product with something added is."""

from bench.timing import lesson


@lesson("ops/products", size=[(1, 64, 10), (64, 784, 128)])
def addmm(torch, device, size):
    """A batch times weights plus a bias, and all gradients."""
    n, k, m = size
    a = torch.ones(n, k, device=device, requires_grad=True)
    b = torch.ones(k, m, device=device, requires_grad=True)
    c = torch.ones(m, device=device, requires_grad=True)
    dy = torch.ones(n, m, device=device)

    def step():
        a.grad = b.grad = c.grad = None
        torch.addmm(c, a, b).backward(dy)

    return step


@lesson("ops/products", size=[(4, 8, 8), (32, 64, 64)])
def baddbmm(torch, device, size):
    """A batch of products with a batch added."""
    a, b, c = (torch.ones(*size, device=device) for _ in range(3))

    def step():
        torch.baddbmm(c, a, b, beta=0.5)

    return step
