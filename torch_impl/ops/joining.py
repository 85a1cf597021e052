"""Several tensors made one: a copy of them all, one after the other."""

from __future__ import annotations

import torch
from torch import (
    Tensor,
    column_stack,
    concat,
    concatenate,
    dstack,
    hstack,
    row_stack,
    vstack,
)

from ..autograd import Rule
from ._forms import with_out
from ._reducing import numpy_names

__all__ = [
    "cat",
    "concat",
    "concatenate",
    "stack",
    "hstack",
    "vstack",
    "row_stack",
    "dstack",
    "column_stack",
]


class Cat(Rule):
    """y = the x_i one after the other along a dimension        dx_i = the same part of dy"""

    @staticmethod
    def forward(ctx, dim, *xs):
        y = torch.cat(xs, dim)
        ctx.dim, ctx.sizes = dim, [x.shape[dim] if x.ndim == y.ndim else 0 for x in xs]
        ctx.shapes, ctx.dtypes = [x.shape for x in xs], [x.dtype for x in xs]
        return y

    @staticmethod
    def backward(ctx, dy):
        parts = zip(dy.split(ctx.sizes, ctx.dim), ctx.shapes, ctx.dtypes, strict=True)
        return None, *(part.reshape(shape).to(dtype) for part, shape, dtype in parts)


class Stack(Rule):
    """y = the x_i one after the other along a new dimension        dx_i = dy's entry i there"""

    @staticmethod
    def forward(ctx, dim, *xs):
        ctx.dim, ctx.dtypes = dim, [x.dtype for x in xs]
        return torch.stack(xs, dim)

    @staticmethod
    def backward(ctx, dy):
        rows = zip(dy.unbind(ctx.dim), ctx.dtypes, strict=True)
        return None, *(row.to(dtype) for row, dtype in rows)


@with_out
@numpy_names
def cat(tensors: list[Tensor] | tuple[Tensor, ...], dim: int = 0) -> Tensor:
    """The tensors one after the other, along a dimension they have.

    Args:
        tensors: tensors whose shapes differ in that dimension only
        dim: the dimension. Default: 0

    Examples:
        >>> torch.cat([torch.tensor([[1, 2]]), torch.tensor([[3, 4], [5, 6]])])
        tensor([[1, 2],
                [3, 4],
                [5, 6]])
    """
    _check(tensors, "cat")
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    return Cat.apply(dim, *tensors)


@with_out
@numpy_names
def stack(tensors: list[Tensor] | tuple[Tensor, ...], dim: int = 0) -> Tensor:
    """The tensors one after the other, along a new dimension.

    Args:
        tensors: tensors of one shape
        dim: where the new dimension will be. Default: 0

    Examples:
        >>> torch.stack([torch.tensor([1, 2]), torch.tensor([3, 4])], dim=1)
        tensor([[1, 3],
                [2, 4]])
    """
    _check(tensors, "stack")
    return Stack.apply(dim, *tensors)


def _check(tensors: list[Tensor] | tuple[Tensor, ...], function: str) -> None:
    if not isinstance(tensors, (list, tuple)):
        raise TypeError(
            f"{function}(): argument 'tensors' (position 1) must be tuple of Tensors, not "
            f"{type(tensors).__name__}"
        )
    for i, x in enumerate(tensors):
        if not isinstance(x, Tensor):
            raise TypeError(
                f"expected Tensor as element {i} in argument 0, but got {type(x).__name__}"
            )
