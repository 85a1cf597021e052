"""Sums of arrays that stay accurate when they are long.

A float32 has 24 bits. Added one by one, ten thousand numbers lose the last six or so: the running
sum grows, and each small number is rounded to the sum's spacing. So add in blocks, and then add the
blocks' sums: every number takes part in few additions only. NumPy does that along the dimension in
which memory is contiguous, not along the others.
"""

from __future__ import annotations

import math

import numpy

SHORT = 128  # numbers that may be added one by one
BLOCKS = 32


def total(x: numpy.ndarray, axis: int | tuple | None = None, keepdims: bool = False):
    """``x.sum(axis, keepdims=keepdims)`` of floating-point numbers, more accurately."""
    if axis is None:
        axis = tuple(range(x.ndim))
    elif type(axis) is int:
        axis = (axis,)
    terms = math.prod([x.shape[i] for i in axis])
    if x.itemsize == 2:
        y = total(x.astype(numpy.float32), axis, keepdims)
        return y.astype(x.dtype)
    if terms <= SHORT:
        return numpy.add.reduce(x, axis, None, None, keepdims)
    if len(axis) == x.ndim:
        flat = x.reshape(-1) if x.flags.c_contiguous else x.ravel("K")
        y = numpy.add.reduce(flat)
        return y.reshape((1,) * x.ndim) if keepdims else y
    quick = _quickest(x)
    if axis == (quick,):
        return numpy.add.reduce(x, axis, None, None, keepdims)
    if quick in axis and terms // x.shape[quick] <= SHORT:
        return numpy.add.reduce(x, axis, None, None, keepdims)
    y = x
    for i in sorted(axis, key=lambda i: i == quick, reverse=True):
        y = _along(y, i, i == quick)
    return y if keepdims else y.reshape([n for i, n in enumerate(y.shape) if i not in axis])


def _quickest(x: numpy.ndarray) -> int:
    """The axis along which neighbours are nearest in memory."""
    return min(range(x.ndim), key=lambda i: (abs(x.strides[i]), -i) if x.shape[i] > 1 else (math.inf,))


def _along(x: numpy.ndarray, axis: int, pairwise: bool) -> numpy.ndarray:
    """The sum along one axis, which stays with size 1."""
    while not pairwise and x.shape[axis] > SHORT:
        # n numbers become n / 32: the i-th of every block added up, over whole rows of memory.
        n = x.shape[axis] // BLOCKS
        before, after = x.shape[:axis], x.shape[axis + 1 :]
        head = (slice(None),) * axis
        y = x[*head, : n * BLOCKS].reshape(*before, BLOCKS, n, *after).sum(axis)
        rest = x[*head, n * BLOCKS :]
        if rest.shape[axis]:
            y[*head, : rest.shape[axis]] += rest
        x = y
    return x.sum(axis, keepdims=True)
