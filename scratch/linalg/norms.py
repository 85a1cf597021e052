"""How large vectors and matrices are.

A matrix has norms that look at its elements, as if it were one long vector, and norms that ask how
much longer it can make a vector: ``ord=2``, its largest singular value.
"""

from __future__ import annotations

import math

import numpy

from .. import dtypes
from .._arguments import as_dim
from ..ops._forms import with_out
from ..ops._operands import answer
from ..ops._reducing import Dims, count, kept_shape, reduced_dims
from ..ops.lengths import Norm, widened
from ..tensor import Tensor
from ._matrices import matrices
from .inverse import inv_ex, tolerance
from .spectrum import eigvalsh, svdvals

__all__ = ["norm", "vector_norm", "matrix_norm", "cond", "matrix_rank"]


@with_out
def norm(
    input: Tensor,
    ord: float | str | None = None,
    dim: Dims = None,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The norm of a vector or matrix, or of batches of them.

    Args:
        input: a tensor of floating-point numbers
        ord: which norm, see ``vector_norm`` and ``matrix_norm``. Default: None, the root of the sum
            of all squares, whatever the dimensions
        dim: one dimension makes it a norm of vectors, two one of matrices. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> x = torch.tensor([[3.0, 0.0], [0.0, 4.0]])
        >>> torch.linalg.norm(x), torch.linalg.norm(x, 2), torch.linalg.norm(x, "nuc")
        (tensor(5.), tensor(4.), tensor(7.))
    """
    x = _floating(input, "linalg.vector_norm" if ord is None else "linalg.norm")
    if dim is not None:
        dim = (dim,) if isinstance(dim, int) else tuple(dim)
        if len(dim) not in (1, 2):
            raise RuntimeError(
                f"linalg.norm: If dim is specified, it must be of length 1 or 2. Got {list(dim)}"
            )
    elif ord is not None:
        if x.ndim not in (1, 2):
            raise RuntimeError(
                f"linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got "
                f"{x.ndim}D: give dim, one dimension for vectors, two for matrices"
            )
        dim = tuple(range(x.ndim)) if x.ndim == 2 or not isinstance(ord, str) else (-2, -1)
    if ord is None:
        return vector_norm(input, 2, dim, keepdim, dtype=dtype)
    if len(dim) == 1 and not isinstance(ord, str):
        return vector_norm(input, ord, dim, keepdim, dtype=dtype)
    return matrix_norm(input, ord, dim, keepdim, dtype=dtype)


@with_out
def vector_norm(
    input: Tensor,
    ord: float = 2,
    dim: Dims = None,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """(the sum of all |x|^ord)^(1/ord): the elements are one long vector.

    Args:
        input: a tensor of floating-point numbers
        ord: 2 for the ordinary length, 1 for the sum of |x|, ``float("inf")`` for the largest,
            ``float("-inf")`` for the smallest |x|, 0 for how many are not 0. Default: 2
        dim: the dimension or dimensions to reduce. Default: None, all
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> torch.linalg.vector_norm(torch.tensor([3.0, -4.0]))
        tensor(5.)
    """
    x = _floating(input, "linalg.vector_norm")
    if isinstance(ord, str) or ord is None:
        raise TypeError(
            f"linalg_vector_norm(): argument 'ord' must be Number, not {type(ord).__name__}"
        )
    input = input if dtype is None else widened(input, dtype, "linalg.vector_norm")
    dims, p = reduced_dims(dim, x.ndim), float(ord)
    if (p < 0 or p == math.inf) and not count(x.shape, dims):
        if dim is None or not dims or any(not x.shape[i] for i in dims):
            raise RuntimeError(
                f"linalg.vector_norm cannot compute the {p:g} norm on an empty tensor because the "
                f"operation does not have an identity: there is no largest or smallest of no "
                f"numbers. The shape is {list(x.shape)}"
            )
    return Norm.apply(input, p, dims, keepdim)


@with_out
def matrix_norm(
    input: Tensor,
    ord: float | str = "fro",
    dim: tuple[int, int] = (-2, -1),
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The norm of a matrix, or of each one of a batch.

    Args:
        input: a tensor with at least two dimensions
        ord: "fro" for the root of the sum of all squares; 2 for the largest singular value, -2 for
            the smallest, "nuc" for the sum of them; 1 for the column with the largest sum of |x|,
            -1 for the smallest; the same of rows for ``float("inf")`` and ``float("-inf")``
        dim: the matrices' two dimensions. Default: the last two
        keepdim: keep them, with size 1. Default: False
        dtype: convert the input to this dtype first

    Examples:
        >>> x = torch.tensor([[1.0, -2.0], [3.0, 4.0]])
        >>> torch.linalg.matrix_norm(x, 1), torch.linalg.matrix_norm(x, float("inf"))
        (tensor(6.), tensor(7.))
    """
    name = "linalg.matrix_norm"
    x = _floating(input, name)
    row, column = _matrix_dims(x, dim, ord)
    if isinstance(ord, Tensor):
        ord = ord.item()
    input = input if dtype is None else widened(input, dtype, name)
    if ord == "fro":
        return vector_norm(input, 2, (row, column), keepdim)
    if ord == "nuc" or ord in (2, -2):
        if x.dtype == numpy.float16:
            raise RuntimeError(f"{name}: singular values need float32 or float64, not float16")
        others = [i for i in range(x.ndim) if i not in (row, column)]
        if ord == 2 and 0 in (x.shape[row], x.shape[column]):
            return _zeros(input, (row, column), keepdim)
        s = svdvals(input.permute(*others, row, column))
        if ord == "nuc":
            y = s.sum(-1, keepdim=keepdim)
        else:
            y = s.amax(-1, keepdim=keepdim) if ord == 2 else s.amin(-1, keepdim=keepdim)
        if keepdim:
            back = numpy.argsort([*others, row, column]).tolist()
            y = y.unsqueeze(-1).permute(*back)
        return y
    along, across = (row, column) if abs(ord) == 1 else (column, row)
    if ord > 0 and not x.shape[across]:  # no rows, no columns: nothing is longer than 0
        return _zeros(input, (row, column), keepdim)
    sums = vector_norm(input, 1, along, keepdim)
    if across > along and not keepdim:
        across -= 1
    return sums.amax(across, keepdim) if ord > 0 else sums.amin(across, keepdim)


@with_out
def cond(input: Tensor, p: float | str | None = None) -> Tensor:
    """The condition number: how many times more wrong, relatively, a solution is than A and b.

    It is the largest singular value divided by the smallest, or the norm of A times that of its
    inverse. A number of 10^k costs k decimal digits.

    Args:
        input: a matrix, or a batch of them; square unless p is None, 2 or -2
        p: the norm, as for ``matrix_norm``. Default: None, 2

    Examples:
        >>> torch.linalg.cond(torch.tensor([[100.0, 0.0], [0.0, 0.5]]))
        tensor(200.)
    """
    if not isinstance(input, Tensor):
        raise TypeError(
            f"linalg_cond(): argument 'input' must be Tensor, not {type(input).__name__}"
        )
    a = input.array
    if a.ndim < 2:
        raise RuntimeError(
            f"linalg.cond: The input tensor must have at least 2 dimensions, not {list(a.shape)}"
        )
    if p not in (None, 2, -2, 1, -1, math.inf, -math.inf, "fro", "nuc"):
        raise RuntimeError(f"linalg.cond got an invalid norm type: {p}")
    name = f"linalg.cond(ord={p})"
    if isinstance(p, str):
        matrices(input, name, floating=False)
    if not a.size:
        return _zeros(input, (a.ndim - 2, a.ndim - 1), False)
    if p in (None, 2, -2):
        s = svdvals(input)
        first, last = s[..., :1], s[..., -1:]
        return (last / first if p == -2 else first / last).squeeze(-1)
    matrices(input, name, half=NotImplementedError if p == "nuc" else RuntimeError)
    if p == "nuc":
        s = svdvals(input)
        return s.sum(-1) * s.reciprocal().sum(-1)
    y = matrix_norm(input, p) * matrix_norm(inv_ex(input)[0], p)
    return y.nan_to_num(nan=math.inf, posinf=math.inf, neginf=-math.inf)


@with_out
def matrix_rank(
    input: Tensor,
    tol: float | Tensor | None = None,
    hermitian: bool = False,
    *,
    atol: float | Tensor | None = None,
    rtol: float | Tensor | None = None,
) -> Tensor:
    """How many of a matrix's rows are independent: its singular values that are not 0.

    Args:
        input: a matrix, or a batch of them
        tol: an older name of ``atol``
        hermitian: whether the matrices are symmetric: then eigenvalues will do
        atol: singular values up to this count as 0. Default: 0
        rtol: and those up to this times the largest one. Default: the larger size times eps

    Examples:
        >>> torch.linalg.matrix_rank(torch.tensor([[1.0, 2.0], [2.0, 4.0]]))
        tensor(1)
    """
    a = matrices(input, "linalg.matrix_rank", square=False, half=RuntimeError, name="input")
    if not a.size:
        return answer(numpy.zeros(a.shape[:-2], numpy.int64))
    values = eigvalsh if hermitian else svdvals
    s = numpy.abs(values(input.detach()).array)
    atol, rtol = (getattr(t, "array", t) for t in (tol if atol is None else atol, rtol))
    return answer(numpy.asarray((s > tolerance(s, atol, rtol, max(a.shape[-2:]))).sum(-1)))


def _zeros(x: Tensor, dims: tuple[int, int], keepdim: bool) -> Tensor:
    shape = kept_shape(x.shape, dims)
    if not keepdim:
        shape = tuple(n for i, n in enumerate(shape) if i not in dims)
    return x.detach().new_empty(shape).zero_()


def _floating(x: Tensor, function: str) -> numpy.ndarray:
    if not isinstance(x, Tensor):
        raise TypeError(f"{function}(): argument 'input' must be Tensor, not {type(x).__name__}")
    if x.array.dtype.kind != "f":
        raise RuntimeError(
            f"{function}: Expected a floating point tensor as input. Got {x.dtype}: call .float() "
            f"first"
        )
    return x.array


def _matrix_dims(x: numpy.ndarray, dim: tuple[int, int], ord: float | str) -> tuple[int, int]:
    name = "linalg.matrix_norm"
    if isinstance(dim, int) or ord is None:
        raise TypeError(f"{name}(): ord={ord!r}, dim={dim!r}: dim must be a tuple of two")
    if x.ndim < 2:
        raise RuntimeError(
            f"{name}: The input tensor A must have at least 2 dimensions, not {list(x.shape)}"
        )
    if len(dim) != 2:
        raise RuntimeError(f"{name}: dim must be a 2-tuple. Got {list(dim)}")
    if not isinstance(ord, Tensor) and ord not in ("fro", "nuc", 1, -1, 2, -2, math.inf, -math.inf):
        raise RuntimeError(f"{name}: Order {ord} not supported.")
    row, column = as_dim(dim[0], x.ndim), as_dim(dim[1], x.ndim)
    if row == column:
        raise RuntimeError(f"{name}: dims must be different. Got ({row}, {column})")
    return row, column
