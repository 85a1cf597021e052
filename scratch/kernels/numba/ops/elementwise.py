"""relu without an array in between."""

from __future__ import annotations

import numpy

from ....ops import elementwise as lesson
from .._jit import jit


class Relu(lesson.Relu, backend="numba"):
    """Forward and backward each compare and pick in one loop."""

    @staticmethod
    def forward(ctx, x):
        if not (x.dtype.char in "fd" and x.flags.c_contiguous):
            return super().forward(ctx, x)
        y = numpy.empty(x.shape, x.dtype)
        rectified(x, y)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        if not (
            type(dy) is numpy.ndarray
            and dy.dtype is y.dtype
            and dy.dtype.char in "fd"
            and dy.flags.c_contiguous
            and y.flags.c_contiguous
        ):
            return super().backward(ctx, dy)
        dx = numpy.empty(y.shape, y.dtype)
        masked(dy, y, dx)
        return dx


@jit
def rectified(x, y):
    """y = 0 where x is negative, else x, so that NaN stays NaN"""
    from_x, to = x.ravel(), y.ravel()
    for i in range(to.size):
        to[i] = 0 if from_x[i] < 0 else from_x[i]


@jit
def masked(dy, y, dx):
    """dx = dy where y is not 0, else 0"""
    from_dy, from_y, to = dy.ravel(), y.ravel(), dx.ravel()
    for i in range(to.size):
        to[i] = from_dy[i] if from_y[i] != 0 else 0
