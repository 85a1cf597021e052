"""Products of matrices, vectors and batches of matrices.

All of them are one rule: where ``y = a b``, the gradients are ``da = dy b^T`` and ``db = a^T dy``.
Their shapes leave no choice. dy has the shape of y, da has to have that of a, and no other product
of dy and b fits.
"""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule
from ..tensor import Tensor, tensor_method
from ._fitting import (
    arrays,
    check_batches,
    check_dtypes,
    check_matrices,
    check_vectors,
    mismatch,
)
from ._forms import with_out
from ._operands import need_tensors, unbroadcast

__all__ = ["matmul", "mm", "mv", "dot", "bmm", "outer"]


class Mm(Rule):
    """y = a b        da = dy b^T,  db = a^T dy"""

    @staticmethod
    def forward(ctx, a, b):
        save(ctx, a, b)
        return product(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        da = product(dy, b.T) if b is not None else None
        db = product(a.T, dy) if a is not None else None
        return da, db


class Mv(Rule):
    """y = a v        da = dy v^T,  dv = a^T dy"""

    @staticmethod
    def forward(ctx, a, v):
        save(ctx, a, v)
        return a.dot(v)

    @staticmethod
    def backward(ctx, dy):
        a, v = ctx.saved_tensors
        da = dy[:, None] * v if v is not None else None
        dv = product(a.T, dy) if a is not None else None
        return da, dv


class Vm(Rule, name="SqueezeBackward4"):
    """y = v b        dv = b dy,  db = v dy^T

    torch makes v a row, and squeezes the product: hence the name.
    """

    @staticmethod
    def forward(ctx, v, b):
        save(ctx, v, b)
        return v.dot(b)

    @staticmethod
    def backward(ctx, dy):
        v, b = ctx.saved_tensors
        dv = product(b, dy) if b is not None else None
        db = v[:, None] * dy if v is not None else None
        return dv, db


class Dot(Rule):
    """y = the sum of a_i b_i        da = dy b,  db = dy a"""

    @staticmethod
    def forward(ctx, a, b):
        save(ctx, a, b)
        return a.dot(b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        return dy * b if b is not None else None, dy * a if a is not None else None


class MatmulFolded(Rule, name="UnsafeViewBackward0"):
    """y = a b, all rows of a batch at once        da = dy b^T,  db = a^T dy"""

    @staticmethod
    def forward(ctx, a, b):
        save(ctx, a, b)
        ctx.shape, ctx.is_matrix = a.shape, b.ndim == 2
        return product(folded(a), b).reshape(a.shape[:-1] + b.shape[1:])

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        da = db = None
        rows = folded(dy) if ctx.is_matrix else dy.reshape(-1)
        if b is not None:
            da = product(rows, b.T) if ctx.is_matrix else rows[:, None] * b
            da = da.reshape(ctx.shape)
        if a is not None:
            db = product(folded(a).T, rows)
        return da, db


class Bmm(Rule):
    """y_i = a_i b_i        da_i = dy_i b_i^T,  db_i = a_i^T dy_i"""

    @staticmethod
    def forward(ctx, a, b):
        save(ctx, a, b)
        ctx.shapes = a.shape, b.shape
        return a @ b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        da = unbroadcast(dy @ b.swapaxes(-1, -2), ctx.shapes[0]) if b is not None else None
        db = unbroadcast(a.swapaxes(-1, -2) @ dy, ctx.shapes[1]) if a is not None else None
        return da, db


class MatmulBatched(Bmm, name="UnsafeViewBackward0"):
    """y_i = a_i b_i, the batches broadcast        da_i = dy_i b_i^T,  db_i = a_i^T dy_i"""


def save(ctx, a, b):
    """Saves of two factors those that backward needs: for the gradient of each the other one."""
    needs_da, needs_db = ctx.needs_input_grad
    ctx.save_for_backward(a if needs_db else None, b if needs_da else None)


def product(a, b):
    """a @ b, of a matrix with a matrix or vector. For arrays ``dot`` does it: ``@`` first asks
    whether they are stacks of matrices, and for small ones that takes longer than the product."""
    if type(a) is not numpy.ndarray or a.size == 1 or b.size == 1:
        return a @ b  # dot takes one element for a number, and 0 times NaN for 0
    return a.dot(b)


def folded(x):
    """All rows of a batch of matrices in one matrix."""
    return x.reshape((math.prod(x.shape[:-1]), x.shape[-1]))


# ---- any shapes -----------------------------------------------------------------------------


@with_out(cast=False)
@tensor_method
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
        >>> a @ torch.tensor([1.0, 0.0])
        tensor([1., 3.])
    """
    a, b = arrays(input, other, "matmul")
    ranks = a.ndim, b.ndim
    if ranks == (2, 2):
        check_matrices(a, b)
        return Mm.apply(input, other)
    if 0 in ranks:
        raise RuntimeError(
            f"both arguments to matmul need to be at least 1D, but they are {a.ndim}D and {b.ndim}D"
        )
    if ranks == (1, 1):
        return dot(input, other)
    if ranks == (2, 1):
        return mv(input, other)
    if b.ndim == 1 or (b.ndim == 2 and a.ndim > 2):
        if a.shape[-1] != b.shape[0]:
            raise mismatch(a.shape, b.shape)
        check_dtypes(a, b)
        return MatmulFolded.apply(input, other)
    if a.shape[-1] != b.shape[-2]:
        raise mismatch(a.shape, b.shape)
    check_batches(a.shape, b.shape)
    check_dtypes(a, b)
    if a.ndim == 1 and b.ndim == 2:
        y = Vm.apply(input, other)
        y._changes.bump("squeeze_")
        return y
    if a.ndim == 1:
        return MatmulFolded.apply(other.mT, input)
    if a.ndim == 2 and input.requires_grad:
        return MatmulFolded.apply(other.mT, input.t()).mT.contiguous()
    return MatmulBatched.apply(input, other)


@tensor_method("__matmul__")
def times(self: Tensor, other: Tensor) -> Tensor:
    """self @ other"""
    return matmul(self, other) if isinstance(other, Tensor) else NotImplemented


@tensor_method("__rmatmul__")
def times_reversed(self: Tensor, other: Tensor) -> Tensor:
    """other @ self"""
    return matmul(other, self) if isinstance(other, Tensor) else NotImplemented


# ---- one combination of shapes each ---------------------------------------------------------


@with_out(cast=False)
@tensor_method
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
    a, b = arrays(input, mat2, "mm")
    if a.ndim != 2 or b.ndim != 2:
        name, x = ("self", a) if a.ndim != 2 else ("mat2", b)
        raise RuntimeError(f"mm: {name} must be a matrix, not of shape {list(x.shape)}")
    check_matrices(a, b)
    return Mm.apply(input, mat2)


@with_out(cast=False)
@tensor_method
def mv(input: Tensor, vec: Tensor) -> Tensor:
    """The product of a matrix (n, k) and a vector (k).

    Args:
        input: the matrix, (n, k)
        vec: the vector, (k)

    Examples:
        >>> torch.mv(torch.tensor([[1, 2], [3, 4]]), torch.tensor([1, 10]))
        tensor([21, 43])
    """
    a, v = arrays(input, vec, "mv")
    if a.ndim != 2 or v.ndim != 1:
        raise (RuntimeError if a.ndim else IndexError)(
            f"vector + matrix @ vector expected: mv takes a matrix and a vector, not shapes "
            f"{list(a.shape)} and {list(v.shape)}"
        )
    if a.shape[1] != v.shape[0]:
        raise RuntimeError(
            f"size mismatch, got input ({a.shape[0]}), mat ({a.shape[0]}x{a.shape[1]}), vec "
            f"({v.shape[0]})"
        )
    check_dtypes(a, v)
    return Mv.apply(input, vec)


@with_out(cast=False)
@tensor_method
def dot(input: Tensor, tensor: Tensor) -> Tensor:
    """The dot product of two vectors of the same size.

    Args:
        input: the first vector
        tensor: the second

    Examples:
        >>> torch.dot(torch.tensor([2, 3]), torch.tensor([2, 1]))
        tensor(7)
    """
    a, b = arrays(input, tensor, "dot")
    check_vectors(a, b)
    return Dot.apply(input, tensor)


@with_out(cast=False)
@tensor_method
def bmm(input: Tensor, mat2: Tensor) -> Tensor:
    """The products of the matrices of two batches: (b, n, k) and (b, k, m) give (b, n, m).

    Args:
        input: the left factors, (b, n, k)
        mat2: the right factors, (b, k, m)

    Examples:
        >>> torch.bmm(torch.ones(10, 3, 4), torch.ones(10, 4, 5)).shape
        torch.Size([10, 3, 5])
    """
    a, b = arrays(input, mat2, "bmm")
    if a.ndim != 3 or b.ndim != 3:
        name, x = ("batch1", a) if a.ndim != 3 else ("batch2", b)
        raise RuntimeError(f"{name} must be a 3D tensor, not of shape {list(x.shape)}")
    if a.shape[0] != b.shape[0] or a.shape[2] != b.shape[1]:
        raise mismatch(a.shape, b.shape)
    check_dtypes(a, b)
    return Bmm.apply(input, mat2)


@with_out
@tensor_method
def outer(input: Tensor, vec2: Tensor) -> Tensor:
    """The matrix of all products of an element of one vector and one of another.

    Args:
        input: the vector of the rows, (n)
        vec2: the vector of the columns, (m)

    Examples:
        >>> torch.outer(torch.tensor([1, 2]), torch.tensor([3, 4, 5]))
        tensor([[ 3,  4,  5],
                [ 6,  8, 10]])
    """
    need_tensors("outer", input=input, vec2=vec2)
    for name, x in (("self", input), ("vec2", vec2)):
        if x.array.ndim != 1:
            raise RuntimeError(f"outer: Expected 1-D argument {name}, but got {x.array.ndim}-D")
    return input.reshape(-1, 1) * vec2
