"""The negative log-likelihood of a batch of rows, and the cross-entropy, in one pass each way."""

from __future__ import annotations

import math

import numpy

from ...._backends import replaces
from ....autograd import Rule
from ....autograd.variable import Variable, wrap
from ....nn import loss as lesson
from ....nn._targets import one_class_a_row
from ....ops.softmax import softmax
from .._jit import jit
from ..ops.softmax import LogSoftmax, is_small_matrix


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


class CrossEntropy(Rule, name="NllLossBackward0"):
    """loss = -mean of log(softmax(x))[n, t_n]        dx = (softmax(x) - one_hot(t)) dloss / N

    For the sum without N, and 0 for rows that are ignored. ``slopes`` is all of dx but dloss.
    """

    @staticmethod
    def forward(ctx, x, target, ignore_index, share, slopes, loss):
        ctx.save_for_backward(x, target)
        ctx.ignored, ctx.share, ctx.slopes = ignore_index, share, slopes
        return loss

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        if isinstance(dloss, Variable):  # this backward is being recorded
            right = numpy.zeros(x.array.shape, x.array.dtype)
            put(right, target.array, ctx.ignored, ctx.share)
            counted = right.sum(axis=1, keepdims=True)
            dx = (softmax(x, 1) * wrap(counted) - wrap(right)) * dloss
        else:
            dx = ctx.slopes * dloss
        return dx, None, None, None, None, None

    @property
    def next_functions(self) -> tuple:
        """As if there were two nodes, like the lesson's."""
        log_softmax = LogSoftmax()
        log_softmax.edges = self.edges[:1]
        return ((log_softmax, 0),)


@replaces(lesson._class_loss, backend="numba")
def class_loss(input, target, weight, ignore_index, reduction):
    """Loss and slopes in one loop: one loss for all rows, without class weights."""
    if reduction != "none" and one_class_a_row(input, target, weight):
        x = input.array
        if is_small_matrix(x, 1):
            loss, slopes = numpy.empty((), x.dtype), numpy.empty(x.shape, x.dtype)
            mean = reduction == "mean"
            share = cross_entropy(x, target.array, ignore_index, mean, loss, slopes)
            if share > 0:  # else no target counts, or one is out of range
                return CrossEntropy.apply(input, target, ignore_index, share, slopes, loss)
    return lesson._class_loss(input, target, weight, ignore_index, reduction)


@jit
def cross_entropy(x, target, ignored, mean, loss, slopes):
    """Writes the loss, and its slopes by x; returns what each row's share of it is."""
    count = 0
    for n in range(target.size):
        if target[n] != ignored:
            count += 1
            if target[n] < 0 or target[n] >= x.shape[1]:
                return 0.0
    share = min(count, 1.0)
    if mean and count > 0:
        share /= count
    sum_of_losses = 0.0
    for n in range(target.size):
        part = 0.0 if target[n] == ignored else share
        top = x[n].max()
        total = x.dtype.type(0)
        for c in range(x.shape[1]):
            slopes[n, c] = math.exp(x[n, c] - top)
            total += slopes[n, c]
        for c in range(x.shape[1]):
            slopes[n, c] *= part / total
        if part > 0:
            sum_of_losses += math.log(total) - (x[n, target[n]] - top)
            slopes[n, target[n]] -= part
    loss[()] = sum_of_losses * share
    return share


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
