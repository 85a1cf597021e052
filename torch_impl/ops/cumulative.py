"""Running results along a dimension: cumsum, cumprod, cummax, cummin, logcumsumexp; and diff.

Each element becomes the sum (product, maximum) of itself and all those before it. So each input is
part of every later result, and its gradient collects from all of these: it runs from the other end.
All but the first two are torch's own:

>>> torch.diff(torch.tensor([1.0, 3.0, 6.0]))
tensor([2., 3.])
>>> torch.trapezoid(torch.tensor([1.0, 2.0, 4.0]))
tensor(4.5000)
"""

from __future__ import annotations

import torch
from torch import (
    Tensor,
    cummax,
    cummin,
    cumulative_trapezoid,
    diff,
    logcumsumexp,
    trapezoid,
    trapz,
)

from ..autograd import Rule
from ._forms import with_out
from ._operands import tensor
from ._reducing import numpy_names

__all__ = [
    "cumsum",
    "cumprod",
    "cummax",
    "cummin",
    "logcumsumexp",
    "diff",
    "trapezoid",
    "trapz",
    "cumulative_trapezoid",
]


class Cumsum(Rule):
    """y_i = x_0 + ... + x_i        dx_i = dy_i + dy_(i+1) + ..., the sum from the other end"""

    @staticmethod
    def forward(ctx, x, dim):
        ctx.dim = dim
        return torch.cumsum(x, dim, dtype=x.dtype)

    @staticmethod
    def backward(ctx, dy):
        return sum_from_the_end(dy, ctx.dim), None


class Cumprod(Rule):
    """y_i = x_0 ... x_i        dx_i = (dy_i y_i + dy_(i+1) y_(i+1) + ...) / x_i"""

    @staticmethod
    def forward(ctx, x, dim):
        y = torch.cumprod(x, dim, dtype=x.dtype)
        ctx.save_for_backward(x, y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if x.dim() == 0:
            return dy, None
        if (x != 0).all():
            return sum_from_the_end(dy * y, ctx.dim) / x, None
        if torch.is_grad_enabled():
            return through_zeros(dy, x, ctx.dim), None
        return past_zeros(dy, x, y, ctx.dim), None


def sum_from_the_end(x: Tensor, dim: int) -> Tensor:
    """The sum of each element and those behind it."""
    return x.flip(dim).cumsum(dim).flip(dim)


def past_zeros(dy: Tensor, x: Tensor, y: Tensor, dim: int) -> Tensor:
    """The gradient of cumprod where some x are 0.

    Behind the first zero all products are 0, and so are the gradients. The zero itself multiplies
    what the others give: the products with a 1 in its place, up to the next zero.
    """
    zeros = (x == 0).cumsum(dim)
    ahead, first = zeros == 0, (zeros == 1) & (x == 0)
    others = torch.where(first, 1.0, x).cumprod(dim)
    dx = sum_from_the_end(torch.where(ahead, dy * y, 0.0), dim) / torch.where(ahead, x, 1.0)
    at_zero = sum_from_the_end(torch.where(zeros == 1, dy * others, 0.0), dim)
    return torch.where(ahead, dx, torch.where(first, at_zero, 0.0))


def through_zeros(dy: Tensor, x: Tensor, dim: int) -> Tensor:
    """The same by definition, to be differentiated again: a table of x, a 1 in place of each."""
    n = x.shape[dim]
    rows = x.swapaxes(dim, -1)[..., None, :]
    one_out = torch.eye(n, device=x.device) == 1
    products = torch.where(one_out, 1.0, rows).cumprod(-1)
    later = torch.ones(n, n, device=x.device).triu() == 1
    parts = torch.where(later, products * dy.swapaxes(dim, -1)[..., None, :], 0.0)
    return parts.sum(-1).swapaxes(dim, -1)


def in_dtype(input: Tensor, dtype: torch.dtype | None) -> Tensor:
    """The input in the dtype to run in: integers as int64, unless another one is asked for."""
    if dtype is None:
        dtype = input.dtype if input.is_floating_point() else torch.int64
    if input.requires_grad and not dtype.is_floating_point:
        raise RuntimeError(f"Autograd not support dtype: {dtype}: integers have no gradient")
    return input.to(dtype=dtype)


# ---- functions ----------------------------------------------------------------------------------


@with_out
@numpy_names
def cumsum(input: Tensor, dim: int, *, dtype: torch.dtype | None = None) -> Tensor:
    """The running sum along a dimension: each element becomes the sum of it and those before it.

    Args:
        input: a tensor; the sums of integers and bools are int64
        dim: the dimension to run along
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.cumsum(torch.tensor([1.0, 2.0, 3.0]), 0)
        tensor([1., 3., 6.])
    """
    return Cumsum.apply(in_dtype(tensor(input), dtype), dim)


@with_out
@numpy_names
def cumprod(input: Tensor, dim: int, *, dtype: torch.dtype | None = None) -> Tensor:
    """The running product along a dimension: of each element and those before it.

    Args:
        input: a tensor; the products of integers and bools are int64
        dim: the dimension to run along
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.cumprod(torch.tensor([1.0, 2.0, 3.0, 4.0]), 0)
        tensor([ 1.,  2.,  6., 24.])
    """
    return Cumprod.apply(in_dtype(tensor(input), dtype), dim)
