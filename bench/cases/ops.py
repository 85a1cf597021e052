"""Cases of the lessons in `ops/`."""

import numpy as np

from bench.cases import Case, Functions, integers, several

__all__ = ["CASES"]


def ties(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Few different numbers, so that many are equal."""
    return rng.integers(-2, 3, shape) / 2


MATRIX = [(4, 5)]
TWO = [(4, 5), (4, 5)]
ROW = [(4, 5), (5,)]

arithmetic: Functions = {
    "x - y": lambda torch, x, y: x - y,
    "x * y": lambda torch, x, y: x * y,
}
smooth: Functions = {
    "exp": lambda torch, x: x.exp(),
    "tanh": lambda torch, x: x.tanh(),
    "sigmoid": lambda torch, x: x.sigmoid(),
}
roots: Functions = {
    "log": lambda torch, x: x.log(),
    "sqrt": lambda torch, x: x.sqrt(),
}
kinks: Functions = {
    "relu": lambda torch, x: x.relu(),
    "abs": lambda torch, x: x.abs(),
    "sign": lambda torch, x: x.sign(),
}
elementary: Functions = {
    "expm1": lambda torch, x: x.expm1(),
}
logarithms: Functions = {
    "log1p": lambda torch, x: x.log1p(),
    "log2": lambda torch, x: x.log2(),
    "log10": lambda torch, x: x.log10(),
    "rsqrt": lambda torch, x: x.rsqrt(),
}
products: dict[str, list[tuple[int, ...]]] = {
    "matrix @ matrix": [(4, 30), (30, 5)],
    "batch @ matrix": [(2, 3, 7), (7, 5)],
    "batches, broadcast": [(2, 1, 3, 7), (4, 7, 5)],
    "matrix @ vector": [(4, 30), (30,)],
    "vector @ matrix": [(30,), (30, 4)],
    "vector @ vector": [(50,), (50,)],
}
sums: Functions = {
    "sum": lambda torch, x: x.sum(),
    "sum over rows": lambda torch, x: x.sum(0),
    "sum over two dimensions": lambda torch, x: x.sum((0, 2), keepdim=True),
    "mean": lambda torch, x: x.mean(),
    "mean over columns": lambda torch, x: x.mean(1),
    "cumsum": lambda torch, x: x.cumsum(1),
}
extremes: Functions = {
    "max": lambda torch, x: x.max(),
    "max and where, over columns": lambda torch, x: tuple(x.max(1)),
    "min and where, over rows": lambda torch, x: tuple(x.min(0)),
    "amax, shared among equals": lambda torch, x: x.amax(1),
    "argmax": lambda torch, x: (x.argmax(), x.argmin(1)),
}
spread: Functions = {
    "var": lambda torch, x: x.var(),
    "std over columns": lambda torch, x: x.std(1),
    "norm": lambda torch, x: x.norm(),
}
rounded: Functions = {
    "floor, ceil, trunc, round": lambda torch, x: (x.floor(), x.ceil(), x.trunc(), x.round()),
    "x // 0.3 and x % 0.3": lambda torch, x: (x // 0.3, x % 0.3),
}
comparisons: Functions = {
    "all six": lambda torch, x, y: (x < y, x <= y, x > y, x >= y, x == y, x != y),
    "isclose": lambda torch, x, y: torch.isclose(x, y + 1e-9),
}
logic: Functions = {
    "and, or, not": lambda torch, x, y: ((x > 0) & (y > 0), (x > 0) | (y > 0), ~(x > 0)),
    "all, any": lambda torch, x, y: ((x > y).all(), (x > y).any(1)),
}
shapes: Functions = {
    "view": lambda torch, x: x.view(6, -1),
    "reshape of a transpose": lambda torch, x: x.transpose(0, 2).reshape(-1),
    "flatten": lambda torch, x: x.flatten(1),
    "unsqueeze and squeeze": lambda torch, x: (x.unsqueeze(-2), x.unsqueeze(0).squeeze()),
}
permutations: Functions = {
    "transpose": lambda torch, x: x.transpose(0, 2),
    "permute": lambda torch, x: x.permute(2, 0, 1),
    "flip": lambda torch, x: x.flip(0, 2),
    "roll": lambda torch, x: x.roll(1, 1),
}
indices: Functions = {
    "one row": lambda torch, x: x[1],
    "slices": lambda torch, x: x[1:, ::2],
    "None and ...": lambda torch, x: x[None, ..., -1],
    "rows by number, one twice": lambda torch, x: x[torch.tensor([0, 2, 2])],
    "where positive": lambda torch, x: x[x > 0],
}
repeated: Functions = {
    "expand": lambda torch, x: x.unsqueeze(0).expand(3, 4, 5),
    "repeat": lambda torch, x: x.repeat(2, 3),
    "repeat_interleave": lambda torch, x: x.repeat_interleave(3, 1),
}
joined: Functions = {
    "cat": lambda torch, x, y: torch.cat((x, y, x), 1),
    "stack": lambda torch, x, y: torch.stack((x, y), 1),
}
parts: Functions = {
    "split": lambda torch, x: torch.split(x, 2, 1),
    "chunk": lambda torch, x: torch.chunk(x, 3, 1),
    "unbind": lambda torch, x: torch.unbind(x),
}
chosen: Functions = {
    "clamp": lambda torch, x, y: x.clamp(-0.5, 0.5),
    "maximum, minimum": lambda torch, x, y: (torch.maximum(x, y), torch.minimum(x, y)),
    "where": lambda torch, x, y: torch.where(x > 0, x, y),
}

CASES = [
    Case(
        "ops/arithmetic",
        "x + y, both broadcast",
        lambda torch, x, y: x + y,
        [(4, 1, 5), (3, 1)],
        exact="values",
        scale="terms",
        second=True,
    ),
    *several("ops/arithmetic", arithmetic, TWO, exact=True, second=True),
    *several("ops/arithmetic", arithmetic, ROW, ", row", exact="values", scale="terms"),
    Case("ops/arithmetic", "x + 3 y", lambda torch, x, y: torch.add(x, y, alpha=3), TWO),
    Case("ops/arithmetic", "x / y", lambda torch, x, y: x / y, TWO, "nonzero", second=True),
    Case("ops/arithmetic", "2 - 3 x", lambda torch, x: 2 - 3 * x, MATRIX, exact=True),
    Case("ops/arithmetic", "-1 / x", lambda torch, x: -(1 / x), MATRIX, "nonzero"),
    Case(
        "ops/arithmetic",
        "integers become floats",
        lambda torch, n, x: (n + 1, n * 2.5, n / 3, n * x),
        ROW,
        (integers(9, -9), "real"),
        scale="terms",
    ),
    Case("ops/power", "x ** 2", lambda torch, x: x**2, MATRIX, exact=True, second=True),
    Case("ops/power", "x ** 3", lambda torch, x: x**3, MATRIX, exact="values", second=True),
    Case("ops/power", "x ** -0.5", lambda torch, x: x**-0.5, MATRIX, "positive"),
    Case("ops/power", "x ** y", lambda torch, x, y: x**y, ROW, ("positive", "real"), second=True),
    *several("ops/elementwise", kinks, [(4, 50)], domain=ties, exact=True, second=True),
    *several("ops/elementwise", smooth, [(4, 50)], second=True),
    *several("ops/elementwise", roots, [(4, 50)], domain="positive", second=True),
    *several("ops/elementary", elementary, [(4, 50)], second=True),
    *several("ops/elementary", logarithms, [(4, 50)], domain="positive", second=True),
    *(
        Case("ops/matmul", name, lambda torch, x, y: x @ y, sizes, scale="terms", second=True)
        for name, sizes in products.items()
    ),
    Case(
        "ops/matmul",
        "addmm",
        lambda torch, x, y, z: torch.addmm(x, y, z),
        [(5,), (4, 30), (30, 5)],
        scale="terms",
    ),
    *several("ops/reduction", sums, [(30, 20, 5)], scale="terms"),
    Case("ops/reduction", "prod", lambda torch, x: x.prod(1), MATRIX),
    Case("ops/reduction", "logsumexp", lambda torch, x: x.logsumexp(1), MATRIX, second=True),
    *several("ops/extremum", extremes, MATRIX, exact="values"),
    *several("ops/extremum", extremes, MATRIX, ", ties", domain=ties, exact="values"),
    *several("ops/statistics", spread, MATRIX),
    *several("ops/rounding", rounded, MATRIX, fixed=(0,), exact=True),
    *several("ops/comparison", comparisons, ROW, domain=ties),
    *several("ops/logical", logic, TWO),
    Case("ops/conversion", "to and back", lambda torch, x: x.double().float() * 2, MATRIX),
    Case("ops/conversion", "clone, contiguous", lambda torch, x: x.t().contiguous(), MATRIX),
    *several("ops/shape", shapes, [(3, 4, 2)], exact=True),
    *several("ops/permutation", permutations, [(3, 4, 2)], exact=True),
    Case(
        "ops/permutation",
        "a view used twice",
        lambda torch, x: x.view(12) * x.t().reshape(12),
        [(3, 4)],
        second=True,
    ),
    *several("ops/indexing", indices, [(3, 5)], exact="values"),
    *several("ops/repetition", repeated, MATRIX, exact="values", scale="terms"),
    *several("ops/joining", joined, TWO, exact="values"),
    *several("ops/splitting", parts, MATRIX, exact=True),
    *several("ops/selection", chosen, TWO, exact="values"),
    Case(
        "ops/scatter",
        "gather",
        lambda torch, x, index: x.gather(1, index),
        [(4, 5), (4, 7)],
        (None, integers(5)),
        exact="values",
    ),
    Case(
        "ops/scatter",
        "scatter_add",
        lambda torch, x, index, y: x.scatter_add(1, index, y),
        [(4, 5), (4, 7), (4, 7)],
        (None, integers(5), None),
    ),
    Case(
        "ops/scatter",
        "index_select, masked_fill",
        lambda torch, x, i: (x.index_select(0, i), x.masked_fill(x > 0, 2.0)),
        [(4, 5), (3,)],
        (None, integers(4)),
        exact="values",
    ),
    Case("ops/softmax", "softmax", lambda torch, x: x.softmax(1), [(16, 10)], second=True),
    Case("ops/softmax", "log_softmax", lambda torch, x: x.log_softmax(1), [(16, 10)], second=True),
]
