"""Systems of equations: A x = b, exactly or as nearly as possible.

The gradient of a solution is a solution. From ``x = A^-1 b`` follows ``db = A^-T dx``, which is to
say ``A^T db = dx``; and since A multiplies x, a change of A_ij takes x_j times as much from b_i as
a change of b_i adds: ``dA = -db x^T``.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule, namespace
from ..ops._forms import with_out
from ..ops._operands import keep, unbroadcast
from ..ops._reducing import return_type
from ..tensor import Tensor
from ._elimination import mask, solve_triangle, solved, substitute
from ._elimination import solve as solve_again
from ._matrices import (
    LinAlgError,
    check_floating,
    check_regular,
    check_same_dtype,
    columns,
    matrices,
)
from .inverse import pinv_gradient, tolerance

__all__ = ["LinAlgError", "solve", "solve_ex", "solve_triangular", "lstsq"]

SolveExResult = return_type("linalg_solve_ex", "result", "info")
LstsqResult = return_type("linalg_lstsq", "solution", "residuals", "rank", "singular_values")
DRIVERS = "gels", "gelsy", "gelsd", "gelss"  # LAPACK's ways to solve least squares


class LinalgSolveEx(Rule):
    """a x = b        db solves a^T db = dx,  da = -db x^T

    With ``left=False``, x a = b, which is a^T x^T = b^T.
    """

    @staticmethod
    def forward(ctx, a, b, left, vector):
        ctx.left, ctx.vector, ctx.shape = left, vector, b.shape
        matrix = b[..., None] if vector else b
        x, info = solved(a, matrix) if left else solved(a.mT, matrix.mT)
        x = x if left else x.mT
        x = x[..., 0] if vector else x
        x = columns(x) if left else numpy.ascontiguousarray(x)
        ctx.save_for_backward(a, x)
        ctx.mark_non_differentiable(info)
        return x, info

    @staticmethod
    def backward(ctx, dx, dinfo):
        a, x = ctx.saved_tensors
        if ctx.vector:
            x, dx = x[..., None], dx[..., None]
        if ctx.left:
            db = solve_again(a.mT, dx)
            da = -(db @ x.mT)
        else:
            db = solve_again(a, dx.mT).mT
            da = -(x.mT @ db)
        db = db[..., 0] if ctx.vector else db
        return unbroadcast(da, a.shape), unbroadcast(db, ctx.shape), None, None


class LinalgSolveTriangular(Rule):
    """a x = b, a triangular        db solves a^T db = dx,  da = -db x^T in a's triangle, else 0"""

    @staticmethod
    def forward(ctx, a, b, upper, left, unit):
        x = substitute(a, b, upper, unit) if left else substitute(a.mT, b.mT, not upper, unit).mT
        x, ctx.options, ctx.shape = columns(x), (upper, left, unit), b.shape
        ctx.save_for_backward(a, x)
        return x

    @staticmethod
    def backward(ctx, dx):
        a, x = ctx.saved_tensors
        upper, left, unit = ctx.options
        if left:
            db = solve_triangle(a.mT, dx, not upper, unit)
            da = -(db @ x.mT)
        else:
            db = solve_triangle(a, dx.mT, upper, unit).mT
            da = -(x.mT @ db)
        da = keep(da, mask(*a.shape[-2:], upper, unit))
        return unbroadcast(da, a.shape), unbroadcast(db, ctx.shape), None, None, None


class LinalgLstsq(Rule):
    """x = a^+ b, the pseudoinverse        db = (a^+)^T dx,  da: as if a^+ had the gradient dx b^T

    The residuals are the sums of the squares of r = a x - b: from their dy comes da = 2 r dy x^T
    and db = -2 r dy. That x moves as well makes no difference, it is where they are least.
    """

    @staticmethod
    def forward(ctx, a, b, rcond, driver):
        ctx.vector = b.ndim < a.ndim
        matrix = b[..., None] if ctx.vector else b
        x, residuals, rank, values = nearest(a, matrix, rcond, driver)
        x = x[..., 0] if ctx.vector else x
        ctx.save_for_backward(a, b, x)
        ctx.mark_non_differentiable(rank, values)
        return x, residuals, rank, values

    @staticmethod
    def backward(ctx, dx, dresiduals, drank, dvalues):
        a, b, x = ctx.saved_tensors
        if ctx.vector:
            b, x, dx = b[..., None], x[..., None], None if dx is None else dx[..., None]
        da = db = 0.0
        if dx is not None:
            y = namespace(a).linalg.pinv(a)
            da, db = pinv_gradient(a, y, dx @ b.mT), y.mT @ dx
        if dresiduals is not None and dresiduals.shape == x.shape[:-2] + x.shape[-1:]:
            dr = 2 * (a @ x - b) * dresiduals[..., None, :]
            da, db = da + dr @ x.mT, db - dr
        return da, db[..., 0] if ctx.vector else db, None, None


def nearest(a: numpy.ndarray, b: numpy.ndarray, rcond: float | None, driver: str) -> tuple:
    """The shortest x for which a x is nearest to b, and what else LAPACK's driver finds out"""
    u, s, v = numpy.linalg.svd(a, full_matrices=False)
    large = s > tolerance(s, None, rcond, max(a.shape[-2:]))
    if not b.size:  # nothing to solve, so LAPACK does not even look at a
        large[...] = False
    inverses = numpy.divide(1, s, out=numpy.zeros_like(s), where=large)
    x = v.mT @ (inverses[..., None] * (u.mT @ b))
    r = a @ x - b
    x -= v.mT @ (inverses[..., None] * (u.mT @ r))  # what the first try was off by
    x = in_place_of(b, x)
    rank, residuals = large.sum(-1), r.reshape(-1)[:0]
    if driver == "gels" and (rank < s.shape[-1]).any():
        raise LinAlgError(
            "linalg.lstsq: driver='gels' is for matrices of full rank, and this one has dependent "
            "rows and columns: use driver='gelsd'"
        )
    if driver != "gelsy" and a.shape[-2] > a.shape[-1] and (rank == a.shape[-1]).all():
        residuals = ((a @ x - b) ** 2).sum(-2)
    ranks = rank if driver != "gels" else numpy.zeros(0, numpy.int64)
    return x, residuals, numpy.asarray(ranks), s if driver in ("gelsd", "gelss") else s[:0].ravel()


def in_place_of(b: numpy.ndarray, x: numpy.ndarray) -> numpy.ndarray:
    """The solution at the top of a matrix as high as the higher one, in which LAPACK works."""
    *batch, n, k = x.shape
    y = numpy.zeros((*batch, k, max(n, b.shape[-2])), x.dtype).mT[..., :n, :]
    y[...] = x
    return y


# ---- functions ----------------------------------------------------------------------------------


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
    x, info = _solve(A, B, left)
    check_regular(info.array, "linalg.solve")
    return x


@with_out
def solve_ex(
    A: Tensor, B: Tensor, *, left: bool = True, check_errors: bool = False
) -> tuple[Tensor, Tensor]:
    """The solution, and for each matrix 0, or the number of the pivot that was 0.

    Args:
        A: a square matrix, or a batch of them
        B: as for ``solve``
        left: False solves X A = B instead
        check_errors: raise LinAlgError if one is singular, as ``solve`` does
    """
    x, info = _solve(A, B, left)
    if check_errors:
        check_regular(info.array, "linalg.solve_ex")
    return SolveExResult(x, info)


@with_out
def solve_triangular(
    input: Tensor, B: Tensor, *, upper: bool, left: bool = True, unitriangular: bool = False
) -> Tensor:
    """The X of A X = B for a triangular A; nothing but the triangle of A is looked at.

    Args:
        input: A, a square matrix, or a batch of them
        B: a matrix, or a batch of them
        upper: whether A is an upper triangle
        left: False solves X A = B instead
        unitriangular: take A's diagonal as ones

    Examples:
        >>> A = torch.tensor([[2.0, 0.0], [1.0, 4.0]])
        >>> torch.linalg.solve_triangular(A, torch.tensor([[2.0], [5.0]]), upper=False)
        tensor([[1.],
                [1.]])
    """
    name = "linalg.solve_triangular"
    options = {"integers": NotImplementedError, "empty": False}
    a = matrices(input, name, **options)
    b = matrices(B, name, square=False, name="B", **options)
    _check_sizes(a, b, left, name)
    return LinalgSolveTriangular.apply(input, B, upper, left, unitriangular)


def lstsq(
    input: Tensor, b: Tensor, rcond: float | None = None, *, driver: str | None = None
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The X for which A X is as near to B as it can be: the sum of squares is the least.

    Args:
        input: A, a matrix (m, n) or a batch of them
        b: B, a matrix (m, k) or a batch; a vector for each matrix of a batch will do
        rcond: singular values up to this times the largest count as 0. Default: eps times the
            larger size
        driver: how LAPACK shall do it: "gelsy", "gels", "gelsd" or "gelss". Here it decides only
            which of the results besides the solution are filled in. Default: "gelsy"

    Examples:
        >>> x = torch.tensor([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
        >>> torch.linalg.lstsq(x, torch.tensor([[1.0], [3.0], [5.0]])).solution.round()
        tensor([[1.],
                [2.]])
    """
    name, options = "linalg.lstsq", {"square": False, "half": RuntimeError}
    a = matrices(input, name, name="input", **options)
    if driver is not None and driver not in DRIVERS:
        raise RuntimeError(f"{name}: driver must be one of {', '.join(DRIVERS)}, not {driver!r}")
    if isinstance(b, Tensor) and b.array.shape == a.shape[:-1]:
        check_floating(b.array, name, RuntimeError)
        check_same_dtype(a, b.array, name)
    else:
        check_same_dtype(a, matrices(b, name, name="b", **options), name)
        if b.array.shape[-2] != a.shape[-2]:
            raise RuntimeError(
                f"{name}: A has {a.shape[-2]} rows, B has {b.array.shape[-2]}: their shapes are "
                f"{list(a.shape)} and {list(b.array.shape)}"
            )
        if b.array.shape[:-2] != a.shape[:-2]:
            raise RuntimeError(
                f"{name}: The size of tensor a must match the size of tensor b in the batch "
                f"dimensions, which are {list(a.shape[:-2])} and {list(b.array.shape[:-2])}"
            )
    if not numpy.isfinite(a).all():
        raise RuntimeError(f"{name}: A holds NaN or infinity")
    return LstsqResult(*LinalgLstsq.apply(input, b, rcond, driver or "gelsy"))


def _solve(A: Tensor, B: Tensor, left: bool) -> tuple[Tensor, Tensor]:
    name = "linalg.solve"
    a = matrices(A, name)
    if not isinstance(B, Tensor):
        raise TypeError(f"{name}(): argument 'B' must be Tensor, not {type(B).__name__}")
    b = B.array
    vector = b.ndim == 1 or a.ndim - 1 == b.ndim and b.shape == a.shape[:-1]
    check_same_dtype(a, b, name)
    if not vector:
        matrices(B, name, square=False, name="B")
    _check_sizes(a, b[..., None] if vector else b, left, name)
    return LinalgSolveEx.apply(A, B, left, vector)


def _check_sizes(a: numpy.ndarray, b: numpy.ndarray, left: bool, name: str) -> None:
    check_floating(b, name, empty=True)
    check_same_dtype(a, b, name)
    if a.shape[-1] != b.shape[-2 if left else -1]:
        raise RuntimeError(
            f"{name}: Incompatible shapes of A and B for the equation {'AX' if left else 'XA'} = B "
            f"({a.shape[-2]}x{a.shape[-1]} and {b.shape[-2]}x{b.shape[-1]})"
        )
    try:
        numpy.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    except ValueError:
        raise RuntimeError(
            f"{name}: The size of tensor a must match the size of tensor b in the batch "
            f"dimensions, which are {list(a.shape[:-2])} and {list(b.shape[:-2])}"
        ) from None
