"""Bookkeeping of a leaf: its gradient set, read, and dropped."""

from bench.timing import lesson


@lesson("autograd/variable")
def bookkeeping(torch, device, size):
    """Detach, ask for a gradient, assign one, drop it."""
    x, dx = torch.ones(3).to(device), torch.ones(3).to(device)

    def step():
        leaf = x.detach().requires_grad_()
        leaf.grad = dx
        leaf.grad = None
        return leaf.is_leaf

    return step
