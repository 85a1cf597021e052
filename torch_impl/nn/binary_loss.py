"""Losses of yes-or-no questions: whether it is a cat; which of these tags a picture has.

``BCELoss`` takes probabilities, ``BCEWithLogitsLoss`` scores, any real numbers, whose sigmoids are
the probabilities. Prefer the latter: log(sigmoid(x)) in one go stays finite where the sigmoid has
rounded to 0 or 1.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from ..autograd import Rule
from ._logarithms import log_sigmoid, logarithms
from ._reduction import (
    _Loss,
    _WeightedLoss,
    checked_reduction,
    collected,
    fixed,
    reduced,
    remedy,
    share_of,
)

__all__ = [
    "BCELoss",
    "BCEWithLogitsLoss",
    "SoftMarginLoss",
    "MultiLabelSoftMarginLoss",
]

TINY = 9.999999960041972e-13  # 1e-12 as a float32 has it, like torch, for float64 too


class BinaryCrossEntropy(Rule):
    """loss = -w (t ln x + (1 - t) ln(1 - x))        dx = dloss w (x - t) / (x (1 - x))

    Neither logarithm is less than -100. dt = dloss w (ln(1 - x) - ln x); for the mean, / n.
    """

    @staticmethod
    def forward(ctx, x, target, weight, reduction):
        ctx.save_for_backward(x, target)
        ctx.share = share_of(x, reduction)
        if weight is not None:
            ctx.share = ctx.share * weight
        no, yes = logarithms(x)
        loss = (target - 1) * no - target * yes
        return reduced(loss if weight is None else loss * weight, reduction)

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        dx = dtarget = None
        dloss = dloss * ctx.share
        if ctx.needs_input_grad[0]:
            dx = dloss * (x - target) / torch.clip((1 - x) * x, TINY, None)
        if ctx.needs_input_grad[1]:
            dtarget = dloss * (torch.log1p(-x) - torch.log(x))
        return dx, dtarget, None, None


class BinaryCrossEntropyWithLogits(Rule):
    """loss = w ((1 - t) x - p(t) ln s(x))        dx = dloss w ((p t + 1 - t) s(x) - p t)

    Here s is the sigmoid, p the weight of a yes, and p(t) = (p - 1) t + 1. Without p, that is dx =
    dloss w (s(x) - t). dt = dloss w (ln s(-x) - p ln s(x)); for the mean, / n.
    """

    @staticmethod
    def forward(ctx, x, target, weight, positive, reduction):
        ctx.save_for_backward(x, target)
        ctx.share, ctx.positive = share_of(x, reduction), positive
        if weight is not None:
            ctx.share = ctx.share * weight
        log_yes = log_sigmoid(x)
        if positive is not None:
            log_yes = log_yes * ((positive - 1) * target + 1)
        loss = (1 - target) * x - log_yes
        return reduced(loss if weight is None else loss * weight, reduction)

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        dx = dtarget = None
        dloss = dloss * ctx.share
        positive = ctx.positive
        if ctx.needs_input_grad[0]:
            if positive is None:
                dx = dloss * (torch.sigmoid(x) - target)
            else:
                yes = positive * target
                dx = dloss * ((yes + 1 - target) * torch.sigmoid(x) - yes)
        if ctx.needs_input_grad[1]:
            if positive is None:
                dtarget = dloss * -x
            else:
                dtarget = dloss * (log_sigmoid(-x) - positive * log_sigmoid(x))
        return dx, dtarget, None, None, None


class SoftMargin(Rule):
    """loss = ln(1 + e^(-t x))        dx = -dloss t z / (1 + z) with z = e^(-t x), / n for the mean

    Where z overflows to infinity, the loss is infinite, and dx is NaN, as in torch.
    """

    @staticmethod
    def forward(ctx, x, target, reduction):
        ctx.save_for_backward(x, target)
        loss = torch.log1p(torch.exp(-target * x))
        ctx.share = share_of(loss, reduction)
        return reduced(loss, reduction)

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        z = torch.exp(-target * x)
        return dloss * (-target * z / (1 + z) * ctx.share), None, None


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = -mean of target ln(input) + (1 - target) ln(1 - input)

    Args:
        input: probabilities, such as a sigmoid's: numbers from 0 to 1
        target: 1 for yes and 0 for no, or a probability; floating, and of the same shape
        weight: what each element's loss is multiplied by. Default: 1
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element

    Examples:
        >>> x = torch.tensor([0.5, 0.9])
        >>> torch.nn.functional.binary_cross_entropy(x, torch.tensor([0.0, 1.0]))
        tensor(0.3993)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    if target.shape != input.shape:
        raise ValueError(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({input.shape}) is deprecated. Please ensure they have the same size"
            f"{remedy(input, target)}."
        )
    fixed("binary_cross_entropy", weight=weight)
    if target.dtype != input.dtype:
        raise RuntimeError(
            f"Found dtype {target.dtype} but expected {input.dtype}: the target is a probability, "
            f"of the input's dtype: use target.to(input.dtype)"
        )
    _check_floating("binary_cross_entropy", input)
    if input.numel() and not ((input >= 0) & (input <= 1)).all():
        raise RuntimeError(
            "all elements of input should be between 0 and 1: binary_cross_entropy takes "
            "probabilities. For scores use BCEWithLogitsLoss, or put a sigmoid before BCELoss"
        )
    return BinaryCrossEntropy.apply(input, target, _spread(weight, input), reduction)


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """loss = -mean of target ln(sigmoid(input)) + (1 - target) ln(1 - sigmoid(input))

    Args:
        input: scores, any real numbers (do not apply a sigmoid before)
        target: 1 for yes and 0 for no, or a probability; floating, and of the same shape
        weight: what each element's loss is multiplied by. Default: 1
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element
        pos_weight: what the first of the two terms is multiplied by, where a yes is rare. Default:
            1

    Examples:
        >>> x = torch.tensor([0.0, 2.0])
        >>> torch.nn.functional.binary_cross_entropy_with_logits(x, torch.tensor([0.0, 1.0]))
        tensor(0.4100)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    if target.shape != input.shape:
        raise ValueError(
            f"Target size ({target.shape}) must be the same as input size ({input.shape})"
            f"{remedy(input, target)}"
        )
    fixed("binary_cross_entropy_with_logits", weight=weight, pos_weight=pos_weight)
    _check_floating("binary_cross_entropy_with_logits", input)
    kind = target.dtype
    if not kind.is_floating_point:
        raise RuntimeError(
            f"the target is a probability and cannot be {kind}: use target.to(input.dtype)"
        )
    dtype = torch.result_type(input, target)
    input, target = input.to(dtype), target.to(dtype)
    loss = BinaryCrossEntropyWithLogits.apply(
        input, target, _spread(weight, input), _spread(pos_weight, input), reduction
    )
    return loss.to(kind)


def soft_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of ln(1 + e^(-target input)), with targets that are 1 or -1

    Args:
        input: scores, any real numbers
        target: 1 for yes and -1 for no
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element

    Examples:
        >>> x = torch.tensor([0.0, 2.0])
        >>> torch.nn.functional.soft_margin_loss(x, torch.tensor([-1.0, 1.0]))
        tensor(0.4100)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    fixed("soft_margin_loss", target=target)
    if not input.is_floating_point():
        raise RuntimeError(f"soft_margin_loss is not implemented for {input.dtype}: use .float()")
    torch.broadcast_shapes(input.shape, target.shape)
    return SoftMargin.apply(input, target.to(input.dtype), reduction)


def multilabel_soft_margin_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean over rows of -mean of t ln(sigmoid(x)) + (1 - t) ln(sigmoid(-x)) over classes

    Args:
        input: scores, any real numbers
        target: 1 for each class that it is in, else 0
        weight: what each class's loss is multiplied by. Default: 1
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a row

    Shape:
        input and target (C) or (N, C)

    Examples:
        >>> x = torch.tensor([[0.0, 2.0]])
        >>> torch.nn.functional.multilabel_soft_margin_loss(x, torch.tensor([[0.0, 1.0]]))
        tensor(0.4100)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    loss = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    if weight is not None:
        loss = loss * weight
    return collected(loss.sum(-1) / input.shape[-1], reduction)


def _spread(weight: Tensor | None, x: Tensor) -> Tensor | None:
    """The weights in x's dtype; RuntimeError unless broadcasting makes them as many as x has."""
    if weight is None:
        return None
    if torch.broadcast_shapes(x.shape, weight.shape) != x.shape:
        raise RuntimeError(
            f"output with shape {list(x.shape)} doesn't match the broadcast shape of the weight, "
            f"{list(weight.shape)}"
        )
    return weight.to(x.dtype)


def _check_floating(name: str, input: Tensor) -> None:
    """NotImplementedError for integers."""
    if not input.is_floating_point():
        raise NotImplementedError(f"{name} is not implemented for {input.dtype}: use .float()")


class BCELoss(_WeightedLoss):
    """loss = -mean of t ln(x) + (1 - t) ln(1 - x)        dx = (x - t) / (x (1 - x)) / n

    Args and Shape are those of ``nn.functional.binary_cross_entropy``.

    Examples:
        >>> torch.nn.BCELoss()(torch.tensor([0.5, 0.9]), torch.tensor([0.0, 1.0]))
        tensor(0.3993)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return binary_cross_entropy(input, target, self.weight, reduction=self.reduction)


class BCEWithLogitsLoss(_Loss):
    """loss = -mean of t ln(s(x)) + (1 - t) ln(s(-x)), s the sigmoid        dx = (s(x) - t) / n

    Args and Shape are those of ``nn.functional.binary_cross_entropy_with_logits``.

    Examples:
        >>> torch.nn.BCEWithLogitsLoss()(torch.tensor([0.0, 2.0]), torch.tensor([0.0, 1.0]))
        tensor(0.4100)
    """

    weight: Tensor | None
    pos_weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        pos_weight: Tensor | None = None,
    ):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
        self.register_buffer("pos_weight", pos_weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return binary_cross_entropy_with_logits(
            input, target, self.weight, None, None, self.reduction, self.pos_weight
        )


class SoftMarginLoss(_Loss):
    """loss = mean of ln(1 + e^(-t x))        dx = -t / (1 + e^(t x)) / n

    Args and Shape are those of ``nn.functional.soft_margin_loss``.

    Examples:
        >>> torch.nn.SoftMarginLoss()(torch.tensor([0.0, 2.0]), torch.tensor([-1.0, 1.0]))
        tensor(0.4100)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return soft_margin_loss(input, target, reduction=self.reduction)


class MultiLabelSoftMarginLoss(_WeightedLoss):
    """loss = -mean of t ln(s(x)) + (1 - t) ln(s(-x)), s the sigmoid        dx = (s(x) - t) / n

    Args and Shape are those of ``nn.functional.multilabel_soft_margin_loss``.

    Examples:
        >>> x, target = torch.tensor([[0.0, 2.0]]), torch.tensor([[0.0, 1.0]])
        >>> torch.nn.MultiLabelSoftMarginLoss()(x, target)
        tensor(0.4100)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return multilabel_soft_margin_loss(input, target, self.weight, reduction=self.reduction)
