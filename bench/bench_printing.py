"""How long a tensor takes to become text."""

from bench.timing import lesson


@lesson("printing", size=[(4, 4), (30, 30), (1000, 1000)])
def printing(torch, device, size):
    """The text of a matrix of fractions; the largest is summarised."""
    torch.manual_seed(0)
    x = torch.randn(*size).to(device)

    def step():
        return repr(x)

    return step
