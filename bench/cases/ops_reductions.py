"""Cases of reductions, statistics and running results."""

from bench.cases import Case, Functions, several

__all__ = ["CASES"]

MATRIX = [(4, 5)]

running: Functions = {
    "cumsum from the left": lambda torch, x: x.cumsum(1),
    "diff": lambda torch, x: torch.diff(x),
    "diff twice, with something ahead": lambda torch, x: x.diff(2, 0, prepend=x[:1]),
    "trapezoid": lambda torch, x: torch.trapezoid(x, dx=0.5),
    "cumulative_trapezoid": lambda torch, x: torch.cumulative_trapezoid(x, dim=0),
}
products: Functions = {
    "prod": lambda torch, x: x.prod(),
    "prod over columns": lambda torch, x: x.prod(1, keepdim=True),
    "cumprod": lambda torch, x: x.cumprod(0),
}
leaders: Functions = {
    "cummax": lambda torch, x: tuple(x.cummax(1)),
    "cummin": lambda torch, x: tuple(x.cummin(0)),
}
exponentials: Functions = {
    "logsumexp of all": lambda torch, x: x.logsumexp((0, 1)),
    "logsumexp over columns": lambda torch, x: torch.logsumexp(x, 1, keepdim=True),
}
spread: Functions = {
    "var_mean": lambda torch, x: torch.var_mean(x, 1),
    "std_mean": lambda torch, x: torch.std_mean(x, 0, correction=0),
    "cov": lambda torch, x: torch.cov(x),
    "corrcoef": lambda torch, x: torch.corrcoef(x),
}
lengths: Functions = {
    "norm, largest": lambda torch, x: x.norm(float("inf"), 1),
    "norm, p = 3": lambda torch, x: x.norm(3),
    "renorm": lambda torch, x: x.renorm(2, 0, 1.0),
}

CASES = [
    *several("ops/cumulative", running, MATRIX, scale="terms", second=True),
    *several("ops/cumulative", products, MATRIX, domain="nonzero", second=True),
    *several("ops/cumulative", leaders, MATRIX, exact="values", second=True),
    Case("ops/cumulative", "logcumsumexp", lambda torch, x: x.logcumsumexp(1), MATRIX),
    *several("ops/reduction", exponentials, MATRIX, second=True),
    Case("ops/reduction", "nansum", lambda torch, x: x.nansum(1), MATRIX, scale="terms"),
    *several("ops/statistics", spread, MATRIX, scale="condition"),
    *several("ops/lengths", lengths, MATRIX, second=True),
    Case("ops/lengths", "dist", lambda torch, x, y: torch.dist(x, y), [(4, 5), (5,)]),
    Case("ops/extremum", "aminmax", lambda torch, x: tuple(torch.aminmax(x, dim=1)), MATRIX),
]
