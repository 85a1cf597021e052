"""How far numbers lie from their mean, var and std, and how they vary together, cov.

``var_mean``, ``std_mean``, ``cov`` and ``corrcoef`` are torch's own:

>>> torch.cov(torch.tensor([[0.0, 1.0, 2.0], [2.0, 1.0, 0.0]]))
tensor([[ 1., -1.],
        [-1.,  1.]])
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, corrcoef, cov, std_mean, var_mean

from ..autograd import Rule
from ._forms import with_out
from ._operands import tensor
from ._reducing import Dims, kept_shape, numpy_names

__all__ = ["var", "std", "var_mean", "std_mean", "cov", "corrcoef"]


class Var(Rule):
    """y = the sum of (x - m)^2 / (n - c), m being the mean        dx = dy 2 (x - m) / (n - c)"""

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        ctx.save_for_backward(x)
        dims = Var.prepare(ctx, x, dims, correction)
        return torch.var(x, dims, correction=correction, keepdim=keepdim)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return Var.spread_gradient(ctx, dy, x), None, None, None

    @staticmethod
    def prepare(ctx, x, dims, correction):
        """The dimensions to reduce, after what backward needs to know of them is kept."""
        ctx.of_all = dims is None or not x.ndim
        ctx.dims = tuple(range(x.ndim)) if dims is None else dims
        ctx.kept = kept_shape(x.shape, ctx.dims)
        ctx.freedom = count(x.shape, ctx.kept) - correction
        return ctx.dims

    @staticmethod
    def spread_gradient(ctx, dy, x):
        """dy 2 (x - m) / freedom"""
        dy = dy.reshape(ctx.kept)
        if ctx.of_all and ctx.freedom <= 0:
            return torch.where(x == x.mean(), dy * math.nan, dy * math.inf)
        d = x - x.mean(ctx.dims, keepdim=True)
        return d * ((2 / ctx.freedom if ctx.freedom else math.inf) * dy)


class Std(Var):
    """y = sqrt(var x)        dx = dy (x - m) / ((n - c) y),  0 where y is 0"""

    @staticmethod
    def forward(ctx, x, dims, keepdim, correction):
        dims = Var.prepare(ctx, x, dims, correction)
        y = torch.std(x, dims, correction=correction, keepdim=keepdim)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        dvar = torch.where(y == 0, 0.0, dy / (2 * y))
        return Var.spread_gradient(ctx, dvar, x), None, None, None


def count(shape: torch.Size, kept: list[int]) -> int:
    """How many numbers become one."""
    return math.prod(n for n, m in zip(shape, kept, strict=True) if n != m)


# ---- functions ----------------------------------------------------------------------------------


@with_out
@numpy_names
def var(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """The variance: the mean square of the distances from the mean, divided by n - 1, not n.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to reduce. Default: None, all
        unbiased: the older way to say ``correction=1`` (True) or ``correction=0`` (False)
        keepdim: keep them, with size 1. Default: False
        correction: what to subtract from n. Default: 1

    Examples:
        >>> x = torch.tensor([1.0, 2.0, 3.0, 4.0])
        >>> torch.var(x), torch.var(x, correction=0)
        (tensor(1.6667), tensor(1.2500))
    """
    return Var.apply(*_spread_arguments(tensor(input), dim, unbiased, keepdim, correction, "var"))


@with_out
@numpy_names
def std(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool | None = None,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """The standard deviation: the square root of the variance.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to reduce. Default: None, all
        unbiased: the older way to say ``correction=1`` (True) or ``correction=0`` (False)
        keepdim: keep them, with size 1. Default: False
        correction: what to subtract from n. Default: 1
    """
    return Std.apply(*_spread_arguments(tensor(input), dim, unbiased, keepdim, correction, "std"))


def _spread_arguments(input: Tensor, dim, unbiased, keepdim, correction, name: str) -> tuple:
    if isinstance(dim, bool):  # var(False)
        dim, unbiased = None, dim
    if unbiased is not None and (correction is not None or not isinstance(unbiased, bool)):
        raise TypeError(f"{name}(): unbiased is True or False, and stands in place of correction")
    if correction is None:
        correction = 1 if unbiased is None else int(unbiased)
    return input, dim, keepdim, correction
