"""The linear layer in compiled loops, where the product is too small to be worth a call of BLAS."""

from __future__ import annotations

import numpy

from ....nn import linear as lesson
from .._jit import jit

SMALL_FORWARD = 1 << 17  # multiplications; above, BLAS and its overhead are quicker
SMALL_BACKWARD = 1 << 15


class Addmm(lesson.Addmm, backend="numba"):
    """Product and bias in one loop; all three gradients in another."""

    @staticmethod
    def forward(ctx, bias, x, weight):
        outs, ins = weight.shape
        if x.size * outs > SMALL_FORWARD or bias.shape != (outs,) or not fit(x, weight, bias):
            return super().forward(ctx, bias, x, weight)
        needs_bias, needs_x, needs_weight = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        ctx.bias_shape = bias.shape if needs_bias else None
        y = numpy.empty((x.size // ins if ins else len(x), outs), x.dtype)
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
            or not fit(dy, x, x)
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


def fit(a, b, c) -> bool:
    """Whether the loops are compiled for these: contiguous, and all of one precision."""
    dtype = a.dtype
    return (
        dtype.char in "fd"
        and b.dtype is dtype
        and c.dtype is dtype
        and a.flags.c_contiguous
        and b.flags.c_contiguous
    )


@jit(reorder=True)
def affine(x, weight, bias, y):
    """y = x weight^T + bias"""
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            total = bias[j]
            for k in range(x.shape[1]):
                total += x[i, k] * weight[j, k]
            y[i, j] = total


@jit(reorder=True)
def parameter_gradients(dy, x, dbias, dweight):
    """The sum of dy over its rows, and dy^T x."""
    dbias[:] = 0
    dweight[:] = 0
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            slope = dy[i, j]
            dbias[j] += slope
            for k in range(x.shape[1]):
                dweight[j, k] += slope * x[i, k]


@jit(reorder=True)
def input_gradient(dy, weight, dx):
    """dx = dy weight"""
    dx[:] = 0
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            slope = dy[i, j]
            for k in range(dx.shape[1]):
                dx[i, k] += slope * weight[j, k]
