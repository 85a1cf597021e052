"""Cases of the functions of one and two numbers: trigonometry, special functions, logarithms."""

from bench.cases import Case, Functions, several

__all__ = ["CASES"]


def inside(rng, shape):
    """Numbers between -1 and 1, not too near."""
    return rng.uniform(-0.95, 0.95, shape)


ONE, TWO = [(4, 50)], [(4, 50), (50,)]

circular: Functions = {
    "sin": lambda torch, x: x.sin(),
    "cos": lambda torch, x: x.cos(),
    "tan": lambda torch, x: x.tan(),
    "asin": lambda torch, x: x.asin(),
    "acos": lambda torch, x: x.acos(),
    "atan": lambda torch, x: x.atan(),
    "degrees and back": lambda torch, x: (x.rad2deg(), x.deg2rad()),
}
lengths: Functions = {
    "atan2": lambda torch, x, y: torch.atan2(x, y),
    "hypot": lambda torch, x, y: torch.hypot(x, y),
}
hyperbolic: Functions = {
    "sinh": lambda torch, x: x.sinh(),
    "cosh": lambda torch, x: x.cosh(),
    "asinh": lambda torch, x: x.asinh(),
    "acosh": lambda torch, x: (x * x + 1.5).acosh(),
    "atanh": lambda torch, x: x.atanh(),
}
special: Functions = {
    "erf": lambda torch, x: x.erf(),
    "erfc": lambda torch, x: x.erfc(),
    "erfinv": lambda torch, x: x.erfinv(),
    "i0": lambda torch, x: x.i0(),
}
sums: Functions = {
    "logaddexp": lambda torch, x, y: torch.logaddexp(x, y),
    "logaddexp2": lambda torch, x, y: torch.logaddexp2(x, y),
}

CASES = [
    *several("ops/elementary", {"exp2": lambda torch, x: x.exp2()}, ONE, second=True),
    *several("ops/elementary", {"logit": lambda torch, x: x.logit()}, ONE, domain="unit"),
    *several("ops/trigonometry", circular, ONE, domain=inside, second=True),
    *several("ops/trigonometry", lengths, TWO, second=True),
    Case("ops/trigonometry", "sinc", lambda torch, x: x.sinc(), ONE),
    *several("ops/hyperbolic", hyperbolic, ONE, domain=inside, second=True),
    *several("ops/log_pairs", sums, TWO, second=True),
    Case(
        "ops/log_pairs",
        "xlogy",
        lambda torch, x, y: torch.xlogy(x, y),
        TWO,
        ("real", "positive"),
        second=True,
    ),
    *several("ops/special", special, ONE, domain=inside, second=True),
    Case("ops/special", "lgamma", lambda torch, x: (x + 1).lgamma(), ONE, "positive"),
    Case("ops/special", "polygamma", lambda torch, x: torch.polygamma(2, x + 0.5), ONE, "positive"),
]
