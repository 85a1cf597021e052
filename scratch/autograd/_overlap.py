"""Whether a tensor that is written to shares memory with one that is read: then order matters."""

from __future__ import annotations

from collections.abc import Iterable

import numpy

from .variable import Variable


def refuse_overlap(written: Variable, read: Iterable, operation: str) -> None:
    """RuntimeError if reading would meet elements that were already overwritten.

    As in torch: the very same elements in the same order are fine, and tensors with gaps in their
    memory are not looked at.

    Args:
        written: the tensor that is changed
        read: the operands; those that are no tensors do not matter
        operation: what to call this in the error message
    """
    x = written.array
    for other in read:
        if other is written or not isinstance(other, Variable):
            continue
        y = other.array
        if numpy.may_share_memory(x, y) and is_dense(x) and is_dense(y) and not _same(x, y):
            raise RuntimeError(
                f"unsupported operation: {operation} would read elements of a tensor that it has "
                f"already overwritten, as the two tensors share memory: clone() the one that is "
                f"read"
            )


def is_dense(x: numpy.ndarray) -> bool:
    """Whether the elements fill a piece of memory without gaps, each in a place of its own."""
    if x.flags.c_contiguous or x.flags.f_contiguous:
        return True
    span = x.itemsize
    for step, n in sorted(zip(x.strides, x.shape, strict=True)):
        if n != 1:
            if step != span:
                return False
            span *= n
    return True


def _same(x: numpy.ndarray, y: numpy.ndarray) -> bool:
    starts = [each.__array_interface__["data"][0] for each in (x, y)]
    if starts[0] != starts[1] or x.nbytes != y.nbytes or x.ndim != y.ndim:
        return False
    steps = zip(x.strides, y.strides, x.shape, strict=True)
    return all(a == b or n == 1 and 0 in (a, b) for a, b, n in steps)  # 0: of a new dimension
