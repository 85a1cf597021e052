"""In which order the elements of a result lie in memory: NumPy's choice, corrected to be torch's.

Both give a result the order of its operands. Where these lie in different orders, NumPy falls back
to row by row; torch lets the first operand decide that has something to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._memory import blank, memory_order
from ..autograd.variable import Variable


def laid_out_as(operands: Sequence, y: Variable) -> Variable:
    """The result in the memory order that its operands (tensors, or numbers) ask for."""
    if y.array.ndim < 2:
        return y
    arrays = [x.array for x in operands if isinstance(x, Variable)]
    if all(x.flags.c_contiguous for x in arrays):
        return y
    new = blank(y.array.shape, memory_order(y.array.shape, arrays), y.array.dtype)
    if new.strides != y.array.strides:
        new[...] = y.array
        y.array = new
    return y
