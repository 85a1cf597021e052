"""Which elements of a tensor another tensor names: checked, and turned into places."""

from __future__ import annotations

import numpy

from .._arguments import as_dim
from ..autograd.grad_mode import mode
from ..tensor import Tensor
from ._operands import check_broadcast
from ._places import along, outside


def named(
    input: Tensor, dim: int, index: Tensor, function: str, src: Tensor | None = None
) -> numpy.ndarray:
    """The places of the elements that ``index`` names along a dimension."""
    shape, given = input.array.shape or (1,), index.array.shape or (1,)
    dim = as_dim(dim, input.array.ndim)
    if index.array.size and index.array.dtype not in (numpy.int64, numpy.int32):
        raise RuntimeError(f"{function}(): Expected dtype int32/int64 for index, got {index.dtype}")
    if src is not None and src.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"{function}(): Expected self.dtype to be equal to src.dtype, not {input.dtype} and "
            f"{src.dtype}"
        )
    if not index.array.size:
        return numpy.zeros(index.array.shape, numpy.int64)
    if len(shape) != len(given):
        raise RuntimeError(
            f"Index tensor must have the same number of dimensions as input tensor: its shape is "
            f"{list(given)}, the input's {list(shape)}"
        )
    if any(n > size for i, (n, size) in enumerate(zip(given, shape, strict=True)) if i != dim):
        raise RuntimeError(
            f"Size does not match: expected index {list(given)} to be no larger than self "
            f"{list(shape)} apart from dimension {dim}"
        )
    if src is not None:
        _check_part(given, src.array.shape)
    wrong = outside(index.array, 0, shape[dim])
    if wrong is not None:
        raise RuntimeError(
            f"index {wrong} is out of bounds for dimension {dim} with size {shape[dim]}"
        )
    own = recorded(input, src)
    if index.array.ndim:
        return along(shape, dim, index.array, own)
    return along(shape, dim, index.array.reshape(1), own).reshape(())


def recorded(*tensors: Tensor | None) -> bool:
    """Whether a backward will need what is known of these."""
    return mode.enabled and any(x is not None and x.requires_grad for x in tensors)


def _check_part(given: tuple[int, ...], source: tuple[int, ...]) -> None:
    for dim, n in enumerate(given):
        if n > (source[as_dim(dim, len(source))] if source else 1):
            raise RuntimeError(
                f"Expected index {list(given)} to be no larger size than src {list(source)} in any "
                f"dimension"
            )
    if len(given) != len(source or (1,)):
        raise RuntimeError(
            f"Index tensor must have the same number of dimensions as src tensor: their shapes are "
            f"{list(given)} and {list(source)}"
        )


def part(index: Tensor, src: Tensor) -> Tensor:
    """As much of ``src`` as is written."""
    sizes = index.array.shape
    if sizes == src.array.shape:
        return src
    if not index.array.size:
        return src.reshape(-1)[:0].reshape(sizes)
    if len(sizes) != src.array.ndim:  # one of them has no dimensions, the other one element
        return src.reshape(-1)[: index.array.size].reshape(sizes)
    return src[tuple(slice(n) for n in sizes)]


def counted(
    input: Tensor, index: Tensor, function: str, source: Tensor | None = None
) -> numpy.ndarray:
    """The places of elements that are counted row by row, from the back where negative."""
    if index.array.dtype != numpy.int64:
        raise RuntimeError(f"{function}(): Expected a long tensor for index, but got {index.dtype}")
    size = input.array.size
    wrong = outside(index.array, -size, size)
    if wrong is not None:
        raise IndexError(
            f"out of range: tried to access index {wrong} on a tensor of {size} elements"
        )
    if index.array.size and index.array.min() < 0:
        return index.array % size
    return index.array.copy() if recorded(input, source) else index.array


def broadcast(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of both together."""
    check_broadcast(a, b)
    return numpy.broadcast_shapes(a, b)
