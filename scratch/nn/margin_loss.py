"""Losses of a classifier with a margin: the right class's score has to be the highest by far.

Each other class within the margin of a right one costs what it lacks; those below cost nothing.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule, namespace
from ..dtypes import float16, int64
from ..ops._operands import keep
from ..ops._sums import total
from ..tensor import Tensor
from ._logarithms import constant
from ._reduction import _Loss, _WeightedLoss, checked_reduction, fixed, reduced, share_of

__all__ = ["MultiMarginLoss", "MultiLabelMarginLoss"]


class MultiMargin(Rule, name="MultiMarginLossBackward0"):
    """loss_n = sum over i of w[t] z_i^p / C        dx_i = dloss w[t] p z_i^(p-1) / C

    Here z_i = max(0, margin - x[t] + x[i]), or 0 for i = t; where z_i is 0, so is dx_i. dx[t] is
    minus the sum of all other dx_i. For the mean, dx is divided by N.
    """

    @staticmethod
    def forward(ctx, x, target, p, margin, weight, reduction):
        ctx.save_for_backward(x)
        ctx.right = numpy.arange(x.shape[-1]) == target[..., None]
        ctx.given = p, margin
        ctx.share = numpy.asarray(1 / x.shape[-1], x.dtype)
        if weight is not None:
            ctx.share = ctx.share * weight[target]
        lacks = lacking(x, ctx.right, margin)
        loss = total(lacks if p == 1 else lacks * lacks, x.ndim - 1) * ctx.share
        ctx.share = ctx.share * share_of(loss, reduction)
        return reduced(loss, reduction)

    @staticmethod
    def backward(ctx, dloss):
        (x,) = ctx.saved_tensors
        p, margin = ctx.given
        lacks = lacking(x, ctx.right, margin)
        slope = namespace(x).sign(lacks) if p == 1 else 2 * lacks
        slope = slope * (dloss * constant(ctx.share, dloss))[..., None]
        others = slope.sum(axis=-1, keepdims=True)
        return slope - keep(namespace(x).broadcast_to(others, x.shape), ctx.right), *[None] * 5


class MultilabelMargin(Rule, name="MultilabelMarginLossBackward0"):
    """loss_n = sum over t, i of max(0, 1 - x[t] + x[i]) / C        dx[i] = dloss / C a term

    The terms are those above 0, and dx[t] is minus them; t runs over the right classes, i over all
    others. For the mean, dx is divided by N.
    """

    @staticmethod
    def forward(ctx, x, target, reduction):
        rows, classes = x.reshape(-1, x.shape[-1]), target.reshape(-1, x.shape[-1])
        listed = numpy.minimum.accumulate(classes >= 0, axis=1)  # those before the first -1
        right = numpy.zeros(rows.shape, bool)
        n, k = listed.nonzero()
        right[n, classes[n, k]] = True
        loss, slope = numpy.zeros(len(rows), x.dtype), numpy.zeros_like(rows)
        for k in range(int(listed.sum(axis=1).max(initial=0))):  # the k-th right class of each row
            n = listed[:, k].nonzero()[0]
            t = classes[n, k]
            lacks = 1 - rows[n, t][:, None] + rows[n]
            counts = (lacks > 0) & ~right[n]
            loss[n] += total(keep(lacks, counts), 1)
            slope[n] += counts
            slope[n, t] -= counts.sum(axis=1)
        loss = (loss / x.shape[-1]).reshape(x.shape[:-1])
        ctx.slope = (slope * (share_of(loss, reduction) / x.shape[-1])).reshape(x.shape)
        return reduced(loss, reduction)

    @staticmethod
    def backward(ctx, dloss):
        return dloss[..., None] * constant(ctx.slope, dloss), None, None


def lacking(x, right, margin):
    """max(0, margin - x[t] + x[i]) for all classes i but the right one, t; for that, 0."""
    score = keep(x, right).sum(axis=-1, keepdims=True)
    z = margin - score + x
    return keep(z, (z > 0) & ~constant(right, x))


def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of the sum over i of max(0, margin - input[n, t] + input[n, i])^p / C

    Args:
        input: scores, for each class one
        target: t, the number of the right class, from 0 to C - 1
        p: 1 or 2
        margin: by how much the right class's score should be higher
        weight: what each class counts. Default: 1
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a row

    Shape:
        input (C) or (N, C), target the same without C

    Examples:
        >>> x = torch.tensor([[1.0, 0.5, -1.0]])
        >>> torch.nn.functional.multi_margin_loss(x, torch.tensor([0]))
        tensor(0.1667)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported")
    if weight is not None and weight.dim() != 1:
        raise ValueError("weight must be one-dimensional")
    fixed("multi_margin_loss", weight=weight)
    _check_rows("multi_margin_loss", input, target)
    input = input if input.dim() else input.reshape(1)
    if tuple(target.shape) not in (tuple(input.shape[:-1]), (input.shape[:-1] or (1,))):
        raise RuntimeError(
            f"multi_margin_loss: the target is one class number for each row: expected size "
            f"{list(input.shape[:-1])}, but got {list(target.shape)}"
        )
    classes = input.shape[-1]
    if weight is not None and tuple(weight.shape) != (classes,):
        raise RuntimeError(
            f"inconsistent weight size, expected {classes} but got {list(weight.shape)}"
        )
    if weight is not None and weight.dtype != input.dtype:
        raise RuntimeError(f"expected scalar type {input.dtype} but found {weight.dtype} as weight")
    if target.array.size and not 0 <= target.array.min() <= target.array.max() < classes:
        raise RuntimeError(
            f"target out of range: with {classes} classes, a target is a number from 0 to "
            f"{classes - 1}"
        )
    if target.dim() == input.dim():  # a single row, and its class as a list of one
        input = input[None]
    return MultiMargin.apply(input, target, p, margin, weight, reduction)


def multilabel_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of the sum over t, i of max(0, 1 - input[n, t] + input[n, i]) / C

    Args:
        input: scores, for each class one
        target: the numbers of the right classes, t, and then -1; i are all the others
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a row

    Shape:
        input and target (C) or (N, C)

    Examples:
        >>> x = torch.tensor([[1.0, 0.5, -1.0]])
        >>> torch.nn.functional.multilabel_margin_loss(x, torch.tensor([[0, 2, -1]]))
        tensor(1.)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    _check_rows("multilabel_margin_loss", input, target)
    if input.dim() == 0:  # a row of one class, and its target
        input, target = input.reshape(1), target.reshape(-1)
    elif input.dim() == 1 and target.dim() == 0:
        target = target.reshape(1)
    if target.shape != input.shape:
        raise RuntimeError(
            f"inconsistent target size: {list(target.shape)} for input of size: "
            f"{list(input.shape)}: a row of class numbers for each row, filled up with -1"
        )
    classes = input.shape[-1]
    if target.array.size and not -1 <= target.array.min() <= target.array.max() < classes:
        raise RuntimeError(
            f"argument #2 'target' is out of range: with {classes} classes, it is a number from 0 "
            f"to {classes - 1}, or -1 after the last one"
        )
    return MultilabelMargin.apply(input, target, reduction)


def _check_rows(name: str, input: Tensor, target: Tensor) -> None:
    """RuntimeError unless these are rows of scores, with class numbers."""
    if input.dim() > 2 or 0 in input.shape[-1:]:
        raise RuntimeError(
            f"Expected non-empty vector or matrix with optional 0-dim batch size, but got: "
            f"{list(input.shape)}"
        )
    if target.dtype != int64:
        raise RuntimeError(f"expected scalar type Long but found {target.dtype}: use target.long()")
    if not input.is_floating_point() or input.dtype == float16:
        raise NotImplementedError(f"{name} is not implemented for {input.dtype}: use .float()")


class MultiMarginLoss(_WeightedLoss):
    """loss = mean of the sum over i of max(0, margin - x[n, t] + x[n, i])^p / C

    Args and Shape are those of ``nn.functional.multi_margin_loss``.

    Examples:
        >>> torch.nn.MultiMarginLoss()(torch.tensor([[1.0, 0.5, -1.0]]), torch.tensor([0]))
        tensor(0.1667)
    """

    def __init__(
        self,
        p: int = 1,
        margin: float = 1.0,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__(weight, size_average, reduce, reduction)
        if p not in (1, 2):
            raise ValueError("only p == 1 and p == 2 supported")
        if weight is not None and weight.dim() != 1:
            raise ValueError(
                f"MultiMarginLoss: expected weight to be None or 1D tensor, got {weight.dim()}D"
            )
        self.p = p
        self.margin = margin

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return multi_margin_loss(
            input, target, self.p, self.margin, self.weight, reduction=self.reduction
        )


class MultiLabelMarginLoss(_Loss):
    """loss = mean of the sum over t, i of max(0, 1 - x[n, t] + x[n, i]) / C

    Args and Shape are those of ``nn.functional.multilabel_margin_loss``.

    Examples:
        >>> x, target = torch.tensor([[1.0, 0.5, -1.0]]), torch.tensor([[0, 2, -1]])
        >>> torch.nn.MultiLabelMarginLoss()(x, target)
        tensor(1.)
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return multilabel_margin_loss(input, target, reduction=self.reduction)
