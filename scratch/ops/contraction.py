"""Products along chosen dimensions.

``tensordot`` and ``inner`` bring the dimensions they sum over together and leave the rest to
``matmul``; ``kron`` and ``cross`` sum over none. For everything beyond that see ``einsum``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy

from .. import dtypes
from .._arguments import as_dim, as_dims
from ..autograd import Rule
from ..tensor import Tensor, tensor_method
from ._fitting import arrays, check_dtypes, check_matrices, check_vectors, need_dims
from ._forms import with_out
from ._operands import check_broadcast, need_tensors, unbroadcast
from .matmul import Dot, matmul, outer

__all__ = ["inner", "vdot", "tensordot", "kron", "cross", "chain_matmul", "ger"]


class Vdot(Dot):
    """y = the sum of a_i b_i        da = dy b,  db = dy a"""


class Kron(Rule, name="UnsafeViewBackward0"):
    """y = blocks a_ij b        da_ij = the sum of b dy over a block;  db = the sum of a_ij dy_ij"""

    @staticmethod
    def forward(ctx, a, b):
        ndim = max(a.ndim, b.ndim)
        ctx.shapes = a.shape, b.shape
        sizes = [(1,) * (ndim - x.ndim) + x.shape for x in (a, b)]
        rows = [n for size in sizes[0] for n in (size, 1)]
        columns = [n for size in sizes[1] for n in (1, size)]
        ctx.spread = rows, columns
        ctx.save_for_backward(a, b)
        y = a.reshape(ctx.spread[0]) * b.reshape(ctx.spread[1])
        return y.reshape([n * m for n, m in zip(*sizes, strict=True)])

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        rows, columns = ctx.spread
        blocks = dy.reshape([n * m for n, m in zip(rows, columns, strict=True)])
        da = (blocks * b.reshape(columns)).sum(tuple(range(1, len(rows), 2)))
        db = (blocks * a.reshape(rows)).sum(tuple(range(0, len(rows), 2)))
        return da.reshape(ctx.shapes[0]), db.reshape(ctx.shapes[1])


class LinalgCross(Rule):
    """y = a x b        da = b x dy,  db = dy x a"""

    @staticmethod
    def forward(ctx, a, b, dim):
        ctx.save_for_backward(a, b)
        ctx.dim = dim
        return crossed(a, b, dim)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        da, db = crossed(b, dy, ctx.dim), crossed(dy, a, ctx.dim)
        return unbroadcast(da, a.shape), unbroadcast(db, b.shape), None


def crossed(a, b, dim: int):
    """The vectors that stand upright on those of a and b along a dimension."""
    if isinstance(a, Tensor) or isinstance(b, Tensor):
        return LinalgCross.apply(a, b, dim)
    a, b = numpy.broadcast_arrays(a, b)
    y = numpy.empty(a.shape, a.dtype)
    rows, us, vs = (numpy.moveaxis(x, dim, 0) for x in (y, a, b))
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        numpy.multiply(us[j], vs[k], out=rows[i, ...])
        rows[i, ...] -= us[k] * vs[j]
    return y


@with_out(cast=False)
@tensor_method
def inner(input: Tensor, other: Tensor) -> Tensor:
    """The dot products of all vectors that lie along the last dimensions of both.

    Args:
        input: a tensor, or a number in one
        other: a tensor with the same last size, or a number in one

    Examples:
        >>> torch.inner(torch.tensor([[1, 2], [3, 4]]), torch.tensor([10, 1]))
        tensor([12, 34])
    """
    need_tensors("inner", input=input, other=other)
    a, b = input.array, other.array
    if not a.ndim or not b.ndim:
        return input * other
    if a.shape[-1] != b.shape[-1]:
        raise RuntimeError(
            f"inner() the last dimension must match on both input tensors but got shapes "
            f"{list(a.shape)} and {list(b.shape)}"
        )
    return tensordot(input, other, ([-1], [-1]))


@with_out(cast=False)
@tensor_method
def vdot(input: Tensor, other: Tensor) -> Tensor:
    """The dot product of two vectors: for real numbers the same as ``dot``.

    Args:
        input: the first vector
        other: the second

    Examples:
        >>> torch.vdot(torch.tensor([2, 3]), torch.tensor([2, 1]))
        tensor(7)
    """
    check_vectors(*arrays(input, other, "vdot"))
    return Vdot.apply(input, other)


@with_out(cast=False)
def tensordot(
    a: Tensor, b: Tensor, dims: int | tuple[Sequence[int], Sequence[int]] | Tensor = 2
) -> Tensor:
    """The sum of products over several dimensions at once.

    Args:
        a, b: the factors
        dims: which dimensions of ``a``, and which of ``b``, to sum over: two lists; or how many,
            the last ones of ``a`` and the first ones of ``b``. Default: 2

    Shape:
        what is left of the shape of ``a``, then what is left of that of ``b``

    Examples:
        >>> a, b = torch.arange(6.0).reshape(2, 3), torch.arange(12.0).reshape(4, 3)
        >>> torch.tensordot(a, b, dims=([1], [1]))
        tensor([[  5.,  14.,  23.,  32.],
                [ 14.,  50.,  86., 122.]])
    """
    need_tensors("tensordot", a=a, b=b)
    over_a, over_b = _contracted(dims, a, b)
    shape_a, shape_b = a.array.shape, b.array.shape
    for i, j in zip(over_a, over_b, strict=True):
        if shape_a[i] != shape_b[j]:
            if 1 not in (shape_a[i], shape_b[j]):
                raise RuntimeError(
                    f"contracted dimensions need to match, but first has size {shape_a[i]} in dim "
                    f"{i} and second has size {shape_b[j]} in dim {j}"
                )
            a = a.sum(i, keepdim=True, dtype=a.dtype) if shape_b[j] == 1 else a
            b = b.sum(j, keepdim=True, dtype=b.dtype) if shape_a[i] == 1 else b
    shape_a, shape_b = a.array.shape, b.array.shape
    left = [i for i in range(len(shape_a)) if i not in over_a]
    right = [j for j in range(len(shape_b)) if j not in over_b]
    inside = math.prod(shape_a[i] for i in over_a)
    rows, columns = ([s[i] for i in d] for s, d in ((shape_a, left), (shape_b, right)))
    matrix_a = a.permute([*left, *over_a]).reshape(math.prod(rows), inside)
    matrix_b = b.permute([*over_b, *right]).reshape(inside, math.prod(columns))
    return matmul(matrix_a, matrix_b).reshape(rows + columns)


def _contracted(dims: object, a: Tensor, b: Tensor) -> tuple:
    if isinstance(dims, Tensor):
        dims = dims.tolist()
    if isinstance(dims, (tuple, list)) and len(dims) == 2:
        over_a, over_b = ([d] if isinstance(d, int) else list(d) for d in dims)
        if len(over_a) != len(over_b):
            raise RuntimeError("both dimension lists should have same length")
    elif isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > min(a.array.ndim, b.array.ndim):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        over_a, over_b = range(a.array.ndim - dims, a.array.ndim), range(dims)
    else:
        raise RuntimeError(
            f"tensordot expects dims to be an int or two lists of ints, but got dims={dims}"
        )
    return as_dims(tuple(over_a), a.array.ndim), as_dims(tuple(over_b), b.array.ndim)


@with_out
@tensor_method
def kron(input: Tensor, other: Tensor) -> Tensor:
    """The Kronecker product: each element of the first times the whole second, side by side.

    Args:
        input: whose elements are multiplied
        other: what each is multiplied by

    Examples:
        >>> torch.kron(torch.eye(2), torch.tensor([[1.0, 2.0]]))
        tensor([[1., 2., 0., 0.],
                [0., 0., 1., 2.]])
    """
    need_tensors("kron", input=input, other=other)
    common = dtypes.result_type(input, other)
    return Kron.apply(input.to(common), other.to(common))


@with_out(cast=False)
@tensor_method
def cross(input: Tensor, other: Tensor, dim: int | None = None) -> Tensor:
    """The cross product of vectors of three numbers: it stands upright on both.

    Args:
        input, other: the factors, broadcast against each other
        dim: the dimension of size 3. Default: the first one that has it

    Examples:
        >>> torch.cross(torch.tensor([1.0, 0.0, 0.0]), torch.tensor([0.0, 1.0, 0.0]), dim=0)
        tensor([0., 0., 1.])
    """
    need_tensors("cross", input=input, other=other)
    a, b = input.array, other.array
    if dim is None:
        if 3 not in a.shape:
            raise RuntimeError(f"no dimension of size 3 in input of shape {list(a.shape)}")
        dim = a.shape.index(3)
    if a.ndim != b.ndim:
        raise RuntimeError(
            f"cross(): inputs must have the same number of dimensions, not shapes {list(a.shape)} "
            f"and {list(b.shape)}"
        )
    dim = as_dim(dim, a.ndim)
    if a.shape[dim] != 3 or b.shape[dim] != 3:
        raise RuntimeError(
            f"cross(): inputs dimension {dim} must have length 3. Got {a.shape[dim]} and "
            f"{b.shape[dim]}"
        )
    check_broadcast(a.shape, b.shape)
    if a.dtype.kind == "b":
        raise NotImplementedError("the cross product of bool tensors is not implemented")
    check_dtypes(a, b)
    return LinalgCross.apply(input, other, dim)


@with_out(cast=False)
def chain_matmul(*matrices: Tensor) -> Tensor:
    """The product of several matrices, multiplied in the order that costs the least.

    Examples:
        >>> a = torch.tensor([[1.0, 2.0]])
        >>> torch.chain_matmul(a, a.T, a)
        tensor([[ 5., 10.]])
    """
    if len(matrices) == 1 and isinstance(matrices[0], (tuple, list)):
        matrices = tuple(matrices[0])
    if not matrices:
        raise RuntimeError("chain_matmul(): Expected one or more matrices")
    for x in matrices:
        need_tensors("chain_matmul", matrices=x)
        need_dims("chain_matmul", 2, matrices=x.array)
    for a, b in zip(matrices, matrices[1:], strict=False):
        check_matrices(a.array, b.array)
    y = chained(matrices)
    return y.view(y.shape) if len(matrices) > 1 else y.clone()


def chained(matrices: Sequence[Tensor]) -> Tensor:
    """The product of matrices that fit, in the cheapest order."""
    cut = cheapest([x.array.shape[0] for x in matrices] + [matrices[-1].array.shape[1]])

    def multiplied(i: int, j: int) -> Tensor:
        if j == i + 1:
            return matrices[i]
        return matmul(multiplied(i, cut[i, j]), multiplied(cut[i, j], j))

    return multiplied(0, len(matrices))


def cheapest(sizes: list[int]) -> dict[tuple[int, int], int]:
    """Where to cut each part of a chain in two; matrix i has sizes i and i + 1.

    The best way to multiply a long part is the best cut into two shorter ones, whose best ways are
    known by then.
    """
    n = len(sizes) - 1
    cost, cut = {(i, i + 1): 0 for i in range(n)}, {}
    for length in range(2, n + 1):
        for i in range(n - length + 1):
            j = i + length
            prices = {
                k: cost[i, k] + cost[k, j] + sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j)
            }
            cut[i, j] = min(prices, key=prices.__getitem__)
            cost[i, j] = prices[cut[i, j]]
    return cut


@with_out
@tensor_method
def ger(input: Tensor, vec2: Tensor) -> Tensor:
    """``outer`` by its old name.

    Args:
        input: the vector of the rows
        vec2: the vector of the columns

    Examples:
        >>> torch.ger(torch.tensor([1, 2]), torch.tensor([3, 4]))
        tensor([[3, 4],
                [6, 8]])
    """
    return outer(input, vec2)
