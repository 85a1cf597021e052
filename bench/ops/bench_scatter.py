"""How fast elements are picked by numbers and masks."""

from bench.timing import lesson

SIZES = [(4, 10), (256, 1000)]


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
def masked_fill(torch, device, size):
    """Half of the numbers replaced, and the gradient back."""
    x = torch.ones(*size, device=device, requires_grad=True)
    mask = torch.arange(size[1], device=device) % 2 == 0
    dy = torch.ones(*size, device=device)

    def step():
        x.grad = None
        torch.masked_fill(x, mask, 0.0).backward(dy)

    return step
