"""How long it takes to put numbers into bins."""

from bench.timing import lesson

SIZES = [(100,), (1_000_000,)]


@lesson("ops/histograms", size=SIZES)
def histc(torch, device, size):
    """A hundred bins from the smallest to the largest."""
    x = torch.randn(size, device=device)

    def step():
        return torch.histc(x)

    return step


@lesson("ops/histograms", size=SIZES)
def histogram(torch, device, size):
    """The same with the bins' edges."""
    x = torch.randn(size, device=device)

    def step():
        return torch.histogram(x, 100)

    return step


@lesson("ops/histograms", size=SIZES)
def bucketize(torch, device, size):
    """Between which of a hundred boundaries each number is."""
    x = torch.randn(size, device=device)
    boundaries = torch.linspace(-3, 3, 100, device=device)

    def step():
        return torch.bucketize(x, boundaries)

    return step
