"""How fast grids and pairs are made."""

from bench.timing import lesson

SIZES = [8, 1000]


@lesson("ops/grids", size=SIZES)
def meshgrid(torch, device, size):
    """The coordinates of a square, added up."""
    x = torch.linspace(0, 1, size, device=device)

    def step():
        rows, columns = torch.meshgrid(x, x, indexing="ij")
        return rows + columns

    return step


@lesson("ops/grids", size=SIZES)
def cartesian_prod(torch, device, size):
    """All pairs."""
    x = torch.arange(size, device=device)

    def step():
        return torch.cartesian_prod(x, x)

    return step
