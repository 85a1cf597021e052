"""How fast dimensions change places."""

from bench.timing import lesson


@lesson("ops/permutation", size=[(2, 3, 4), (64, 28, 28)])
def permute(torch, device, size):
    """Channels last, and the gradient back."""
    x = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(size[1], size[2], size[0], device=device)

    def step():
        x.grad = None
        torch.permute(x, (1, 2, 0)).backward(dy)

    return step
