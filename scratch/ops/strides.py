"""Any walk through a tensor's memory: windows that slide over it, and strides of your own.

A stride may be shorter than what it strides over. Then the elements of a *view* overlap in memory,
and each place's gradient is the sum over all elements that see it. Beside the views stand the
functions that write into a copy what a view would have shown.
"""

from __future__ import annotations

import operator

import numpy

from .._arguments import as_dim, as_sizes, spread
from ..autograd import Rule, ViewRule
from ..autograd.inplace import turn
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._indices import WHOLE
from ._operands import tensor
from ._strides import copy_with_gaps, folded, memory, overlaps, places, resized, span, walk, windows
from .conversion import convert
from .indexing import Index, narrow, placed, select

__all__ = [
    "as_strided",
    "as_strided_",
    "as_strided_scatter",
    "resize_as_",
    "select_scatter",
    "slice_scatter",
    "narrow_copy",
]


class Unfold(ViewRule):
    """y = windows along a dimension of x        dx = dy, summed where windows overlap"""

    @staticmethod
    def forward(ctx, x, dim, size, step):
        ctx.shape, ctx.window = x.shape, (dim, size, step)
        return windows(x, dim, size, step)

    @staticmethod
    def backward(ctx, dy):
        if isinstance(dy, Tensor):
            return UnfoldBackward.apply(dy, ctx.shape, *ctx.window), None, None, None
        return folded(dy, ctx.shape, *ctx.window), None, None, None


class UnfoldBackward(Rule):
    """y = the windows x put back, summed where they overlap        dx = windows along dy"""

    @staticmethod
    def forward(ctx, x, shape, dim, size, step):
        ctx.window = dim, size, step
        return folded(x, shape, dim, size, step)

    @staticmethod
    def backward(ctx, dy):
        dx = dy.unfold(*ctx.window) if isinstance(dy, Tensor) else windows(dy, *ctx.window)
        return dx, None, None, None, None


class AsStrided(ViewRule):
    """y = a walk through the memory of x        dx = dy, summed where the walk comes twice"""

    @staticmethod
    def forward(ctx, x, size, stride, start, layout):
        steps = zip(x.shape, x.strides, layout, strict=True)
        if x.size and any(n > 1 and now != then for n, now, then in steps):
            raise RuntimeError(
                "as_strided() of a tensor with gaps in memory was changed in place, and its "
                "gradient does not lie in memory in the same way: use slices instead"
            )
        ctx.shape, ctx.steps = x.shape, tuple(step // x.itemsize for step in x.strides)
        ctx.walk = size, stride, start
        try:
            return walk(x, size, tuple(n * x.itemsize for n in stride), start * x.itemsize)
        except (ValueError, TypeError) as error:
            raise _outside(x, size, stride, start) from error

    @staticmethod
    def backward(ctx, dy):
        size, stride, start = ctx.walk
        low = min(start, 0)
        count = max(start + span(size, stride), span(ctx.shape, ctx.steps)) - low
        if isinstance(dy, Tensor) or overlaps(size, stride):
            store = placed(dy.reshape(-1), (count,), (places(size, stride, start - low),), True)
        else:
            store = numpy.zeros(count, dy.dtype)
            steps = tuple(n * dy.itemsize for n in stride)
            walk(store, size, steps, (start - low) * dy.itemsize)[...] = dy
        several = overlaps(ctx.shape, ctx.steps)
        if not several and not isinstance(dy, Tensor):
            steps = tuple(n * dy.itemsize for n in ctx.steps)
            return walk(store, ctx.shape, steps, -low * dy.itemsize), None, None, None, None
        seen = places(ctx.shape, ctx.steps, -low)
        if several:  # of several elements at one place each gets its share
            many = numpy.bincount(seen, minlength=count).clip(1)
            store = store / (wrap(many) if isinstance(dy, Tensor) else many.astype(dy.dtype))
        dx = Index.apply(store, seen) if isinstance(dy, Tensor) else store[seen]
        return dx.reshape(ctx.shape), None, None, None, None


class AsStridedInPlace(AsStrided, name="AsStridedBackward1"):
    """y = x itself, as another walk through its memory        dx: as for ``as_strided``"""


class AsStridedScatter(Rule):
    """y = x, but src along a walk through it        dx = dy, but 0 there;  dsrc = dy there"""

    @staticmethod
    def forward(ctx, x, src, size, stride, start):
        ctx.walk = size, stride, start
        y = copy_with_gaps(x)
        try:
            hole = walk(y, size, tuple(n * x.itemsize for n in stride), start * x.itemsize)
        except (ValueError, TypeError) as error:
            raise _outside(x, size, stride, start) from error
        hole[...] = src
        return y

    @staticmethod
    def backward(ctx, dy):
        size, stride, start = ctx.walk
        dy = dy if isinstance(dy, Tensor) else wrap(dy)
        hole = as_strided_scatter(dy.contiguous(), dy.new_zeros(size), size, stride, start)
        return hole, dy.contiguous().as_strided(size, stride, start), None, None, None


class SelectScatter(Rule):
    """y = x, but src at an index        dx = dy, but 0 there;  dsrc = dy there"""

    @staticmethod
    def forward(ctx, x, src, index):
        ctx.index = index
        y = copy_with_gaps(x)
        y[index] = src
        return y

    @staticmethod
    def backward(ctx, dy):
        dx = dy.clone() if isinstance(dy, Tensor) else dy.copy()
        dx[ctx.index] = 0
        return dx, dy[ctx.index], None


class SliceScatter(SelectScatter):
    """y = x, but src in a slice        dx = dy, but 0 there;  dsrc = dy there"""


class NarrowCopy(Rule):
    """y = a copy of some neighbouring entries        dx = zeros, but dy there"""

    @staticmethod
    def forward(ctx, x, index):
        ctx.shape, ctx.index = x.shape, index
        return x[index].copy()

    @staticmethod
    def backward(ctx, dy):
        return placed(dy, ctx.shape, ctx.index), None


# ---- views ------------------------------------------------------------------------------------


@tensor_method
def unfold(self: Tensor, dimension: int, size: int, step: int) -> Tensor:
    """Windows that slide along a dimension; what they show is a new, last dimension: a view.

    Args:
        dimension: the dimension; it counts the windows in the result
        size: how much each window shows
        step: from one window to the next

    Examples:
        >>> torch.arange(5).unfold(0, 3, 1)
        tensor([[0, 1, 2],
                [1, 2, 3],
                [2, 3, 4]])
    """
    shape = self.array.shape
    dim, size, step = as_dim(dimension, len(shape)), operator.index(size), operator.index(step)
    if size < 0:
        raise RuntimeError(f"size is {size} but must be >= 0")
    longest = shape[dim] if shape else 1
    if size > longest:
        raise RuntimeError(
            f"maximum size for tensor at dimension {dim} is {longest} but size is {size}"
        )
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")
    return Unfold.apply(self, dim, size, step)


@tensor_method
def as_strided(
    input: Tensor, size: tuple[int, ...], stride: tuple[int, ...], storage_offset: int | None = None
) -> Tensor:
    """The memory of a tensor, seen with a size and strides of your own: a view.

    Args:
        input: the tensor
        size: the size of each dimension
        stride: for each dimension, how many elements to skip for the next one
        storage_offset: the first element, counted from the beginning of the memory. Default: the
            tensor's first one

    Examples:
        >>> torch.as_strided(torch.arange(5), (2, 3), (2, 1))
        tensor([[0, 1, 2],
                [2, 3, 4]])
    """
    size, stride, start = _checked_walk(input, size, stride, storage_offset)
    return AsStrided.apply(input, size, stride, start, input.array.strides)


@tensor_method
def as_strided_(
    input: Tensor, size: tuple[int, ...], stride: tuple[int, ...], storage_offset: int | None = None
) -> Tensor:
    """``as_strided`` of the tensor itself."""
    size, stride, start = _checked_walk(input, size, stride, storage_offset)
    x = input.array
    steps = tuple(n * x.itemsize for n in stride)
    back = x.shape, tuple(step // x.itemsize for step in x.strides), -start, steps
    args = size, stride, start, x.strides
    return turn(input, AsStridedInPlace, args, (AsStrided, back), "as_strided_")


def _checked_walk(x: Tensor, size, stride, storage_offset: int | None) -> tuple:
    """Size and stride as tuples, and where to begin, counted from the tensor's first element."""
    x = tensor(x)
    if not isinstance(size, (tuple, list)) or not isinstance(stride, (tuple, list)):
        raise TypeError("as_strided(): arguments 'size' and 'stride' must be tuples of ints")
    size, stride = as_sizes((size,), "as_strided"), as_sizes((stride,), "as_strided", "stride")
    if len(size) != len(stride):
        raise RuntimeError(
            f"mismatch in length of strides and shape: {len(stride)} and {len(size)}"
        )
    if stride and min(stride) < 0:
        raise RuntimeError(
            f"as_strided: Negative strides are not supported at the moment, got strides: "
            f"{list(stride)}"
        )
    if size and min(size) < 0:
        raise RuntimeError(f"as_strided: a dimension cannot be negative, got size {list(size)}")
    if storage_offset is None:
        return size, stride, 0
    if storage_offset < 0:
        raise RuntimeError(f"Tensor: invalid storage offset {storage_offset}")
    return size, stride, operator.index(storage_offset) - x.storage_offset()


def _outside(x: numpy.ndarray, size: tuple, stride: tuple, start: int) -> RuntimeError:
    return RuntimeError(
        f"setStorage: sizes {list(size)}, strides {list(stride)}, beginning {start} elements after "
        f"the tensor's first one, are out of bounds for storage of "
        f"{memory(x).nbytes // x.itemsize} elements"
    )


# ---- another size -----------------------------------------------------------------------------


@tensor_method
@spread("size")
def resize_(self: Tensor, size: tuple[int, ...]) -> Tensor:
    """Gives the tensor another size: it then sees as much of its memory as that takes.

    Where the memory ends too early, the tensor moves to new memory; what comes after its old
    numbers there may be anything.

    Args:
        size: the new size of each dimension
    """
    if self.requires_grad:
        raise RuntimeError("cannot resize variables that require grad")
    if size and min(size) < 0:
        raise RuntimeError(f"resize_: a dimension cannot be negative, got size {list(size)}")
    if size != self.array.shape:
        self.array = resized(self.array, size)
    self._changes.bump("resize_")
    return self


@tensor_method
def resize_as_(input: Tensor, the_template: Tensor) -> Tensor:
    """``resize_`` to the size of another tensor."""
    return resize_(tensor(input), tensor(the_template, 2).array.shape)


# ---- into a copy ------------------------------------------------------------------------------


@tensor_method
def as_strided_scatter(
    input: Tensor,
    src: Tensor,
    size: tuple[int, ...],
    stride: tuple[int, ...],
    storage_offset: int | None = None,
) -> Tensor:
    """A copy of the tensor, with ``src`` where ``as_strided`` would look.

    torch's own gives ``input`` the gradient of ``src``; here it gets that of what was kept.

    Args:
        input: the tensor
        src: what to put there, of shape ``size``
        size, stride, storage_offset: as for ``as_strided``
    """
    size, stride, start = _checked_walk(input, size, stride, storage_offset)
    _check_part(src, size)
    src = convert(src, input.dtype)
    return AsStridedScatter.apply(input, src, size, stride, start)


@tensor_method
def select_scatter(input: Tensor, src: Tensor, dim: int, index: int) -> Tensor:
    """A copy of the tensor, with ``src`` as the entry at an index along a dimension.

    Args:
        input: the tensor
        src: what ``input.select(dim, index)`` will be
        dim: the dimension
        index: which entry

    Examples:
        >>> torch.zeros(2, 3).select_scatter(torch.ones(2), 1, -1)
        tensor([[0., 0., 1.],
                [0., 0., 1.]])
    """
    _check_part(src, select(input.detach(), dim, index).array.shape)
    dim = as_dim(dim, input.array.ndim)
    index = (*[WHOLE] * dim, operator.index(index), ...)
    return SelectScatter.apply(input, convert(src, input.dtype), index)


@tensor_method
def slice_scatter(
    input: Tensor,
    src: Tensor,
    dim: int = 0,
    start: int | None = None,
    end: int | None = None,
    step: int = 1,
) -> Tensor:
    """A copy of the tensor, with ``src`` in a slice of a dimension.

    Args:
        input: the tensor
        src: what the slice will be
        dim: the dimension. Default: 0
        start, end, step: the slice. Default: all of it

    Examples:
        >>> torch.zeros(5).slice_scatter(torch.ones(2), start=1, end=4, step=2)
        tensor([0., 1., 0., 1., 0.])
    """
    shape = input.array.shape
    if not shape:
        raise IndexError("slice() cannot be applied to a 0-dim tensor.")
    if step <= 0:
        raise RuntimeError("slice step must be positive")
    index = (*[WHOLE] * as_dim(dim, len(shape)), slice(start, end, step), ...)
    _check_part(src, input.array[index].shape)
    return SliceScatter.apply(input, convert(src, input.dtype), index)


def _check_part(src: Tensor, shape: tuple[int, ...]) -> None:
    if tensor(src, 2).array.shape != shape:
        raise RuntimeError(
            f"expected src to have a size equal to the slice of self. src size = "
            f"{list(src.array.shape)}, slice size = {list(shape)}"
        )


@tensor_method
def narrow_copy(input: Tensor, dim: int, start: int, length: int) -> Tensor:
    """``narrow``, but a copy.

    Args:
        input: the tensor
        dim: the dimension to narrow
        start, length: the first index, and how many

    Examples:
        >>> torch.arange(5).narrow_copy(0, 1, 2)
        tensor([1, 2])
    """
    if input.array.ndim and not -input.array.ndim <= dim < input.array.ndim:
        raise RuntimeError(f"narrow_copy: there is no dimension {dim} in {input.array.ndim}")
    (index,) = narrow(input.detach(), dim, start, length)._view.args
    return NarrowCopy.apply(input, index)
