"""What it costs to ask a tensor."""

from bench.timing import lesson


@lesson("tensor")
def shape(torch, device):
    """The shape, the dtype, the number of dimensions."""
    x = torch.ones(2, 3, device=device)

    def step():
        return x.shape, x.dtype, x.ndim

    return step


@lesson("tensor")
def item(torch, device):
    """The number in a tensor of one element, as a training loop prints it."""
    x = torch.ones((), device=device)

    def step():
        return x.item()

    return step
