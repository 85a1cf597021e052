"""What all losses share: ``reduction``, and two tensors whose sizes should be the same."""

from __future__ import annotations

import warnings

import torch
from torch import Tensor

from .module import Module


def reduction_of(size_average: bool | None, reduce: bool | None, reduction: str) -> str:
    """The reduction; ``size_average`` and ``reduce`` are how scripts from before 2018 say it."""
    if size_average is not None or reduce is not None:
        if any(isinstance(flag, Tensor) and flag.numel() > 1 for flag in (size_average, reduce)):
            raise RuntimeError(
                "Boolean value of Tensor with more than one value is ambiguous: a tensor came "
                "where a setting of the loss belongs. Make the loss first, such as "
                "criterion = nn.MSELoss(), and then call it: criterion(input, target)"
            )
        average = size_average is None or size_average
        reduction = "none" if reduce is False else "mean" if average else "sum"
        warnings.warn(
            f"size_average and reduce args will be deprecated, please use "
            f"reduction='{reduction}' instead.",
            stacklevel=4,
        )
    return reduction


def checked_reduction(size_average: bool | None, reduce: bool | None, reduction: str) -> str:
    """The same; ValueError unless it is one of the three."""
    if size_average is not None or reduce is not None:
        reduction = reduction_of(size_average, reduce, reduction)
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(
            f"{reduction} is not a valid value for reduction: it is 'mean', 'sum' or 'none'"
        )
    return reduction


def reduced(loss, reduction: str):
    """All losses of a rule; or their sum, or their mean."""
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.sum() / loss.numel()


def share_of(loss, reduction: str) -> float:
    """What each element's loss counts in the result."""
    return 1 / loss.numel() if reduction == "mean" and loss.numel() else 1.0


def collected(loss: Tensor, reduction: str) -> Tensor:
    """All losses, a tensor; or their sum, or their mean."""
    if reduction == "none":
        return loss
    return loss.sum() if reduction == "sum" else loss.mean()


def same_sizes(input: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Both as they are; with a warning broadcast against each other if their sizes differ."""
    if target.shape != input.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size "
            f"({input.shape}). This will likely lead to incorrect results due to broadcasting. "
            f"Please ensure they have the same size{remedy(input, target)}.",
            stacklevel=3,
        )
        shape = torch.broadcast_shapes(input.shape, target.shape)
        input, target = input.expand(shape), target.expand(shape)
    return input, target


def remedy(input: Tensor, target: Tensor) -> str:
    """Which single call would make the sizes equal: (N, 1) against (N) is what mostly happens."""
    names = ("input", "target") if input.dim() > target.dim() else ("target", "input")
    long, short = (input, target) if names[0] == "input" else (target, input)
    for dim, size in reversed(tuple(enumerate(long.shape))):
        if size == 1 and (*long.shape[:dim], *long.shape[dim + 1 :]) == tuple(short.shape):
            return f": use {names[0]}.squeeze({dim}) or {names[1]}.unsqueeze({dim})"
    return ""


def check_sizes(weight: Tensor, input: Tensor) -> None:
    """ValueError unless there is one weight for each element."""
    if weight.shape != input.shape:
        raise ValueError(
            f"Weights and input must have the same size: {weight.shape} and {input.shape}"
        )


def fixed(function: str, **tensors: Tensor | None) -> None:
    """RuntimeError if one of these wants a gradient, which it cannot have."""
    for name, x in tensors.items():
        if x is not None and x.requires_grad and torch.is_grad_enabled():
            raise RuntimeError(
                f"The function '{function}' is not differentiable with respect to argument "
                f"'{name}'. This input cannot have requires_grad True: use {name}.detach()"
            )


class _Loss(Module):
    """What the layers of losses begin with.

    Args:
        size_average, reduce: old names for ``reduction``
        reduction: ``"mean"``, ``"sum"``, or ``"none"`` for all losses
    """

    reduction: str

    def __init__(
        self,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__()
        self.reduction = reduction_of(size_average, reduce, reduction)


class _WeightedLoss(_Loss):
    """The same, with a weight: a buffer, so that it moves and is saved with the layer."""

    weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        size_average: bool | None = None,
        reduce: bool | None = None,
        reduction: str = "mean",
    ):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
