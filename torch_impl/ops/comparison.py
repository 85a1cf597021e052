"""``== != < <= > >=``, and questions about elements: what they return is True or False.

Answers have no gradient, so there is nothing to write out: these are torch's own.

>>> x = torch.tensor([1.0, float("nan"), 3.0])
>>> x == x, torch.isnan(x)
(tensor([ True, False,  True]), tensor([False,  True, False]))
>>> torch.equal(x, x), torch.allclose(x, x, equal_nan=True)
(False, True)
"""

from torch import (
    allclose,
    eq,
    equal,
    ge,
    greater,
    greater_equal,
    gt,
    isclose,
    isfinite,
    isin,
    isinf,
    isnan,
    isneginf,
    isposinf,
    isreal,
    le,
    less,
    less_equal,
    lt,
    ne,
    not_equal,
)

__all__ = [
    "eq",
    "ne",
    "not_equal",
    "lt",
    "less",
    "le",
    "less_equal",
    "gt",
    "greater",
    "ge",
    "greater_equal",
    "isnan",
    "isinf",
    "isfinite",
    "isposinf",
    "isneginf",
    "isreal",
    "isin",
    "isclose",
    "allclose",
    "equal",
]
