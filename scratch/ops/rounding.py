"""Whole numbers out of others: floor, ceil, trunc, round, and the division with remainder ``// %``.

What a rounding returns is constant almost everywhere, so its gradient is zero: nothing is learned
through it.
"""

from __future__ import annotations

import numpy

from .. import dtypes
from ..autograd import Rule, namespace
from ..tensor import Tensor, in_place_method, tensor_method
from ._operands import combine, numeric, operator, reflected, shape_of, unbroadcast

__all__ = ["floor", "ceil", "trunc", "round", "floor_divide", "remainder"]


class Floor(Rule):
    """y = the largest whole number <= x        dx = 0"""

    @staticmethod
    def forward(ctx, x):
        return numpy.floor(x)

    @staticmethod
    def backward(ctx, dy):
        return namespace(dy).zeros_like(dy)


class Ceil(Floor):
    """y = the smallest whole number >= x        dx = 0"""

    @staticmethod
    def forward(ctx, x):
        return numpy.ceil(x)


class Trunc(Floor):
    """y = x without its digits behind the point        dx = 0"""

    @staticmethod
    def forward(ctx, x):
        return numpy.trunc(x)


class Round(Floor):
    """y = the whole number nearest to x, of two the even one        dx = 0"""

    @staticmethod
    def forward(ctx, x):
        return numpy.rint(x)


class RoundDecimals(Rule, name="RoundBackward1"):
    """y = x, rounded to so many digits behind the point        dx = 0"""

    @staticmethod
    def forward(ctx, x, decimals):
        unit = 10.0 ** abs(decimals)
        return numpy.rint(x * unit) / unit if decimals > 0 else numpy.rint(x / unit) * unit

    @staticmethod
    def backward(ctx, dy):
        return namespace(dy).zeros_like(dy), None


class DivFloor(Rule, name="DivBackward2"):
    """y = floor(a / b)        da = 0,  db = 0"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.shapes = shape_of(a), shape_of(b)
        return numpy.floor_divide(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.shapes
        zeros = namespace(dy).zeros_like(dy)
        return unbroadcast(zeros, a), unbroadcast(zeros, b)


class DivTrunc(DivFloor, name="DivBackward2"):
    """y = trunc(a / b)        da = 0,  db = 0"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.shapes = shape_of(a), shape_of(b)
        if numpy.result_type(a, b).kind == "f":
            return numpy.trunc(a / b)
        quotient, rest = numpy.divmod(a, b)  # a / b would have too few digits for large integers
        return quotient + ((rest != 0) & ((a < 0) != (b < 0)))


class FloorDivide(DivFloor, name="NotImplemented"):
    """y = floor(a / b)        no gradient, as in torch"""

    @staticmethod
    def backward(ctx, dy):
        raise RuntimeError(
            "derivative for floor_divide is not implemented: x // y is constant almost everywhere. "
            "torch.div(x, y, rounding_mode='floor') has a gradient: zeros."
        )


class Remainder(Rule, name="RemainderBackward1"):
    """y = a - b floor(a / b)        da = dy,  db = -dy floor(a / b)"""

    @staticmethod
    def forward(ctx, a, b):
        _, needs_db = ctx.needs_input_grad
        ctx.quotient = numpy.floor_divide(a, b) if needs_db else None  # constant almost everywhere
        ctx.shapes = shape_of(a), shape_of(b)
        y = numpy.fmod(a, b)  # has the sign of a, even where it is 0
        return numpy.where((y != 0) & ((y < 0) != (b < 0)), y + b, y)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(dy, a) if needs_da else None
        db = unbroadcast(-dy * ctx.quotient, b) if needs_db else None
        return da, db


class RemainderNumber(Remainder, name="RemainderBackward0"):
    """Remainder of a division by a number."""


# ---- functions ----------------------------------------------------------------------------------


@tensor_method
def floor(input: Tensor) -> Tensor:
    """y = the largest whole number <= input

    Args:
        input: a tensor of numbers

    Examples:
        >>> torch.floor(torch.tensor([1.7, -1.7]))
        tensor([ 1., -2.])
    """
    return _rounded(Floor, numeric(input))


@tensor_method
def ceil(input: Tensor) -> Tensor:
    """y = the smallest whole number >= input

    Args:
        input: a tensor of numbers
    """
    return _rounded(Ceil, numeric(input))


@tensor_method("trunc", "fix")
def trunc(input: Tensor) -> Tensor:
    """y = the input without its digits behind the point

    Args:
        input: a tensor of numbers
    """
    return _rounded(Trunc, numeric(input))


@tensor_method
def round(input: Tensor, *, decimals: int = 0) -> Tensor:
    """y = the whole number nearest to the input; halfway between two, the even one.

    Args:
        input: a tensor of numbers
        decimals: how many digits to keep behind the point. Default: 0

    Examples:
        >>> torch.round(torch.tensor([0.5, 1.5, 2.5, 2.51]))
        tensor([0., 2., 2., 3.])
        >>> torch.round(torch.tensor([0.1234]), decimals=2)
        tensor([0.1200])
    """
    if decimals == 0:
        return _rounded(Round, numeric(input))
    if numeric(input).array.dtype.kind != "f":
        raise NotImplementedError('"round" with decimals is not implemented for integers')
    return RoundDecimals.apply(input, decimals)


@tensor_method
def floor_divide(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = floor(input / other), broadcast against each other; integers stay integers.

    Args:
        input, other: tensors or numbers

    Examples:
        >>> torch.tensor([7, -7]) // 2
        tensor([ 3, -4])
    """
    _check_divisor(input, other, "floor_divide")
    return combine(FloorDivide, input, other)


@tensor_method
def remainder(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = input - other * floor(input / other): what is left over, with the sign of ``other``.

    Args:
        input, other: tensors or numbers

    Examples:
        >>> torch.tensor([7, -7]) % 4
        tensor([3, 1])
    """
    _check_divisor(input, other, "remainder")
    return combine(Remainder if isinstance(other, Tensor) else RemainderNumber, input, other)


def divide_rounded(input: Tensor | float, other: Tensor | float, mode: str) -> Tensor:
    """``div`` with a rounding mode."""
    if mode not in ("trunc", "floor"):
        raise RuntimeError(
            f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found {mode!r}"
        )
    _check_divisor(input, other, "div")
    return combine(DivTrunc if mode == "trunc" else DivFloor, input, other)


def _rounded(rule: type[Rule], input: Tensor) -> Tensor:
    """Integers are whole numbers already: they are copied."""
    return rule.apply(input) if input.array.dtype.kind == "f" else input.clone()


def _check_divisor(input, other, name: str) -> None:
    """Integers have no infinity to stand for x / 0."""
    common = dtypes.result_type(input, other)
    if common is dtypes.bool:
        raise NotImplementedError(f"{name}() is not implemented for bools: convert them to numbers")
    divisor = other.array if isinstance(other, Tensor) else other
    if isinstance(input, Tensor) and input.array.size == 0:
        return  # nothing is divided
    if not common.is_floating_point and not numpy.all(divisor):
        raise RuntimeError("ZeroDivisionError: an integer cannot be divided by 0")


# ---- operators ----------------------------------------------------------------------------------

tensor_method("__floordiv__")(operator(floor_divide))
tensor_method("__rfloordiv__")(reflected(floor_divide))
tensor_method("__mod__")(operator(remainder))
tensor_method("__rmod__")(reflected(remainder))

in_place_method(floor)
in_place_method(ceil)
in_place_method(trunc, "fix_")
in_place_method(round)
in_place_method(floor_divide, "__ifloordiv__")
in_place_method(remainder, "__imod__")
