"""Many numbers to one: sum, mean, prod, logsumexp, over all elements or along dimensions.

A sum hands its gradient to every number that was added. ``nansum`` and ``nanmean`` are torch's own:

>>> x = torch.tensor([1.0, float("nan"), 2.0])
>>> torch.nansum(x), torch.nanmean(x)
(tensor(3.), tensor(1.5000))
"""

from __future__ import annotations

import torch
from torch import Tensor, nanmean, nansum

from ..autograd import Rule
from ._forms import with_out
from ._operands import floating, tensor
from ._reducing import Dims, kept_shape, numpy_names

__all__ = ["sum", "mean", "nansum", "nanmean", "prod", "logsumexp"]


class Sum(Rule):
    """y = the sum of all x        dx = dy, for every element"""

    @staticmethod
    def forward(ctx, x):
        ctx.shape = x.shape
        return torch.sum(x)

    @staticmethod
    def backward(ctx, dy):
        return dy.expand(ctx.shape)


class SumDim(Rule):
    """y = the sum of x along some dimensions        dx = dy, repeated along these"""

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.shape, ctx.kept = x.shape, kept_shape(x.shape, dims)
        return torch.sum(x, dims, keepdim)

    @staticmethod
    def backward(ctx, dy):
        return dy.reshape(ctx.kept).expand(ctx.shape), None, None


class Mean(Rule):
    """y = the sum of all x / n        dx = dy / n, for every element"""

    @staticmethod
    def forward(ctx, x):
        ctx.shape, ctx.n = x.shape, x.numel()
        return torch.mean(x)

    @staticmethod
    def backward(ctx, dy):
        return (dy / ctx.n).expand(ctx.shape)


class MeanDim(Rule):
    """y = the sum of x along some dimensions / n        dx = dy / n, repeated along these"""

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.shape, ctx.kept = x.shape, kept_shape(x.shape, dims)
        y = torch.mean(x, dims, keepdim)
        ctx.n = x.numel() / y.numel() if y.numel() else 1
        return y

    @staticmethod
    def backward(ctx, dy):
        return (dy / ctx.n).reshape(ctx.kept).expand(ctx.shape), None, None


class Prod(Rule):
    """y = the product of all x        dx = dy y / x, the product of all others"""

    @staticmethod
    def forward(ctx, x):
        y = torch.prod(x)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if x.dim() == 0:
            return dy
        if not torch.is_grad_enabled() and (x == 0).sum() > 1:
            return torch.zeros_like(x)
        return (dy * others(x.reshape(-1), y, 0)).reshape(x.shape)


class ProdDim(Rule):
    """y = the product of x along a dimension        dx = dy y / x, the product of the others"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        y = torch.prod(x, dim, keepdim)
        ctx.save_for_backward(x, y)
        ctx.dim, ctx.kept = dim, kept_shape(x.shape, dim)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        dx = dy.reshape(ctx.kept) * others(x, y.reshape(ctx.kept), ctx.dim)
        return dx, None, None


class Logsumexp(Rule):
    """y = ln(e^x_1 + e^x_2 + ...)        dx_i = dy e^(x_i - y)

    The largest x is taken out first, so that no exponential overflows.
    """

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        ctx.kept = kept_shape(x.shape, dims)
        largest = torch.amax(x, dims, keepdim=True) if x.numel() else x.new_zeros(ctx.kept)
        largest = torch.where(torch.isinf(largest), 0, largest)
        y = torch.log(torch.sum(torch.exp(x - largest), dims, keepdim=True)) + largest
        y = y if keepdim else y.squeeze(dims)
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        return dy.reshape(ctx.kept) * torch.exp(x - y.reshape(ctx.kept)), None, None


def others(x: Tensor, y: Tensor, dim: int) -> Tensor:
    """For each element of x the product of all others along a dimension, y being that of all."""
    if (x != 0).all():
        return y / x
    rows = x.swapaxes(dim, -1)  # by definition: a table of x, with a 1 in place of each in turn
    one_out = torch.eye(rows.shape[-1], device=x.device) == 1
    return torch.where(one_out, 1.0, rows[..., None, :]).prod(-1).swapaxes(dim, -1)


# ---- functions ----------------------------------------------------------------------------------


@with_out
@numpy_names
def sum(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: torch.dtype | None = None
) -> Tensor:
    """The sum of all elements, or of those along some dimensions.

    Args:
        input: a tensor; the sum of integers and bools is int64
        dim: the dimension or dimensions to sum over. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Shape:
        (2, 3, 4), summed over ``dim=1``, gives (2, 4); with ``keepdim=True``, (2, 1, 4).

    Examples:
        >>> x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> torch.sum(x), torch.sum(x, dim=0)
        (tensor(10.), tensor([4., 6.]))
    """
    input = tensor(input) if dtype is None else tensor(input).to(dtype=dtype)
    if dim is None and not keepdim:
        return Sum.apply(input)
    return SumDim.apply(input, dim, keepdim)


@with_out
@numpy_names
def mean(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: torch.dtype | None = None
) -> Tensor:
    """The mean of all elements, or of those along some dimensions; NaN where there are none.

    Args:
        input: a tensor of floating-point numbers
        dim: the dimension or dimensions to average over. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.mean(torch.tensor([[1.0, 2.0], [3.0, 5.0]]), dim=0)
        tensor([2.0000, 3.5000])
    """
    input = tensor(input) if dtype is None else tensor(input).to(dtype=dtype)
    if not input.is_floating_point():
        raise RuntimeError(f"mean(): a floating point dtype is needed. Got: {input.dtype}")
    if dim is None and not keepdim:
        return Mean.apply(input)
    return MeanDim.apply(input, dim, keepdim)


@with_out
@numpy_names
def prod(
    input: Tensor,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    dtype: torch.dtype | None = None,
) -> Tensor:
    """The product of all elements, or of those along one dimension.

    Args:
        input: a tensor; the product of integers and bools is int64
        dim: the dimension to multiply along. Default: None, all
        keepdim: keep it, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.prod(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 1)
        tensor([ 2., 12.])
    """
    input = tensor(input) if dtype is None else tensor(input).to(dtype=dtype)
    if dim is None:
        if keepdim:
            raise TypeError("prod(): keepdim needs a dim")
        return Prod.apply(input)
    return ProdDim.apply(input, dim, keepdim) if input.dim() else Prod.apply(input.prod(dim))


@with_out
@numpy_names
def logsumexp(input: Tensor, dim: Dims, keepdim: bool = False) -> Tensor:
    """y = ln(sum of e^input) along dimensions, safe for large and for very negative numbers.

    Args:
        input: a tensor; integers give floating-point numbers
        dim: the dimension or dimensions to sum over
        keepdim: keep them, with size 1. Default: False

    Examples:
        >>> torch.logsumexp(torch.tensor([1000.0, 1000.0]), 0)
        tensor(1000.6932)
    """
    input = floating(tensor(input))
    if dim is None or not isinstance(keepdim, bool):
        raise TypeError("logsumexp(): dim must be int or tuple of ints, and keepdim bool")
    if not keepdim and isinstance(dim, (tuple, list)) and not dim and input.dim():
        raise RuntimeError(f"logsumexp(): no dim is given: say {tuple(range(input.dim()))} for all")
    return Logsumexp.apply(input, dim, keepdim)
