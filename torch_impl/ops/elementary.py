"""More functions of one number: 1 / sqrt(x), exp and log near 0 and to other bases, sin and cos.

These are torch's own. Why there is a ``log1p`` besides ``log``:

>>> x = torch.tensor(1e-8)
>>> torch.log(1 + x), torch.log1p(x)
(tensor(0.), tensor(1.0000e-08))
"""

from torch import cos, expm1, log1p, log2, log10, rsqrt, sin

__all__ = ["rsqrt", "expm1", "log1p", "log2", "log10", "sin", "cos"]
