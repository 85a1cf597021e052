"""How fast elements are picked and overwritten by masks."""

from bench.timing import lesson

SIZES = [(4, 10), (256, 1000), (1000, 1000)]


@lesson("ops/masking", size=SIZES)
def masked_fill(torch, device, size):
    """Half of the numbers replaced, and the gradient back."""
    x = torch.ones(*size, device=device, requires_grad=True)
    mask = torch.arange(size[1], device=device) % 2 == 0
    dy = torch.ones(*size, device=device)

    def step():
        x.grad = None
        torch.masked_fill(x, mask, 0.0).backward(dy)

    return step


@lesson("ops/masking", size=SIZES)
def masked_select(torch, device, size):
    """Half of the numbers picked."""
    x = torch.ones(*size, device=device)
    mask = (torch.arange(size[0] * size[1], device=device) * 7 % 11 > 5).reshape(*size)

    def step():
        torch.masked_select(x, mask)

    return step


@lesson("ops/masking", size=SIZES)
def nonzero(torch, device, size):
    """The places of half of the numbers."""
    x = (torch.arange(size[0] * size[1], device=device) * 7 % 11 > 5).reshape(*size)

    def step():
        torch.nonzero(x)

    return step
