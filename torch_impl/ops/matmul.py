"""Products of matrices, vectors and batches of matrices.

All of them are one rule: where ``y = a b``, the gradients are ``da = dy b^T`` and ``db = a^T dy``.
Their shapes leave no choice. dy has the shape of y, da has to have that of a, and no other product
of dy and b fits.
"""

from __future__ import annotations

import torch
from torch import Tensor, outer

from ..autograd import Rule
from ._forms import with_out
from ._operands import unbroadcast

__all__ = ["matmul", "mm", "mv", "dot", "bmm", "outer"]


class Mm(Rule):
    """y = a b        da = dy b^T,  db = a^T dy"""

    @staticmethod
    def forward(ctx, a, b):
        needs_da, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        return torch.mm(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        da = dy @ b.T if b is not None else None
        db = a.T @ dy if a is not None else None
        return da, db


class Mv(Rule):
    """y = a v        da = dy v^T,  dv = a^T dy"""

    @staticmethod
    def forward(ctx, a, v):
        needs_da, needs_dv = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_dv else None, v if needs_da else None)
        return torch.mv(a, v)

    @staticmethod
    def backward(ctx, dy):
        a, v = ctx.saved_tensors
        da = dy[:, None] * v if v is not None else None
        dv = a.T @ dy if a is not None else None
        return da, dv


class Dot(Rule):
    """y = the sum of a_i b_i        da = dy b,  db = dy a"""

    @staticmethod
    def forward(ctx, a, b):
        needs_da, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        return torch.dot(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        return dy * b if b is not None else None, dy * a if a is not None else None


class Bmm(Rule):
    """y_i = a_i b_i        da_i = dy_i b_i^T,  db_i = a_i^T dy_i"""

    @staticmethod
    def forward(ctx, a, b):
        needs_da, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        ctx.shapes = a.shape, b.shape
        return a @ b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        da = unbroadcast(dy @ b.mT, ctx.shapes[0]) if b is not None else None
        db = unbroadcast(a.mT @ dy, ctx.shapes[1]) if a is not None else None
        return da, db


@with_out(cast=False)
def matmul(input: Tensor, other: Tensor) -> Tensor:
    """input @ other: the product of two matrices, vectors, or batches of matrices.

    Args:
        input: the left factor
        other: the right factor

    Shape:
        (n, k) @ (k, m) gives (n, m). A vector stands for a row on the left and a column on the
        right, and that dimension is gone afterwards. With more dimensions the last two are matrices
        and the others batches, broadcast against each other.

    Examples:
        >>> a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> torch.matmul(a, a)
        tensor([[ 7., 10.],
                [15., 22.]])
        >>> torch.matmul(a, torch.tensor([1.0, 0.0]))
        tensor([1., 3.])
    """
    ranks = input.ndim, other.ndim
    if ranks == (2, 2):
        return mm(input, other)
    if ranks == (1, 1):
        return dot(input, other)
    if ranks == (2, 1):
        return mv(input, other)
    if 0 in ranks:
        raise RuntimeError(
            f"both arguments to matmul need to be at least 1D, but they are {input.ndim}D and "
            f"{other.ndim}D"
        )
    if input.ndim == 1:
        return Bmm.apply(input.unsqueeze(0), other).squeeze(-2)
    if other.ndim == 1:
        return Bmm.apply(input, other.unsqueeze(1)).squeeze(-1)
    return Bmm.apply(input, other)


@with_out(cast=False)
def mm(input: Tensor, mat2: Tensor) -> Tensor:
    """The product of two matrices.

    Args:
        input: the left factor, (n, k)
        mat2: the right factor, (k, m)

    Examples:
        >>> torch.mm(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1], [10]]))
        tensor([[21],
                [43]])
    """
    return Mm.apply(input, mat2)


@with_out(cast=False)
def mv(input: Tensor, vec: Tensor) -> Tensor:
    """The product of a matrix (n, k) and a vector (k).

    Args:
        input: the matrix, (n, k)
        vec: the vector, (k)

    Examples:
        >>> torch.mv(torch.tensor([[1, 2], [3, 4]]), torch.tensor([1, 10]))
        tensor([21, 43])
    """
    return Mv.apply(input, vec)


@with_out(cast=False)
def dot(input: Tensor, tensor: Tensor) -> Tensor:
    """The dot product of two vectors of the same size.

    Args:
        input: the first vector
        tensor: the second

    Examples:
        >>> torch.dot(torch.tensor([2, 3]), torch.tensor([2, 1]))
        tensor(7)
    """
    return Dot.apply(input, tensor)


@with_out(cast=False)
def bmm(input: Tensor, mat2: Tensor) -> Tensor:
    """The products of the matrices of two batches: (b, n, k) and (b, k, m) give (b, n, m).

    Args:
        input: the left factors, (b, n, k)
        mat2: the right factors, (b, k, m)

    Examples:
        >>> torch.bmm(torch.ones(10, 3, 4), torch.ones(10, 4, 5)).shape
        torch.Size([10, 3, 5])
    """
    for name, x in (("batch1", input), ("batch2", mat2)):
        if x.ndim != 3:
            raise RuntimeError(f"{name} must be a 3D tensor")
    if input.shape[0] != mat2.shape[0]:
        raise RuntimeError("bmm: the batches must have the same size")
    return Bmm.apply(input, mat2)
