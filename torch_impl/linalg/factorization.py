"""A matrix as a product of simpler ones: Cholesky's L L^T, Q R, and elimination's P L U.

Their gradients come out of the product rule, by one idea. Take A = L L^T. A change of L changes A
by ``dL L^T + L dL^T``; with L^-1 from the left and L^-T from the right, that is ``X + X^T``, where
``X = L^-1 dL`` is again a lower triangle. So X is the lower half of ``L^-1 dA L^-T``: the change of
L is known from that of A. A gradient goes the same way backwards: transposed, in opposite order.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.linalg import cholesky_ex, lu, lu_factor, lu_factor_ex, qr, solve_triangular

from ..autograd import Rule
from ..ops._forms import with_out

__all__ = ["cholesky", "cholesky_ex", "qr", "lu_factor", "lu_factor_ex", "lu"]


class LinalgCholeskyEx(Rule):
    """a = l l^T        da = l^-T S l^-1,  S symmetric, below half of l^T dl

    What S has above its diagonal mirrors what it has below.
    """

    @staticmethod
    def forward(ctx, a, upper):
        y, info = torch.linalg.cholesky_ex(a, upper=upper, check_errors=True)
        ctx.upper = upper
        ctx.save_for_backward(y)
        ctx.mark_non_differentiable(info)
        return y, info

    @staticmethod
    def backward(ctx, dy, dinfo):
        (y,) = ctx.saved_tensors
        return root_gradient(y, dy, ctx.upper), None


def root_gradient(y: Tensor, dy: Tensor, upper: bool) -> Tensor:
    """The gradient of Cholesky's factor"""
    low, dl = (y.mT, dy.mT) if upper else (y, dy)
    inside = (low.mT @ dl).tril()
    inside = 0.5 * (inside + inside.tril(-1).mT)
    half = solve_triangular(low.mT, inside, upper=True)
    return solve_triangular(low.mT, half.mT, upper=True).mT


@with_out
def cholesky(input: Tensor, *, upper: bool = False) -> Tensor:
    """The lower triangle L of a positive-definite matrix L L^T, its square root of a kind.

    Args:
        input: a symmetric positive-definite matrix, or a batch of them; only its lower triangle is
            looked at. LinAlgError if one is not positive-definite
        upper: return L^T, and look at the upper triangle. Default: False

    Examples:
        >>> torch.linalg.cholesky(torch.tensor([[4.0, 2.0], [2.0, 10.0]]))
        tensor([[2., 0.],
                [1., 3.]])
    """
    return LinalgCholeskyEx.apply(input, upper)[0]
