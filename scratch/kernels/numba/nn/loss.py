"""The negative log-likelihood of a batch of rows, in one pass each way."""

from __future__ import annotations

import numpy

from ....autograd.variable import Variable, wrap
from ....nn import loss as lesson
from .._jit import jit
from ..ops.softmax import is_small_matrix


class NllLoss(lesson.NllLoss, backend="numba"):
    """One loss for all rows, without class weights; everything else is left to the lesson."""

    @staticmethod
    def forward(ctx, x, target, weight, reduction, ignore_index):
        ctx.shape = None
        if weight is None and reduction != "none" and is_small_matrix(x, 1) and target.ndim == 1:
            total, count = picked_total(x, target, ignore_index)
            if count > 0:  # 0 where none counts, -1 where one is out of range
                ctx.shape = x.shape
                ctx.ignored = ignore_index
                ctx.count = count if reduction == "mean" else 1
                ctx.save_for_backward(target)
                return x.dtype.type(-total) / ctx.count
        return super().forward(ctx, x, target, weight, reduction, ignore_index)

    @staticmethod
    def backward(ctx, dloss):
        if ctx.shape is None:
            return super().backward(ctx, dloss)
        (target,) = ctx.saved_tensors
        if isinstance(dloss, Variable):  # this backward is being recorded
            slope = numpy.zeros(ctx.shape, dloss.array.dtype)
            put(slope, target.array, ctx.ignored, -1 / ctx.count)
            dx = wrap(slope) * dloss
        else:
            dx = numpy.zeros(ctx.shape, dloss.dtype)
            put(dx, target, ctx.ignored, -dloss / ctx.count)
        return dx, None, None, None, None


@jit
def picked_total(x, target, ignored):
    """The sum of x[n, target[n]], and how many there are; -1 if one is out of range."""
    total, count = 0.0, 0
    for n in range(target.size):
        t = target[n]
        if t == ignored:
            continue
        if t < 0 or t >= x.shape[1]:
            return 0.0, -1
        total += x[n, t]
        count += 1
    return total, count


@jit
def put(dx, target, ignored, slope):
    """dx[n, target[n]] = slope"""
    for n in range(target.size):
        if target[n] != ignored:
            dx[n, target[n]] = slope
