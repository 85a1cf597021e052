"""``softmax``: numbers become probabilities. ``log_softmax``: their logarithms.

Both subtract the largest number first. That changes nothing in the result, and keeps ``exp`` from
overflowing.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ..autograd import Rule
from ._forms import with_out
from ._reducing import numpy_names

__all__ = ["softmax", "log_softmax"]


class Softmax(Rule):
    """y_i = e^x_i / (e^x_1 + e^x_2 + ...)        dx_i = y_i (dy_i - sum of dy y)"""

    @staticmethod
    def forward(ctx, x, dim):
        if x.numel():
            x = x - torch.amax(x, dim=dim, keepdim=True)
        y = torch.exp(x)
        y = y / torch.sum(y, dim=dim, keepdim=True)
        ctx.save_for_backward(y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return y * (dy - (dy * y).sum(dim=ctx.dim, keepdim=True)), None


class LogSoftmax(Rule):
    """y_i = x_i - ln(e^x_1 + e^x_2 + ...)        dx_i = dy_i - e^y_i sum of dy"""

    @staticmethod
    def forward(ctx, x, dim):
        if x.numel():
            x = x - torch.amax(x, dim=dim, keepdim=True)
        y = x - torch.log(torch.sum(torch.exp(x), dim=dim, keepdim=True))
        ctx.save_for_backward(y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy - torch.exp(y) * dy.sum(dim=ctx.dim, keepdim=True), None


@with_out(cast=False)
@numpy_names
def softmax(input: Tensor, dim: int, dtype: torch.dtype | None = None) -> Tensor:
    """y = exp(input) / sum of exp(input) along ``dim``: positive numbers whose sum is 1.

    Args:
        input: any real numbers
        dim: the dimension along which they become probabilities
        dtype: convert ``input`` to this first. Default: as it is

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.softmax(torch.tensor([0.0, 1.0, 2.0]), dim=0)
        tensor([0.0900, 0.2447, 0.6652])
    """
    return _checked(Softmax, input, dim, dtype, "softmax")


@with_out(cast=False)
@numpy_names
def log_softmax(input: Tensor, dim: int, dtype: torch.dtype | None = None) -> Tensor:
    """y = log(softmax(input)), in a way that stays finite where the softmax rounds to 0.

    Args:
        input: any real numbers
        dim: the dimension along which they become logarithms of probabilities
        dtype: convert ``input`` to this first. Default: as it is

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.log_softmax(torch.tensor([0.0, 1.0, 1000.0]), dim=0)
        tensor([-1000.,  -999.,     0.])
    """
    return _checked(LogSoftmax, input, dim, dtype, "log_softmax")


def _checked(rule: type[Rule], x: Tensor, dim: int, dtype: torch.dtype | None, name: str) -> Tensor:
    """The rule of the input in the wanted dtype; of a number, along no axis at all."""
    if not isinstance(x, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(x).__name__}")
    if isinstance(dim, bool) or not hasattr(dim, "__index__"):
        raise TypeError(f"{name}(): argument 'dim' must be int, not {type(dim).__name__}")
    if dtype is not None:
        x = x.to(dtype=dtype)
    ndim = x.dim()
    if not -ndim <= dim < ndim and dim not in (-1, 0):
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-max(ndim, 1)}, "
            f"{max(ndim, 1) - 1}], but got {dim}): the input of {name} has shape {list(x.shape)}"
        )
    if not x.is_floating_point():
        if not x.numel():
            return x.clone()
        raise NotImplementedError(
            f"{name} is not implemented for {x.dtype}: say dtype=torch.float32, or use .float()"
        )
    return rule.apply(x, dim if ndim else ())
