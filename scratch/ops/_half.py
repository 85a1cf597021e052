"""float16 has 11 bits: what takes several steps is computed in float32, and rounded once."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy


def in_float32(function: Callable) -> Callable:
    """A function of arrays of one dtype that computes in float32 where they are float16."""

    @functools.wraps(function)
    def whole(x, *more):
        if x.itemsize > 2:
            return function(x, *more)
        # Not astype: that lays an expanded array out by columns.
        wide = [numpy.positive(each, dtype=numpy.float32) for each in (x, *more)]
        return numpy.asarray(function(*wide), numpy.float16)

    return whole
