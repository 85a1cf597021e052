"""Elements picked or overwritten by numbers: where each of them is, another tensor says.

What is picked passes its gradient back to where it came from: the backward of ``gather`` is a
``scatter_add``. Here ``gather``, ``index_select`` and ``masked_fill`` are written out.
"""

from __future__ import annotations

import torch
from torch import Tensor, argwhere, masked_select, nonzero, scatter, scatter_add

from ..autograd import Rule
from ._operands import unbroadcast

__all__ = [
    "gather",
    "scatter",
    "scatter_add",
    "index_select",
    "masked_select",
    "masked_fill",
    "nonzero",
    "argwhere",
]


class Gather(Rule):
    """y = x[grid]        dx = zeros, but dx[grid] += dy"""

    @staticmethod
    def forward(ctx, x, dim, index):
        ctx.save_for_backward(index)
        ctx.shape, ctx.dim = x.shape, dim
        return x.gather(dim, index)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        return dy.new_zeros(ctx.shape).scatter_add(ctx.dim, index, dy), None, None


class IndexSelect(Rule):
    """y = x[:, index]        dx = zeros, but dx[:, index] += dy"""

    @staticmethod
    def forward(ctx, x, dim, index):
        ctx.save_for_backward(index)
        ctx.shape, ctx.dim = x.shape, dim
        return x.index_select(dim, index)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        return dy.new_zeros(ctx.shape).index_add(ctx.dim, index, dy), None, None


class MaskedFill(Rule):
    """y = value where mask, else x        dx = 0 where mask, else dy"""

    @staticmethod
    def forward(ctx, x, mask, value):
        ctx.save_for_backward(mask)
        ctx.shape = x.shape
        return x.masked_fill(mask, value)

    @staticmethod
    def backward(ctx, dy):
        (mask,) = ctx.saved_tensors
        needs_dx, _, needs_dvalue = ctx.needs_input_grad
        dx = unbroadcast(torch.where(mask, 0, dy), ctx.shape) if needs_dx else None
        dvalue = torch.where(mask, dy, 0).sum() if needs_dvalue else None
        return dx, None, dvalue


def gather(input: Tensor, dim: int, index: Tensor, *, sparse_grad: bool = False) -> Tensor:
    """For each element of ``index``, the element of ``input`` that it names along a dimension.

    Args:
        input: the tensor to read from
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor with as many dimensions, the other ones no larger than the input's
        sparse_grad: no matter here; gradients are dense

    Shape:
        the result has the shape of ``index``

    Examples:
        >>> scores = torch.tensor([[1, 2, 3], [4, 5, 6]])
        >>> torch.gather(scores, 1, torch.tensor([[0], [2]]))
        tensor([[1],
                [6]])
    """
    return Gather.apply(input, dim, index)


def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Whole entries along a dimension, in any order: a copy.

    Args:
        input: the tensor
        dim: the dimension
        index: a vector of integers, the entries to take

    Examples:
        >>> torch.index_select(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, torch.tensor([2, 0]))
        tensor([[3, 1],
                [6, 4]])
    """
    return IndexSelect.apply(input, dim, index)


def masked_fill(input: Tensor, mask: Tensor, value: Tensor | float) -> Tensor:
    """A copy with one value wherever the mask is True.

    Args:
        input: the tensor
        mask: a tensor of bools; the two are broadcast against each other
        value: a number, or a tensor without dimensions

    Examples:
        >>> x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> torch.masked_fill(x, x > 2, float("-inf"))
        tensor([[1., 2.],
                [-inf, -inf]])
    """
    return MaskedFill.apply(input, mask, value)
