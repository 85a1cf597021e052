"""The largest and the smallest: max, min, amax, amin, aminmax; and where: argmax, argmin.

Only the element that was the largest gets the gradient. Of several equal ones ``max(dim)`` gives it
to the first, whose index it returns; ``max()``, ``amax`` and ``amin`` share it out evenly.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule
from ..autograd.variable import Variable
from ..tensor import Tensor, tensor_method
from ._folding import fold
from ._forms import with_out
from ._operands import answer, keep, tensor
from ._reducing import (
    Dims,
    check_keepdim,
    kept_shape,
    numpy_names,
    one_dim,
    reduced_dims,
    return_type,
)
from .selection import maximum, minimum

__all__ = ["max", "min", "amax", "amin", "aminmax", "argmax", "argmin"]

MaxResult = return_type("max", "values", "indices")
MinResult = return_type("min", "values", "indices")
AminmaxResult = return_type("aminmax", "min", "max")


FEW = 16  # so few numbers are searched again rather than written to by index


class Max(Rule, name="MaxBackward1"):
    """y = the largest of all x        dx = dy / m at the m elements that are y, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = x.max()
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        mask = (x == y) | ((x != x) & (y != y))  # NaN is not equal to itself
        return keep(dy / int(mask.sum()), mask)


class Min(Max, name="MinBackward1"):
    """y = the smallest of all x        dx = dy / m at the m elements that are y, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = x.min()
        ctx.save_for_backward(x, y)
        return y


class MaxDim(Rule, name="MaxBackward0"):
    """y = the largest x along a dimension, and its index        dx = dy at that index, else 0"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        return ctx.results(x, dim, keepdim, x.argmax(dim, keepdims=True))

    @staticmethod
    def backward(ctx, dy, dindices):
        (indices,) = ctx.saved_tensors
        indices = (indices.array if isinstance(indices, Variable) else indices).reshape(ctx.kept)
        dy = dy.reshape(ctx.kept)
        n = ctx.shape[ctx.dim]
        if isinstance(dy, Variable) or n < FEW:
            places = numpy.arange(n).reshape((n,) + (1,) * (len(ctx.shape) - ctx.dim - 1))
            return keep(dy, places == indices), None, None
        dx = numpy.zeros(ctx.shape, dy.dtype)
        numpy.put_along_axis(dx, indices, dy, ctx.dim)
        return dx, None, None

    def results(ctx, x, dim, keepdim, indices):
        """The results of forward, after what backward needs is kept."""
        ctx.kept, ctx.shape, ctx.dim = indices.shape, x.shape, dim
        y = numpy.take_along_axis(x, indices, dim)
        if not keepdim:
            y, indices = y.squeeze(dim), indices.squeeze(dim)
        ctx.save_for_backward(indices)
        ctx.mark_non_differentiable(indices)
        return y, indices


class MinDim(MaxDim, name="MinBackward0"):
    """y = the smallest x along a dimension, and its index        dx = dy at that index, else 0"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        return ctx.results(x, dim, keepdim, x.argmin(dim, keepdims=True))


class Amax(Rule):
    """y = the largest x along dimensions        dx = dy / m at the m x that are y, else 0"""

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        y = fold(numpy.maximum, x, dims, keepdim)
        ctx.save_for_backward(x, y)
        ctx.dims, ctx.kept = dims, kept_shape(x.shape, dims)
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        return shared(dy.reshape(ctx.kept), x, y.reshape(ctx.kept), ctx.dims), None, None


class Amin(Amax):
    """y = the smallest x along dimensions        dx = dy / m at the m x that are y, else 0"""

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        y = fold(numpy.minimum, x, dims, keepdim)
        ctx.save_for_backward(x, y)
        ctx.dims, ctx.kept = dims, kept_shape(x.shape, dims)
        return y


class Aminmax(Rule):
    """y = the smallest x, z = the largest

    dx = dy / m at the m x that are y,  + dz / n at the n x that are z
    """

    materialize_grads = False

    @staticmethod
    def forward(ctx, x, dims, keepdim):
        y, z = [numpy.asarray(fold(f, x, dims, keepdim)) for f in (numpy.minimum, numpy.maximum)]
        ctx.save_for_backward(x, y, z)
        ctx.dims, ctx.kept = dims, kept_shape(x.shape, dims)
        return y, z

    @staticmethod
    def backward(ctx, dy, dz):
        x, y, z = ctx.saved_tensors
        parts = [
            shared(d.reshape(ctx.kept), x, extreme.reshape(ctx.kept), ctx.dims)
            for d, extreme in ((dy, y), (dz, z))
            if d is not None
        ]
        return parts[0] if len(parts) == 1 else parts[0] + parts[1], None, None


def shared(dy, x, y, dims: tuple[int, ...]):
    """dy, shared out evenly among the x that are y"""
    mask = x == y
    return dy / mask.sum(axis=dims, keepdims=True, dtype=dy.dtype) * mask


# ---- functions ----------------------------------------------------------------------------------


@with_out
@tensor_method
@numpy_names
def max(
    input: Tensor,
    dim: int | Tensor | None = None,
    keepdim: bool = False,
    *,
    other: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """The largest element; or the largest along a dimension, with its index; NaN is the largest.

    ``max(input, other)`` of two tensors is ``maximum``.

    Args:
        input: a tensor
        dim: the dimension to search along. Default: None, all
        keepdim: keep it, with size 1. Default: False
        other: another tensor, to take the larger elements of the two

    Examples:
        >>> x = torch.tensor([[1.0, 5.0], [7.0, 2.0]])
        >>> x.max()
        tensor(7.)
        >>> x.max(dim=1)
        torch.return_types.max(
        values=tensor([5., 7.]),
        indices=tensor([1, 0]))
        >>> values, indices = x.max(dim=0)
    """
    if other is not None or isinstance(dim, Tensor):
        return maximum(input, _other(dim, keepdim, other))
    if dim is None:
        return Max.apply(_all_of(tensor(input), "max", keepdim))
    return MaxResult(*_along(MaxDim, tensor(input), dim, keepdim, "max"))


@with_out
@tensor_method
@numpy_names
def min(
    input: Tensor,
    dim: int | Tensor | None = None,
    keepdim: bool = False,
    *,
    other: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """The smallest element; or the smallest along a dimension, with its index; NaN is the smallest.

    ``min(input, other)`` of two tensors is ``minimum``.

    Args:
        input: a tensor
        dim: the dimension to search along. Default: None, all
        keepdim: keep it, with size 1. Default: False
        other: another tensor, to take the smaller elements of the two
    """
    if other is not None or isinstance(dim, Tensor):
        return minimum(input, _other(dim, keepdim, other))
    if dim is None:
        return Min.apply(_all_of(tensor(input), "min", keepdim))
    return MinResult(*_along(MinDim, tensor(input), dim, keepdim, "min"))


@with_out(cast=False)
@tensor_method
@numpy_names
def amax(input: Tensor, dim: Dims = (), keepdim: bool = False) -> Tensor:
    """The largest along dimensions. Equal ones share the gradient, unlike those of ``max(dim)``.

    Args:
        input: a tensor
        dim: the dimension or dimensions to search along. Default: (), all
        keepdim: keep them, with size 1. Default: False

    Examples:
        >>> torch.tensor([[1.0, 5.0], [7.0, 2.0]]).amax(dim=(0, 1))
        tensor(7.)
    """
    return Amax.apply(*_checked_dims(tensor(input), dim, keepdim, "amax"), keepdim)


@with_out(cast=False)
@tensor_method
@numpy_names
def amin(input: Tensor, dim: Dims = (), keepdim: bool = False) -> Tensor:
    """The smallest along dimensions. Equal ones share the gradient, unlike those of ``min(dim)``.

    Args:
        input: a tensor
        dim: the dimension or dimensions to search along. Default: (), all
        keepdim: keep them, with size 1. Default: False
    """
    return Amin.apply(*_checked_dims(tensor(input), dim, keepdim, "amin"), keepdim)


@with_out(cast=False)
@tensor_method
@numpy_names
def aminmax(
    input: Tensor, *, dim: int | None = None, keepdim: bool = False
) -> tuple[Tensor, Tensor]:
    """The smallest and the largest at once.

    Args:
        input: a tensor
        dim: the dimension to search along. Default: None, all
        keepdim: keep it, with size 1. Default: False

    Examples:
        >>> torch.aminmax(torch.tensor([3.0, 1.0, 2.0]))
        torch.return_types.aminmax(
        min=tensor(1.),
        max=tensor(3.))
    """
    ndim = tensor(input).array.ndim
    check_keepdim(keepdim, "aminmax")
    if dim is None:
        dims = tuple(range(ndim))
        _all_of(input, "aminmax", False)
    else:
        dims = (one_dim(dim, ndim, "aminmax"),)[:ndim]
        _check_not_empty(input, dims, "aminmax")
    return AminmaxResult(*Aminmax.apply(input, dims, keepdim))


@with_out(cast=False)
@tensor_method
@numpy_names
def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """The index of the largest element, the first of equal ones.

    Args:
        input: a tensor of numbers
        dim: the dimension to search along. Default: None, the tensor as if flattened
        keepdim: keep it, with size 1. Default: False

    Examples:
        >>> logits = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]])
        >>> logits.argmax(dim=1)
        tensor([1, 0])
    """
    return answer(_index(numpy.argmax, tensor(input), dim, keepdim, "argmax"))


@with_out(cast=False)
@tensor_method
@numpy_names
def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """The index of the smallest element, the first of equal ones.

    Args:
        input: a tensor of numbers
        dim: the dimension to search along. Default: None, the tensor as if flattened
        keepdim: keep it, with size 1. Default: False
    """
    return answer(_index(numpy.argmin, tensor(input), dim, keepdim, "argmin"))


def _other(dim: Tensor | None, keepdim: bool, other: Tensor | None) -> Tensor:
    """The second of two tensors, which may stand in the place of ``dim``."""
    if keepdim or (dim is not None and other is not None):
        raise TypeError(
            "max() and min() of two tensors take these two, and neither dim nor keepdim"
        )
    return dim if other is None else other


def _all_of(input: Tensor, name: str, keepdim: bool) -> Tensor:
    if keepdim:
        raise TypeError(f"{name}(): keepdim needs a dim")
    if not input.array.size:
        raise RuntimeError(
            f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
            f"reduction dim with the 'dim' argument."
        )
    return input


def _along(rule: type[MaxDim], input: Tensor, dim: int, keepdim: bool, name: str) -> tuple:
    ndim = input.array.ndim
    dim = one_dim(dim, ndim, name)
    check_keepdim(keepdim, name)
    if not ndim:
        values, indices = rule.apply(input.reshape(1), 0, False)
        return values, indices
    _check_not_empty(input, (dim,), name)
    return rule.apply(input, dim, keepdim)


def _checked_dims(
    input: Tensor, dim: Dims, keepdim: bool, name: str
) -> tuple[Tensor, tuple[int, ...]]:
    check_keepdim(keepdim, name)
    if dim is None or dim == () or dim == []:
        _all_of(input, name, False)
    for each in dim if isinstance(dim, (tuple, list)) else ():
        _check_not_empty(input, reduced_dims(each, input.array.ndim), name)
    dims = reduced_dims(dim, input.array.ndim)
    _check_not_empty(input, dims, name)
    return input, dims


def _check_not_empty(input: Tensor, dims: tuple[int, ...], name: str) -> None:
    for dim in dims:
        if not input.array.shape[dim]:
            raise IndexError(
                f"{name}(): Expected reduction dim {dim} to have non-zero size, and the shape is "
                f"{list(input.array.shape)}"
            )


def _index(search, input: Tensor, dim: int | None, keepdim: bool, name: str) -> numpy.ndarray:
    x = input.array
    check_keepdim(keepdim, name)
    if x.dtype.kind == "b":
        raise RuntimeError(f"{name}(): does not support bool input: convert it with .int()")
    if dim is None:
        if not x.size:
            raise IndexError(
                f"{name}(): Expected reduction dim to be specified for input.numel() == 0."
            )
        return search(x, keepdims=keepdim)
    dim = one_dim(dim, x.ndim, name)
    if not x.ndim:
        return numpy.zeros((), numpy.int64)
    _check_not_empty(input, (dim,), name)
    return search(x, dim, keepdims=keepdim)
