"""Losses of comparisons: what is alike has to come out closer, or higher, than what is not.

Each stops at a margin: a pair that is right by more than that has loss 0, and teaches nothing more.
Most are made of the library's own operations, so that their gradients are theirs.
"""

from __future__ import annotations

from collections.abc import Callable

from ..ops.extremum import minimum
from ..ops.selection import where
from ..tensor import Tensor
from ._reduction import _Loss, checked_reduction, collected
from .distance import PairwiseDistance, pairwise_distance

__all__ = [
    "MarginRankingLoss",
    "HingeEmbeddingLoss",
    "CosineEmbeddingLoss",
    "TripletMarginLoss",
    "TripletMarginWithDistanceLoss",
]


def margin_ranking_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of max(0, -target (input1 - input2) + margin)

    Args:
        input1, input2: scores, to be compared one by one
        target: 1 where the first one should be higher, -1 where the second one
        margin: by how much. Default: 0
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a pair

    Examples:
        >>> x1, x2 = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 1.0])
        >>> torch.nn.functional.margin_ranking_loss(x1, x2, torch.tensor([1.0, 1.0]))
        tensor(1.)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    if not input1.dim() == input2.dim() == target.dim():
        raise RuntimeError(
            f"margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {input1.shape}, input2: {input2.shape}, target: {target.shape}"
        )
    return collected((-target * (input1 - input2) + margin).clamp_min(0), reduction)


def hinge_embedding_loss(
    input: Tensor,
    target: Tensor,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of input where target is 1, of max(0, margin - input) where it is -1

    Args:
        input: distances
        target: 1 where two things are alike, else -1
        margin: how far apart those that are not alike should be
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a distance

    Examples:
        >>> x = torch.tensor([0.5, 0.25])
        >>> torch.nn.functional.hinge_embedding_loss(x, torch.tensor([1.0, -1.0]))
        tensor(0.6250)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    apart = where(target != 1, (margin - input).clamp_min(0), 0.0)
    return collected(apart + where(target != -1, input, 0.0), reduction)


def cosine_embedding_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of 1 - cos where target is 1, of max(0, cos - margin) where it is -1

    Args:
        input1, input2: vectors; cos is the cosine of the angle between them
        target: 1 where two vectors are alike, else -1
        margin: how small the cosine of others should be, from -1 to 1
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a pair

    Shape:
        inputs (N, D), target (N); or inputs (D) and target ()

    Examples:
        >>> x1, x2 = torch.tensor([[1.0, 0.0]]), torch.tensor([[3.0, 4.0]])
        >>> torch.nn.functional.cosine_embedding_loss(x1, x2, torch.tensor([1.0]))
        tensor(0.4000)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    if target.dim() > 1:
        raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
    if not input1.dim() == input2.dim() == target.dim() + 1:
        raise RuntimeError(
            f"{target.dim()}D target tensor expects {target.dim() + 1}D input tensors, but found "
            f"inputs with sizes {list(input1.shape)} and {list(input2.shape)}."
        )
    squares = [(x * x).sum(-1) + 1e-12 for x in (input1, input2)]
    cosine = (input1 * input2).sum(-1) / (squares[0] * squares[1]).sqrt()
    alike = where(target == 1, 1 - cosine, 0.0)
    others = where(target == -1, (cosine - margin).clamp_min(0), 0.0)
    return collected(alike + others, reduction)


def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of max(0, |anchor - positive| - |anchor - negative| + margin)

    Args:
        anchor: vectors
        positive: vectors that should be near them
        negative: vectors that should be far from them
        margin: by how much farther
        p, eps: as ``pairwise_distance`` has them
        swap: where the negative is nearer to the positive than to the anchor, take that distance
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a triplet

    Shape:
        (N, D) or (D), the three alike

    Examples:
        >>> a, b, c = torch.tensor([[[0.0, 0.0]], [[3.0, 4.0]], [[0.0, 2.0]]])
        >>> torch.nn.functional.triplet_margin_loss(a, b, c)
        tensor(4.0000)
    """
    reduction = checked_reduction(size_average, reduce, reduction)
    _check_margin(margin)
    _check_triplet(anchor, positive, negative)
    near = pairwise_distance(anchor, positive, p, eps)
    far = pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = minimum(far, pairwise_distance(positive, negative, p, eps))
    return collected((near + margin - far).clamp_min(0), reduction)


def triplet_margin_with_distance_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    distance_function: Callable[[Tensor, Tensor], Tensor] | None = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Tensor:
    """loss = mean of max(0, d(anchor, positive) - d(anchor, negative) + margin)

    Args:
        anchor, positive, negative: as in ``triplet_margin_loss``
        distance_function: d. Default: ``pairwise_distance``
        margin, swap: as in ``triplet_margin_loss``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for one loss a triplet

    Examples:
        >>> a, b, c = torch.tensor([[[0.0, 0.0]], [[3.0, 4.0]], [[0.0, 2.0]]])
        >>> torch.nn.functional.triplet_margin_with_distance_loss(a, b, c)
        tensor(4.0000)
    """
    reduction = checked_reduction(None, None, reduction)
    _check_margin(margin)
    _check_triplet(anchor, positive, negative)
    distance = pairwise_distance if distance_function is None else distance_function
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = minimum(far, distance(positive, negative))
    return collected((margin + near - far).clamp_min(0), reduction)


def _check_margin(margin: float) -> None:
    """ValueError for a margin of 0 or less."""
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")


def _check_triplet(anchor: Tensor, positive: Tensor, negative: Tensor) -> None:
    """RuntimeError unless the three have as many dimensions."""
    if not anchor.dim() == positive.dim() == negative.dim():
        raise RuntimeError(
            f"The anchor, positive, and negative tensors are expected to have the same number of "
            f"dimensions, but got: anchor {anchor.dim()}D, positive {positive.dim()}D, and "
            f"negative {negative.dim()}D inputs"
        )


class MarginRankingLoss(_Loss):
    """loss = mean of max(0, -t (x1 - x2) + margin)        dx1 = -t / n where that is not 0

    Args and Shape are those of ``nn.functional.margin_ranking_loss``.

    Examples:
        >>> x1, x2 = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 1.0])
        >>> torch.nn.MarginRankingLoss()(x1, x2, torch.tensor([1.0, 1.0]))
        tensor(1.)
    """

    def __init__(
        self,
        margin: float = 0.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return margin_ranking_loss(
            input1, input2, target, margin=self.margin, reduction=self.reduction
        )


class HingeEmbeddingLoss(_Loss):
    """loss = mean of x where t is 1, of max(0, margin - x) where t is -1

    Args and Shape are those of ``nn.functional.hinge_embedding_loss``.

    Examples:
        >>> torch.nn.HingeEmbeddingLoss()(torch.tensor([0.5, 0.25]), torch.tensor([1.0, -1.0]))
        tensor(0.6250)
    """

    def __init__(
        self,
        margin: float = 1.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return hinge_embedding_loss(input, target, margin=self.margin, reduction=self.reduction)


class CosineEmbeddingLoss(_Loss):
    """loss = mean of 1 - cos(x1, x2) where t is 1, of max(0, cos - margin) where t is -1

    Args and Shape are those of ``nn.functional.cosine_embedding_loss``.

    Examples:
        >>> x1, x2 = torch.tensor([[1.0, 0.0]]), torch.tensor([[3.0, 4.0]])
        >>> torch.nn.CosineEmbeddingLoss()(x1, x2, torch.tensor([1.0]))
        tensor(0.4000)
    """

    def __init__(
        self,
        margin: float = 0.0,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """The loss."""
        return cosine_embedding_loss(
            input1, input2, target, margin=self.margin, reduction=self.reduction
        )


class TripletMarginLoss(_Loss):
    """loss = mean of max(0, |a - p| - |a - n| + margin)

    Args and Shape are those of ``nn.functional.triplet_margin_loss``.

    Examples:
        >>> a, b, c = torch.tensor([[[0.0, 0.0]], [[3.0, 4.0]], [[0.0, 2.0]]])
        >>> torch.nn.TripletMarginLoss()(a, b, c)
        tensor(4.0000)
    """

    def __init__(
        self,
        margin: float = 1.0,
        p: float = 2.0,
        eps: float = 1e-6,
        swap: bool = False,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__(size_average, reduce, reduction)
        _check_margin(margin)
        self.margin = margin
        self.p = p
        self.eps = eps
        self.swap = swap

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """The loss."""
        return triplet_margin_loss(
            anchor,
            positive,
            negative,
            margin=self.margin,
            p=self.p,
            eps=self.eps,
            swap=self.swap,
            reduction=self.reduction,
        )


class TripletMarginWithDistanceLoss(_Loss):
    """loss = mean of max(0, d(a, p) - d(a, n) + margin)

    Args and Shape are those of ``nn.functional.triplet_margin_with_distance_loss``.

    Examples:
        >>> a, b, c = torch.tensor([[[0.0, 0.0]], [[3.0, 4.0]], [[0.0, 2.0]]])
        >>> torch.nn.TripletMarginWithDistanceLoss()(a, b, c)
        tensor(4.0000)
    """

    def __init__(
        self,
        *,
        distance_function: Callable[[Tensor, Tensor], Tensor] | None = None,
        margin: float = 1.0,
        swap: bool = False,
        reduction: str = "mean",
    ):
        super().__init__(None, None, reduction)
        _check_margin(margin)
        self.distance_function = (
            PairwiseDistance() if distance_function is None else distance_function
        )
        self.margin = margin
        self.swap = swap

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """The loss."""
        return triplet_margin_with_distance_loss(
            anchor,
            positive,
            negative,
            distance_function=self.distance_function,
            margin=self.margin,
            swap=self.swap,
            reduction=self.reduction,
        )
