"""How fast elements are picked and overwritten by numbers."""

from bench.timing import lesson

SIZES = [(4, 10), (256, 1000), (1000, 1000)]


@lesson("ops/scatter", size=SIZES)
def gather(torch, device, size):
    """The score of each row's label, and the gradient back."""
    scores = torch.ones(*size, device=device, requires_grad=True)
    labels = torch.arange(size[0], device=device).reshape(-1, 1) % size[1]
    dy = torch.ones(size[0], 1, device=device)

    def step():
        scores.grad = None
        torch.gather(scores, 1, labels).backward(dy)

    return step


@lesson("ops/scatter", size=SIZES)
def gather_all(torch, device, size):
    """As many elements as there are, in another order."""
    x = torch.ones(*size, device=device)
    order = torch.arange(size[0] * size[1], device=device).reshape(*size) * 7 % size[1]

    def step():
        torch.gather(x, 1, order)

    return step


@lesson("ops/scatter", size=SIZES)
def scatter_add(torch, device, size):
    """As many elements as there are, added in another order."""
    x = torch.ones(*size, device=device)
    order = torch.arange(size[0] * size[1], device=device).reshape(*size) * 7 % size[1]

    def step():
        torch.scatter_add(x, 1, order, x)

    return step
