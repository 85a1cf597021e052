"""How fast whole entries are picked and added."""

from bench.timing import lesson

SIZES = [(8, 4), (1000, 64), (10000, 100)]


@lesson("ops/index_writing", size=SIZES)
def index_select(torch, device, size):
    """As many rows as there are, some several times, and the gradient back."""
    x = torch.ones(*size, device=device, requires_grad=True)
    rows = torch.arange(size[0], device=device) * 7 % size[0] // 2
    dy = torch.ones(*size, device=device)

    def step():
        x.grad = None
        torch.index_select(x, 0, rows).backward(dy)

    return step


@lesson("ops/index_writing", size=SIZES)
def index_add(torch, device, size):
    """As many rows as there are, added in another order."""
    x = torch.ones(*size, device=device)
    rows = torch.arange(size[0], device=device) * 7 % size[0] // 2

    def step():
        torch.index_add(x, 0, rows, x)

    return step
