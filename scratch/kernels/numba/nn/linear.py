"""The linear layer in compiled loops, where the product is too small to be worth a call of BLAS.

The inner loops do four rows or columns at once: what all four need is then read from memory once.
"""

from __future__ import annotations

import numpy

from ....nn import linear as lesson
from .._jit import jit

SMALL_FORWARD = 1 << 17  # multiplications; above, BLAS and its overhead are quicker
SMALL_BACKWARD = 1 << 16


class Addmm(lesson.Addmm, backend="numba"):
    """Product and bias in one loop; the gradients of weight and bias in another."""

    @staticmethod
    def forward(ctx, bias, x, weight):
        outs = len(weight)
        if x.size * outs > SMALL_FORWARD or bias.shape != (outs,) or not fit(x, weight):
            return super().forward(ctx, bias, x, weight)
        needs_bias, needs_x, needs_weight = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        ctx.bias_shape = bias.shape if needs_bias else None
        y = numpy.empty((len(x), outs), x.dtype)
        affine(x, weight, bias, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        if (
            type(dy) is not numpy.ndarray
            or x is None
            or dy.size * x.shape[1] > SMALL_BACKWARD
            or ctx.bias_shape != dy.shape[1:]
            or dy.dtype is not x.dtype
            or not fit(dy, x)
        ):
            return super().backward(ctx, dy)
        dbias = numpy.empty(dy.shape[1], x.dtype)
        dweight = numpy.empty((dy.shape[1], x.shape[1]), x.dtype)
        parameter_gradients(dy, x, dbias, dweight)
        if weight is None:
            return dbias, None, dweight
        dx = numpy.empty(x.shape, x.dtype)
        input_gradient(dy, weight, dx)
        return dbias, dx, dweight


def fit(a, b) -> bool:
    """Whether the loops are compiled for these: of one precision already, and contiguous."""
    return a.dtype.char in "fd" and a.flags.c_contiguous and b.flags.c_contiguous


@jit(reorder=True)
def affine(x, weight, bias, y):
    """y = x weight^T + bias"""
    outs = y.shape[1]
    fours = outs - outs % 4
    for i in range(y.shape[0]):
        for j in range(0, fours, 4):
            a, b, c, d = bias[j], bias[j + 1], bias[j + 2], bias[j + 3]
            for k in range(x.shape[1]):
                a += x[i, k] * weight[j, k]
                b += x[i, k] * weight[j + 1, k]
                c += x[i, k] * weight[j + 2, k]
                d += x[i, k] * weight[j + 3, k]
            y[i, j], y[i, j + 1], y[i, j + 2], y[i, j + 3] = a, b, c, d
        for j in range(fours, outs):
            a = bias[j]
            for k in range(x.shape[1]):
                a += x[i, k] * weight[j, k]
            y[i, j] = a


@jit(reorder=True)
def parameter_gradients(dy, x, dbias, dweight):
    """The sum of dy over its rows, and dy^T x."""
    rows = dy.shape[0]
    fours = rows - rows % 4
    dbias[:] = 0
    dweight[:] = 0
    for j in range(dy.shape[1]):
        for i in range(0, fours, 4):
            a, b, c, d = dy[i, j], dy[i + 1, j], dy[i + 2, j], dy[i + 3, j]
            dbias[j] += a + b + c + d
            for k in range(x.shape[1]):
                dweight[j, k] += a * x[i, k] + b * x[i + 1, k] + c * x[i + 2, k] + d * x[i + 3, k]
        for i in range(fours, rows):
            a = dy[i, j]
            dbias[j] += a
            for k in range(x.shape[1]):
                dweight[j, k] += a * x[i, k]


@jit(reorder=True)
def input_gradient(dy, weight, dx):
    """dx = dy weight"""
    outs = dy.shape[1]
    fours = outs - outs % 4
    dx[:] = 0
    for i in range(dy.shape[0]):
        for j in range(0, fours, 4):
            a, b, c, d = dy[i, j], dy[i, j + 1], dy[i, j + 2], dy[i, j + 3]
            for k in range(dx.shape[1]):
                dx[i, k] += (
                    a * weight[j, k]
                    + b * weight[j + 1, k]
                    + c * weight[j + 2, k]
                    + d * weight[j + 3, k]
                )
        for j in range(fours, outs):
            a = dy[i, j]
            for k in range(dx.shape[1]):
                dx[i, k] += a * weight[j, k]
