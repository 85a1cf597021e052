"""Elements picked or overwritten by a mask, which says of every element yes or no."""

from __future__ import annotations

import math

import numpy

from .._data import contiguous
from ..autograd import namespace
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._index_checks import broadcast
from ._operands import answer, need_tensors, unbroadcast
from ._writing import WritingRule, one_value, writes
from .indexing import Index, placed

__all__ = ["masked_select", "masked_fill", "masked_scatter", "nonzero", "argwhere"]


class MaskedSelect(Index):
    """y = x[mask]        dx = zeros, but dx[mask] = dy"""

    @staticmethod
    def forward(ctx, x, *index):
        ctx.save_for_backward(x)  # only its shape matters, but torch asks that it be unchanged
        return Index.forward(ctx, x, *index)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return placed(dy, x.shape, ctx.index, adding=True), None


class MaskedFill(WritingRule):
    """y = value where mask, else x        dx = 0 where mask, else dy"""

    apart = False

    @staticmethod
    def forward(ctx, x, value, mask):
        ctx.save_for_backward(mask)
        ctx.shape = x.shape
        return contiguous(numpy.asarray(numpy.where(mask, value, x)))

    @staticmethod
    def _write(y, value, mask):
        numpy.copyto(y, value, where=mask)

    @staticmethod
    def backward(ctx, dy):
        (mask,) = ctx.saved_tensors
        return unbroadcast(namespace(dy).where(mask, 0, dy), ctx.shape), None, None


class MaskedFillTensor(MaskedFill, name="MaskedFillBackward1"):
    """y = value where mask, else x        dx = 0 there, else dy;  dvalue = the sum of dy there"""

    @staticmethod
    def backward(ctx, dy):
        (mask,) = ctx.saved_tensors
        where = namespace(dy).where
        return unbroadcast(where(mask, 0, dy), ctx.shape), where(mask, dy, 0).sum(), None


class MaskedScatter(WritingRule):
    """y = x, but y[mask] = source        dx = 0 where mask, else dy;  dsource = dy[mask]"""

    apart = False

    @staticmethod
    def forward(ctx, x, source, mask):
        ctx.save_for_backward(mask)
        ctx.shapes = x.shape, source.shape
        y = numpy.empty(numpy.broadcast_shapes(x.shape, mask.shape), x.dtype)
        y[...] = x
        MaskedScatter._write(y, source, mask)
        return y

    @staticmethod
    def _write(y, source, mask):
        mask = numpy.broadcast_to(mask, y.shape)
        y[mask] = source.reshape(-1)[: numpy.count_nonzero(mask)]

    @staticmethod
    def backward(ctx, dy):
        (mask,) = ctx.saved_tensors
        shape, given = ctx.shapes
        dsource = None
        if ctx.needs_input_grad[1]:
            torch = namespace(dy)
            written = dy[torch.broadcast_to(mask, dy.shape)]
            rest = torch.zeros(math.prod(given) - len(written), dtype=dy.dtype)
            dsource = torch.concatenate([written, rest]).reshape(given)
        return unbroadcast(namespace(dy).where(mask, 0, dy), shape), dsource, None


@with_out(cast=False)
@tensor_method
def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    """The elements where the mask is True, in one dimension: a copy.

    Args:
        input: the tensor
        mask: a tensor of bools; the two are broadcast against each other

    Examples:
        >>> x = torch.tensor([[1, 2], [3, 4]])
        >>> x.masked_select(x > 1)
        tensor([2, 3, 4])
    """
    need_tensors("masked_select", input=input, mask=mask)
    if mask.array.dtype != bool:
        raise RuntimeError(f"masked_select: expected BoolTensor for mask, not {mask.dtype}")
    shape = broadcast(input.array.shape, mask.array.shape)
    x = input if input.array.shape == shape else input.expand(shape)
    return MaskedSelect.apply(x, numpy.broadcast_to(mask.array, shape))


@writes(expanded=True)
def masked_fill(input: Tensor, mask: Tensor, value: Tensor | float) -> Tensor:
    """A copy with one value wherever the mask is True.

    Args:
        input: the tensor
        mask: a tensor of bools; the two are broadcast against each other
        value: a number, or a tensor without dimensions

    Examples:
        >>> x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
        >>> x.masked_fill(x > 2, float("-inf"))
        tensor([[1., 2.],
                [-inf, -inf]])
    """
    value = one_value(input, value, "masked_fill")
    check_mask(input, mask, "masked_fill")
    return MaskedFillTensor if isinstance(value, Tensor) else MaskedFill, value, mask


@writes()
def masked_scatter(input: Tensor, mask: Tensor, source: Tensor) -> Tensor:
    """A copy with the first elements of ``source``, in order, wherever the mask is True.

    Args:
        input: the tensor
        mask: a tensor of bools; the two are broadcast against each other
        source: what to write, with at least as many elements as are True

    Examples:
        >>> mask = torch.tensor([[False, True], [True, False]])
        >>> torch.zeros(2, 2).masked_scatter(mask, torch.tensor([7.0, 8.0, 9.0]))
        tensor([[0., 7.],
                [8., 0.]])
    """
    need_tensors("masked_scatter", mask=mask, source=source)
    if source.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"masked_scatter: expected self and source to have the same dtype, but got "
            f"{input.dtype} and {source.dtype}"
        )
    check_mask(input, mask, "masked_scatter")
    shape = broadcast(input.array.shape, mask.array.shape)
    copies = math.prod(shape) // max(mask.array.size, 1)
    if numpy.count_nonzero(mask.array) * copies > source.array.size:
        raise RuntimeError(
            f"masked_scatter: the source has {source.array.size} elements, fewer than are True"
        )
    return MaskedScatter, source, mask


def check_mask(input: Tensor, mask: object, function: str) -> None:
    """Raises unless this is a mask that can be broadcast with the tensor."""
    need_tensors(function, mask=mask)
    if mask.array.dtype != bool:
        raise RuntimeError(f"{function}_ only supports boolean masks, not {mask.dtype}")
    broadcast(input.array.shape, mask.array.shape)


@with_out(cast=False)
@tensor_method
def nonzero(input: Tensor, *, as_tuple: bool = False) -> Tensor | tuple[Tensor, ...]:
    """Where the elements are that are not zero.

    Args:
        input: the tensor
        as_tuple: give one tensor of places for each dimension, as ``x[...]`` takes it. Default:
            one matrix, with a row for each element

    Examples:
        >>> x = torch.tensor([[0, 5], [7, 0]])
        >>> x.nonzero()
        tensor([[0, 1],
                [1, 0]])
        >>> x[x.nonzero(as_tuple=True)]
        tensor([5, 7])
    """
    need_tensors("nonzero", input=input)
    if as_tuple:
        return nonzero(wrap(numpy.atleast_1d(input.array))).unbind(1)
    return answer(numpy.argwhere(input.array))


@tensor_method
def argwhere(input: Tensor) -> Tensor:
    """``nonzero`` by NumPy's name."""
    return nonzero(input)
