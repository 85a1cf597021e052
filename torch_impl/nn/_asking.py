"""Arguments made tuples, and torch asked whether they fit each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor


def per_dimension(x: object, n: int) -> tuple:
    """A layer's argument as a tuple: one number stands for all n dimensions."""
    return tuple(x) if isinstance(x, Iterable) else (x,) * n


def integers(x: Any, n: int) -> tuple[int, ...]:
    """A function's argument as n integers."""
    x = tuple(map(int, x)) if isinstance(x, Iterable) else (int(x),)
    if len(x) not in (1, n):
        raise RuntimeError(f"expected one integer or {n} of them, but got {list(x)}")
    return x * n if len(x) == 1 else x


def torch_agrees(function: str, *arguments: Any) -> None:
    """torch's own error where arguments do not fit; tried without data, so it costs no time."""
    ask = getattr(torch.nn.functional, function)
    empty = [x.to("meta") if isinstance(x, Tensor) else x for x in arguments]
    with torch.no_grad():
        try:
            ask(*empty)
        except Exception:
            ask(*arguments)  # without data torch explains less, and raises other types


def check_rest(x: Tensor, bias: Tensor | None, positive: tuple[int, ...]) -> None:
    """RuntimeError for mistakes that torch sees only where there are data."""
    if bias is not None and bias.dim() != 1:
        raise RuntimeError(f"expected bias to be 1-dimensional, but its shape is {bias.shape}")
    if min(positive) < 1:
        raise RuntimeError(f"stride, dilation and kernels have to be positive: {positive}")
    if 0 in x.shape[2:] and 0 not in x.shape[:2]:
        raise RuntimeError(f"images without pixels are not supported: {list(x.shape)}")
