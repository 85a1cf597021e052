"""Products with something added: ``addmm`` and its like are ``beta c + alpha a b`` in one step.

A linear layer is one of these: c is its bias.
"""

from __future__ import annotations

import numpy

from .. import dtypes
from .._data import number, scalar
from ..autograd import Rule
from ..tensor import Tensor, in_place_method, tensor_method
from ._fitting import check_dtypes, mismatch, need_dims
from ._forms import with_out
from ._layout import laid_out_as
from ._operands import need_tensors, unbroadcast
from .matmul import product

__all__ = ["addmm", "addmv", "addr", "baddbmm", "addbmm"]


class _Adding(Rule):
    """y = beta c + alpha a b, for whatever kind of product"""

    @classmethod
    def forward(cls, ctx, c, a, b, beta, alpha):
        _, needs_da, needs_db, *_ = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        ctx.shape, ctx.beta, ctx.alpha = c.shape, beta, alpha
        y = numpy.asarray(cls._multiplied(a, b))
        if alpha != 1:
            y *= scalar(alpha, y.dtype)
        if beta != 0:  # a factor of 0 shuts out even NaN
            y += c if beta == 1 else c * scalar(beta, c.dtype)
        return y

    @classmethod
    def backward(cls, ctx, dy):
        a, b = ctx.saved_tensors
        needs_dc, needs_da, needs_db = ctx.needs_input_grad[:3]
        scaled = dy if ctx.alpha == 1 else dy * ctx.alpha
        dc = unbroadcast(dy if ctx.beta == 1 else dy * ctx.beta, ctx.shape) if needs_dc else None
        da = cls._left(scaled, b) if needs_da else None
        db = cls._right(scaled, a) if needs_db else None
        return dc, da, db, None, None


class Addmm(_Adding):
    """y = beta c + alpha a b        dc = beta dy,  da = alpha dy b^T,  db = alpha a^T dy"""

    @staticmethod
    def _multiplied(a, b):
        return a.dot(b)

    @staticmethod
    def _left(dy, b):
        return product(dy, b.T)

    @staticmethod
    def _right(dy, a):
        return product(a.T, dy)


class Addmv(_Adding):
    """y = beta c + alpha a v        dc = beta dy,  da = alpha dy v^T,  dv = alpha a^T dy"""

    @staticmethod
    def _multiplied(a, v):
        return a.dot(v)

    @staticmethod
    def _left(dy, v):
        return dy[:, None] * v

    @staticmethod
    def _right(dy, a):
        return product(a.T, dy)


class Addr(_Adding):
    """y = beta c + alpha u v^T        dc = beta dy,  du = alpha dy v,  dv = alpha dy^T u"""

    @staticmethod
    def _multiplied(u, v):
        return u[:, None] * v

    @staticmethod
    def _left(dy, v):
        return product(dy, v)

    @staticmethod
    def _right(dy, u):
        return product(dy.T, u)


class Baddbmm(_Adding):
    """y_i = beta c_i + alpha a_i b_i

    dc_i = beta dy_i,  da_i = alpha dy_i b_i^T,  db_i = alpha a_i^T dy_i
    """

    @staticmethod
    def _multiplied(a, b):
        return a @ b

    @staticmethod
    def _left(dy, b):
        return dy @ b.swapaxes(-1, -2)

    @staticmethod
    def _right(dy, a):
        return a.swapaxes(-1, -2) @ dy


class Addbmm(Baddbmm):
    """y = beta c + alpha (a_1 b_1 + a_2 b_2 + ...)

    dc = beta dy,  da_i = alpha dy b_i^T,  db_i = alpha a_i^T dy
    """

    @staticmethod
    def _multiplied(a, b):
        return numpy.tensordot(a, b, ([0, 2], [0, 1]))


# ---- beta * input + alpha * product ---------------------------------------------------------


@with_out(cast=False)
@tensor_method
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
    need_tensors("addmm", input=input, mat1=mat1, mat2=mat2)
    a, b = mat1.array, mat2.array
    need_dims("addmm", 2, mat1=a, mat2=b)
    if a.shape[1] != b.shape[0]:
        raise mismatch(a.shape, b.shape)
    factors = _prepared("addmm", input.array, a, b, (a.shape[0], b.shape[1]), beta, alpha)
    return Addmm.apply(input, mat1, mat2, *factors)


@with_out(cast=False)
@tensor_method
def addmv(input: Tensor, mat: Tensor, vec: Tensor, *, beta: float = 1, alpha: float = 1) -> Tensor:
    """beta * input + alpha * mat @ vec: as ``addmm``, with a vector on the right.

    Args:
        input: the vector to add to, (n) or what broadcasts to it
        mat: the matrix, (n, k)
        vec: the vector, (k)
        beta: a factor for the input. Default: 1
        alpha: a factor for the product. Default: 1

    Examples:
        >>> mat, vec = torch.tensor([[1, 2], [3, 4]]), torch.tensor([1, 10])
        >>> torch.addmv(torch.tensor([100, 200]), mat, vec)
        tensor([121, 243])
    """
    need_tensors("addmv", input=input, mat=mat, vec=vec)
    a, v = mat.array, vec.array
    need_dims("addmv", 2, mat=a)
    need_dims("addmv", 1, vec=v)
    if a.shape[1] != v.shape[0]:
        raise mismatch(a.shape, v.shape)
    factors = _prepared("addmv", input.array, a, v, a.shape[:1], beta, alpha)
    return Addmv.apply(input, mat, vec, *factors)


@with_out
@tensor_method
def addr(input: Tensor, vec1: Tensor, vec2: Tensor, *, beta: float = 1, alpha: float = 1) -> Tensor:
    """beta * input + alpha * outer(vec1, vec2), in the dtype that is common to all three.

    Args:
        input: the matrix to add to, (n, m) or what broadcasts to it
        vec1: the vector of the rows, (n)
        vec2: the vector of the columns, (m)
        beta: a factor for the input. Default: 1
        alpha: a factor for the product. Default: 1

    Examples:
        >>> torch.addr(torch.zeros(2, 2), torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]))
        tensor([[3., 4.],
                [6., 8.]])
    """
    need_tensors("addr", input=input, vec1=vec1, vec2=vec2)
    need_dims("addr", 1, vec1=vec1.array, vec2=vec2.array)
    common = dtypes.promote_types(dtypes.promote_types(input.dtype, vec1.dtype), vec2.dtype)
    x, u, v = (each.to(common) for each in (input, vec1, vec2))
    shape = u.array.shape + v.array.shape
    factors = _prepared("addr", x.array, u.array, v.array, shape, beta, alpha)
    return laid_out_as((x, u, v), Addr.apply(x, u, v, *factors))


@with_out(cast=False)
@tensor_method
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
    n, m = _batches("baddbmm", input, batch1, batch2)
    shape = (batch1.array.shape[0], n, m)
    factors = _prepared("baddbmm", input.array, batch1.array, batch2.array, shape, beta, alpha)
    return Baddbmm.apply(input, batch1, batch2, *factors)


@with_out(cast=False)
@tensor_method
def addbmm(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """beta * input + alpha * the sum of all products in ``batch1 @ batch2``.

    Args:
        input: the matrix to add to, (n, m) or what broadcasts to it
        batch1: the left factors, (b, n, k)
        batch2: the right factors, (b, k, m)
        beta: a factor for the input. Default: 1
        alpha: a factor for the sum. Default: 1

    Examples:
        >>> torch.addbmm(torch.zeros(1), torch.ones(10, 1, 4), torch.ones(10, 4, 2))
        tensor([[40., 40.]])
    """
    shape = _batches("addbmm", input, batch1, batch2)
    factors = _prepared("addbmm", input.array, batch1.array, batch2.array, shape, beta, alpha)
    return Addbmm.apply(input, batch1, batch2, *factors)


def _batches(function: str, input: Tensor, batch1: Tensor, batch2: Tensor) -> tuple[int, int]:
    need_tensors(function, input=input, batch1=batch1, batch2=batch2)
    a, b = batch1.array, batch2.array
    if a.ndim < 2 or b.ndim < 3:
        raise IndexError(
            f"{function}(): batches need 3 dimensions, but their shapes are {list(a.shape)} and "
            f"{list(b.shape)}"
        )
    need_dims(function, 3, batch1=a, batch2=b)
    if a.shape[0] != b.shape[0] or a.shape[2] != b.shape[1]:
        raise mismatch(a.shape, b.shape)
    return a.shape[1], b.shape[2]


def _prepared(function: str, c, a, b, shape: tuple[int, ...], beta, alpha) -> tuple:
    """beta and alpha, if c can be added to the product of a and b, which has this shape."""
    beta, alpha = number(beta, function, "beta"), number(alpha, function, "alpha")
    if c.dtype != b.dtype:
        raise RuntimeError(
            f"{function}(): self and the factors must have the same dtype, but got {c.dtype} and "
            f"{b.dtype}"
        )
    for name, factor in (("alpha", alpha), ("beta", beta)):
        if function == "addr" and b.dtype.kind != "f" and isinstance(factor, float):
            raise RuntimeError(
                f"{function}(): for integral input tensors, argument {name} must not be a "
                f"floating point number"
            )
    given = (1,) * (len(shape) - c.ndim) + c.shape
    if len(given) > len(shape) or any(n not in (1, m) for n, m in zip(given, shape, strict=True)):
        raise RuntimeError(
            f"{function}(): The expanded size of the tensor must match: an input of shape "
            f"{list(c.shape)} cannot be added to a product of shape {list(shape)}"
        )
    if function != "addr":
        check_dtypes(a, b)
    return beta, alpha


for _function in (addmm, addmv, addr, baddbmm, addbmm):
    in_place_method(_function)
