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
        if x.size * bias.size > SMALL_FORWARD or not fits(bias, x, weight):
            return super(Addmm, ctx).forward(ctx, bias, x, weight)
        needs_bias, needs_x, needs_weight = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        ctx.bias_shape = bias.shape if needs_bias else None
        return affine(x, weight, bias)

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        if (
            type(dy) is not numpy.ndarray
            or x is None
            or dy.size * x.shape[1] > SMALL_BACKWARD
            or not (fits(dy, x) and ctx.bias_shape)
        ):
            return super(Addmm, ctx).backward(ctx, dy)
        if weight is None:
            dbias, dweight = parameter_gradients(dy, x)
            return dbias, None, dweight
        return all_gradients(dy, x, weight)


def fits(*arrays) -> bool:
    """Whether the loops are compiled for these: contiguous, and all of one precision."""
    dtype = arrays[0].dtype
    return dtype.char in "fd" and all(a.dtype is dtype and a.flags.c_contiguous for a in arrays)


@jit(reorder=True)
def affine(x, weight, bias):
    """x weight^T + bias"""
    n, outs, ins = x.shape[0], weight.shape[0], weight.shape[1]
    y = numpy.empty((n, outs), x.dtype)
    for i in range(n):
        for j in range(outs):
            total = bias[j]
            for k in range(ins):
                total += x[i, k] * weight[j, k]
            y[i, j] = total
    return y


@jit(reorder=True)
def parameter_gradients(dy, x):
    """The sum of dy over its rows, and dy^T x."""
    n, outs, ins = dy.shape[0], dy.shape[1], x.shape[1]
    dbias, dweight = numpy.zeros(outs, x.dtype), numpy.zeros((outs, ins), x.dtype)
    for i in range(n):
        for j in range(outs):
            slope = dy[i, j]
            dbias[j] += slope
            for k in range(ins):
                dweight[j, k] += slope * x[i, k]
    return dbias, dweight


@jit(reorder=True)
def all_gradients(dy, x, weight):
    """Those, and dy weight in between."""
    dbias, dweight = parameter_gradients(dy, x)
    dx = numpy.zeros(x.shape, x.dtype)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            slope = dy[i, j]
            for k in range(x.shape[1]):
                dx[i, k] += slope * weight[j, k]
    return dbias, dx, dweight
