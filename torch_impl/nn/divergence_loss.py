"""Losses that compare distributions, and losses of counts and of numbers with known spread.

Each is made of the library's own operations, so that its gradient is theirs. ``KLDivLoss`` says how
far one distribution is from another; ``PoissonNLLLoss`` and ``GaussianNLLLoss`` how unlikely the
targets are under the distribution that the outputs describe.
"""

from __future__ import annotations

import math
import warnings

import torch
from torch import Tensor, no_grad, xlogy

from ._reduction import _Loss, checked_reduction, collected, reduction_of

__all__ = ["KLDivLoss", "PoissonNLLLoss", "GaussianNLLLoss"]


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """loss = mean of target (ln(target) - input)

    Args:
        input: logarithms of probabilities, such as log_softmax gives
        target: probabilities, or with ``log_target`` their logarithms
        size_average, reduce: old names for ``reduction``
        reduction: ``"batchmean"``, the sum divided by the size of the batch, as the formula of
            the divergence has it; ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element
        log_target: whether the target holds logarithms too. Default: False

    Examples:
        >>> x = torch.log_softmax(torch.tensor([[1.0, 2.0]]), dim=1)
        >>> target = torch.tensor([[0.5, 0.5]])
        >>> torch.nn.functional.kl_div(x, target, reduction="batchmean")
        tensor(0.1201)
    """
    if size_average is not None or reduce is not None:
        reduction = reduction_of(size_average, reduce, reduction)
    elif reduction == "mean":
        warnings.warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size. "
            "'batchmean' divides only by the batch size, and aligns with the KL div math "
            "definition. 'mean' will be changed to behave the same as 'batchmean' in the next "
            "major release. Say reduction='batchmean' for the divergence.",
            stacklevel=2,
        )
    per_row = reduction == "batchmean"
    reduction = checked_reduction(None, None, "sum" if per_row else reduction)
    if not (input.is_floating_point() and target.is_floating_point()):
        raise RuntimeError("kl_div: Integral inputs not supported: use .float()")
    if log_target:
        loss = target.exp() * (target - input)
    else:
        loss = xlogy(target, target) - target * input
    loss = collected(loss, reduction)
    return loss / input.shape[0] if per_row and input.dim() else loss


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of e^input - target input: how unlikely these counts are, up to a constant

    Args:
        input: the logarithms of the expected counts
        target: counts
        log_input: False if the input holds the counts r themselves: r - target ln(r + eps)
        full: add the constant, ln(target!), in Stirling's approximation. Default: False
        size_average, reduce: old names for ``reduction``
        eps: what keeps ln(r + eps) finite
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element

    Examples:
        >>> x = torch.tensor([0.0, 1.0])
        >>> torch.nn.functional.poisson_nll_loss(x, torch.tensor([1.0, 3.0]))
        tensor(0.3591)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    if log_input:
        loss = input.exp() - target * input
    else:
        loss = input - target * (input + eps).log()
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        loss += stirling.masked_fill(target <= 1, 0.0)
    return collected(loss, reduction)


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Tensor | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of (ln(var) + (input - target)^2 / var) / 2: an error, and how sure it was

    Args:
        input: the expected numbers
        target: what should have come out
        var: their variances, as many as inputs, or one for a row; or a float for all
        full: add the constant, ln(2 pi) / 2. Default: False
        eps: a smaller variance counts as this one
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss an element

    Examples:
        >>> x, var = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0])
        >>> torch.nn.functional.gaussian_nll_loss(x, torch.tensor([1.0, 5.0]), var)
        tensor(0.9091)
    """
    if isinstance(var, float):
        negative, var = var < 0, torch.full_like(input, var)
    elif isinstance(var, Tensor):
        negative = bool((var < 0).any())
    else:
        raise TypeError(f"var must be a Tensor or a float, not {type(var).__name__}")
    if negative:
        raise ValueError("var has negative entry/entries: a variance is a square")
    if var.shape != input.shape:
        if input.shape[:-1] == var.shape:
            var = var.unsqueeze(-1)
        elif not _one_for_many(input.shape, var.shape):
            raise ValueError(
                f"var is of incorrect size: {list(var.shape)}, for an input of size "
                f"{list(input.shape)}. It has the input's size, or 1 for its last one"
            )
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"{reduction} is not valid: the reduction is 'mean', 'sum' or 'none'")
    var = var.clone()
    with no_grad():  # so that the gradient goes on to the variance even where it is too small
        var.clamp_(min=eps)
    loss = 0.5 * (var.log() + (input - target) ** 2 / var)
    if full:
        loss = loss + 0.5 * math.log(2 * math.pi)
    return collected(loss, reduction)


def _one_for_many(sizes: tuple, vars: tuple) -> bool:
    """Whether the sizes differ in one dimension only, where there is one variance."""
    if len(sizes) != len(vars):
        return False
    return sum(b for a, b in zip(sizes, vars, strict=True) if a != b) == 1


class KLDivLoss(_Loss):
    """loss = mean of t (ln t - x), with logarithms of probabilities x        dx = -t / n

    Args and Shape are those of ``nn.functional.kl_div``.

    Examples:
        >>> x = torch.log_softmax(torch.tensor([[1.0, 2.0]]), dim=1)
        >>> torch.nn.KLDivLoss(reduction="batchmean")(x, torch.tensor([[0.5, 0.5]]))
        tensor(0.1201)
    """

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
        log_target: bool = False,
    ):
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return kl_div(input, target, reduction=self.reduction, log_target=self.log_target)


class PoissonNLLLoss(_Loss):
    """loss = mean of e^x - t x        dx = (e^x - t) / n

    Args and Shape are those of ``nn.functional.poisson_nll_loss``.

    Examples:
        >>> torch.nn.PoissonNLLLoss()(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 3.0]))
        tensor(0.3591)
    """

    def __init__(
        self,
        log_input: bool = True,
        full: bool = False,
        size_average: bool | None = None,
        eps: float = 1e-8,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__(size_average, reduce, reduction)
        self.log_input = log_input
        self.full = full
        self.eps = eps

    def forward(self, log_input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return poisson_nll_loss(
            log_input,
            target,
            log_input=self.log_input,
            full=self.full,
            eps=self.eps,
            reduction=self.reduction,
        )


class GaussianNLLLoss(_Loss):
    """loss = mean of (ln(v) + (x - t)^2 / v) / 2        dx = (x - t) / v / n

    Args and Shape are those of ``nn.functional.gaussian_nll_loss``.

    Examples:
        >>> x, var = torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0])
        >>> torch.nn.GaussianNLLLoss()(x, torch.tensor([1.0, 5.0]), var)
        tensor(0.9091)
    """

    def __init__(self, *, full: bool = False, eps: float = 1e-6, reduction: str = "mean"):
        super().__init__(None, None, reduction)
        self.full = full
        self.eps = eps

    def forward(self, input: Tensor, target: Tensor, var: Tensor | float) -> Tensor:
        """The loss."""
        return gaussian_nll_loss(
            input, target, var, full=self.full, eps=self.eps, reduction=self.reduction
        )
