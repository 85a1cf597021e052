"""Answers combined: and, or, not, xor, ``& | ^ ~``; bits shifted, ``<< >>``; all and any.

Answers have no gradient, so there is nothing to write out: these are torch's own.

>>> x = torch.tensor([1.0, 2.0, 3.0])
>>> (x > 1) & (x < 3), ~(x > 1)
(tensor([False,  True, False]), tensor([ True, False, False]))
>>> (x > 1).all(), (x > 1).any()
(tensor(False), tensor(True))
>>> torch.tensor([5, -5]) >> 1
tensor([ 2, -3])
"""

from torch import (
    all,
    any,
    bitwise_and,
    bitwise_left_shift,
    bitwise_not,
    bitwise_or,
    bitwise_right_shift,
    bitwise_xor,
    logical_and,
    logical_not,
    logical_or,
    logical_xor,
)

__all__ = [
    "logical_and",
    "logical_or",
    "logical_xor",
    "logical_not",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "bitwise_not",
    "bitwise_left_shift",
    "bitwise_right_shift",
    "all",
    "any",
]
