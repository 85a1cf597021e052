"""How long sums and means take, forward and backward."""

from bench.timing import lesson

SIZES = [(16, 64), (256, 512), (10_000, 10), (1000, 1000)]


@lesson("ops/reduction", size=SIZES)
def sum_(torch, device, size):
    """Of all elements."""
    x = torch.randn(size, device=device, requires_grad=True)

    def step():
        x.grad = None
        torch.sum(x).backward()

    return step


@lesson("ops/reduction", size=SIZES)
def sum_over_rows(torch, device, size):
    """Over the first dimension, as the gradient of a bias is."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size[1], device=device)

    def step():
        x.grad = None
        torch.sum(x, 0).backward(dy)

    return step


@lesson("ops/reduction", size=SIZES)
def mean(torch, device, size):
    """Of every row."""
    x = torch.randn(size, device=device, requires_grad=True)
    dy = torch.randn(size[0], device=device)

    def step():
        x.grad = None
        torch.mean(x, 1).backward(dy)

    return step


@lesson("ops/reduction", size=[(64, 10)])
def right_answers(torch, device, size):
    """How many predictions are right, as a training loop counts them."""
    guess = torch.randint(0, 10, size[:1], device=device)
    answer = torch.randint(0, 10, size[:1], device=device)

    def step():
        return (guess == answer).sum()

    return step


@lesson("ops/reduction", size=[(16, 64), (1000, 1000)])
def prod(torch, device, size):
    """Of every row."""
    x = torch.randn(size, device=device)

    def step():
        return torch.prod(x, 1)

    return step
