"""Products along chosen dimensions.

``tensordot`` brings the dimensions it sums over together and leaves the rest to ``matmul``, whose
gradient it inherits. The others are torch's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from torch import Tensor, chain_matmul, cross, ger, inner, kron, vdot

from ._forms import with_out

__all__ = ["inner", "vdot", "tensordot", "kron", "cross", "chain_matmul", "ger"]


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
    over_a, over_b = _contracted(dims, a, b)
    for i, j in zip(over_a, over_b, strict=True):
        if a.shape[i] != b.shape[j] and 1 not in (a.shape[i], b.shape[j]):
            raise RuntimeError("contracted dimensions need to match")
        if a.shape[i] != b.shape[j]:
            a = a.sum(i, keepdim=True, dtype=a.dtype) if b.shape[j] == 1 else a
            b = b.sum(j, keepdim=True, dtype=b.dtype) if a.shape[i] == 1 else b
    left = [i for i in range(a.ndim) if i not in over_a]
    right = [j for j in range(b.ndim) if j not in over_b]
    inside = math.prod(a.shape[i] for i in over_a)
    rows, columns = [a.shape[i] for i in left], [b.shape[j] for j in right]
    matrix_a = a.permute([*left, *over_a]).reshape(math.prod(rows), inside)
    matrix_b = b.permute([*over_b, *right]).reshape(inside, math.prod(columns))
    return (matrix_a @ matrix_b).reshape(rows + columns)


def _contracted(dims: object, a: Tensor, b: Tensor) -> tuple[list[int], list[int]]:
    if isinstance(dims, Tensor):
        dims = dims.tolist()
    if not isinstance(dims, int):
        over_a, over_b = ([d] if isinstance(d, int) else list(d) for d in dims)
        if len(over_a) != len(over_b):
            raise RuntimeError("both dimension lists should have same length")
    elif 0 <= dims <= min(a.ndim, b.ndim):
        over_a, over_b = list(range(a.ndim - dims, a.ndim)), list(range(dims))
    else:
        raise RuntimeError(f"tensordot expects dims from 0 to the number of dimensions, not {dims}")
    for x, over in ((a, over_a), (b, over_b)):
        for i, dim in enumerate(over):
            if not -x.ndim <= dim < x.ndim:
                raise IndexError(f"Dimension out of range: {dim}, for {x.ndim} dimensions")
            over[i] = dim % x.ndim
        if len(set(over)) < len(over):
            raise RuntimeError("a dim appears multiple times in the list of dims")
    return over_a, over_b
