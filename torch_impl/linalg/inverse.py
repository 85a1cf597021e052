"""Determinants and inverses.

Why the determinant's gradient holds the inverse: expanded along row i, ``det A`` is the sum of
``A_ij C_ij``, where the cofactor C_ij is made of the *other* rows and columns. So the derivative by
A_ij is C_ij. And all cofactors together are ``det A`` times the transposed inverse.

Why the inverse's gradient holds it twice: a small change E of A turns ``A^-1`` into
``A^-1 - A^-1 E A^-1``. What stands on E's left and right goes to dy's sides, transposed.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.linalg import inv_ex, pinv, slogdet

from ..autograd import Rule
from ..ops._forms import with_out

__all__ = ["det", "slogdet", "inv", "inv_ex", "pinv"]


class LinalgDet(Rule):
    """y = det A        dA = dy C,  C the cofactors: y (A^-1)^T"""

    @staticmethod
    def forward(ctx, a):
        y = torch.linalg.det(a)
        ctx.save_for_backward(a, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        a, y = ctx.saved_tensors
        return dy[..., None, None] * cofactors(a, y)


class LinalgInvEx(Rule):
    """y = A^-1        dA = -y^T dy y^T"""

    @staticmethod
    def forward(ctx, a):
        y, info = torch.linalg.inv_ex(a, check_errors=True)
        ctx.save_for_backward(y)
        ctx.mark_non_differentiable(info)
        return y, info

    @staticmethod
    def backward(ctx, dy, dinfo):
        (y,) = ctx.saved_tensors
        return -(y.mT @ dy @ y.mT)


def cofactors(a: Tensor, y: Tensor) -> Tensor:
    """The derivative of the determinant y by the elements of a: y (a^-1)^T, or 1 of a lone element.

    A singular matrix has cofactors, but no inverse. Through its singular values, a = u s v: each
    cofactor in the basis of u and v is the product of all *other* singular values.
    """
    if a.shape[-1] == 1:
        return torch.ones_like(a)
    if not (y == 0).any():
        return y[..., None, None] * torch.linalg.inv(a).mT
    if y.ndim:
        n = a.shape[-1]
        each = zip(a.reshape(-1, n, n), y.reshape(-1), strict=True)
        return torch.stack([cofactors(*one) for one in each]).reshape(a.shape)
    u, s, v = torch.linalg.svd(a)
    sign = (torch.linalg.det(u) * torch.linalg.det(v)).detach().sign()
    same = torch.eye(a.shape[-1], dtype=torch.bool)
    others = torch.where(same, 1.0, s).prod(-1)
    return (u * (sign * others)) @ v


@with_out
def det(A: Tensor) -> Tensor:
    """The determinant: by how much a matrix stretches a volume, negative if it mirrors it.

    Args:
        A: a square matrix, or a batch of them

    Examples:
        >>> torch.linalg.det(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
        tensor(-2.)
    """
    return LinalgDet.apply(A)


@with_out
def inv(A: Tensor) -> Tensor:
    """The inverse: the matrix whose product with A is the identity.

    To solve A x = b, call ``solve``: it is quicker, and loses fewer digits.

    Args:
        A: a square matrix, or a batch of them; LinAlgError if one is singular

    Examples:
        >>> torch.linalg.inv(torch.tensor([[2.0, 0.0], [0.0, 4.0]]))
        tensor([[0.5000, 0.0000],
                [0.0000, 0.2500]])
    """
    return LinalgInvEx.apply(A)[0]
