"""Cases of what is computed element by element from two or three tensors."""

from bench.cases import Case, Functions, integers, several

__all__ = ["CASES"]

MATRIX = [(4, 5)]
TWO = [(4, 5), (5,)]
THREE = [(4, 5), (5,), (4, 1)]
NONZERO = ("real", "real", "nonzero")
COUNTS = integers(50, 1)

blended: Functions = {
    "lerp by a tensor": lambda torch, x, y, w: torch.lerp(x, y, w),
    "lerp by 0.3": lambda torch, x, y, w: torch.lerp(x, y, 0.3),
    "addcmul": lambda torch, x, y, w: torch.addcmul(x, y, w, value=0.5),
    "addcdiv": lambda torch, x, y, w: torch.addcdiv(x, y, w, value=-2),
    "addcmul_": lambda torch, x, y, w: (x * 1).addcmul_(y, w),
}
parts: Functions = {
    "nan_to_num": lambda torch, x: torch.nan_to_num(x),
    "copysign": lambda torch, x: torch.copysign(x, -1.0),
    "frexp": lambda torch, x: tuple(torch.frexp(x)),
    "signbit": lambda torch, x: torch.signbit(x),
}
whole: Functions = {
    "gcd": lambda torch, m, n: torch.gcd(m, n),
    "lcm": lambda torch, m, n: torch.lcm(m, n),
    "shifts": lambda torch, m, n: (m << 2, m >> n),
    "isin": lambda torch, m, n: torch.isin(m, n),
    "fmod": lambda torch, m, n: torch.fmod(m, n),
}
cut: Functions = {
    "frac": lambda torch, x: x.frac(),
    "fmod by 0.3": lambda torch, x: x.fmod(0.3),
}
taken: Functions = {
    "fmax": lambda torch, x, y: torch.fmax(x, y),
    "fmin": lambda torch, x, y: torch.fmin(x, y),
}

CASES = [
    *several("ops/blending", blended, THREE, domain=NONZERO, scale="terms"),
    *several("ops/floats", parts, MATRIX, exact=True),
    *several("ops/floats", {name: whole[name] for name in ("gcd", "lcm")}, TWO, domain=COUNTS),
    *several("ops/logical", {"shifts": whole["shifts"]}, TWO, domain=COUNTS),
    *several("ops/comparison", {"isin": whole["isin"]}, TWO, domain=COUNTS),
    *several("ops/rounding", {"fmod": whole["fmod"]}, TWO, domain=COUNTS),
    *several("ops/rounding", cut, MATRIX, exact=True),
    *several("ops/selection", taken, TWO, exact="values", scale="terms"),
    Case("ops/floats", "ldexp", lambda torch, x, n: torch.ldexp(x, n), TWO, ("real", "real")),
    Case(
        "ops/power", "float_power", lambda torch, x: x.float_power(1.7), MATRIX, domain="positive"
    ),
]
