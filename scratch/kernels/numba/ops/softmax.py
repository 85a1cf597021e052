"""log_softmax of the rows of a matrix: one pass a row, forwards and backwards."""

from __future__ import annotations

import math

import numpy

from ....ops import softmax as lesson
from .._jit import jit

SMALL = 1 << 14  # elements; for larger ones NumPy's vectorised exp is quicker


class LogSoftmax(lesson.LogSoftmax, backend="numba"):
    """The largest number, the sum of exponentials and the result, without arrays in between."""

    @staticmethod
    def forward(ctx, x, dim):
        if not is_small_matrix(x, dim):
            return super().forward(ctx, x, dim)
        ctx.dim = dim
        y = numpy.empty(x.shape, x.dtype)
        log_softmax(x, y)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        if type(dy) is not numpy.ndarray or not is_small_matrix(y, ctx.dim) or dy.dtype != y.dtype:
            return super().backward(ctx, dy)
        dx = numpy.empty(y.shape, y.dtype)
        log_softmax_gradient(y, dy, dx)
        return dx, None


def is_small_matrix(x, dim) -> bool:
    return (
        type(x) is numpy.ndarray
        and x.ndim == 2
        and dim in (1, -1)
        and 0 < x.size <= SMALL
        and x.dtype.char in "fd"
    )


@jit
def log_softmax(x, y):
    for i in range(x.shape[0]):
        top = x[i].max()
        total = x.dtype.type(0)
        for j in range(x.shape[1]):
            y[i, j] = x[i, j] - top
            total += math.exp(y[i, j])
        log = math.log(total)
        for j in range(x.shape[1]):
            y[i, j] -= log


@jit
def log_softmax_gradient(y, dy, dx):
    for i in range(y.shape[0]):
        total = y.dtype.type(0)
        for j in range(y.shape[1]):
            total += dy[i, j]
        for j in range(y.shape[1]):
            dx[i, j] = dy[i, j] - math.exp(y[i, j]) * total
