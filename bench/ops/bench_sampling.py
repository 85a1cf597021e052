"""How fast a tensor is filled with random numbers."""

from bench.timing import lesson

SIZES = [64, 10_000, 1_000_000]


@lesson("ops/sampling", size=SIZES)
def uniform(torch, device, size):
    """The weights of a layer."""
    x = torch.empty(size, device=device)

    def step():
        return x.uniform_(-0.1, 0.1)

    return step


@lesson("ops/sampling", size=SIZES)
def bernoulli(torch, device, size):
    """The mask of a dropout."""
    x = torch.empty(size, device=device)

    def step():
        return x.bernoulli_(0.5)

    return step


@lesson("ops/sampling", size=SIZES)
def exponential(torch, device, size):
    """Waiting times."""
    x = torch.empty(size, device=device)

    def step():
        return x.exponential_()

    return step


@lesson("ops/sampling", size=SIZES)
def multinomial(torch, device, size):
    """As many indices as there are probabilities."""
    p = torch.rand(size, dtype=torch.float64, device=device)

    def step():
        return torch.multinomial(p, size, replacement=True)

    return step
