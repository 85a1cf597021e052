"""The loss of a classifier: one number that says how wrong its scores are, to be made small.

``CrossEntropyLoss`` is two steps, each a rule: the scores become logarithms of probabilities, and
of each row the right class's is picked.
"""

from __future__ import annotations

import math
import warnings

import torch
from torch import Tensor

from ..autograd import Rule
from ..ops.softmax import log_softmax
from ._reduction import checked_reduction, reduction_of
from ._targets import (
    check_probabilities,
    checked_target,
    class_axis,
    places_of,
    spread,
    total_share,
)
from .module import Module

__all__ = ["NLLLoss", "CrossEntropyLoss"]

_warned = False  # of a softmax before the loss


class NllLoss(Rule):
    """loss_n = -w[t_n] x[n, t_n], or their sum, or that over the sum of the w[t_n]

    dx[n, t_n] = -w[t_n] dloss_n, for the mean over the sum of the w[t_n]; 0 elsewhere
    """

    @staticmethod
    def forward(ctx, x, target, weight, reduction, ignore_index):
        ctx.x_like = x.shape, x.dtype
        if x.ndim == 1:  # a single row
            x, target = x[None], target.reshape(1)
        places = ctx.places = places_of(target, x.shape[1], ignore_index)
        loss, ctx.slope, count = -x[places], -1.0, 1
        if weight is not None:
            share = weight[places[1]]
            loss, ctx.slope = loss * share, -share
        if reduction == "none" and len(ctx.x_like[0]) > 1:
            return spread(loss, places, target.shape)
        if reduction == "mean":
            count = loss.numel() if weight is None else share.sum()
            ctx.slope = ctx.slope / count if loss.numel() else 0.0
        return loss.sum() / count

    @staticmethod
    def backward(ctx, dloss):
        shape, dtype = ctx.x_like
        slope = torch.zeros(shape, dtype=dtype, device=dloss.device)
        rows = slope if slope.ndim > 1 else slope[None]
        rows[ctx.places] = ctx.slope
        if dloss.ndim > 0:  # reduction "none": one dloss for all classes
            dloss = dloss.reshape(dloss.shape[0], 1, *dloss.shape[1:])
        return slope * dloss, None, None, None, None


class NllLoss2d(NllLoss):
    """loss as NllLoss has it, for images: one class a pixel        dx: as there"""


class DivNumber(Rule):
    """y = x / n, with a number n        dx = dy / n"""

    @staticmethod
    def forward(ctx, x, n):
        ctx.n = n
        return x / n

    @staticmethod
    def backward(ctx, dy):
        return dy / ctx.n, None


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = -mean of input[n, target[n]]: the negative log-likelihood of the right classes

    Args:
        input: logarithms of probabilities
        target: the number of the right class, from 0 to C - 1
        weight: what each class counts. Default: 1
        size_average, reduce: old names for ``reduction``
        ignore_index: targets of this number do not count
        reduction: ``"mean"``, weighted by what the classes count; ``"sum"``; or ``"none"``

    Shape:
        input (C), (N, C) or (N, C, d1, ...), target the same without C

    Examples:
        >>> log_probs = torch.log_softmax(torch.tensor([[1.0, 2.0], [0.0, 3.0]]), dim=1)
        >>> torch.nn.functional.nll_loss(log_probs, torch.tensor([0, 1]))
        tensor(0.6809)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    target = checked_target(input, target, weight)
    if input.dim() <= 2:
        return NllLoss.apply(input, target, weight, reduction, ignore_index)
    if input.dim() == 4:
        return NllLoss2d.apply(input, target, weight, reduction, ignore_index)
    n, classes, *rest = input.shape
    loss = NllLoss2d.apply(
        input.reshape(n, classes, 1, math.prod(rest)),
        target.reshape(n, 1, math.prod(rest)),
        weight,
        reduction,
        ignore_index,
    )
    return loss.view(n, *rest) if reduction == "none" else loss


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """loss = -mean of log(softmax(input))[n, target[n]]

    Args:
        input: a score for each class, any real number (do not apply softmax to it before)
        target: the number of the right class, from 0 to C - 1; or the probability of each class
        weight: what each class counts. Default: 1
        size_average, reduce: old names for ``reduction``
        ignore_index: targets of this number do not count
        reduction: ``"mean"``, weighted by what the classes count; ``"sum"``; or ``"none"``
        label_smoothing: this much of each target is shared out evenly among all classes

    Shape:
        input (C), (N, C) or (N, C, d1, ...), target the same without C, or with probabilities the
        same

    Examples:
        >>> scores = torch.tensor([[1.0, 2.0], [0.0, 3.0]])
        >>> torch.nn.functional.cross_entropy(scores, torch.tensor([0, 1]))
        tensor(0.6809)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    if not isinstance(target, Tensor):
        raise TypeError(
            f"cross_entropy_loss(): argument 'target' must be Tensor, not {type(target).__name__}"
        )
    if not isinstance(input, Tensor):
        raise TypeError(
            f"cross_entropy_loss(): argument 'input' must be Tensor, not {type(input).__name__}"
        )
    if type(input.grad_fn).__name__.startswith("Softmax"):
        _warn_of_softmax()
    if label_smoothing > 1.0:
        raise RuntimeError(
            f"label_smoothing must be between 0.0 and 1.0. Got: {float(label_smoothing)}"
        )
    log_probs = log_softmax(input, class_axis(input))
    if target.shape == input.shape:
        if ignore_index >= 0:
            raise RuntimeError("ignore_index is not supported for floating point target")
        return _expected(log_probs, target, weight, reduction, label_smoothing)
    loss = nll_loss(log_probs, target, weight, None, ignore_index, None, reduction)
    if label_smoothing <= 0:
        return loss
    even = _to_all_classes(log_probs, target, weight, ignore_index, reduction)
    classes = log_probs.shape[class_axis(log_probs)]
    return loss * (1 - label_smoothing) + even * (label_smoothing / max(1, classes))


def _warn_of_softmax() -> None:
    """Says it once; a loop would say it at every step."""
    global _warned
    if not _warned:
        _warned = True
        warnings.warn(
            "cross_entropy got the output of a softmax, and takes the softmax of its input itself: "
            "twice makes the network learn slowly. Drop the softmax before the loss, and give it "
            "the scores. (This is said once.)",
            stacklevel=3,
        )


def _expected(
    log_probs: Tensor, target: Tensor, weight: Tensor | None, reduction: str, smoothing: float
) -> Tensor:
    """The cross-entropy where the target is a probability for each class."""
    axis = class_axis(log_probs)
    check_probabilities(log_probs, target, weight)
    classes = log_probs.shape[axis]
    if smoothing > 0:
        target = target * (1 - smoothing) + smoothing / max(1, classes)
    loss = log_probs * target
    if weight is not None:
        loss = loss * _along(weight, axis, loss)
    if reduction == "none":
        return -loss.sum(axis)
    if reduction == "sum":
        return -loss.sum()
    return DivNumber.apply(-loss.sum(), log_probs.numel() / classes if classes else 0.0)


def _to_all_classes(
    log_probs: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int, reduction: str
) -> Tensor:
    """The loss if every class were as right as the others: what label smoothing mixes in."""
    axis = class_axis(log_probs)
    if weight is not None:
        log_probs = log_probs * _along(weight, axis, log_probs)
    counts = target != ignore_index
    loss = (-log_probs.sum(axis)).masked_fill(~counts, 0.0)
    if reduction == "none":
        return loss
    if reduction == "sum":
        return loss.sum()
    return loss.sum() / total_share(target, weight, counts)


def _along(weight: Tensor, axis: int, x: Tensor) -> Tensor:
    """One weight a class, lined up with the classes of x."""
    return weight.view(-1, *[1] * (x.dim() - axis - 1))


class NLLLoss(Module):
    """loss = -mean of x[n, t_n]: the negative log-likelihood of the right classes

    Args and Shape are those of ``nn.functional.nll_loss``.

    Examples:
        >>> log_probs = torch.log_softmax(torch.tensor([[1.0, 2.0], [0.0, 3.0]]), dim=1)
        >>> torch.nn.NLLLoss()(log_probs, torch.tensor([0, 1]))
        tensor(0.6809)
    """

    weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__()
        self.reduction = reduction_of(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
        self.ignore_index = ignore_index

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return nll_loss(input, target, self.weight, None, self.ignore_index, None, self.reduction)


class CrossEntropyLoss(Module):
    """loss = -mean of log(softmax(x))[n, t_n]        dx = (softmax(x) - one_hot(t)) / N

    Args and Shape are those of ``nn.functional.cross_entropy``. It expects scores, not
    probabilities: a network that is trained with it ends without a softmax, and a warning says so
    if it does not.

    Examples:
        >>> scores = torch.tensor([[1.0, 2.0], [0.0, 3.0]])
        >>> torch.nn.CrossEntropyLoss()(scores, torch.tensor([0, 1]))
        tensor(0.6809)
    """

    weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        ignore_index: int = -100,
        reduce: bool | None = None,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ):
        super().__init__()
        self.reduction = reduction_of(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return cross_entropy(
            input,
            target,
            self.weight,
            None,
            self.ignore_index,
            None,
            self.reduction,
            self.label_smoothing,
        )
