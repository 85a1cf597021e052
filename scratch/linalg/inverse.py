"""Determinants and inverses.

Why the determinant's gradient holds the inverse: expanded along row i, ``det A`` is the sum of
``A_ij C_ij``, where the cofactor C_ij is made of the *other* rows and columns. So the derivative by
A_ij is C_ij. And all cofactors together are ``det A`` times the transposed inverse.

Why the inverse's gradient holds it twice: a small change E of A turns ``A^-1`` into
``A^-1 - A^-1 E A^-1``. What stands on E's left and right goes to dy's sides, transposed.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule, namespace
from ..ops._forms import with_out
from ..ops._operands import keep
from ..ops._reducing import return_type
from ..tensor import Tensor
from ._elimination import constant, eliminate, inverse, inverted
from ._matrices import check_finite, check_regular, columns, matrices

__all__ = ["det", "slogdet", "inv", "inv_ex", "pinv"]

SlogdetResult = return_type("linalg_slogdet", "sign", "logabsdet")
InvExResult = return_type("linalg_inv_ex", "inverse", "info")


class LinalgDet(Rule):
    """y = det A        dA = dy C,  C the cofactors: y (A^-1)^T"""

    @staticmethod
    def forward(ctx, a):
        y = determinant(a)
        ctx.save_for_backward(a, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        a, y = ctx.saved_tensors
        return dy[..., None, None] * cofactors(a, y)


class LinalgSlogdet(Rule):
    """sign, y = the sign of det A, ln |det A|        dA = dy (A^-1)^T"""

    @staticmethod
    def forward(ctx, a):
        sign, y = numpy.linalg.slogdet(a)
        sign = numpy.asarray(numpy.where(y == y, sign, numpy.zeros_like(sign)))  # 0 beside NaN
        ctx.save_for_backward(a, sign)
        return sign, y

    @staticmethod
    def backward(ctx, dsign, dy):
        a, _ = ctx.saved_tensors
        if dy is None:  # the sign does not change when A does, a little
            return namespace(a).zeros_like(a)
        return dy[..., None, None] * inverse(a).mT


class LinalgInvEx(Rule):
    """y = A^-1        dA = -y^T dy y^T"""

    @staticmethod
    def forward(ctx, a):
        y, info = inverted(a)
        y = columns(y)
        ctx.save_for_backward(y)
        ctx.mark_non_differentiable(info)
        return y, info

    @staticmethod
    def backward(ctx, dy, dinfo):
        (y,) = ctx.saved_tensors
        return -(y.mT @ dy @ y.mT)


class LinalgPinv(Rule):
    """y = A^+        dA = -y^T dy y^T + (1 - A y) dy^T y y^T + y^T y dy^T (1 - y A)

    The first part is that of an inverse. The others are what A can change of the spaces that it
    maps from and to: where A is square and regular, A y = y A = 1, and they are 0.
    """

    @staticmethod
    def forward(ctx, a, atol, rtol, hermitian):
        y = pseudoinverse(a, atol, rtol, hermitian)
        ctx.save_for_backward(a, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        a, y = ctx.saved_tensors
        return pinv_gradient(a, y, dy), None, None, None


def determinant(a: numpy.ndarray):
    """The product of elimination's pivots; each exchange of rows turns its sign.

    NumPy takes the sum of their logarithms, in float64. It is quick, but costs digits: float32 can
    spare them, and large matrices are not expected to have them.
    """
    with numpy.errstate(over="ignore"):
        if a.dtype == numpy.float32 or a.shape[-1] > 16:
            return numpy.linalg.det(a)
        lu, swaps, _ = eliminate(a)
        exchanges = (swaps != numpy.arange(1, a.shape[-1] + 1)).sum(-1)
        y = numpy.diagonal(lu, 0, -2, -1).prod(-1)
        return numpy.asarray(numpy.where(exchanges % 2, -y, y))


def cofactors(a, y):
    """The derivative of the determinant y by the elements of a: y (a^-1)^T, or 1 of a lone element.

    A singular matrix has cofactors, but no inverse. Through its singular values, a = u s v: each
    cofactor in the basis of u and v is the product of all *other* singular values.
    """
    xp = namespace(a)
    if a.shape[-1] == 1:
        return xp.ones_like(a)
    if not bool((y == 0).any()):
        return y[..., None, None] * inverse(a).mT
    if y.ndim:
        n = a.shape[-1]
        each = zip(a.reshape(-1, n, n), y.reshape(-1), strict=True)
        return xp.stack([cofactors(*one) for one in each]).reshape(a.shape)
    u, s, v = xp.linalg.svd(a)
    sign = numpy.sign(determinant(getattr(u, "array", u)) * determinant(getattr(v, "array", v)))
    same = numpy.eye(a.shape[-1], dtype=bool)
    others = keep(s + xp.zeros_like(a), ~same) + constant(a, same)
    return (u * (others.prod(-1) * float(sign))) @ v


def pinv_gradient(a, y, dy):
    """The gradient by a of its pseudoinverse y"""
    yt, dyt = y.mT, dy.mT
    left, right = dyt @ y @ yt, yt @ y @ dyt
    return left - a @ (y @ left) + right - (right @ y) @ a - yt @ dy @ yt


def tolerance(s: numpy.ndarray, atol, rtol, longest: int):
    """How small a singular value counts as 0: the larger of atol and rtol times the largest one."""
    if rtol is None:
        rtol = numpy.finfo(s.dtype).eps * longest if atol is None else 0.0
    largest = s.max(-1, initial=0) * rtol
    return numpy.maximum(0.0 if atol is None else atol, largest)[..., None]


def pseudoinverse(a: numpy.ndarray, atol, rtol, hermitian: bool) -> numpy.ndarray:
    """v^T 1/s u^T, where a = u s v; what is as good as 0 stays 0"""
    if not a.size:
        return numpy.zeros((*a.shape[:-2], a.shape[-1], a.shape[-2]), a.dtype)
    if hermitian:
        s, u = numpy.linalg.eigh(a)
        v = u.mT
    else:
        u, s, v = numpy.linalg.svd(a, full_matrices=False)
    large = numpy.abs(s) > tolerance(numpy.abs(s), atol, rtol, max(a.shape[-2:]))
    inverses = numpy.divide(1, s, out=numpy.zeros_like(s), where=large)
    return v.mT @ (inverses[..., None] * u.mT)


# ---- functions ----------------------------------------------------------------------------------


@with_out
def det(A: Tensor) -> Tensor:
    """The determinant: by how much a matrix stretches a volume, negative if it mirrors it.

    Args:
        A: a square matrix, or a batch of them

    Examples:
        >>> torch.linalg.det(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
        tensor(-2.)
    """
    matrices(A, "linalg.det")
    return LinalgDet.apply(A)


@with_out
def slogdet(A: Tensor) -> tuple[Tensor, Tensor]:
    """The sign of the determinant, and the logarithm of its magnitude.

    The determinant of a large matrix easily overflows; its logarithm does not.

    Args:
        A: a square matrix, or a batch of them

    Examples:
        >>> torch.linalg.slogdet(1000 * torch.eye(100)).logabsdet
        tensor(690.7755)
    """
    matrices(A, "linalg.slogdet", half=RuntimeError)
    return SlogdetResult(*LinalgSlogdet.apply(A))


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
    matrices(A, "linalg.inv", half=RuntimeError)
    y, info = LinalgInvEx.apply(A)
    check_regular(info.array, "linalg.inv")
    return y


@with_out
def inv_ex(A: Tensor, *, check_errors: bool = False) -> tuple[Tensor, Tensor]:
    """The inverse, and for each matrix 0, or the number of the pivot that was 0.

    Args:
        A: a square matrix, or a batch of them
        check_errors: raise LinAlgError if one is singular, as ``inv`` does
    """
    matrices(A, "linalg.inv", half=RuntimeError)
    result = InvExResult(*LinalgInvEx.apply(A))
    if check_errors:
        check_regular(result.info.array, "linalg.inv_ex")
    return result


@with_out
def pinv(
    input: Tensor,
    rcond: float | Tensor | None = None,
    hermitian: bool = False,
    *,
    atol: float | Tensor | None = None,
    rtol: float | Tensor | None = None,
) -> Tensor:
    """The pseudoinverse: of all solutions of the least-squares problem the shortest, as a matrix.

    Args:
        input: a matrix of any shape, or a batch of them
        rcond: an older name of ``rtol``
        hermitian: whether the matrices are symmetric: then eigenvalues will do, and are quicker
        atol: singular values up to this count as 0. Default: 0
        rtol: and those up to this times the largest one. Default: the larger size times eps

    Examples:
        >>> torch.linalg.pinv(torch.tensor([[2.0, 0.0], [0.0, 0.0]]))
        tensor([[0.5000, 0.0000],
                [0.0000, 0.0000]])
    """
    a = matrices(input, "linalg.pinv", square=False, half=RuntimeError, name="input")
    check_finite(a, "linalg.pinv")
    if hermitian and a.size:
        matrices(input, "linalg.pinv", name="input")
    rtol = rcond if rtol is None else rtol
    atol, rtol = (getattr(t, "array", t) for t in (atol, rtol))
    return LinalgPinv.apply(input, atol, rtol, hermitian)
