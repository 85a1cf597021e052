"""The same numbers several times.

``expand`` repeats without copying: a stride of 0 finds the same element at every step. That is what
broadcasting does. ``repeat`` makes real copies. Either way each element's gradient is the sum over
all places where it stands.
"""

from __future__ import annotations

import numpy

from .._arguments import as_dim, as_sizes, spread
from .._data import contiguous
from ..autograd import Rule, ViewRule
from ..autograd.variable import wrap
from ..devices import contiguous_format
from ..tensor import Size, Tensor, tensor_method
from ._operands import check_broadcast, need_only_tensors, tensor, unbroadcast
from ._strides import walk
from .conversion import clone

__all__ = [
    "broadcast_to",
    "broadcast_tensors",
    "broadcast_shapes",
    "tile",
    "repeat_interleave",
]


class Expand(ViewRule):
    """y = x, its dimensions of size 1 repeated by a stride of 0        dx = sum of dy over them"""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.shape, ahead = x.shape, len(shape) - x.ndim
        sizes = zip(x.strides, x.shape, shape[ahead:], strict=True)
        steps = [0 if old != new else step for step, old, new in sizes]
        for i in reversed(range(ahead)):
            step = steps[0] * shape[i + 1] if steps else x.itemsize
            steps.insert(0, step if shape[i] == 1 else 0)
        if x.flags.c_contiguous and x.size:  # half of the time that a walk takes
            return numpy.ndarray(shape, x.dtype, x, 0, steps)
        return walk(x, shape, steps)

    @staticmethod
    def backward(ctx, dy):
        return unbroadcast(dy, ctx.shape), None


class Repeat(Rule):
    """y = x, as a tile laid so many times along each dimension        dx = dy, summed over tiles"""

    @staticmethod
    def forward(ctx, x, repeats):
        ctx.shape, ctx.repeats = x.shape, repeats
        return contiguous(numpy.tile(x, repeats))

    @staticmethod
    def backward(ctx, dy):
        shape = (1,) * (len(ctx.repeats) - len(ctx.shape)) + ctx.shape
        tiled = [n for pair in zip(ctx.repeats, shape, strict=True) for n in pair]
        dx = dy.reshape(tiled).sum(axis=tuple(range(0, len(tiled), 2)))
        return dx.reshape(ctx.shape), None


# ---- without copying --------------------------------------------------------------------------


@tensor_method
@spread("size")
def expand(self: Tensor, size: tuple[int, ...]) -> Tensor:
    """The tensor with its dimensions of size 1 repeated, though each element is stored once.

    Args:
        size: the new sizes; -1 keeps a dimension as it is, and new dimensions come first

    Examples:
        >>> torch.tensor([[1], [2]]).expand(-1, 3)
        tensor([[1, 1, 1],
                [2, 2, 2]])
    """
    shape = self.array.shape
    ahead = len(size) - len(shape)
    if ahead < 0:
        raise RuntimeError(
            f"expand: the number of sizes provided ({len(size)}) must be greater or equal to the "
            f"number of dimensions in the tensor ({len(shape)})"
        )
    if -1 in size[:ahead]:
        raise RuntimeError(
            f"The expanded size of the tensor (-1) isn't allowed in a leading, non-existing "
            f"dimension {size.index(-1)}"
        )
    full = size[:ahead] + tuple(
        old if new == -1 else new for new, old in zip(size[ahead:], shape, strict=True)
    )
    for dim, old in enumerate(shape, ahead):
        if full[dim] != old != 1:
            raise RuntimeError(
                f"The expanded size of the tensor ({full[dim]}) must match the existing size "
                f"({old}) at non-singleton dimension {dim}.  Target sizes: {list(size)}.  Tensor "
                f"sizes: {list(shape)}"
            )
    if full and min(full) < 0:
        raise RuntimeError(f"expand: a dimension cannot be negative, got size {list(size)}")
    return Expand.apply(self, full)


@tensor_method
def expand_as(self: Tensor, other: Tensor) -> Tensor:
    """``expand`` to the shape of another tensor."""
    return expand(self, tensor(other, 2).array.shape)


@tensor_method
@spread("size")
def broadcast_to(input: Tensor, size: tuple[int, ...]) -> Tensor:
    """``expand`` as a function.

    Args:
        input: a tensor
        size: the size to have; a dimension of size 1 is shown several times

    Examples:
        >>> torch.broadcast_to(torch.tensor([1, 2]), (2, 2))
        tensor([[1, 2],
                [1, 2]])
    """
    return expand(input, size)


def broadcast_tensors(*tensors: Tensor) -> tuple[Tensor, ...]:
    """The tensors, each expanded to the shape that all of them can be broadcast to.

    Examples:
        >>> x, y = torch.broadcast_tensors(torch.tensor([1, 2]), torch.tensor([[3], [4]]))
        >>> x, y
        (tensor([[1, 2],
                [1, 2]]), tensor([[3, 3],
                [4, 4]]))
    """
    need_only_tensors("broadcast_tensors", tensors)
    shapes = [x.array.shape for x in tensors]
    check_broadcast(*shapes)
    shape = numpy.broadcast_shapes(*shapes)
    return tuple(x if x.array.shape == shape else expand(x, shape) for x in tensors)


def broadcast_shapes(*shapes: int | tuple[int, ...]) -> Size:
    """The shape that all of these can be broadcast to.

    Examples:
        >>> torch.broadcast_shapes((2, 1), (3,), 1)
        torch.Size([2, 3])
    """
    if any(isinstance(n, float) for n in shapes):
        raise RuntimeError(f"Input shapes should be ints or tuples of ints, got {shapes}")
    sizes = [as_sizes((n,), "broadcast_shapes", "shapes") for n in shapes]
    if any(n < 0 for size in sizes for n in size):
        raise RuntimeError(f"broadcast_shapes: a dimension cannot be negative, got {shapes}")
    check_broadcast(*sizes)
    return Size(numpy.broadcast_shapes(*sizes))


@tensor_method
@spread("size")
def sum_to_size(self: Tensor, size: tuple[int, ...]) -> Tensor:
    """The opposite of ``expand``: sums over the dimensions that would have been repeated.

    Args:
        size: a shape that can be expanded to this tensor's

    Examples:
        >>> torch.ones(2, 3).sum_to_size(2, 1)
        tensor([[3.],
                [3.]])
    """
    shape = self.array.shape
    ahead = len(shape) - len(size)
    if ahead < 0 or any(new not in (1, old) for new, old in zip(size, shape[ahead:], strict=True)):
        raise RuntimeError(f"size {{{list(size)}}} is not expandable to size {{{list(shape)}}}.")
    repeated = [i for i, n in enumerate((1,) * ahead + size) if n != shape[i]]
    y = self.sum((*range(ahead), *repeated[ahead:]), keepdim=True) if ahead or repeated else self
    return y.view(size) if ahead else y


# ---- with copies ------------------------------------------------------------------------------


@tensor_method
@spread("repeats")
def repeat(self: Tensor, repeats: tuple[int, ...]) -> Tensor:
    """The tensor as a tile, laid so many times along each dimension.

    Args:
        repeats: the times, one for each dimension; for more of them, dimensions are added in front

    Examples:
        >>> torch.tensor([1, 2]).repeat(2, 3)
        tensor([[1, 2, 1, 2, 1, 2],
                [1, 2, 1, 2, 1, 2]])
    """
    if len(repeats) < self.array.ndim:
        raise RuntimeError(
            f"Number of dimensions of repeat dims can not be smaller than number of dimensions of "
            f"tensor: {len(repeats)} for shape {list(self.array.shape)}"
        )
    if repeats and min(repeats) < 0:
        raise RuntimeError(f"repeat: cannot lay a tile a negative number of times, {list(repeats)}")
    return Repeat.apply(self, repeats)


@tensor_method
@spread("dims")
def tile(input: Tensor, dims: tuple[int, ...]) -> Tensor:
    """``repeat``, where dimensions that ``dims`` leaves out in front are not repeated.

    Args:
        input: a tensor
        dims: how often to repeat it along each dimension

    Examples:
        >>> torch.tile(torch.tensor([[1, 2]]), (2,))
        tensor([[1, 2, 1, 2]])
    """
    return repeat(input, (1,) * (input.array.ndim - len(dims)) + dims)


@tensor_method
def repeat_interleave(
    input: Tensor,
    repeats: int | Tensor | None = None,
    dim: int | None = None,
    *,
    output_size: int | None = None,
) -> Tensor:
    """Each element (or row, or column) several times in a row.

    Args:
        input: the tensor
        repeats: how often, the same for all or a tensor with a number for each. Without it,
            ``input`` says how often, and the result has positions: 0 so many times, then 1, ...
        dim: the dimension whose entries are repeated. Default: all elements, in one dimension
        output_size: how many there will be; torch wants this for speed

    Examples:
        >>> torch.tensor([1, 2]).repeat_interleave(3)
        tensor([1, 1, 1, 2, 2, 2])
        >>> torch.tensor([1, 2]).repeat_interleave(torch.tensor([1, 2]))
        tensor([1, 2, 2])
    """
    if repeats is None:
        return _positions(input, output_size)
    if dim is None:
        input, dim = input.flatten(), 0
    shape = input.array.shape or (1,)
    dim = as_dim(dim, len(shape))
    if isinstance(repeats, Tensor):
        _check_times(repeats)
        if repeats.array.size not in (1, shape[dim]):
            raise RuntimeError(
                f"repeats must have the same size as input along dim, but repeats.size(0) = "
                f"{repeats.array.size} and input.size({dim}) = {shape[dim]}"
            )
        times = wrap(numpy.broadcast_to(repeats.array.reshape(-1), shape[dim]))
        return input.index_select(dim, _positions(times, output_size))
    if not isinstance(repeats, int):
        raise TypeError(
            f"repeat_interleave(): argument 'repeats' must be int or Tensor, not "
            f"{type(repeats).__name__}"
        )
    if repeats < 0:
        raise RuntimeError(f"Repeats must be non-negative, got {repeats}")
    _check_count(repeats * shape[dim], output_size)
    wide = expand(input.unsqueeze(dim + 1), (*shape[: dim + 1], repeats, *shape[dim + 1 :]))
    return clone(wide, memory_format=contiguous_format).flatten(dim, dim + 1)


def _check_times(repeats: Tensor) -> None:
    if repeats.array.ndim > 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    if repeats.array.dtype not in (numpy.int64, numpy.int32):
        raise NotImplementedError(
            f"repeat_interleave is not implemented for repeats of {repeats.dtype}: they are int64"
        )
    if (repeats.array < 0).any():
        raise RuntimeError("repeats can not be negative")


def _positions(repeats: Tensor, output_size: int | None) -> Tensor:
    _check_times(repeats)
    if repeats.array.ndim != 1:
        raise RuntimeError("repeat_interleave only accept 1D vector as repeat")
    positions = numpy.arange(repeats.array.size, dtype=repeats.array.dtype).repeat(repeats.array)
    _check_count(positions.size, output_size)
    return wrap(positions)


def _check_count(count: int, output_size: int | None) -> None:
    if output_size is not None and output_size != count:
        raise RuntimeError(f"the sum of repeats is {count}, not the output_size {output_size}")
