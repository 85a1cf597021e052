"""One tensor made several: *views* of its parts, which share its memory.

Autograd sees all parts as results of one operation, whose backward puts their gradients together
again. It cannot follow a change of one of them in place, and refuses it.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator

from .._arguments import as_dim
from ..autograd import ViewRule, namespace
from ..tensor import Tensor, tensor_method

__all__ = ["split", "chunk", "unbind"]


class Split(ViewRule):
    """y_i = a part of x along a dimension        dx = the dy_i one after the other"""

    @staticmethod
    def forward(ctx, x, sizes, dim):
        ctx.shape, ctx.sizes, ctx.dim = x.shape, sizes, dim
        return tuple(pieces(x, sizes, dim))

    @staticmethod
    def backward(ctx, *dys):
        shapes = [(*ctx.shape[: ctx.dim], n, *ctx.shape[ctx.dim + 1 :]) for n in ctx.sizes]
        functions, dys = materialized(dys, shapes)
        return functions.concat(dys, ctx.dim), None, None


class SplitWithSizes(Split):
    """A split into parts of different sizes."""


class Unbind(ViewRule):
    """y_i = x's entry i along a dimension        dx = the dy_i one after the other"""

    @staticmethod
    def forward(ctx, x, dim):
        ctx.shape, ctx.dim = x.shape[:dim] + x.shape[dim + 1 :], dim
        return tuple(rows(x, dim))

    @staticmethod
    def backward(ctx, *dys):
        functions, dys = materialized(dys, [ctx.shape] * len(dys))
        return functions.stack(dys, ctx.dim), None


def pieces(x, sizes: list[int], dim: int):
    """The parts of an array or tensor along a dimension."""
    start, ahead = 0, (slice(None),) * dim
    for size in sizes:
        yield x[(*ahead, slice(start, start + size))]
        start += size


def rows(x, dim: int):
    """The entries of an array or tensor along a dimension."""
    ahead = (slice(None),) * dim
    return (x[(*ahead, i, ...)] for i in range(x.shape[dim]))


def materialized(dys, shapes) -> tuple:
    """The functions for gradients; and these, with zeros for the outputs that nobody used."""
    given = next(dy for dy in dys if dy is not None)
    functions = namespace(given)
    return functions, [
        functions.zeros(shape, dtype=given.dtype) if dy is None else dy
        for dy, shape in zip(dys, shapes, strict=True)
    ]


@tensor_method
def split(
    tensor: Tensor, split_size_or_sections: int | list[int], dim: int = 0
) -> tuple[Tensor, ...]:
    """Parts of the tensor along a dimension: views.

    Args:
        tensor: the tensor
        split_size_or_sections: the size of each part but the last, which may be smaller; or a list
            with the size of every part
        dim: the dimension. Default: 0

    Examples:
        >>> torch.arange(5).split(2)
        (tensor([0, 1]), tensor([2, 3]), tensor([4]))
        >>> torch.arange(5).split([1, 4])
        (tensor([0]), tensor([1, 2, 3, 4]))
    """
    shape = tensor.array.shape
    if not shape:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = as_dim(dim, len(shape))
    total, size = shape[dim], split_size_or_sections
    if isinstance(size, (list, tuple)):
        return SplitWithSizes.apply(tensor, _checked_sizes(list(size), total, dim), dim)
    try:
        size = operator.index(size)
    except TypeError:
        raise TypeError(
            f"split_with_sizes(): argument 'split_sizes' (position 2) must be tuple of ints, not "
            f"{type(size).__name__}"
        ) from None
    if size < 0:
        raise RuntimeError(f"split expects split_size be non-negative, but got split_size={size}")
    if size == 0 and total > 0:
        raise RuntimeError(
            f"split_size can only be 0 if dimension size is 0, but got dimension size of {total}"
        )
    starts = range(0, max(total, 1), size or 1)
    return Split.apply(tensor, [min(size, total - start) for start in starts], dim)


def _checked_sizes(sizes: list[int], total: int, dim: int) -> list[int]:
    if any(n < 0 for n in sizes):
        raise RuntimeError(
            f"split_with_sizes expects split_sizes have only non-negative entries, but got "
            f"split_sizes={sizes}"
        )
    if sum(sizes) != total:
        raise RuntimeError(
            f"split_with_sizes expects split_sizes to sum exactly to {total} (input tensor's size "
            f"at dimension {dim}), but got split_sizes={sizes}"
        )
    return sizes


@tensor_method
def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """So many parts of the tensor along a dimension, or fewer: views of one size, but the last.

    Args:
        input: the tensor
        chunks: how many parts
        dim: the dimension. Default: 0

    Examples:
        >>> torch.arange(5).chunk(2)
        (tensor([0, 1, 2]), tensor([3, 4]))
    """
    shape = input.array.shape
    if not shape:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    total = shape[as_dim(dim, len(shape))]
    if total == 0:
        return split(input, [0] * chunks, dim)
    return split(input, -(-total // chunks), dim)


@tensor_method
def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """The entries along a dimension, as a tuple: views.

    Args:
        input: the tensor
        dim: the dimension, which the entries no longer have. Default: 0

    Examples:
        >>> torch.tensor([[1, 2], [3, 4]]).unbind()
        (tensor([1, 2]), tensor([3, 4]))
    """
    shape = input.array.shape
    if not shape:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    return Unbind.apply(input, as_dim(dim, len(shape)))


@tensor_method("__iter__")
def rows_of(self: Tensor) -> Iterator[Tensor]:
    """The entries along the first dimension, one after the other."""
    if self.array.ndim == 0:
        raise TypeError("iteration over a 0-d tensor")
    return iter(unbind(self))
