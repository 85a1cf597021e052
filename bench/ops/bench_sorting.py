"""How long it takes to sort, and to find the largest few."""

from bench.timing import lesson

SIZES = [(64, 10), (1000, 1000), (1_000_000,)]


@lesson("ops/sorting", size=SIZES)
def sort(torch, device, size):
    """All rows in order, with a gradient."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size, device=device)

    def step():
        x.grad = None
        torch.sort(x)[0].backward(dy)

    return step


@lesson("ops/sorting", size=[(1_000_000,)])
def sort_integers(torch, device, size):
    """A vector in which nearly all elements have equals."""
    x = torch.randint(0, 1000, size, device=device)

    def step():
        return torch.sort(x)

    return step


@lesson("ops/sorting", size=SIZES)
def topk(torch, device, size):
    """The five largest of every row."""
    x = torch.randn(size, device=device)

    def step():
        return torch.topk(x, 5)

    return step


@lesson("ops/sorting", size=[(64, 10), (1_000_000,)])
def kthvalue(torch, device, size):
    """The third smallest of every row."""
    x = torch.randn(size, device=device)

    def step():
        return torch.kthvalue(x, 3)

    return step
