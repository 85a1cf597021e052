"""Logarithms with two operands: the log of a sum of exponentials, and x log y.

These are torch's own. What they have over writing the formula out:

>>> x, zero = torch.tensor(1000.0), torch.tensor(0.0)
>>> torch.logaddexp(x, x), torch.log(torch.exp(x) + torch.exp(x))
(tensor(1000.6932), tensor(inf))
>>> torch.xlogy(zero, zero), zero * torch.log(zero)
(tensor(0.), tensor(nan))
"""

from torch import logaddexp, logaddexp2, xlogy

__all__ = ["logaddexp", "logaddexp2", "xlogy"]
