"""What is done with the losses of a batch: ``"mean"``, ``"sum"``, or ``"none"``."""

from __future__ import annotations

import warnings

from ..tensor import Tensor


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
