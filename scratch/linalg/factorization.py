"""A matrix as a product of simpler ones: Cholesky's L L^T, Q R, and elimination's P L U.

Their gradients come out of the product rule, by one idea. Take A = L L^T. A change of L changes A
by ``dL L^T + L dL^T``; with L^-1 from the left and L^-T from the right, that is ``X + X^T``, where
``X = L^-1 dL`` is again a lower triangle. So X is the lower half of ``L^-1 dA L^-T``: the change of
L is known from that of A. A gradient goes the same way backwards: transposed, in opposite order.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule, namespace
from ..ops._forms import with_out
from ..ops._operands import keep
from ..ops._reducing import return_type
from ..tensor import Tensor
from ._elimination import constant, eliminate, mask, permutation, solve_triangle, triangle
from ._matrices import LinAlgError, columns, failed, matrices

__all__ = ["cholesky", "cholesky_ex", "qr", "lu_factor", "lu_factor_ex", "lu"]

CholeskyExResult = return_type("linalg_cholesky_ex", "L", "info")
QrResult = return_type("linalg_qr", "Q", "R")
LuFactorResult = return_type("linalg_lu_factor", "LU", "pivots")
LuFactorExResult = return_type("linalg_lu_factor_ex", "LU", "pivots", "info")
LuResult = return_type("linalg_lu", "P", "L", "U")


class LinalgCholeskyEx(Rule):
    """a = l l^T        da = l^-T S l^-1,  S symmetric, below half of l^T dl

    What S has above its diagonal mirrors what it has below.
    """

    @staticmethod
    def forward(ctx, a, upper):
        y, info = root(a, upper)
        y, ctx.upper = columns(y), upper
        ctx.save_for_backward(y)
        ctx.mark_non_differentiable(info)
        return y, info

    @staticmethod
    def backward(ctx, dy, dinfo):
        (y,) = ctx.saved_tensors
        return root_gradient(y, dy, ctx.upper), None


class LinalgQr(Rule):
    """a = q r        da = (dq + q S) r^-T,  S symmetric, below as r dr^T - dq^T q

    Of a wide matrix a = (x z) only x, as wide as it is high, determines
    q; then r = (u w), z = q w, so that dz = q dw, and z dw^T adds to dq.
    """

    @staticmethod
    def forward(ctx, a, mode):
        if mode == "r":
            q, r = numpy.zeros(0, a.dtype), numpy.linalg.qr(a, "r")
        else:
            q, r = numpy.linalg.qr(a, mode)
        q, r, ctx.mode = columns(q), columns(r), mode
        ctx.save_for_backward(q, r)
        return q, r

    @staticmethod
    def backward(ctx, dq, dr):
        q, r = ctx.saved_tensors
        m, n = (q if ctx.mode != "r" else r).shape[-2], r.shape[-1]
        if ctx.mode == "r" or ctx.mode == "complete" and m > n:
            raise RuntimeError(
                f"linalg.qr has no gradient with mode={ctx.mode!r}"
                + (", which leaves Q out" if ctx.mode == "r" else f" and {m} rows, {n} columns")
                + ": use mode='reduced'"
            )
        xp = namespace(q)
        dq = xp.zeros_like(q) if dq is None else dq
        dr = xp.zeros_like(r) if dr is None else dr
        if n <= m:
            return qr_gradient(q, r, dq, dr), None
        dw, z = dr[..., m:], q @ r[..., m:]
        dx = qr_gradient(q, r[..., :m], dq + z @ dw.mT, dr[..., :m])
        return xp.concatenate((dx, q @ dw), axis=-1), None


class LinalgLuFactorEx(Rule):
    """p a = l u, l and u in one matrix        da: as for ``lu``, dl and du being parts of dy"""

    @staticmethod
    def forward(ctx, a):
        y, pivots, info = eliminate(a)
        y = columns(y)
        ctx.save_for_backward(y, pivots)
        ctx.mark_non_differentiable(pivots, info)
        return y, pivots, info

    @staticmethod
    def backward(ctx, dy, dpivots, dinfo):
        y, pivots = ctx.saved_tensors
        m, n = y.shape[-2:]
        k = min(m, n)
        below, above = mask(m, k, False, unit=True), mask(k, n, True)
        low, up = keep(y[..., :k], below), keep(y[..., :k, :], above)
        low = low + constant(y, numpy.eye(m, k))
        dl, du = keep(dy[..., :k], below), keep(dy[..., :k, :], above)
        order = permutation(getattr(pivots, "array", pivots), m)
        return constant(y, exchange(order)) @ lu_gradient(low, up, dl, du)


class LinalgLu(Rule):
    """a = p l u        da = p l^-T (T + V) u^-T,  T the lower part of l^T dl, V the upper of du u^T

    T has no diagonal, V has one. Where a is not square, its further rows belong to l alone, and its
    further columns to u alone.
    """

    @staticmethod
    def forward(ctx, a):
        y, pivots, _ = eliminate(a)
        m, k = a.shape[-2], min(a.shape[-2:])
        p = exchange(permutation(pivots, m)).astype(a.dtype)
        low, up = triangle(y[..., :k], False, unit=True), triangle(y[..., :k, :], True)
        ctx.save_for_backward(p, low, up)
        ctx.mark_non_differentiable(p)
        return p, low, up

    @staticmethod
    def backward(ctx, dp, dl, du):
        p, low, up = ctx.saved_tensors
        xp = namespace(low)
        dl = xp.zeros_like(low) if dl is None else dl
        du = xp.zeros_like(up) if du is None else du
        return p @ lu_gradient(low, up, dl, du)


# ---- formulas -----------------------------------------------------------------------------------


def root(a: numpy.ndarray, upper: bool) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The factor, and for each matrix 0, or how many of its first rows and columns already fail."""
    info = numpy.zeros(a.shape[:-2], numpy.int32)
    if not a.size:
        return a.copy(), info
    try:
        y = numpy.linalg.cholesky(a, upper=upper)
        if numpy.isfinite(numpy.diagonal(y, 0, -2, -1)).all():
            return y, info
    except numpy.linalg.LinAlgError:
        pass
    y = numpy.empty_like(a)
    for i in numpy.ndindex(a.shape[:-2]):
        y[i], info[i] = _root_of_one(a[i].T if upper else a[i])
    return y.mT if upper else y, info


def _root_of_one(a: numpy.ndarray) -> tuple[numpy.ndarray, int]:
    """Column by column; at a root of no positive, finite number the rest is left as it was."""
    y = numpy.tril(a)
    for j in range(len(a)):
        y[j:, j] -= y[j:, :j] @ y[j, :j]
        if not 0 < y[j, j] < numpy.inf:
            return y, j + 1
        y[j, j] = numpy.sqrt(y[j, j])
        y[j + 1 :, j] /= y[j, j]
    return y, 0


def root_gradient(y, dy, upper: bool):
    """The gradient of Cholesky's factor"""
    low, dl = (y.mT, dy.mT) if upper else (y, dy)
    n = low.shape[-1]
    inside = keep(low.mT @ dl, mask(n, n, False))
    inside = 0.5 * (inside + keep(inside, mask(n, n, False, unit=True)).mT)
    half = solve_triangle(low.mT, inside, True)
    return solve_triangle(low.mT, half.mT, True).mT


def qr_gradient(q, r, dq, dr):
    """The gradient of q r where r is square"""
    inside = r @ dr.mT - dq.mT @ q
    n = r.shape[-1]
    inside = keep(inside, mask(n, n, False)) + keep(inside, mask(n, n, False, unit=True)).mT
    # x r^T = y is r x^T = y^T
    return solve_triangle(r, (dq + q @ inside).mT, True).mT


def lu_gradient(low, up, dl, du):
    """The gradient of l u by their product"""
    m, n, k = low.shape[-2], up.shape[-1], low.shape[-1]
    if m > k:  # the further rows are l2 = a2 u^-1
        da2 = solve_triangle(up, dl[..., k:, :].mT, True).mT
        first = lu_gradient(low[..., :k, :], up, dl[..., :k, :], du - low[..., k:, :].mT @ da2)
        return namespace(low).concatenate((first, da2), axis=-2)
    if n > k:  # the further columns are u2 = l^-1 a2
        da2 = solve_triangle(low.mT, du[..., k:], True, unit=True)
        first = lu_gradient(low, up[..., :k], dl - da2 @ up[..., k:].mT, du[..., :k])
        return namespace(low).concatenate((first, da2), axis=-1)
    inside = keep(low.mT @ dl, mask(k, k, False, unit=True))
    inside = inside + keep(du @ up.mT, mask(k, k, True))
    left = solve_triangle(low.mT, inside, True, unit=True)
    return solve_triangle(up, left.mT, True).mT


def exchange(order: numpy.ndarray) -> numpy.ndarray:
    """The matrix that brings rows back to where they were before elimination exchanged them."""
    return order[..., None, :] == numpy.arange(order.shape[-1])[:, None]


def check_positive(info: numpy.ndarray, function: str) -> None:
    """LinAlgError if a matrix has no square root."""
    if found := failed(info):
        which, order = found
        raise LinAlgError(
            f"{function}:{which} The factorization could not be completed because the input is not "
            f"positive-definite (the leading minor of order {order} is not positive-definite): "
            f"some x has x^T A x <= 0. Is A symmetric? Does adding a small number to its diagonal "
            f"help?"
        )


# ---- functions ----------------------------------------------------------------------------------


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
    matrices(input, "linalg.cholesky", name="input")
    y, info = LinalgCholeskyEx.apply(input, upper)
    check_positive(info.array, "linalg.cholesky")
    return y


@with_out
def cholesky_ex(
    input: Tensor, *, upper: bool = False, check_errors: bool = False
) -> tuple[Tensor, Tensor]:
    """Cholesky's factor, and for each matrix 0, or the size of the corner in which it failed.

    Args:
        input: a symmetric positive-definite matrix, or a batch of them
        upper: return the upper triangle. Default: False
        check_errors: raise LinAlgError if one failed, as ``cholesky`` does
    """
    matrices(input, "linalg.cholesky", name="input")
    result = CholeskyExResult(*LinalgCholeskyEx.apply(input, upper))
    if check_errors:
        check_positive(result.info.array, "linalg.cholesky_ex")
    return result


@with_out
def qr(A: Tensor, mode: str = "reduced") -> tuple[Tensor, Tensor]:
    """Q, whose columns have length 1 and stand at right angles, and an upper triangle R: A = Q R.

    Args:
        A: a matrix, or a batch of them
        mode: "reduced"; "complete" for a square Q; "r" for R alone, with an empty Q

    Examples:
        >>> Q, R = torch.linalg.qr(torch.tensor([[3.0, 1.0], [4.0, 2.0]]))
        >>> torch.dist(Q @ R, torch.tensor([[3.0, 1.0], [4.0, 2.0]])) < 1e-5
        tensor(True)
    """
    matrices(A, "linalg.qr", square=False, empty=False)
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(
            f"qr received unrecognized mode {mode!r}: it is 'reduced', 'complete' or 'r'"
        )
    return QrResult(*LinalgQr.apply(A, mode))


@with_out
def lu_factor(input: Tensor, *, pivot: bool = True) -> tuple[Tensor, Tensor]:
    """Elimination's L and U in one matrix, and which rows it exchanged.

    Args:
        input: a matrix, or a batch of them; RuntimeError if a pivot is 0
        pivot: must be True

    Examples:
        >>> torch.linalg.lu_factor(torch.tensor([[1.0, 2.0], [4.0, 4.0]]))
        torch.return_types.linalg_lu_factor(
        LU=tensor([[4.0000, 4.0000],
                [0.2500, 1.0000]]),
        pivots=tensor([2, 2], dtype=torch.int32))
    """
    result = _factors(input, pivot)
    if found := failed(result[2].array):
        which, i = found
        raise RuntimeError(
            f"linalg.lu_factor:{which} U[{i},{i}] is zero, so the matrix is singular, and solving "
            f"with these factors would divide by zero. lu_factor_ex returns them all the same"
        )
    return LuFactorResult(*result[:2])


@with_out
def lu_factor_ex(
    input: Tensor, *, pivot: bool = True, check_errors: bool = False
) -> tuple[Tensor, Tensor, Tensor]:
    """As ``lu_factor``, and for each matrix 0, or the number of the first pivot that is 0.

    Args:
        input: a matrix, or a batch of them
        pivot: must be True
        check_errors: raise RuntimeError if a pivot is 0
    """
    result = LuFactorExResult(*_factors(input, pivot))
    if check_errors and (found := failed(result.info.array)):
        raise RuntimeError(f"linalg.lu_factor_ex:{found[0]} U[{found[1]},{found[1]}] is zero")
    return result


@with_out
def lu(A: Tensor, *, pivot: bool = True) -> tuple[Tensor, Tensor, Tensor]:
    """Elimination as a product A = P L U: exchanges of rows, a lower and an upper triangle.

    Args:
        A: a matrix, or a batch of them
        pivot: must be True: each step takes the row with the largest number for its pivot
    """
    _check_elimination(A, pivot, "linalg.lu", "A")
    return LuResult(*LinalgLu.apply(A))


def _factors(input: Tensor, pivot: bool) -> tuple[Tensor, Tensor, Tensor]:
    _check_elimination(input, pivot, "linalg.lu_factor", "input")
    return LinalgLuFactorEx.apply(input)


def _check_elimination(x: Tensor, pivot: bool, function: str, name: str) -> None:
    matrices(x, function, square=False, integers=NotImplementedError, name=name)
    if not pivot:
        raise RuntimeError(f"{function}: LU without pivoting is not implemented on the CPU")
