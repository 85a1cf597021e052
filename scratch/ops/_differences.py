"""Neighbours along a dimension: what diff subtracts, and the trapezoids between two points."""

from __future__ import annotations

from ..tensor import Tensor
from ._operands import tensor
from ._reducing import one_dim


def neighbours(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """All elements along a dimension but the first, and all but the last."""
    n = max(x.shape[dim] - 1, 0)
    return x.narrow(dim, x.shape[dim] - n, n), x.narrow(dim, 0, n)


def check_fits(x: Tensor, input: Tensor, dim: int) -> None:
    if not isinstance(x, Tensor):
        raise TypeError(
            f"diff(): arguments 'prepend' and 'append' must be Tensor, not {type(x).__name__}"
        )
    if x.ndim != input.ndim:
        raise RuntimeError("diff expects prepend or append to be the same dimension as input")
    sizes = [[n for i, n in enumerate(each.shape) if i != dim] for each in (x, input)]
    if sizes[0] != sizes[1]:
        raise RuntimeError(
            f"diff(): what to prepend or append has shape {list(x.shape)}, which but for dim {dim} "
            f"must be that of the input, {list(input.shape)}"
        )


def widths(y: Tensor, x: Tensor | None, dx: float | None, dim: int, name: str) -> Tensor | float:
    """How wide the trapezoids are."""
    if x is not None and (dx is not None or not isinstance(x, Tensor)):
        raise TypeError(f"{name}(): takes a tensor x or a number dx, and not both")
    if tensor(y).array.dtype.kind == "b" or (x is not None and x.array.dtype.kind == "b"):
        raise RuntimeError(f"{name}(): received a bool input, but bool is not supported")
    ndim = y.array.ndim
    if not ndim:
        raise IndexError(f"{name}(): the heights need a dimension to integrate along")
    dim = one_dim(dim, ndim, name)
    if x is None:
        return 1.0 if dx is None else dx
    if x.ndim == 1:
        if len(x) != y.shape[dim]:
            raise RuntimeError(f"{name}(): There must be one `x` value for each sample point")
        x = x.reshape([-1] + [1] * (ndim - dim - 1))
    x = x.reshape([1] * (ndim - x.ndim) + list(x.shape))
    end, start = neighbours(x, dim)
    return end - start
