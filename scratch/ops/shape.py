"""The same numbers in another shape.

Numbers lie in memory in one long row. A shape and *strides*, how far to step for the next element
along each dimension, make a matrix of it: another shape is another way to walk through the row. So
these functions return *views*, which share the memory: to change one is to change the other. Only
where no strides do, ``reshape`` and ``flatten`` copy, and ``view`` refuses.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from .. import dtypes
from .._arguments import as_dim, as_dims, spread
from ..autograd import Rule, ViewRule
from ..autograd.inplace import turn
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._operands import need_only_tensors, tensor
from ._reducing import numpy_names
from ._strides import walk, with_last_size

__all__ = [
    "reshape",
    "flatten",
    "unflatten",
    "ravel",
    "squeeze",
    "unsqueeze",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
]


class View(ViewRule):
    """y = x in another shape        dx = dy in the shape of x"""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.shape = x.shape
        return x.reshape(shape, copy=False)

    @staticmethod
    def backward(ctx, dy):
        return dy.reshape(ctx.shape), None


class ReshapeAlias(View):
    """y = x in another shape, where x does not lie row by row        dx = dy in the shape of x"""


class UnsafeView(Rule):
    """y = a copy of x in another shape        dx = dy in the shape of x"""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.shape = x.shape
        return x.reshape(shape)

    @staticmethod
    def backward(ctx, dy):
        return dy.reshape(ctx.shape), None


class Squeeze(ViewRule):
    """y = x without its dimensions of size 1        dx = dy with them"""

    @staticmethod
    def forward(ctx, x, dims):
        ctx.shape = x.shape
        return x.squeeze(dims)

    @staticmethod
    def backward(ctx, dy):
        return dy.reshape(ctx.shape), None


class SqueezeDim(Squeeze, name="SqueezeBackward1"):
    """y = x without one dimension of size 1        dx = dy with it"""


class SqueezeDims(Squeeze, name="SqueezeBackward2"):
    """y = x without some dimensions of size 1        dx = dy with them"""


class Unsqueeze(ViewRule):
    """y = x with one more dimension, of size 1        dx = dy without it"""

    @staticmethod
    def forward(ctx, x, dim):
        ctx.shape, shape, steps = x.shape, x.shape, x.strides
        wide = (*shape[:dim], 1, *shape[dim:])
        if x.flags.c_contiguous and 1 not in shape:
            return x.reshape(wide)
        step = shape[dim] * steps[dim] if dim < x.ndim else x.itemsize
        return walk(x, wide, (*steps[:dim], step, *steps[dim:]))

    @staticmethod
    def backward(ctx, dy):
        return dy.reshape(ctx.shape), None


IN_PLACE = {  # torch's graph tells x.squeeze_() from x.squeeze(): it has another number
    Squeeze: type("Squeeze_", (Squeeze,), {}, name="SqueezeBackward3"),
    SqueezeDim: type("SqueezeDim_", (Squeeze,), {}, name="SqueezeBackward4"),
    SqueezeDims: type("SqueezeDims_", (Squeeze,), {}, name="SqueezeBackward5"),
    Unsqueeze: type("Unsqueeze_", (Unsqueeze,), {}, name="UnsqueezeBackward1"),
}


# ---- all dimensions at once -----------------------------------------------------------------


@tensor_method
@spread("size")
def view(self: Tensor, size: tuple[int, ...] | dtypes.dtype) -> Tensor:
    """The same memory in another shape; RuntimeError where that needs a copy.

    Args:
        size: the sizes, one by one or as a tuple; one of them may be -1: whatever is left. Or a
            dtype, to see the same bytes as other numbers

    Examples:
        >>> x = torch.arange(6)
        >>> x.view(2, -1)
        tensor([[0, 1, 2],
                [3, 4, 5]])
        >>> x.view(3, 2)[0, 0] = 7
        >>> x
        tensor([7, 1, 2, 3, 4, 5])
    """
    if isinstance(size, dtypes.dtype):
        return _as_dtype(self, size)
    shape = infer_shape(size, self.array.size)
    try:
        return View.apply(self, shape)
    except ValueError:
        raise RuntimeError(
            f"view size is not compatible with input tensor's size and stride: shape "
            f"{list(self.shape)} with strides {list(self.stride())} as {list(shape)} spans across "
            f"two contiguous subspaces. Use .reshape(...) instead: it copies where it has to."
        ) from None


def _as_dtype(x: Tensor, dtype: dtypes.dtype) -> Tensor:
    """The same bytes, outside the graph: what they mean as other numbers has no derivative."""
    old, new = x.array.itemsize, dtype.numpy.itemsize
    if old == new:
        array = x.array.view(dtype.numpy)
    else:
        shape, steps = with_last_size(x, dtype)
        array = walk(x.array, shape, tuple(step * new for step in steps), dtype=dtype.numpy)
    y = wrap(array)
    y._version_counter = x._changes
    return y


@tensor_method
def view_as(self: Tensor, other: Tensor) -> Tensor:
    """``view`` in the shape of another tensor."""
    return view(self, tensor(other, 2).array.shape)


@tensor_method
@spread("shape")
def reshape(input: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The tensor in another shape: a view where strides allow it, else a copy.

    Args:
        shape: the sizes; one of them may be -1: whatever is left

    Examples:
        >>> torch.arange(6).reshape(2, 3).t().reshape(-1)
        tensor([0, 3, 1, 4, 2, 5])
    """
    shape = infer_shape(shape, input.array.size)
    if input.array.flags.c_contiguous:
        return View.apply(input, shape)
    try:
        input.array.reshape(shape, copy=False)
    except ValueError:
        return UnsafeView.apply(input, shape)
    return ReshapeAlias.apply(input, shape)


@tensor_method
def reshape_as(self: Tensor, other: Tensor) -> Tensor:
    """``reshape`` to the shape of another tensor."""
    return reshape(self, tensor(other, 2).array.shape)


def infer_shape(shape: tuple[int, ...], count: int) -> tuple[int, ...]:
    """The shape with its -1 replaced, so that it holds that many elements."""
    known = math.prod(shape)
    if known == count and (not shape or min(shape) >= 0):
        return shape
    for i, n in enumerate(shape):
        if n < -1:
            raise RuntimeError(f"invalid shape dimension {n} at index {i} of shape {list(shape)}")
    if shape.count(-1) > 1:
        raise RuntimeError(f"only one dimension can be inferred, not {list(shape)}")
    if -1 in shape and known == count == 0:
        raise RuntimeError(
            f"cannot reshape tensor of 0 elements into shape {list(shape)} because the unspecified "
            f"dimension size -1 can be any value and is ambiguous"
        )
    if -1 not in shape or known == 0 or count % known:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {count}")
    return tuple(-count // known if n == -1 else n for n in shape)


# ---- some dimensions ------------------------------------------------------------------------


@tensor_method
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """The tensor with several neighbouring dimensions made one.

    Args:
        input: the tensor
        start_dim: the first of them. Default: 0
        end_dim: the last of them. Default: -1

    Examples:
        >>> torch.zeros(2, 3, 4).flatten(1).shape
        torch.Size([2, 12])
    """
    shape = input.array.shape
    start, end = as_dim(start_dim, len(shape)), as_dim(end_dim, len(shape))
    if start > end:
        raise RuntimeError(
            f"flatten() has invalid args: start_dim cannot come after end_dim, got {start_dim} and "
            f"{end_dim}"
        )
    if not shape:
        return reshape(input, (1,))
    if start == end:
        return input
    merged = math.prod(shape[start : end + 1])
    return reshape(input, (*shape[:start], merged, *shape[end + 1 :]))


@tensor_method
def unflatten(input: Tensor, dim: int, sizes: tuple[int, ...]) -> Tensor:
    """The tensor with one dimension made several.

    Args:
        input: the tensor
        dim: the dimension
        sizes: what it is made of; one of them may be -1

    Examples:
        >>> torch.zeros(2, 12).unflatten(1, (3, -1)).shape
        torch.Size([2, 3, 4])
    """
    shape = input.array.shape
    if isinstance(sizes, (tuple, list)) and sizes and isinstance(sizes[0], bool):
        raise TypeError(
            "unflatten(): argument 'sizes' (position 2) must be tuple of ints, but found element "
            "of type bool at pos 0"
        )
    dim = as_dim(dim, len(shape))
    if not shape:
        raise RuntimeError("unflatten: a 0-dim tensor has no dimension to be made several")
    try:
        sizes = infer_shape(tuple(sizes), shape[dim])
    except RuntimeError as error:
        raise RuntimeError(
            f"unflatten: Provided sizes {list(sizes)} don't multiply up to the size of dim {dim} "
            f"({shape[dim]}) in the input tensor: {error}"
        ) from None
    return view(input, (*shape[:dim], *sizes, *shape[dim + 1 :]))


@tensor_method
def ravel(input: Tensor) -> Tensor:
    """All elements in one dimension."""
    return view(input.contiguous(), (-1,))


@tensor_method
@numpy_names
def squeeze(input: Tensor, dim: int | tuple[int, ...] | None = None) -> Tensor:
    """The tensor without dimensions of size 1.

    Args:
        input: the tensor
        dim: the dimension to take away, or several; larger ones stay. Default: all of size 1

    Examples:
        >>> torch.zeros(1, 3, 1).squeeze().shape
        torch.Size([3])
        >>> torch.zeros(1, 3, 1).squeeze(0).shape
        torch.Size([3, 1])
    """
    rule, gone = _squeezed(input.array.shape, dim)
    return rule.apply(input, gone)


def _squeezed(shape: tuple[int, ...], dim: int | tuple[int, ...] | None) -> tuple:
    """The rule that takes dimensions of size 1 away, and which ones these are."""
    if dim is None:
        rule, dims = Squeeze, range(len(shape))
    else:
        rule = SqueezeDims if isinstance(dim, (tuple, list)) else SqueezeDim
        dims = as_dims(dim if rule is SqueezeDims else (dim,), len(shape))
    return rule, tuple(i for i in dims if shape and shape[i] == 1)


@tensor_method
@numpy_names
def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """The tensor with one more dimension, of size 1.

    Args:
        input: the tensor
        dim: where the new dimension will be

    Examples:
        >>> torch.zeros(2, 3).unsqueeze(-1).shape
        torch.Size([2, 3, 1])
    """
    return Unsqueeze.apply(input, as_dim(dim, input.array.ndim + 1))


def atleast_1d(*tensors: Tensor | list[Tensor]) -> Tensor | tuple[Tensor, ...]:
    """The tensor with at least one dimension; of several tensors, or a list, a tuple of them.

    Examples:
        >>> torch.atleast_1d(torch.tensor(3))
        tensor([3])
    """
    return _each(tensors, "atleast_1d", lambda x: x if x.array.ndim else reshape(x, (1,)))


def atleast_2d(*tensors: Tensor | list[Tensor]) -> Tensor | tuple[Tensor, ...]:
    """The tensor with at least two dimensions: a vector is a row of a matrix."""

    def widened(x: Tensor) -> Tensor:
        if x.array.ndim == 0:
            return reshape(x, (1, 1))
        return unsqueeze(x, 0) if x.array.ndim == 1 else x

    return _each(tensors, "atleast_2d", widened)


def atleast_3d(*tensors: Tensor | list[Tensor]) -> Tensor | tuple[Tensor, ...]:
    """The tensor with at least three dimensions: a vector lies along the second one.

    Examples:
        >>> torch.atleast_3d(torch.ones(4)).shape, torch.atleast_3d(torch.ones(4, 5)).shape
        (torch.Size([1, 4, 1]), torch.Size([4, 5, 1]))
    """

    def widened(x: Tensor) -> Tensor:
        if x.array.ndim == 0:
            return reshape(x, (1, 1, 1))
        x = unsqueeze(x, 0) if x.array.ndim == 1 else x
        return unsqueeze(x, -1) if x.array.ndim == 2 else x

    return _each(tensors, "atleast_3d", widened)


def _each(tensors: tuple, name: str, function: Callable) -> Tensor | tuple[Tensor, ...]:
    if len(tensors) == 1 and isinstance(tensors[0], Tensor):
        return function(tensors[0])
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tensors[0]
    need_only_tensors(name, tensors)
    return tuple(map(function, tensors))


# ---- the tensor itself ------------------------------------------------------------------------


@tensor_method
@numpy_names
def squeeze_(self: Tensor, dim: int | tuple[int, ...] | None = None) -> Tensor:
    """``squeeze`` of the tensor itself, which is in another shape afterwards."""
    self.check_in_place()
    shape = self.array.shape
    rule, gone = _squeezed(shape, dim)
    return turn(self, IN_PLACE[rule], (gone,), (View, (shape,)), "squeeze_")


@tensor_method
@numpy_names
def unsqueeze_(self: Tensor, dim: int) -> Tensor:
    """``unsqueeze`` of the tensor itself."""
    self.check_in_place()
    dim = as_dim(dim, self.array.ndim + 1)
    return turn(self, IN_PLACE[Unsqueeze], (dim,), (Squeeze, ((dim,),)), "unsqueeze_")
