"""Cases of sorting, quantiles, counting and histograms."""

import numpy as np

from bench.cases import Case, Functions, integers, several

__all__ = ["CASES"]


def ties(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Few different numbers, so that many are equal."""
    return rng.integers(-2, 3, shape) / 2


MATRIX = [(4, 50)]

sorting: Functions = {
    "sort": lambda torch, x: tuple(torch.sort(x)),
    "sort of columns, descending": lambda torch, x: tuple(torch.sort(x, 0, True)),
    "the three largest": lambda torch, x: tuple(torch.topk(x, 3)),
    "the thirty smallest": lambda torch, x: tuple(torch.topk(x, 30, largest=False)),
    "the fifth smallest": lambda torch, x: tuple(torch.kthvalue(x, 5)),
    "the most frequent": lambda torch, x: tuple(torch.mode(x)),
}
quantiles: Functions = {
    "median": lambda torch, x: torch.median(x),
    "median of rows": lambda torch, x: tuple(torch.median(x, 1)),
    "a quantile": lambda torch, x: torch.quantile(x, 0.3),
    "quantile of rows, between two": lambda torch, x: torch.quantile(
        x, 0.77, 1, interpolation="midpoint"
    ),
    "nanquantile, the higher one": lambda torch, x: torch.nanquantile(
        x, 0.1, 0, interpolation="higher"
    ),
}
counting: Functions = {
    "unique": lambda torch, x: torch.unique(x, return_inverse=True, return_counts=True),
    "unique_consecutive": lambda torch, x: torch.unique_consecutive(x),
    "unique rows": lambda torch, x: torch.unique(x[:, :1], dim=0),
    "count_nonzero": lambda torch, x: torch.count_nonzero(x, 1),
}
binned: Functions = {
    "histc": lambda torch, x: torch.histc(x, 7),
    "histogram": lambda torch, x: tuple(torch.histogram(x, 5, range=(-1.0, 1.0))),
    "bucketize": lambda torch, x: torch.bucketize(x, torch.tensor([-1.0, 0.0, 1.0])),
    "searchsorted": lambda torch, x: torch.searchsorted(torch.sort(x)[0], x, right=True),
}

CASES = [
    *several("ops/sorting", sorting, MATRIX, exact=True),
    *several("ops/sorting", sorting, MATRIX, ", ties", domain=ties, exact=True),
    *several("ops/quantiles", quantiles, MATRIX, second=True),
    *several("ops/counting", counting, MATRIX, domain=ties, fixed=(0,), exact=True),
    Case(
        "ops/counting",
        "bincount",
        lambda torch, n, x: (torch.bincount(n, minlength=9), torch.bincount(n, x)),
        [(50,), (50,)],
        (integers(7), "real"),
        fixed=(0, 1),
        scale="terms",
    ),
    *several("ops/histograms", binned, MATRIX, fixed=(0,), exact=True),
]
