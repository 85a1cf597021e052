"""Systems of equations: A x = b, exactly or as nearly as possible.

The gradient of a solution is a solution. From ``x = A^-1 b`` follows ``db = A^-T dx``, which is to
say ``A^T db = dx``; and since A multiplies x, a change of A_ij takes x_j times as much from b_i as
a change of b_i adds: ``dA = -db x^T``.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.linalg import LinAlgError, lstsq, solve_ex, solve_triangular

from ..autograd import Rule
from ..ops._forms import with_out
from ..ops._operands import tensor

__all__ = ["LinAlgError", "solve", "solve_ex", "solve_triangular", "lstsq"]


class LinalgSolveEx(Rule):
    """a x = b        db solves a^T db = dx,  da = -db x^T

    With ``left=False``, x a = b, which is a^T x^T = b^T.
    """

    @staticmethod
    def forward(ctx, a, b, left, vector):
        x, info = torch.linalg.solve_ex(a, b, left=left, check_errors=True)
        ctx.left, ctx.vector, ctx.shape = left, vector, b.shape
        ctx.save_for_backward(a, x)
        ctx.mark_non_differentiable(info)
        return x, info

    @staticmethod
    def backward(ctx, dx, dinfo):
        a, x = ctx.saved_tensors
        if ctx.vector:
            x, dx = x[..., None], dx[..., None]
        if ctx.left:
            db = torch.linalg.solve(a.mT, dx)
            da = -(db @ x.mT)
        else:
            db = torch.linalg.solve(a, dx.mT).mT
            da = -(x.mT @ db)
        db = db[..., 0] if ctx.vector else db
        return da.sum_to_size(a.shape), db.sum_to_size(ctx.shape), None, None


@with_out
def solve(A: Tensor, B: Tensor, *, left: bool = True) -> Tensor:
    """The X of A X = B.

    Args:
        A: a square matrix (n, n), or a batch of them; LinAlgError if one is singular
        B: a matrix (n, k), a vector (n), or a batch of either
        left: False solves X A = B instead

    Shape:
        That of B. Batches are broadcast against each other. B counts as a batch of vectors if its
        shape is that of A without the last size.

    Examples:
        >>> A = torch.tensor([[2.0, 1.0], [1.0, 3.0]])
        >>> torch.linalg.solve(A, torch.tensor([3.0, 5.0]))
        tensor([0.8000, 1.4000])
    """
    A, B = tensor(A), tensor(B, 2)
    vector = B.ndim == 1 or (A.ndim - 1 == B.ndim and B.shape == A.shape[:-1])
    return LinalgSolveEx.apply(A, B, left, vector)[0]
