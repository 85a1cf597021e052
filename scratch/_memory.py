"""In which order the elements of a new array lie in memory, as torch would choose; and how
memory is seen as another array.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy


def copied(array: numpy.ndarray, kind: numpy.dtype | None = None) -> numpy.ndarray:
    """A copy, in another dtype perhaps, laid out in memory as the original."""
    kind = array.dtype if kind is None else kind
    if not repeats(array):
        return array.astype(kind, order="K")
    new = blank_like(array, kind)
    new[...] = array
    return new


def blank_like(array: numpy.ndarray, kind: numpy.dtype) -> numpy.ndarray:
    """New memory of an array's shape and layout, but for what that repeats."""
    if not repeats(array):
        return numpy.empty_like(array, kind, order="K", subok=False)
    return blank(array.shape, memory_order(array.shape, [array]), kind)


def repeats(array: numpy.ndarray) -> bool:
    """Whether several of its elements are one in memory, as after ``expand``."""
    steps = zip(array.strides, array.shape, strict=True)
    return 0 in array.strides and any(n > 1 and not step for step, n in steps)


def described(array: numpy.ndarray, **otherwise: object) -> numpy.ndarray:
    """The memory of an array, but for what ``otherwise`` says in its ``__array_interface__``."""
    return numpy.asarray(_Described(array, otherwise))


class _Described:
    def __init__(self, array: numpy.ndarray, otherwise: dict):
        self.array = array  # keeps the memory alive
        self.__array_interface__ = {**array.__array_interface__, **otherwise}


def blank(shape: Sequence[int], order: list[int], kind: numpy.dtype) -> numpy.ndarray:
    """New memory whose dimensions follow each other in this order, longest steps first."""
    places = sorted(range(len(order)), key=order.__getitem__)
    return numpy.empty([shape[axis] for axis in order], kind).transpose(places)


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
