"""Products with something added: ``addmm`` and its like are ``beta c + alpha a b`` in one step.

A linear layer is one of these: c is its bias.
"""

from __future__ import annotations

import torch
from torch import Tensor, addbmm, addmv, addr

from ..autograd import Rule
from ._forms import with_out
from ._operands import unbroadcast

__all__ = ["addmm", "addmv", "addr", "baddbmm", "addbmm"]


class Addmm(Rule):
    """y = beta c + alpha a b        dc = beta dy,  da = alpha dy b^T,  db = alpha a^T dy"""

    @staticmethod
    def forward(ctx, c, a, b, beta, alpha):
        _, needs_da, needs_db, *_ = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        ctx.shape, ctx.beta, ctx.alpha = c.shape, beta, alpha
        return torch.addmm(c, a, b, beta=beta, alpha=alpha)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_dc, needs_da, needs_db = ctx.needs_input_grad[:3]
        scaled = dy if ctx.alpha == 1 else dy * ctx.alpha
        dc = unbroadcast(dy if ctx.beta == 1 else dy * ctx.beta, ctx.shape) if needs_dc else None
        da = scaled @ b.mT if needs_da else None
        db = a.mT @ scaled if needs_db else None
        return dc, da, db, None, None


class Baddbmm(Addmm):
    """y_i = beta c_i + alpha a_i b_i

    dc = beta dy, da_i = alpha dy_i b_i^T, db_i = alpha a_i^T dy_i.
    """

    @staticmethod
    def forward(ctx, c, a, b, beta, alpha):
        _, needs_da, needs_db, *_ = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        ctx.shape, ctx.beta, ctx.alpha = c.shape, beta, alpha
        return torch.baddbmm(c, a, b, beta=beta, alpha=alpha)


@with_out(cast=False)
def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """beta * input + alpha * mat1 @ mat2

    Args:
        input: what to add, broadcast to the product's shape
        mat1: the left factor, a matrix
        mat2: the right factor, a matrix
        beta: factor for ``input``; 0 leaves it out. Default: 1
        alpha: factor for the product. Default: 1

    Examples:
        >>> a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> torch.addmm(torch.tensor([10.0, 20.0]), a, a)
        tensor([[17., 30.],
                [25., 42.]])
    """
    return Addmm.apply(input, mat1, mat2, beta, alpha)


@with_out
def baddbmm(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """beta * input + alpha * batch1 @ batch2: as ``addmm``, for each pair of two batches.

    Args:
        input: the matrices to add to, (b, n, m) or what broadcasts to it
        batch1: the left factors, (b, n, k)
        batch2: the right factors, (b, k, m)
        beta: a factor for the input. Default: 1
        alpha: a factor for the product. Default: 1

    Examples:
        >>> torch.baddbmm(torch.zeros(5), torch.ones(10, 3, 4), torch.ones(10, 4, 5)).shape
        torch.Size([10, 3, 5])
    """
    return Baddbmm.apply(input, batch1, batch2, beta, alpha)
