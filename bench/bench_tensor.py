"""What it costs to ask a tensor."""

from bench.timing import lesson


@lesson("tensor", size=[(), (1, 1)])
def shape(torch, device, size):
    """The shape, the dtype, the number of dimensions."""
    x = torch.ones(size, device=device)

    def step():
        return x.shape, x.dtype, x.ndim

    return step


@lesson("tensor", size=[(), (1, 1)])
def item(torch, device, size):
    """The number in a tensor of one element, as a training loop prints it."""
    x = torch.ones(size, device=device)

    def step():
        return x.item()

    return step
