"""Whether a tensor that is written to shares memory with one that is read: then order matters.

Element by element, x may be read and written at once: ``refuse_overlap``. Where an index says what
is written, it may not be read at all: ``refuse_shared_memory``. As in torch, tensors with gaps in
their memory are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy

from .variable import Variable


def refuse_overlap(written: Variable, read: Iterable, operation: str) -> None:
    """RuntimeError if reading would meet elements that were already overwritten.

    The very same elements in the same order are fine: each is read just before it is written.

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


def refuse_shared_memory(written: Variable, *read: Variable) -> None:
    """RuntimeError if one of those that are read is the written one, or lies in its memory."""
    x = written.array
    for other in read:
        y = other.array
        if other is written or numpy.may_share_memory(x, y) and is_dense(x) and is_dense(y):
            raise RuntimeError(
                "unsupported operation: some elements of the input tensor and the written-to "
                "tensor refer to a single memory location: clone() what is to be written"
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
