"""Products of several matrices: powers, chains, and the exponential, a sum of all powers."""

from __future__ import annotations

import math

import numpy

from .._arguments import as_int
from ..autograd import Rule, namespace
from ..creation import eye
from ..ops import contraction
from ..ops import diagonal as diagonals
from ..ops._forms import with_out
from ..ops._operands import need_tensors
from ..ops.matmul import matmul
from ..tensor import Tensor
from ._matrices import check_same_dtype, matrices
from .inverse import inv

__all__ = ["matmul", "vecdot", "cross", "diagonal", "multi_dot", "matrix_power", "matrix_exp"]

# exp x is nearly p(x) / p(-x), p having these coefficients: so nearly for |x| < REACH that float64
# does not see the difference.
PADE = [math.comb(13, k) * math.factorial(26 - k) / math.factorial(26) for k in range(14)]
REACH = 5.37


class LinalgMatrixExp(Rule):
    """y = 1 + a + a a / 2 + a a a / 6 + ...        da = exp (a^T dy; 0 a^T), upper right quarter

    A product of two such block matrices has the product rule in its upper right quarter. So has
    every power, and so has the sum of them all.
    """

    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return exponential(a)

    @staticmethod
    def backward(ctx, dy):
        (a,) = ctx.saved_tensors
        xp, n = namespace(a), a.shape[-1]
        top = xp.concatenate((a.mT, dy), axis=-1)
        bottom = xp.concatenate((xp.zeros_like(a), a.mT), axis=-1)
        blocks = xp.concatenate((top, bottom), axis=-2)
        exp = exponential if type(a) is numpy.ndarray else xp.linalg.matrix_exp
        return exp(blocks)[..., :n, n:]


def exponential(a: numpy.ndarray) -> numpy.ndarray:
    """exp a = (exp (a / 2^s))^(2^s): halved until it is small, and then squared as often."""
    if a.itemsize < 8:  # each squaring doubles the error
        return exponential(a.astype(numpy.float64)).astype(a.dtype)
    if not a.size:
        return a.copy()
    size = numpy.abs(a).sum(-2).max(-1)
    halvings = numpy.ceil(numpy.log2(numpy.maximum(numpy.nan_to_num(size) / REACH, 1)))
    one = numpy.eye(a.shape[-1], dtype=a.dtype)
    x = a * numpy.exp2(-halvings)[..., None, None].astype(a.dtype)
    x2 = x @ x
    x4 = x2 @ x2
    x6 = x4 @ x2

    def polynomial(c0, c2, c4, c6, c8, c10, c12):
        high = x6 @ (c12 * x6 + c10 * x4 + c8 * x2)
        return high + c6 * x6 + c4 * x4 + c2 * x2 + c0 * one

    even, odd = polynomial(*PADE[::2]), x @ polynomial(*PADE[1::2])
    y = numpy.linalg.solve(even - odd, even + odd)
    for done in range(int(halvings.max())):
        y = numpy.where((done < halvings)[..., None, None], y @ y, y)
    return y


# ---- of vectors, and of a matrix's diagonal -----------------------------------------------------


@with_out
def vecdot(x: Tensor, y: Tensor, *, dim: int = -1) -> Tensor:
    """The dot products of the vectors that lie along one dimension.

    Args:
        x, y: tensors of floating-point numbers, broadcast against each other
        dim: along which dimension the vectors lie. Default: the last

    Examples:
        >>> torch.linalg.vecdot(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 1.0]))
        tensor([3., 7.])
    """
    need_tensors("linalg_vecdot", x=x, y=y)
    if x.array.dtype.kind != "f":
        raise RuntimeError(f"linalg.vecdot: Expected a floating point tensor, not {x.dtype}")
    check_same_dtype(x.array, y.array, "linalg.vecdot")
    return (x * y).sum(dim) if x.ndim != 1 or y.ndim != 1 else contraction.vdot(x, y)


@with_out
def cross(input: Tensor, other: Tensor, *, dim: int = -1) -> Tensor:
    """The cross products of the vectors of three numbers that lie along one dimension.

    Args:
        input, other: tensors with as many dimensions, broadcast against each other
        dim: along which dimension the vectors lie. Default: the last

    Examples:
        >>> torch.linalg.cross(torch.tensor([1.0, 0.0, 0.0]), torch.tensor([0.0, 1.0, 0.0]))
        tensor([0., 0., 1.])
    """
    if isinstance(input, Tensor) and isinstance(other, Tensor) and input.ndim != other.ndim:
        raise RuntimeError(
            f"linalg.cross: inputs must have the same number of dimensions, not {input.ndim} and "
            f"{other.ndim}"
        )
    return contraction.cross(input, other, dim)


def diagonal(A: Tensor, *, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """The diagonal of a matrix, or of each matrix of a batch: a view.

    Args:
        A: a matrix, or a batch of them
        offset: how many columns to the right of the main diagonal; negative: below it. Default: 0
        dim1, dim2: rows and columns. Default: the last two dimensions
    """
    return diagonals.diagonal(A, offset, dim1, dim2)


# ---- of matrices --------------------------------------------------------------------------------


@with_out
def multi_dot(tensors: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    """The product of several matrices, multiplied in the order that takes the fewest operations.

    Args:
        tensors: at least two matrices; the first and the last may be vectors

    Examples:
        >>> a, b, c = torch.ones(2, 100), torch.ones(100, 3), torch.ones(3)
        >>> torch.linalg.multi_dot([a, b, c])
        tensor([300., 300.])
    """
    if isinstance(tensors, Tensor) or not isinstance(tensors, (list, tuple)):
        raise TypeError(
            f"multi_dot(): argument 'tensors' must be tuple of Tensors, not "
            f"{type(tensors).__name__}"
        )
    chain = list(tensors)
    _check_chain(chain)
    row, column = chain[0].ndim == 1, chain[-1].ndim == 1
    if row:
        chain[0] = chain[0].unsqueeze(0)
    if column:
        chain[-1] = chain[-1].unsqueeze(-1)
    for i, (a, b) in enumerate(zip(chain, chain[1:], strict=False)):
        if a.shape[1] != b.shape[0]:
            raise RuntimeError(
                f"multi_dot(): tensors {i} and {i + 1} with shapes {list(a.shape)} and "
                f"{list(b.shape)} cannot be multiplied"
            )
    y = contraction.chained(chain)
    return y.view(([] if row else [y.shape[0]]) + ([] if column else [y.shape[1]]))


def _check_chain(chain: list[Tensor]) -> None:
    if len(chain) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(chain)}")
    for i, x in enumerate(chain):
        if not isinstance(x, Tensor):
            raise TypeError(f"multi_dot(): tensor {i} is a {type(x).__name__}, not a Tensor")
        end = i in (0, len(chain) - 1)
        if x.ndim != 2 and not (end and x.ndim == 1):
            raise RuntimeError(
                f"multi_dot(): tensor {i} must be {'1D or 2D' if end else '2D'} but got {x.ndim}D"
            )
        if x.dtype is not chain[0].dtype:
            raise RuntimeError(
                f"multi_dot(): all tensors must have the same dtype but tensor 0 is "
                f"{chain[0].dtype} and tensor {i} {x.dtype}"
            )


@with_out
def matrix_power(input: Tensor, n: int) -> Tensor:
    """The product of n copies of a matrix; of its inverse, if n is negative.

    Ten copies take four products, not nine: of squares of squares.

    Args:
        input: a square matrix, or a batch of them
        n: how many

    Examples:
        >>> torch.linalg.matrix_power(torch.tensor([[1, 1], [1, 0]]), 10)
        tensor([[89, 55],
                [55, 34]])
    """
    n = as_int(n, "matrix_power", "n")
    _check_power(input)
    if n < 0:
        return inv(input) if n == -1 else matrix_power(inv(input), -n)
    if n == 0:
        return input.contiguous().clone().copy_(eye(input.shape[-1], dtype=input.dtype))
    if n == 1:
        return input.contiguous().clone()
    if n == 3:
        return input @ input @ input
    y, square = None, input
    while n:
        if n % 2:
            y = square if y is None else y @ square
        n //= 2
        square = square @ square if n else square
    return y


def _check_power(x: Tensor) -> None:
    shape = x.shape if isinstance(x, Tensor) else None
    if shape is None or len(shape) < 2 or shape[-1] != shape[-2]:
        matrices(x, "linalg.matrix_power", name="input")


def matrix_exp(input: Tensor) -> Tensor:
    """The exponential of a matrix: where a change dx/dt = A x has taken x after the time 1.

    Args:
        input: a square matrix, or a batch of them

    Examples:
        >>> torch.linalg.matrix_exp(torch.tensor([[0.0, 1.0], [0.0, 0.0]]))
        tensor([[1., 1.],
                [0., 1.]])
    """
    half = isinstance(input, Tensor) and input.array.dtype == numpy.float16
    matrices(input.float() if half else input, "linalg.matrix_exp", name="input")
    return LinalgMatrixExp.apply(input)
