"""What a matrix does in its own directions: singular values and vectors, eigenvalues.

Why the gradients divide by differences: let A be symmetric with eigenvectors V, and change it by a
small E. Seen in its own directions that is ``V^T E V``. What stands there on the diagonal is how
the eigenvalues move. What stands off it turns vector j towards vector i, by
``(V^T E V)_ij / (w_j - w_i)``: the nearer two eigenvalues are, the less keeps their vectors apart.
Between equal ones the vectors are anybody's choice, and the gradient is infinite or NaN, unless
what is computed from them does not depend on that choice, nor on their signs.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule
from ..autograd.grad_mode import mode
from ..ops._forms import with_out
from ..ops._operands import answer
from ..ops._reducing import return_type
from ..tensor import Tensor
from ._elimination import constant
from ._matrices import LinAlgError, check_finite, check_known, columns, matrices

__all__ = ["svd", "svdvals", "eigh", "eigvalsh", "eig", "eigvals"]

SvdResult = return_type("linalg_svd", "U", "S", "Vh")
EighResult = return_type("linalg_eigh", "eigenvalues", "eigenvectors")


class LinalgSvd(Rule):
    """a = u s v        da = u (ds + F(u^T du) s + s F(v dv^T)) v  +  parts outside

    F(X)_ij = (X_ij - X_ji) / (s_j^2 - s_i^2). Outside of u's columns
    and v's rows, du and dv count in full: (1 - u u^T) du s^-1 v and u s^-1 dv (1 - v^T v).
    """

    @staticmethod
    def forward(ctx, a, full):
        u, s, v = singular(a, full)
        u, v = columns(u), columns(v)
        ctx.save_for_backward(u, s, v)
        return u, s, v

    @staticmethod
    def backward(ctx, du, ds, dv):
        u, s, v = ctx.saved_tensors
        k, m, n = s.shape[-1], u.shape[-2], v.shape[-1]
        u, v = u[..., :k], v[..., :k, :]  # what full_matrices adds is anybody's choice
        inside = 0.0
        if ds is not None:
            inside = ds[..., None, :] * constant(u, numpy.eye(k))
        gaps = None if du is None and dv is None else differences(s * s)
        if du is not None:
            du = du[..., :k]
            x = u.mT @ du
            inside = inside + (x - x.mT) / gaps * s[..., None, :]
        if dv is not None:
            dv = dv[..., :k, :]
            x = v @ dv.mT
            inside = inside + s[..., :, None] * ((x - x.mT) / gaps)
        da = u @ inside @ v
        if du is not None and m > k:
            out = du / s[..., None, :]
            da = da + (out - u @ (u.mT @ out)) @ v
        if dv is not None and n > k:
            out = dv / s[..., :, None]
            da = da + u @ (out - (out @ v.mT) @ v)
        return da, None


class LinalgEigh(Rule):
    """a v = v w        da = v (dw + (v^T dv)_ij / (w_j - w_i) off the diagonal) v^T"""

    @staticmethod
    def forward(ctx, a, triangle):
        if a.size:
            w, v = numpy.linalg.eigh(a, triangle)
        else:
            w, v = numpy.zeros(a.shape[:-1], a.dtype), a.copy()
        v = columns(v)
        ctx.save_for_backward(w, v)
        return w, v

    @staticmethod
    def backward(ctx, dw, dv):
        w, v = ctx.saved_tensors
        inside = 0.0
        if dw is not None:
            inside = dw[..., None, :] * constant(v, numpy.eye(w.shape[-1]))
        if dv is not None:
            inside = inside + (v.mT @ dv) / differences(w)
        return v @ inside @ v.mT, None


def singular(a: numpy.ndarray, full: bool) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """u, s and v; LinAlgError where there is a NaN; and of infinities only NaNs."""
    if not a.size:
        *batch, m, n = a.shape
        k = min(m, n)
        sizes = (m, n) if full else (k, k)
        eyes = [numpy.eye(*rc, dtype=a.dtype) for rc in ((m, sizes[0]), (sizes[1], n))]
        u, v = (numpy.broadcast_to(eye, (*batch, *eye.shape)).copy() for eye in eyes)
        return u, numpy.zeros((*batch, k), a.dtype), v
    check_known(a, "linalg.svd")
    unbounded = numpy.isinf(a).any((-2, -1))
    if not unbounded.any():
        return tuple(numpy.linalg.svd(a, full))
    u, s, v = numpy.linalg.svd(numpy.where(unbounded[..., None, None], 0, a), full)
    for y in u, s, v:
        y[unbounded] = numpy.nan
    return u, s, v


def differences(x):
    """x_j - x_i in row i, column j; infinity on the diagonal, so that what it divides becomes 0"""
    infinite = numpy.where(numpy.eye(x.shape[-1], dtype=bool), numpy.inf, 0.0)
    return x[..., None, :] - x[..., :, None] + constant(x, infinite)


# ---- functions ----------------------------------------------------------------------------------


@with_out
def svd(
    A: Tensor, full_matrices: bool = True, *, driver: str | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Singular values: any matrix is a rotation U, a stretching S and a rotation Vh.

    A = U diag(S) Vh, the columns of U and the rows of Vh of length 1 and at right angles, S in
    descending order and not negative. The sign of a column of U and its row of Vh is arbitrary.

    Args:
        A: a matrix (m, n), or a batch of them
        full_matrices: whether U is (m, m) and Vh (n, n), or each only as large as S asks for
        driver: must be None

    Examples:
        >>> U, S, Vh = torch.linalg.svd(torch.tensor([[0.0, 2.0], [3.0, 0.0]]))
        >>> S
        tensor([3., 2.])
    """
    _check_driver(A, driver, "linalg.svd")
    return SvdResult(*LinalgSvd.apply(A, full_matrices))


@with_out
def svdvals(A: Tensor, *, driver: str | None = None) -> Tensor:
    """The singular values alone, in descending order: these have a gradient even if some are equal.

    Args:
        A: a matrix, or a batch of them
        driver: must be None
    """
    _check_driver(A, driver, "linalg.svdvals")
    if numpy.isfinite(A.array).all() and A.array.size and not (mode.enabled and A.requires_grad):
        return answer(numpy.linalg.svdvals(A.array))
    return LinalgSvd.apply(A, False)[1]


@with_out
def eigh(input: Tensor, UPLO: str = "L") -> tuple[Tensor, Tensor]:
    """The eigenvalues of a symmetric matrix, ascending, and its eigenvectors, one a column.

    Args:
        input: a symmetric matrix, or a batch of them
        UPLO: which triangle to look at: "L" for the lower, "U" for the upper

    Examples:
        >>> torch.linalg.eigh(torch.tensor([[1.0, 0.0], [0.0, 2.0]])).eigenvalues
        tensor([1., 2.])
    """
    return EighResult(*_eigh(input, UPLO))


@with_out
def eigvalsh(input: Tensor, UPLO: str = "L") -> Tensor:
    """The eigenvalues of a symmetric matrix, ascending.

    Args:
        input: a symmetric matrix, or a batch of them
        UPLO: which triangle to look at: "L" for the lower, "U" for the upper
    """
    return _eigh(input, UPLO, vectors=mode.enabled and getattr(input, "requires_grad", True))[0]


def eig(A: Tensor) -> tuple[Tensor, Tensor]:
    """The eigenvalues of any square matrix are complex numbers, which this library has not.

    Args:
        A: a square matrix; if it is symmetric, ``eigh`` does it
    """
    return _complex(A, "linalg.eig", "eigh")


def eigvals(A: Tensor) -> Tensor:
    """The eigenvalues of any square matrix are complex numbers, which this library has not.

    Args:
        A: a square matrix; if it is symmetric, ``eigvalsh`` does it
    """
    return _complex(A, "linalg.eigvals", "eigvalsh")


def _complex(A: Tensor, function: str, instead: str):
    matrices(A, function)
    raise RuntimeError(
        f"{function}: complex numbers are not supported by scratch, and a matrix that is not "
        f"symmetric can have complex eigenvalues. If it is symmetric, use torch.linalg.{instead}"
    )


def _check_driver(A: Tensor, driver: str | None, function: str) -> None:
    matrices(A, function, square=False)
    if driver is not None:
        raise RuntimeError(f"{function}: keyword argument driver= is only for CUDA")


def _eigh(input: Tensor, UPLO: str, vectors: bool = True) -> tuple:
    matrices(input, "linalg.eigh", integers=NotImplementedError, name="input")
    if UPLO not in ("L", "U", "l", "u"):
        raise RuntimeError(f"Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    try:
        if not vectors and input.array.size:
            return (answer(numpy.linalg.eigvalsh(input.array, UPLO.upper())),)
        return LinalgEigh.apply(input, UPLO.upper())
    except numpy.linalg.LinAlgError:
        check_finite(input.array, "linalg.eigh")
        raise LinAlgError("linalg.eigh: the algorithm failed to converge") from None
