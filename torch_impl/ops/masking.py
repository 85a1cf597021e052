"""Elements picked or overwritten by a mask, which says of every element yes or no.

``masked_fill`` is written out here: what was overwritten gets no gradient.
"""

from __future__ import annotations

import torch
from torch import Tensor, argwhere, masked_scatter, masked_select, nonzero

from ..autograd import Rule
from ._operands import unbroadcast

__all__ = ["masked_select", "masked_fill", "masked_scatter", "nonzero", "argwhere"]


class MaskedFill(Rule):
    """y = value where mask, else x        dx = 0 where mask, else dy"""

    @staticmethod
    def forward(ctx, x, value, mask):
        ctx.save_for_backward(mask)
        ctx.shape = x.shape
        return x.masked_fill(mask, value)

    @staticmethod
    def backward(ctx, dy):
        (mask,) = ctx.saved_tensors
        needs_dx, needs_dvalue, _ = ctx.needs_input_grad
        dx = unbroadcast(torch.where(mask, 0, dy), ctx.shape) if needs_dx else None
        dvalue = torch.where(mask, dy, 0).sum() if needs_dvalue else None
        return dx, dvalue, None


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
    return MaskedFill.apply(input, value, mask)
