"""Losses of a regression: how far the outputs are from the numbers they should be.

``MSELoss`` squares the errors, so that a large one outweighs many small ones; ``L1Loss`` takes
them as they are. ``SmoothL1Loss`` and ``HuberLoss`` do the former for small errors, the latter for
large ones.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ..autograd import Rule
from ._reduction import (
    _Loss,
    check_sizes,
    checked_reduction,
    collected,
    reduced,
    same_sizes,
    share_of,
)

__all__ = ["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss"]


class MseLoss(Rule):
    """loss = (x - t)^2, or their sum or mean        dx = 2 (x - t) dloss, / n for the mean"""

    @staticmethod
    def forward(ctx, x, target, reduction):
        ctx.save_for_backward(x, target)
        ctx.slope = 2 * share_of(x, reduction)
        loss = x - target
        return reduced(loss * loss, reduction)

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        return *both(ctx, ctx.slope * (x - target) * dloss), None


class SmoothL1(Rule):
    """loss = d^2 / (2 b) where |d| < b, else |d| - b/2        dx = dloss d / b or dloss sign(d)

    Here d = x - t; for the mean, dx is divided by n.
    """

    @staticmethod
    def forward(ctx, x, target, reduction, beta):
        ctx.save_for_backward(x, target)
        ctx.scale, ctx.beta = share_of(x, reduction) / beta, beta
        return reduced(joined(x - target, beta), reduction) / beta

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        return *both(ctx, bounded(x - target, ctx.beta) * (dloss * ctx.scale)), None, None


class Huber(Rule):
    """loss = d^2 / 2 where |d| < D, else D (|d| - D/2)        dx = dloss d or dloss D sign(d)

    Here d = x - t, and D is delta; for the mean, dx is divided by n.
    """

    @staticmethod
    def forward(ctx, x, target, reduction, delta):
        ctx.save_for_backward(x, target)
        ctx.scale, ctx.delta = share_of(x, reduction), delta
        return reduced(joined(x - target, delta), reduction)

    @staticmethod
    def backward(ctx, dloss):
        x, target = ctx.saved_tensors
        return *both(ctx, bounded(x - target, ctx.delta) * (dloss * ctx.scale)), None, None


def both(ctx, dx):
    """The gradients of x and of its target, which are each other's negatives."""
    return dx if ctx.needs_input_grad[0] else None, -dx if ctx.needs_input_grad[1] else None


def joined(d, bound):
    """d^2 / 2 between the bounds, beyond them the line that touches the parabola."""
    near = d.clip(-bound, bound)
    return near * (d - 0.5 * near)


def bounded(d, bound):
    """d between the bounds; where it is at one, or beyond, its own slope is 0."""
    return torch.where(d.abs() >= bound, bound * d.sign(), d)


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """loss = mean of (input - target)^2

    Args:
        input: what came out
        target: what should have come out, of the same shape
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element
        weight: what each element counts, for a weighted mean. Default: 1

    Examples:
        >>> x = torch.tensor([1.0, 2.0])
        >>> torch.nn.functional.mse_loss(x, torch.tensor([1.0, 5.0]))
        tensor(4.5000)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    x, target = same_sizes(input, target)
    if weight is None:
        return MseLoss.apply(*_floating("mse_loss", x, target), reduction)
    check_sizes(weight, input)
    loss = (x - target) ** 2 * weight
    return loss.sum() / weight.sum() if reduction == "mean" else collected(loss, reduction)


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """loss = mean of |input - target|

    Args are those of ``mse_loss``.

    Examples:
        >>> x = torch.tensor([1.0, 2.0])
        >>> torch.nn.functional.l1_loss(x, torch.tensor([1.0, 5.0]))
        tensor(1.5000)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    x, target = same_sizes(input, target)
    loss = (x - target).abs()
    if weight is None:
        return collected(loss, reduction)
    check_sizes(weight, input)
    loss = loss * weight
    return loss.sum() / weight.sum() if reduction == "mean" else collected(loss, reduction)


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """loss = mean of d^2 / (2 beta) where |d| < beta, else |d| - beta / 2; d = input - target

    Args:
        input: what came out
        target: what should have come out, of the same shape
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element
        beta: the error at which the parabola becomes a line; 0 for ``l1_loss``

    Examples:
        >>> x = torch.tensor([1.0, 2.0])
        >>> torch.nn.functional.smooth_l1_loss(x, torch.tensor([1.5, 5.0]))
        tensor(1.3125)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    input, target = same_sizes(input, target)
    if beta == 0:
        return collected((input - target).abs(), reduction)
    if beta < 0:
        raise RuntimeError(f"smooth_l1_loss does not support negative values for beta, got {beta}")
    return SmoothL1.apply(*_floating("smooth_l1_loss", input, target), reduction, beta)


def huber_loss(
    input: Tensor,
    target: Tensor,
    reduction: str = "mean",
    delta: float = 1.0,
    weight: Tensor | None = None,
) -> Tensor:
    """loss = mean of d^2 / 2 where |d| < delta, else delta (|d| - delta / 2); d = input - target

    Args:
        input: what came out
        target: what should have come out, of the same shape
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element
        delta: the error at which the parabola becomes a line
        weight: what each element's loss is multiplied by. Default: 1

    Examples:
        >>> x = torch.tensor([1.0, 2.0])
        >>> torch.nn.functional.huber_loss(x, torch.tensor([1.5, 5.0]))
        tensor(1.3125)
    """
    reduction = checked_reduction(None, None, reduction)
    x, target = same_sizes(input, target)
    if weight is not None:
        check_sizes(weight, input)
    if delta <= 0:
        raise RuntimeError(f"huber_loss does not support non-positive values for delta: {delta}")
    kind = x.dtype
    x, target = _floating("huber_loss", x, target)
    if not kind.is_floating_point:
        raise RuntimeError(f"the loss is as the input, {kind}, and cannot be: use input.float()")
    target = target.to(kind)
    if weight is None:
        return Huber.apply(x.to(kind), target, reduction, delta)
    return collected(Huber.apply(x.to(kind), target, "none", delta) * weight, reduction)


def _floating(name: str, input: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Both in their common dtype, if that is one of floating-point numbers."""
    dtype = torch.result_type(input, target)
    input, target = input.to(dtype), target.to(dtype)
    if not input.is_floating_point():
        raise NotImplementedError(f"{name} is not implemented for {input.dtype}: use .float()")
    return input, target


class MSELoss(_Loss):
    """loss = mean of (x - t)^2        dx = 2 (x - t) / n

    Args are those of every loss: ``reduction``, and two old names for it.

    Shape:
        input and target alike

    Examples:
        >>> torch.nn.MSELoss()(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 5.0]))
        tensor(4.5000)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return mse_loss(input, target, reduction=self.reduction)


class L1Loss(_Loss):
    """loss = mean of |x - t|        dx = sign(x - t) / n

    Args are those of every loss: ``reduction``, and two old names for it.

    Shape:
        input and target alike

    Examples:
        >>> torch.nn.L1Loss()(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 5.0]))
        tensor(1.5000)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return l1_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(_Loss):
    """loss = mean of d^2 / (2 beta) where |d| < beta, else |d| - beta / 2; d = x - t

    Args and Shape are those of ``nn.functional.smooth_l1_loss``.

    Examples:
        >>> torch.nn.SmoothL1Loss()(torch.tensor([1.0, 2.0]), torch.tensor([1.5, 5.0]))
        tensor(1.3125)
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        beta: float = 1.0,
    ):
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(_Loss):
    """loss = mean of d^2 / 2 where |d| < delta, else delta (|d| - delta / 2); d = x - t

    Args and Shape are those of ``nn.functional.huber_loss``.

    Examples:
        >>> torch.nn.HuberLoss()(torch.tensor([1.0, 2.0]), torch.tensor([1.5, 5.0]))
        tensor(1.3125)
    """

    def __init__(self, reduction: str = "mean", delta: float = 1.0):
        if not isinstance(delta, (float, int)):
            raise TypeError(f"delta must be a float or int, got: {type(delta)}")
        super().__init__(reduction=reduction)
        self.delta = delta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return huber_loss(input, target, reduction=self.reduction, delta=self.delta)
