"""What batch, layer and group normalization have in common."""

from __future__ import annotations

import torch
from torch import Tensor


def moments(x, axes, eps):
    """The mean m along these axes, and s = sqrt(variance + eps)."""
    m = x.mean(axes, keepdim=True)
    d = x - m
    return m, torch.sqrt((d * d).mean(axes, keepdim=True) + eps)


def slopes(h, x, eps):
    """The gradient of x, given that of z = (x - m) / s along the last dimension; and z."""
    d = x - x.mean(-1, keepdim=True)
    r = ((d * d).mean(-1, keepdim=True) + eps) ** -0.5  # 1 / s
    z = d * r
    return (h - h.mean(-1, keepdim=True) - z * (h * z).mean(-1, keepdim=True)) * r, z


def wide(x):
    """float16 as float32, in which it is computed."""
    return x.float() if x is not None and x.dtype == torch.float16 else x


def check_parameters(function: str, x: Tensor, **parameters: Tensor | None) -> None:
    """Raises unless weight, bias and statistics go with the input: have its dtype, or float32
    for an input of float16."""
    if not x.is_floating_point():
        raise NotImplementedError(f"{function} is not implemented for {x.dtype}: use .float()")
    found = {p.dtype for p in parameters.values() if p is not None}
    half = x.dtype == torch.float16 and found == {torch.float32}
    if not half and not found <= {x.dtype}:
        raise RuntimeError(f"mixed dtype (CPU): the input is {x.dtype}, the rest {found}")
