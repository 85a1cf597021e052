"""What a floating-point number is made of: sign, mantissa, exponent; its neighbours; its NaNs.

A float is m 2^e: ``frexp`` takes it apart, ``ldexp`` puts it together, ``copysign`` gives it a
sign, ``nextafter`` finds the next one. ``heaviside`` tells signs; ``gcd`` and ``lcm`` are for
integers, which are made of factors. These are torch's own.

>>> mantissa, exponent = torch.frexp(torch.tensor([3.0, 512.0]))
>>> mantissa, exponent
(tensor([0.7500, 0.5000]), tensor([ 2, 10], dtype=torch.int32))
>>> torch.ldexp(mantissa, exponent)
tensor([  3., 512.])
>>> torch.nan_to_num(torch.tensor([float("nan"), 1.0])), torch.signbit(torch.tensor(-0.0))
(tensor([0., 1.]), tensor(True))
"""

from torch import copysign, frexp, gcd, heaviside, lcm, ldexp, nan_to_num, nextafter, signbit

__all__ = [
    "nan_to_num",
    "copysign",
    "signbit",
    "nextafter",
    "ldexp",
    "frexp",
    "heaviside",
    "gcd",
    "lcm",
]
