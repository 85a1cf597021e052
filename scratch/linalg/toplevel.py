"""The names linear algebra has in torch itself: ``torch.det(x)`` and ``x.det()``.

Most of them are ``torch.linalg``'s functions, older than that module. Some differ in what they
return: ``torch.svd`` gives V where ``torch.linalg.svd`` gives its transpose. ``logdet`` and the
solvers that start from Cholesky's factor are here alone.
"""

from __future__ import annotations

import warnings

import numpy

from ..autograd import Rule
from ..ops._forms import with_out
from ..ops._operands import unbroadcast
from ..ops._reducing import return_type
from ..ops.selection import where
from ..tensor import Tensor, tensor_method
from . import factorization as factors
from . import inverse as inverses
from . import products, spectrum
from ._elimination import substitute
from ._matrices import check_floating, check_same_dtype, columns, matrices

__all__ = [
    "det",
    "slogdet",
    "logdet",
    "inverse",
    "pinverse",
    "matrix_power",
    "matrix_exp",
    "cholesky",
    "cholesky_solve",
    "cholesky_inverse",
    "qr",
    "svd",
]

SlogdetResult = return_type("slogdet", "sign", "logabsdet")
QrResult = return_type("qr", "Q", "R")
SvdResult = return_type("svd", "U", "S", "V")


class Cholesky(factors.LinalgCholeskyEx):
    """a = l l^T        da: as for ``linalg.cholesky``"""


class CholeskySolve(Rule):
    """l l^T x = b        l l^T db = dx,  dl = -(M + M^T) l,  M = db x^T

    Above l's diagonal, where nothing is looked at, this is no slope. It is what torch returns; the
    backward of ``cholesky`` ignores it.
    """

    @staticmethod
    def forward(ctx, b, factor, upper):
        x = columns(solve_from(factor, b, upper))
        ctx.upper = upper
        ctx.save_for_backward(b, factor, x)
        return x

    @staticmethod
    def backward(ctx, dx):
        b, factor, x = ctx.saved_tensors
        low = factor.mT if ctx.upper else factor
        db = solve_from(factor, dx, ctx.upper)
        both = db @ x.mT
        dlow = -(both + both.mT) @ low
        dfactor = dlow.mT if ctx.upper else dlow
        return unbroadcast(db, b.shape), unbroadcast(dfactor, factor.shape), None


class CholeskyInverse(Rule):
    """y = (l l^T)^-1        dl = -y (dy + dy^T) y l"""

    @staticmethod
    def forward(ctx, factor, upper):
        low = factor.mT if upper else factor
        half = substitute(low, numpy.eye(low.shape[-1], dtype=low.dtype) + 0 * low, False)
        y = columns(half.mT @ half)
        ctx.upper = upper
        ctx.save_for_backward(factor, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        factor, y = ctx.saved_tensors
        low = factor.mT if ctx.upper else factor
        dlow = -(y @ (dy + dy.mT) @ y @ low)
        return dlow.mT if ctx.upper else dlow, None


def solve_from(factor, b, upper: bool):
    """The x of l l^T x = b: first for y = l^T x, then for x"""
    if type(b) is not numpy.ndarray:
        return cholesky_solve(b, factor, upper)
    low = factor.mT if upper else factor
    return substitute(low.mT, substitute(low, b, False), True)


# ---- determinants and inverses ------------------------------------------------------------------


@tensor_method
def det(input: Tensor) -> Tensor:
    """The determinant: ``torch.linalg.det``.

    Args:
        input: a square matrix, or a batch of them

    Examples:
        >>> torch.det(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))
        tensor(-2.)
    """
    return inverses.det(input)


@with_out
@tensor_method
def slogdet(input: Tensor) -> tuple[Tensor, Tensor]:
    """The determinant's sign and the logarithm of its magnitude: ``torch.linalg.slogdet``.

    Args:
        input: a square matrix, or a batch of them
    """
    return SlogdetResult(*inverses.slogdet(input))


@tensor_method
def logdet(input: Tensor) -> Tensor:
    """The logarithm of the determinant: NaN if that is negative, minus infinity if it is 0.

    Args:
        input: a square matrix, or a batch of them

    Examples:
        >>> torch.logdet(torch.tensor([[2.0, 1.0], [1.0, 1.0]]))
        tensor(0.)
    """
    matrices(input, "logdet", half=RuntimeError, name="input")
    sign, y = inverses.slogdet(input)
    return where(sign == -1.0, numpy.nan, y)


@with_out
@tensor_method
def inverse(input: Tensor) -> Tensor:
    """The inverse: ``torch.linalg.inv``.

    Args:
        input: a square matrix, or a batch of them; LinAlgError if one is singular

    Examples:
        >>> torch.tensor([[2.0, 0.0], [0.0, 4.0]]).inverse()
        tensor([[0.5000, 0.0000],
                [0.0000, 0.2500]])
    """
    return inverses.inv(input)


@tensor_method
def pinverse(input: Tensor, rcond: float = 1e-15) -> Tensor:
    """The pseudoinverse: ``torch.linalg.pinv``, but with a tolerance that suits float64 alone.

    Args:
        input: a matrix, or a batch of them
        rcond: singular values up to this times the largest one count as 0. Default: 1e-15
    """
    return inverses.pinv(input, rcond)


# ---- powers -------------------------------------------------------------------------------------


@with_out
@tensor_method
def matrix_power(input: Tensor, n: int) -> Tensor:
    """The product of n copies of a matrix: ``torch.linalg.matrix_power``.

    Args:
        input: a square matrix, or a batch of them
        n: how many; of the inverse, if this is negative
    """
    return products.matrix_power(input, n)


@tensor_method
def matrix_exp(input: Tensor) -> Tensor:
    """The exponential of a matrix: ``torch.linalg.matrix_exp``.

    Args:
        input: a square matrix, or a batch of them
    """
    return products.matrix_exp(input)


# ---- factorizations -----------------------------------------------------------------------------


@with_out
@tensor_method
def cholesky(input: Tensor, upper: bool = False) -> Tensor:
    """Cholesky's factor, by the name before ``torch.linalg.cholesky``: deprecated.

    Args:
        input: a symmetric positive-definite matrix, or a batch of them
        upper: return the upper triangle. Default: False
    """
    _deprecated("cholesky", "L = torch.linalg.cholesky(A), and L.mT for the upper triangle")
    if not isinstance(input, Tensor) or input.array.size:  # without numbers any shape will do
        matrices(input, "cholesky", integers=NotImplementedError, name="input")
    y, info = Cholesky.apply(input, upper)
    factors.check_positive(info.array, "cholesky")
    return y


@with_out
@tensor_method
def cholesky_solve(input: Tensor, input2: Tensor, upper: bool = False) -> Tensor:
    """The X of A X = B, given A's factor of Cholesky: two triangles to solve with.

    Args:
        input: B, a matrix (n, k), or a batch of them
        input2: the factor, (n, n), or a batch of them
        upper: whether that is the upper triangle. Default: False

    Examples:
        >>> L = torch.linalg.cholesky(torch.tensor([[4.0, 2.0], [2.0, 10.0]]))
        >>> torch.cholesky_solve(torch.tensor([[6.0], [12.0]]), L)
        tensor([[1.],
                [1.]])
    """
    name = "cholesky_solve"
    b = matrices(input, name, square=False, floating=False, name="input")
    low = matrices(input2, name, floating=False, name="input2")
    check_same_dtype(low, b, name)
    if low.shape[-1] != b.shape[-2]:
        raise RuntimeError(
            f"Incompatible matrix sizes for cholesky_solve: each A matrix is {low.shape[-2]} by "
            f"{low.shape[-1]} but each b matrix is {b.shape[-2]} by {b.shape[-1]}"
        )
    try:
        numpy.broadcast_shapes(low.shape[:-2], b.shape[:-2])
    except ValueError:
        raise RuntimeError(
            f"cholesky_solve: The size of tensor a must match the size of tensor b in the batch "
            f"dimensions, which are {list(low.shape[:-2])} and {list(b.shape[:-2])}"
        ) from None
    check_floating(low, name, integers=NotImplementedError)
    return CholeskySolve.apply(input, input2, upper)


@with_out
@tensor_method
def cholesky_inverse(input: Tensor, upper: bool = False) -> Tensor:
    """The inverse of A, given its factor of Cholesky.

    Args:
        input: the factor, a square matrix, or a batch of them
        upper: whether that is the upper triangle. Default: False
    """
    name = "cholesky_inverse"
    matrices(input, name, integers=NotImplementedError, empty=False, name="input")
    return CholeskyInverse.apply(input, upper)


@with_out
@tensor_method
def qr(input: Tensor, some: bool = True) -> tuple[Tensor, Tensor]:
    """Q and R, by the name before ``torch.linalg.qr``: deprecated.

    Args:
        input: a matrix, or a batch of them
        some: False for a square Q
    """
    _deprecated("qr", "Q, R = torch.linalg.qr(A, 'reduced' if some else 'complete')")
    return QrResult(*factors.qr(input, "reduced" if some else "complete"))


@with_out
@tensor_method
def svd(input: Tensor, some: bool = True, compute_uv: bool = True) -> tuple[Tensor, Tensor, Tensor]:
    """Singular values, by the name before ``torch.linalg.svd``: A = U diag(S) V^T.

    Args:
        input: a matrix (m, n), or a batch of them
        some: False for square U and V
        compute_uv: False leaves U and V all zeros

    Examples:
        >>> U, S, V = torch.svd(torch.tensor([[0.0, 2.0], [3.0, 0.0]]))
        >>> S
        tensor([3., 2.])
    """
    if compute_uv:
        u, s, v = spectrum.svd(input, not some)
        return SvdResult(u, s, v.mT)
    s = spectrum.svdvals(input)
    *batch, m, n = input.shape
    u, v = (input.detach().new_zeros(*batch, k, k) for k in (m, n))
    return SvdResult(u, s, v.mT)


_warned: set[str] = set()


def _deprecated(name: str, instead: str) -> None:
    """One warning a process, as torch does."""
    if name not in _warned:
        _warned.add(name)
        warnings.warn(
            f"torch.{name} is deprecated in favor of torch.linalg.{name}: write {instead}",
            stacklevel=4,
        )
