"""One number out of several, element by element: clamp, maximum, minimum, fmax, fmin, where.

Only the number that was taken gets the gradient; the others get zero.
"""

from __future__ import annotations

import warnings

import numpy

from .. import dtypes
from .._data import number, scalar
from ..autograd import Rule, namespace
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._bounds import at_least, at_most, between
from ._forms import NUMBER, pointwise, with_out
from ._layout import laid_out_as
from ._operands import (
    alike,
    as_operand,
    check_broadcast,
    choose,
    combine,
    keep,
    pair,
    shape_of,
    tensor,
    unbroadcast,
)

__all__ = [
    "clamp",
    "clip",
    "clamp_min",
    "clamp_max",
    "maximum",
    "minimum",
    "fmax",
    "fmin",
    "where",
]


class Clamp(Rule, name="ClampBackward1"):
    """y = min(max(x, low), high), with numbers        dx = dy where low <= x <= high, else 0"""

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x)
        ctx.low, ctx.high = low, high
        if x.dtype.kind == "f":  # with both bounds NumPy is quicker than with one
            low, high = -numpy.inf if low is None else low, numpy.inf if high is None else high
        return x.clip(low, high)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return keep(dy, within(x, ctx.low, ctx.high)), None, None


class ClampMin(Clamp, name="ClampMinBackward0"):
    """y = max(x, low), with a number        dx = dy where low <= x, else 0"""


class ClampMax(Clamp, name="ClampMaxBackward0"):
    """y = min(x, high), with a number        dx = dy where x <= high, else 0"""


class ClampTensor(Rule, name="ClampBackward0"):
    """y = min(max(x, low), high), with tensors

    dx = dy where low <= x <= high,  dlow = dy where x < low < high,  dhigh = dy where
    high < x or high < low; either bound may be missing
    """

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x, low, high)
        if high is None:
            return numpy.maximum(x, low)
        if low is None:
            return numpy.minimum(x, high)
        y = numpy.maximum(x, low)
        return numpy.minimum(y, high, out=y if y.ndim and y.shape == high.shape else None)

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


class ClampMinTensor(ClampTensor, name="ClampMinBackward1"):
    """y = max(x, low)        dx = dy where low <= x,  dlow = dy elsewhere"""


class ClampMaxTensor(ClampTensor, name="ClampMaxBackward1"):
    """y = min(x, high)        dx = dy where x <= high,  dhigh = dy elsewhere"""


OF_TENSORS = {Clamp: ClampTensor, ClampMin: ClampMinTensor, ClampMax: ClampMaxTensor}


class Maximum(Rule):
    """y = the larger of a and b        da = dy where a > b, dy/2 where a = b, else 0;  db alike"""

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
    """y = the smaller of a and b        da = dy where a < b, dy/2 where a = b, else 0;  db alike"""

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


class Fmax(Rule):
    """y = the larger of a and b that is a number        da = dy where y is a,  db = dy elsewhere

    Of two equal ones, and of two NaNs, a is taken.
    """

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return numpy.fmax(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        return shared(dy, (a >= b) | (b != b), a.shape, b.shape)


class Fmin(Rule):
    """y = the smaller of a and b that is a number        da = dy where y is a,  db = dy elsewhere

    Of two equal ones, and of two NaNs, a is taken.
    """

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return numpy.fmin(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        return shared(dy, (a <= b) | (b != b), a.shape, b.shape)


class Where(Rule):
    """y = a where the condition holds, else b        da = dy where it holds,  db = dy elsewhere"""

    @staticmethod
    def forward(ctx, condition, a, b):
        ctx.save_for_backward(condition)
        ctx.shapes = shape_of(a), shape_of(b)
        return choose(condition, a, b)

    @staticmethod
    def backward(ctx, dy):
        (condition,), (a, b) = ctx.saved_tensors, ctx.shapes
        _, needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(keep(dy, condition), a) if needs_da else None
        db = unbroadcast(keep(dy, ~condition), b) if needs_db else None
        return None, da, db


def shared(dy, mask, a_shape, b_shape):
    """dy for a where the mask holds, and for b elsewhere."""
    return unbroadcast(keep(dy, mask), a_shape), unbroadcast(keep(dy, ~mask), b_shape)


def within(x, low, high):
    """Where low <= x <= high; a bound may be missing."""
    if low is None:
        return x <= high
    return x >= low if high is None else (x >= low) & (x <= high)


# ---- functions ----------------------------------------------------------------------------------


@pointwise("clamp", "clip", cast=False, ufunc=between, operands=(NUMBER, NUMBER))
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


@pointwise("clamp_min", cast=False, ufunc=at_least, operands=(NUMBER,))
def clamp_min(input: Tensor, min: Tensor | float) -> Tensor:
    """y = max(input, min)

    Args:
        input: a tensor
        min: the low bound, a number or a tensor
    """
    return _clamp(ClampMin, tensor(input), min, None)


@pointwise("clamp_max", cast=False, ufunc=at_most, operands=(NUMBER,))
def clamp_max(input: Tensor, max: Tensor | float) -> Tensor:
    """y = min(input, max)

    Args:
        input: a tensor
        max: the high bound, a number or a tensor
    """
    return _clamp(ClampMax, tensor(input), None, max)


@with_out
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


@with_out
@tensor_method
def minimum(input: Tensor, other: Tensor) -> Tensor:
    """y = the smaller of input and other, broadcast against each other; NaN where either is NaN.

    Args:
        input, other: tensors
    """
    return combine(Minimum, tensor(input), tensor(other, 2))


@with_out
@tensor_method
def fmax(input: Tensor, other: Tensor) -> Tensor:
    """y = the larger of input and other; where one is NaN, the other.

    Args:
        input, other: tensors

    Examples:
        >>> torch.fmax(torch.tensor([1.0, float("nan")]), torch.tensor([3.0, 4.0]))
        tensor([3., 4.])
    """
    return combine(Fmax, tensor(input), tensor(other, 2))


@with_out
@tensor_method
def fmin(input: Tensor, other: Tensor) -> Tensor:
    """y = the smaller of input and other; where one is NaN, the other.

    Args:
        input, other: tensors
    """
    return combine(Fmin, tensor(input), tensor(other, 2))


@with_out(cast=False)
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
        return condition.nonzero(as_tuple=True)
    if input is None or other is None:
        raise TypeError("where() takes one argument, the condition, or three")
    if condition.array.dtype == numpy.uint8:
        warnings.warn("where() of a uint8 condition is deprecated: use bools", stacklevel=2)
        condition = wrap(condition.array != 0)
    if condition.array.dtype.kind != "b":
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype}: compare it with something, as in `condition != 0`"
        )
    a, b = pair(_fitting(input, other), _fitting(other, input))
    try:
        return laid_out_as((condition, a, b), Where.apply(condition, a, b))
    except ValueError:
        check_broadcast(condition.array.shape, shape_of(a), shape_of(b))
        raise


@tensor_method("where")
def _where(self: Tensor, condition: Tensor, other: Tensor | float) -> Tensor:
    return where(condition, self, other)


clip = clamp


def _fitting(x, other):
    """x; RuntimeError if it is an integer for which the other's dtype has no room."""
    if isinstance(other, Tensor) and not isinstance(x, Tensor):
        common = dtypes.result_type(x, other)
        if not common.is_floating_point:
            scalar(number(x, "where", "input"), common.numpy)
    return x


def _clamp(rule: type[Clamp], input: Tensor, low, high) -> Tensor:
    bounds = [x for x in (low, high) if x is not None]
    kinds = [isinstance(x, Tensor) for x in bounds]
    if all(kinds):
        return _clamp_to_tensors(OF_TENSORS[rule], input, low, high)
    if any(x.array.ndim for x, kind in zip(bounds, kinds, strict=True) if kind):
        raise TypeError("clamp(): 'min' and 'max' must be two tensors or two numbers")
    low, high = (
        x if x is None else number(x, "clamp", name) for x, name in ((low, "min"), (high, "max"))
    )
    common = dtypes.result_type(input, high if low is None else low)
    if low is not None and high is not None:
        common = dtypes.promote_types(common, dtypes.result_type(input, high))
    if common is dtypes.bool:
        raise NotImplementedError("clamp() is not implemented for bools: convert them to numbers")
    if not common.is_floating_point:
        low, high = (x if x is None else scalar(x, common.numpy) for x in (low, high))
    return rule.apply(as_operand(input, common), low, high)


def _clamp_to_tensors(
    rule: type[ClampTensor], input: Tensor, low: Tensor | None, high: Tensor | None
) -> Tensor:
    operands = alike(*(x for x in (input, low, high) if x is not None))
    low = None if low is None else operands[1]
    high = None if high is None else operands[-1]
    if len(operands) == 3 and operands[0].array.dtype.kind == "b":
        raise NotImplementedError("clamp() is not implemented for bools: convert them to numbers")
    try:
        return laid_out_as(operands, rule.apply(operands[0], low, high))
    except ValueError:
        check_broadcast(*(x.array.shape for x in operands))
        raise
