"""One number out of several, element by element: clamp, maximum, minimum, where.

Only the number that was taken gets the gradient; the others get zero.
"""

from __future__ import annotations

import numpy

from .. import dtypes
from .._data import number, scalar
from ..autograd import Rule, namespace
from ..autograd.variable import wrap
from ..tensor import Tensor, in_place_method, tensor_method
from ._operands import (
    answer,
    as_operand,
    check_broadcast,
    combine,
    keep,
    pair,
    shape_of,
    tensor,
    unbroadcast,
)

__all__ = ["clamp", "clip", "clamp_min", "clamp_max", "maximum", "minimum", "where"]


class Clamp(Rule, name="ClampBackward1"):
    """y = min(max(x, low), high), with numbers        dx = dy where low <= x <= high, else 0"""

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x)
        ctx.low, ctx.high = low, high
        return x.clip(low, high)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return keep(dy, within(x, ctx.low, ctx.high)), None, None


class ClampMin(Clamp, name="ClampMinBackward0"):
    """Clamp with a low bound only."""


class ClampMax(Clamp, name="ClampMaxBackward0"):
    """Clamp with a high bound only."""


class ClampTensor(Rule, name="ClampBackward0"):
    """y = min(max(x, low), high), with tensors, either of which may be missing

    dx = dy where low <= x <= high; dlow = dy where x < low < high; dhigh = dy where high < x or
    high < low; else 0.
    """

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x, low, high)
        y = x if low is None else numpy.maximum(x, low)
        return y if high is None else numpy.minimum(y, high)

    @staticmethod
    def backward(ctx, dy):
        x, low, high = ctx.saved_tensors
        needs_dx, needs_dlow, needs_dhigh = ctx.needs_input_grad
        dx = dlow = dhigh = None
        if needs_dx:
            dx = unbroadcast(keep(dy, within(x, low, high)), x.shape)
        if needs_dlow:
            taken = x < low if high is None else (x < low) & (low < high)
            dlow = unbroadcast(keep(dy, taken), low.shape)
        if needs_dhigh:
            taken = x > high if low is None else (x > high) | (high < low)
            dhigh = unbroadcast(keep(dy, taken), high.shape)
        return dx, dlow, dhigh


class Maximum(Rule):
    """y = the larger of a and b

    da = dy where a > b, dy / 2 where a = b, else 0; db likewise.
    """

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return numpy.maximum(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        dy = namespace(dy).where(a == b, dy / 2, dy)
        da = unbroadcast(keep(dy, ~(a < b)), a.shape) if needs_da else None
        db = unbroadcast(keep(dy, ~(b < a)), b.shape) if needs_db else None
        return da, db


class Minimum(Rule):
    """y = the smaller of a and b

    da = dy where a < b, dy / 2 where a = b, else 0; db likewise.
    """

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return numpy.minimum(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        dy = namespace(dy).where(a == b, dy / 2, dy)
        da = unbroadcast(keep(dy, ~(a > b)), a.shape) if needs_da else None
        db = unbroadcast(keep(dy, ~(b > a)), b.shape) if needs_db else None
        return da, db


class Where(Rule):
    """y = a where the condition holds, else b        da = dy where it holds,  db = dy elsewhere"""

    @staticmethod
    def forward(ctx, condition, a, b):
        ctx.condition = condition
        ctx.shapes = shape_of(a), shape_of(b)
        return numpy.where(condition, a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.shapes
        _, needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(keep(dy, ctx.condition), a) if needs_da else None
        db = unbroadcast(keep(dy, ~ctx.condition), b) if needs_db else None
        return None, da, db


def within(x, low, high):
    """Where low <= x <= high; a bound may be missing."""
    if low is None:
        return x <= high
    return x >= low if high is None else (x >= low) & (x <= high)


# ---- functions ----------------------------------------------------------------------------------


@tensor_method("clamp", "clip")
def clamp(
    input: Tensor, min: Tensor | float | None = None, max: Tensor | float | None = None
) -> Tensor:
    """y = min(max(input, min), max): values outside of the bounds are moved to the nearer one.

    Args:
        input: a tensor
        min: the low bound, a number or a tensor. Default: None, there is none
        max: the high bound. Default: None, there is none

    Examples:
        >>> torch.clamp(torch.tensor([-3.0, 0.5, 3.0]), min=-1, max=1)
        tensor([-1.0000,  0.5000,  1.0000])
    """
    if min is None and max is None:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    return _clamp(Clamp, tensor(input), min, max)


clip = clamp


@tensor_method
def clamp_min(input: Tensor, min: Tensor | float) -> Tensor:
    """y = max(input, min)

    Args:
        input: a tensor
        min: the low bound, a number or a tensor
    """
    return _clamp(ClampMin, tensor(input), min, None)


@tensor_method
def clamp_max(input: Tensor, max: Tensor | float) -> Tensor:
    """y = min(input, max)

    Args:
        input: a tensor
        max: the high bound, a number or a tensor
    """
    return _clamp(ClampMax, tensor(input), None, max)


@tensor_method
def maximum(input: Tensor, other: Tensor) -> Tensor:
    """y = the larger of input and other, broadcast against each other; NaN where either is NaN.

    Args:
        input, other: tensors

    Examples:
        >>> torch.maximum(torch.tensor([1.0, 5.0]), torch.tensor([3.0, 4.0]))
        tensor([3., 5.])
    """
    return combine(Maximum, tensor(input), tensor(other, 2))


@tensor_method
def minimum(input: Tensor, other: Tensor) -> Tensor:
    """y = the smaller of input and other, broadcast against each other; NaN where either is NaN.

    Args:
        input, other: tensors
    """
    return combine(Minimum, tensor(input), tensor(other, 2))


def where(
    condition: Tensor, input: Tensor | float | None = None, other: Tensor | float | None = None
) -> Tensor | tuple[Tensor, ...]:
    """y = input where the condition is True, else other; all broadcast against each other.

    Args:
        condition: a tensor of bools
        input, other: tensors or numbers. Without them, the indices of the elements that are not
            zero are returned, one tensor a dimension

    Examples:
        >>> x = torch.tensor([-1.0, 2.0, -3.0])
        >>> torch.where(x > 0, x, 0.0)
        tensor([0., 2., 0.])
        >>> torch.where(x > 0)
        (tensor([1]),)
    """
    tensor(condition)
    if input is None and other is None:
        return tuple(map(answer, numpy.nonzero(numpy.atleast_1d(condition.array))))
    if input is None or other is None:
        raise TypeError("where() takes one argument, the condition, or three")
    if condition.array.dtype.kind != "b":
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype}: compare it with something, as in `condition != 0`"
        )
    a, b = pair(input, other)
    try:
        return Where.apply(condition, a, b)
    except ValueError:
        check_broadcast(condition.array.shape, shape_of(a), shape_of(b))
        raise


@tensor_method("where")
def _where(self: Tensor, condition: Tensor, other: Tensor | float) -> Tensor:
    return where(condition, self, other)


def _clamp(rule: type[Clamp], input: Tensor, low, high) -> Tensor:
    low, high = (
        x if x is None or isinstance(x, Tensor) else number(x, "clamp", name)
        for x, name in ((low, "min"), (high, "max"))
    )
    common = dtypes.result_type(input, high if low is None else low)
    if low is not None and high is not None:
        common = dtypes.promote_types(common, dtypes.result_type(input, high))
    if common is dtypes.bool:
        raise NotImplementedError("clamp() is not implemented for bools: convert them to numbers")
    input = as_operand(input, common)
    if isinstance(low, Tensor) or isinstance(high, Tensor):
        low, high = _as_tensor(low, common), _as_tensor(high, common)
        try:
            return ClampTensor.apply(input, low, high)
        except ValueError:
            check_broadcast(*(x.array.shape for x in (input, low, high) if x is not None))
            raise
    if not common.is_floating_point:
        low, high = (x if x is None else scalar(x, common.numpy) for x in (low, high))
    return rule.apply(input, low, high)


def _as_tensor(x, dtype: dtypes.dtype) -> Tensor | None:
    if x is None or isinstance(x, Tensor):
        return x if x is None else as_operand(x, dtype)
    return wrap(scalar(x, dtype.numpy))


for _function in (clamp, clamp_min, clamp_max):
    in_place_method(_function)
tensor_method("clip_")(Tensor.clamp_)
