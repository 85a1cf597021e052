"""How fast a tensor is taken apart."""

from bench.timing import lesson


@lesson("ops/splitting", size=[4, 256])
def rows(torch, device, size):
    """Every row of a matrix, and the gradient back."""
    x = torch.ones(size, 64, device=device, requires_grad=True)

    def step():
        x.grad = None
        torch.stack(torch.unbind(x)[::-1]).sum().backward()

    return step
