"""Losses: one number that says how wrong the outputs are, to be made small.

``MSELoss`` is for numbers, ``CrossEntropyLoss`` for classes. The latter is two steps, each a rule: the
outputs become logarithms of probabilities, and of each row the right one is picked.
"""

from __future__ import annotations

import math
import warnings

import numpy

from ..autograd import Rule, namespace
from ..autograd.variable import wrap
from ..dtypes import result_type
from ..ops.softmax import log_softmax
from ..tensor import Size, Tensor
from ._reduction import check_reduction, reduction_of
from .module import Module

__all__ = ["MSELoss", "NLLLoss", "CrossEntropyLoss"]


class MseLoss(Rule):
    """loss = (x - t)^2, or their sum or mean        dx = 2 (x - t) dloss,  / n for the mean"""

    @staticmethod
    def forward(ctx, x, target, reduction):
        ctx.save_for_backward(x, target)
        ctx.scale = 2 / x.size if reduction == "mean" and x.size else 2.0
        loss = x - target
        loss = loss * loss
        if reduction == "none":
            return loss
        total = loss.sum()
        return total if reduction == "sum" else total / x.size

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        needs_x, needs_target, _ = ctx.needs_input_grad
        dx = ctx.scale * (x - target) * dloss
        return dx if needs_x else None, -dx if needs_target else None, None


class NllLoss(Rule):
    """loss_n = -weight[t_n] x[n, t_n], or their sum, or that over the sum of the weights

    dx[n, t_n] = -weight[t_n] dloss_n, over the sum of the weights for the mean; 0 elsewhere
    """

    @staticmethod
    def forward(ctx, x, target, weight, reduction, ignore_index):
        target, share = weigh(target, weight, x, ignore_index)
        ctx.shape, ctx.places = x.shape, (places := places_of(target, x.ndim))
        loss = -x[places]  # one for each target
        if share is not None:
            loss = numpy.where(share == 0, 0, loss * share)
        ctx.slope = -1.0 if share is None else -share
        if reduction == "none":
            ctx.slope = numpy.asarray(ctx.slope)
            return loss
        total = loss.sum()
        if reduction == "mean":
            count = loss.size if share is None else share.sum()
            total = total / count
            ctx.slope = ctx.slope / count
        return total

    @staticmethod
    def backward(ctx, dloss):
        slope = numpy.zeros(ctx.shape, dloss.dtype)
