"""In which order the elements of a result lie in memory: NumPy's choice, corrected to be torch's.

Both give a result the order of its operands. Where these lie in different orders, NumPy falls back
to row by row; torch lets the first operand decide that has something to say.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from ..autograd.variable import Variable


def laid_out_as(operands: Sequence, y: Variable) -> Variable:
    """The result in the memory order that its operands (tensors, or numbers) ask for."""
    if y.array.ndim < 2:
        return y
    arrays = [x.array for x in operands if isinstance(x, Variable)]
    if all(x.flags.c_contiguous for x in arrays):
        return y
    order = memory_order(y.array.shape, arrays)
    places = sorted(range(len(order)), key=order.__getitem__)
    new = numpy.empty([y.array.shape[axis] for axis in order], y.array.dtype).transpose(places)
    if new.strides != y.array.strides:
        new[...] = y.array
        y.array = new
    return y


def memory_order(shape: tuple[int, ...], arrays: list[numpy.ndarray]) -> list[int]:
    """The dimensions of a result, from the one with the longest steps to the shortest."""
    steps = [_steps(x, len(shape)) for x in arrays]
    order = list(range(len(shape)))
    for last in reversed(order):
        here = last
        for there in range(last + 1, len(shape)):
            verdict = _compare(order[there], order[here], shape, steps)
            if verdict < 0:
                break
            if verdict > 0:
                order[here], order[there] = order[there], order[here]
                here = there
    return order


def _steps(x: numpy.ndarray, ndim: int) -> list[int]:
    """The steps along the dimensions of the result; 0 where there is nothing to step to."""
    steps = [step if n > 1 else 0 for n, step in zip(x.shape, x.strides, strict=True)]
    return [0] * (ndim - x.ndim) + steps


def _compare(i: int, j: int, shape: tuple[int, ...], steps: list[list[int]]) -> int:
    """1 if dimension i, which comes behind j, should come before it; -1 if not; 0 if it is open."""
    for step in steps:
        if step[i] and step[j]:
            if step[i] != step[j]:
                return 1 if step[i] > step[j] else -1
            if shape[i] > shape[j]:
                return 1
    return 0
