"""How long it takes to check a gradient."""

from bench.timing import lesson


@lesson("autograd/gradcheck", size=[10])
def gradcheck(torch, device, size):
    """All slopes of a function of `size` elements."""
    x = torch.ones(size, dtype=torch.float64).to(device).requires_grad_()

    def step():
        torch.autograd.gradcheck(lambda x: x.tanh() * x, x)

    return step
