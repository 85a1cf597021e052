"""In-place operations on a view, recorded, and the backward through them."""

from bench.timing import lesson


@lesson("autograd/inplace", size=[3, 1000])
def write_to_a_view(torch, device, size):
    """Multiply one row of a matrix in place, and go back."""
    x = torch.ones(size, size).to(device).requires_grad_()
    dy = torch.ones(size, size).to(device)

    def step():
        y = x + x
        y[0].mul_(3)
        y.backward(dy)
        x.grad = None

    return step
