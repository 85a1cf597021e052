"""How fast tensors are made."""

from bench.timing import lesson


@lesson("creation", size=[4, 1000])
def from_lists(torch, device, size):
    """A tensor of nested lists of floats."""
    rows = [[float(i + j) for j in range(8)] for i in range(size)]

    def step():
        return torch.tensor(rows, device=device)

    return step


@lesson("creation", size=[8, 1000])
def zeros(torch, device, size):
    """A matrix of zeros."""

    def step():
        return torch.zeros(size, size, device=device)

    return step


@lesson("creation", size=[8, 1_000_000])
def full(torch, device, size):
    """One number, over and over."""

    def step():
        return torch.full((size,), 2.5, device=device)

    return step


@lesson("creation", size=[8, 100_000])
def one_hot(torch, device, size):
    """The labels of a batch, of ten classes."""
    labels = torch.arange(size, device=device) % 10

    def step():
        return torch.nn.functional.one_hot(labels, 10)

    return step
