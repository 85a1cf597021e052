"""One tensor made several: *views* of its parts, which share its memory.

Autograd sees all parts as results of one operation, whose backward puts their gradients together
again. It cannot follow a change of one of them in place, and refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._arguments import as_dim, as_int, as_sizes
from ..autograd import Rule, ViewRule, namespace
from ..tensor import Tensor, tensor_method
from .indexing import Slice

__all__ = [
    "split",
    "split_with_sizes",
    "chunk",
    "unbind",
    "tensor_split",
    "hsplit",
    "vsplit",
    "dsplit",
    "unsafe_split",
    "unsafe_split_with_sizes",
    "unsafe_chunk",
]


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
    """y_i = parts of different sizes        dx = the dy_i one after the other"""


class UnsafeSplit(Rule):
    """y_i = a part of x, for autograd a copy        dx = the dy_i one after the other"""

    forward, backward = staticmethod(Split.forward), staticmethod(Split.backward)


class UnsafeSplitWithSizes(UnsafeSplit):
    """y_i = copies of parts of different sizes        dx = the dy_i one after the other"""


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
    if isinstance(split_size_or_sections, (list, tuple)):
        return split_with_sizes(tensor, split_size_or_sections, dim)
    return Split.apply(tensor, *_equal_parts(tensor, split_size_or_sections, dim))


def _equal_parts(x: Tensor, size: int, dim: int) -> tuple[list[int], int]:
    """The sizes of parts that are all equal, but the last; and the dimension, from the front."""
    shape = x.array.shape
    if not shape:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = as_dim(dim, len(shape))
    total, size = shape[dim], as_int(size, "split", "split_size")
    if size < 0:
        raise RuntimeError(f"split expects split_size be non-negative, but got split_size={size}")
    if size == 0 and total > 0:
        raise RuntimeError(
            f"split_size can only be 0 if dimension size is 0, but got dimension size of {total}"
        )
    starts = range(0, max(total, 1), size or 1)
    return [min(size, total - start) for start in starts], dim


@tensor_method
def split_with_sizes(
    input: Tensor, split_sizes: list[int] | tuple[int, ...], dim: int = 0
) -> tuple[Tensor, ...]:
    """``split`` into parts of these sizes.

    Args:
        input: the tensor
        split_sizes: the size of every part
        dim: the dimension. Default: 0
    """
    return SplitWithSizes.apply(input, *_given_parts(input, split_sizes, dim))


def _given_parts(x: Tensor, sizes: list[int] | tuple[int, ...], dim: int) -> tuple[list[int], int]:
    if not isinstance(sizes, (list, tuple)):
        raise TypeError(
            f"split_with_sizes(): argument 'split_sizes' (position 1) must be tuple of ints, not "
            f"{type(sizes).__name__}"
        )
    sizes = list(as_sizes((sizes,), "split_with_sizes", "split_sizes"))
    shape = x.array.shape
    if not shape:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = as_dim(dim, len(shape))
    total = shape[dim]
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
    return sizes, dim


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
    sizes, dim = _chunks(input, chunks, dim)
    return (Split if input.array.shape[dim] else SplitWithSizes).apply(input, sizes, dim)


def _chunks(x: Tensor, chunks: int, dim: int) -> tuple[list[int], int]:
    shape, chunks = x.array.shape, as_int(chunks, "chunk", "chunks")
    if not shape:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    dim = as_dim(dim, len(shape))
    total = shape[dim]
    return _equal_parts(x, -(-total // chunks), dim) if total else ([0] * chunks, dim)


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


# ---- views that can be changed in place -------------------------------------------------------


@tensor_method
def tensor_split(
    input: Tensor, indices_or_sections: int | tuple[int, ...] | Tensor, dim: int = 0
) -> tuple[Tensor, ...]:
    """So many parts of the tensor along a dimension, as equal as possible; or parts cut at indices.

    Each part is a slice, a view of its own, and can be changed in place.

    Args:
        input: the tensor
        indices_or_sections: how many parts; or where each part but the first begins
        dim: the dimension. Default: 0

    Examples:
        >>> torch.arange(5).tensor_split(2)
        (tensor([0, 1, 2]), tensor([3, 4]))
        >>> torch.arange(5).tensor_split((1, 4))
        (tensor([0]), tensor([1, 2, 3]), tensor([4]))
    """
    shape, cuts = input.array.shape, indices_or_sections
    if not shape:
        raise RuntimeError("tensor_split expected at least a 1-dimensional tensor, but got 0 dims")
    if isinstance(cuts, Tensor):
        if cuts.array.dtype != "int64" or cuts.array.ndim > 1:
            raise RuntimeError(
                f"tensor_split expected tensor_indices_or_sections to be a zero-dimensional or "
                f"one-dimensional tensor of int64, not {cuts.dtype} of shape {list(cuts.shape)}"
            )
        cuts = cuts.array.tolist()
    dim = as_dim(dim, len(shape))
    total = shape[dim]
    if not isinstance(cuts, (list, tuple)):
        sections = as_int(cuts, "tensor_split", "sections")
        if sections <= 0:
            raise RuntimeError(f"number of sections must be larger than 0, got {sections}")
        least, more = divmod(total, sections)
        cuts = [i * least + min(i, more) for i in range(1, sections)]
    cuts = as_sizes((cuts,), "tensor_split", "indices")
    ahead = (slice(None),) * dim
    spans = zip((0, *cuts), (*cuts, total), strict=True)
    return tuple(Slice.apply(input, (*ahead, slice(start, end), ...)) for start, end in spans)


@tensor_method
def hsplit(input: Tensor, indices_or_sections: int | tuple[int, ...]) -> tuple[Tensor, ...]:
    """Parts side by side: ``tensor_split`` of columns, into equal parts if given their number.

    Args:
        input: a tensor
        indices_or_sections: how many parts; or where to cut, as columns' numbers

    Examples:
        >>> torch.hsplit(torch.tensor([[1, 2, 3, 4]]), 2)
        (tensor([[1, 2]]), tensor([[3, 4]]))
    """
    return _split_evenly(input, indices_or_sections, 1, "hsplit")


@tensor_method
def vsplit(input: Tensor, indices_or_sections: int | tuple[int, ...]) -> tuple[Tensor, ...]:
    """Parts below each other: ``tensor_split`` of rows.

    Args:
        input: a tensor
        indices_or_sections: how many parts; or where to cut, as rows' numbers

    Examples:
        >>> torch.vsplit(torch.tensor([[1], [2], [3]]), (1,))
        (tensor([[1]]), tensor([[2],
                [3]]))
    """
    return _split_evenly(input, indices_or_sections, 2, "vsplit")


@tensor_method
def dsplit(input: Tensor, indices_or_sections: int | tuple[int, ...]) -> tuple[Tensor, ...]:
    """Parts behind each other: ``tensor_split`` along the third dimension.

    Args:
        input: a tensor
        indices_or_sections: how many parts; or where to cut, as layers' numbers

    Examples:
        >>> [part.shape for part in torch.dsplit(torch.ones(2, 3, 4), 2)]
        [torch.Size([2, 3, 2]), torch.Size([2, 3, 2])]
    """
    return _split_evenly(input, indices_or_sections, 3, "dsplit")


def _split_evenly(x: Tensor, cuts: int | tuple[int, ...], ndim: int, name: str) -> tuple:
    shape = x.array.shape
    if len(shape) < ndim:
        raise RuntimeError(
            f"torch.{name} requires a tensor with at least {ndim} dimension, but got a tensor with "
            f"{len(shape)} dimensions!"
        )
    dim = {"hsplit": min(1, len(shape) - 1), "vsplit": 0, "dsplit": 2}[name]
    if not isinstance(cuts, (list, tuple)):
        cuts = as_int(cuts, name, "sections")
        if cuts == 0 or shape[dim] % cuts:
            raise RuntimeError(
                f"torch.{name} attempted to split along dimension {dim}, but the size of the "
                f"dimension {shape[dim]} is not divisible by the split_size {cuts}!"
            )
    return tensor_split(x, cuts, dim)


# ---- views that autograd takes for copies -----------------------------------------------------


@tensor_method
def unsafe_split(tensor: Tensor, split_size: int, dim: int = 0) -> tuple[Tensor, ...]:
    """``split`` whose parts may be changed in place, though the tensor's gradient misses that."""
    return UnsafeSplit.apply(tensor, *_equal_parts(tensor, split_size, dim))


@tensor_method
def unsafe_split_with_sizes(
    input: Tensor, split_sizes: list[int] | tuple[int, ...], dim: int = 0
) -> tuple[Tensor, ...]:
    """``split_with_sizes`` whose parts may be changed in place, as by ``unsafe_split``."""
    return UnsafeSplitWithSizes.apply(input, *_given_parts(input, split_sizes, dim))


@tensor_method
def unsafe_chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """``chunk`` whose parts may be changed in place, as by ``unsafe_split``."""
    sizes, dim = _chunks(input, chunks, dim)
    return (UnsafeSplit if input.array.shape[dim] else UnsafeSplitWithSizes).apply(
        input, sizes, dim
    )
