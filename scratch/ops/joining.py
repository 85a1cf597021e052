"""Several tensors made one: a copy of them all, one after the other."""

from __future__ import annotations

import functools

import numpy

from .. import dtypes
from .._arguments import as_dim
from .._data import contiguous
from .._formats import like_all
from ..autograd import Rule
from ..tensor import Tensor
from ._forms import with_out
from ._reducing import numpy_names
from .conversion import convert
from .shape import atleast_1d, atleast_2d, atleast_3d
from .splitting import pieces, rows

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


NOTHING = (0,)  # a tensor of this shape fits all others: so old programs begin to collect


class Cat(Rule):
    """y = the x_i one after the other along a dimension        dx_i = the same part of dy"""

    @staticmethod
    def forward(ctx, dim, *xs):
        shaped = [x for x in xs if x.shape != NOTHING] or xs
        y = like_all(numpy.concatenate(shaped, dim), shaped)
        ctx.dim = dim
        ctx.sizes = [x.shape[dim] if x.ndim == y.ndim else 0 for x in xs]
        ctx.shapes = [x.shape for x in xs]
        return y

    @staticmethod
    def backward(ctx, dy):
        dxs = zip(pieces(dy, ctx.sizes, ctx.dim), ctx.shapes, strict=True)
        return None, *[dx.reshape(NOTHING) if shape == NOTHING else dx for dx, shape in dxs]


class Stack(Rule):
    """y = the x_i one after the other along a new dimension        dx_i = dy's entry i there"""

    @staticmethod
    def forward(ctx, dim, *xs):
        ctx.dim = dim
        if dim == 0 and xs[0].ndim:
            return contiguous(numpy.concatenate(xs)).reshape(len(xs), *xs[0].shape)
        return contiguous(numpy.stack(xs, dim))

    @staticmethod
    def backward(ctx, dy):
        return None, *rows(dy, ctx.dim)


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
    tensors = _checked(tensors, "cat")
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    dim = _checked_dim(tensors, dim)
    return Cat.apply(dim, *promoted(tensors))


def _checked_dim(tensors: list[Tensor], dim: int) -> int:
    """The dimension along which the tensors can be joined."""
    for i, x in enumerate(tensors):
        if x.array.ndim == 0:
            raise RuntimeError(
                f"zero-dimensional tensor (at position {i}) cannot be concatenated: use stack()"
            )
    shaped = [x for x in tensors if x.array.shape != NOTHING] or tensors
    shape = shaped[0].array.shape
    dim = as_dim(dim, len(shape))
    for i, x in enumerate(shaped):
        other = x.array.shape
        if len(other) != len(shape):
            raise RuntimeError(
                f"Tensors must have same number of dimensions: got {len(shape)} and {len(other)}"
            )
        if other[:dim] != shape[:dim] or other[dim + 1 :] != shape[dim + 1 :]:
            raise RuntimeError(
                f"Sizes of tensors must match except in dimension {dim}. Expected size like "
                f"{list(shape)} but got size {list(other)} for tensor number {i} in the list."
            )
    return dim


@with_out
@numpy_names
def concat(tensors: list[Tensor] | tuple[Tensor, ...], dim: int = 0) -> Tensor:
    """``cat`` by another name.

    Args:
        tensors: several tensors
        dim: the dimension along which they follow each other. Default: 0

    Examples:
        >>> torch.concat((torch.tensor([1]), torch.tensor([2, 3])))
        tensor([1, 2, 3])
    """
    return cat(tensors, dim)


@with_out
@numpy_names
def concatenate(tensors: list[Tensor] | tuple[Tensor, ...], dim: int = 0) -> Tensor:
    """``cat`` by NumPy's name.

    Args:
        tensors: several tensors
        dim: the dimension along which they follow each other. Default: 0

    Examples:
        >>> torch.concatenate((torch.tensor([1]), torch.tensor([2, 3])))
        tensor([1, 2, 3])
    """
    return cat(tensors, dim)


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
    tensors = _checked(tensors, "stack")
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    shape = tensors[0].array.shape
    dim = as_dim(dim, len(shape) + 1)
    for i, x in enumerate(tensors):
        if x.array.shape != shape:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(shape)} at entry 0 and "
                f"{list(x.array.shape)} at entry {i}"
            )
    return Stack.apply(dim, *promoted(tensors))


@with_out
def hstack(tensors: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    """The tensors side by side: ``cat`` along columns, or along the only dimension.

    Args:
        tensors: several tensors

    Examples:
        >>> torch.hstack((torch.tensor([1]), torch.tensor([2, 3])))
        tensor([1, 2, 3])
    """
    tensors = atleast_1d(_some(tensors, "hstack"))
    return cat(tensors, 0 if tensors[0].array.ndim == 1 else 1)


@with_out
def vstack(tensors: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    """The tensors below each other: ``cat`` along rows, each vector being a row.

    Args:
        tensors: several tensors

    Examples:
        >>> torch.vstack((torch.tensor([1, 2]), torch.tensor([3, 4])))
        tensor([[1, 2],
                [3, 4]])
    """
    return cat(atleast_2d(_some(tensors, "vstack")), 0)


@with_out
def row_stack(tensors: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    """``vstack`` by another name.

    Args:
        tensors: several tensors

    Examples:
        >>> torch.row_stack((torch.tensor([1, 2]), torch.tensor([3, 4])))
        tensor([[1, 2],
                [3, 4]])
    """
    return vstack(tensors)


@with_out
def dstack(tensors: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    """The tensors behind each other: ``cat`` along the third dimension.

    Args:
        tensors: several tensors

    Examples:
        >>> torch.dstack([torch.tensor([1, 2]), torch.tensor([3, 4])])
        tensor([[[1, 3],
                 [2, 4]]])
    """
    return cat(atleast_3d(_some(tensors, "dstack")), 2)


@with_out
def column_stack(tensors: list[Tensor] | tuple[Tensor, ...]) -> Tensor:
    """The tensors side by side, each vector being a column.

    Args:
        tensors: several tensors

    Examples:
        >>> torch.column_stack([torch.tensor([1, 2]), torch.tensor([3, 4])])
        tensor([[1, 3],
                [2, 4]])
    """
    tensors = _some(tensors, "column_stack")
    return hstack([x.reshape(x.array.size, 1) if x.array.ndim < 2 else x for x in tensors])


def _some(tensors: list[Tensor] | tuple[Tensor, ...], function: str) -> list[Tensor]:
    tensors = _checked(tensors, function)
    if not tensors:
        raise RuntimeError(f"{function} expects a non-empty TensorList")
    return tensors


def _checked(tensors: list[Tensor] | tuple[Tensor, ...], function: str) -> list[Tensor]:
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
    return list(tensors)


def promoted(tensors: list[Tensor]) -> list[Tensor]:
    """The tensors in their common dtype."""
    kinds = {x.array.dtype for x in tensors}
    if len(kinds) == 1:
        return tensors
    common = functools.reduce(dtypes.promote_types, map(dtypes.from_numpy_dtype, kinds))
    return [convert(x, common) for x in tensors]
