"""How fast a tensor gets another shape."""

from bench.timing import lesson

SIZES = [(2, 3, 4), (64, 28, 28)]


@lesson("ops/shape", size=SIZES)
def flatten(torch, device, size):
    """Images to rows, and the gradient back."""
    x = torch.ones(*size, device=device, requires_grad=True)
    dy = torch.ones(size[0], size[1] * size[2], device=device)

    def step():
        x.grad = None
        torch.flatten(x, 1).backward(dy)

    return step


@lesson("ops/shape", size=SIZES)
def reshape_of_a_transpose(torch, device, size):
    """A shape that needs a copy."""
    x = torch.ones(*size, device=device).transpose(0, 2)

    def step():
        return torch.reshape(x, (-1,))

    return step
