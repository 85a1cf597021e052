"""Whole numbers out of others: floor, ceil, trunc, round; what they cut off; ``//`` and ``%``.

What a rounding returns is constant almost everywhere, so its gradient is zero: nothing is learned
through it.
"""

from __future__ import annotations

import numpy

from .. import dtypes
from ..autograd import Rule, namespace
from ..tensor import Tensor, tensor_method
from . import _division
from ._forms import pointwise
from ._operands import combine, numeric, reflected, shape_of, tensor, unbroadcast

__all__ = [
    "floor",
    "ceil",
    "trunc",
    "fix",
    "round",
    "frac",
    "floor_divide",
    "remainder",
    "fmod",
]


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
        wide = x.astype(numpy.float32) if x.itemsize == 2 else x  # a half times 1000 overflows
        y = numpy.rint(wide * unit) / unit if decimals > 0 else numpy.rint(wide / unit) * unit
        return y.astype(x.dtype, copy=False)

    @staticmethod
    def backward(ctx, dy):
        return namespace(dy).zeros_like(dy), None


class Frac(Rule):
    """y = x - trunc(x)        dx = dy"""

    @staticmethod
    def forward(ctx, x):
        y = numpy.trunc(x)
        return numpy.subtract(x, y, out=y if y.ndim else None)

    @staticmethod
    def backward(ctx, dy):
        return dy


class DivFloor(Rule, name="DivBackward2"):
    """y = floor(a / b)        da = 0,  db = 0

    The operands are saved as torch saves them, though nothing of them is needed: who changes them
    in place is told so.
    """

    @staticmethod
    def forward(ctx, a, b):
        _, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b)
        ctx.shapes = shape_of(a), shape_of(b)
        return ctx.divide(a, b)

    divide = staticmethod(_division.floor_divide)

    @staticmethod
    def backward(ctx, dy):
        ctx._check_saved()
        a, b = ctx.shapes
        zeros = namespace(dy).zeros_like(dy)
        return unbroadcast(zeros, a), unbroadcast(zeros, b)


class DivTrunc(DivFloor, name="DivBackward2"):
    """y = trunc(a / b)        da = 0,  db = 0"""

    @staticmethod
    def divide(a, b):
        if numpy.result_type(a, b).kind == "f":
            return _division.trunc_divide(a, b)
        y = a // b  # a / b would have too few digits for large integers
        below = (a < 0) != (b < 0)
        return y + (below & (y * b != a)) if below.any() else y


class FloorDivide(DivFloor, name="torch::autograd::NotImplemented"):
    """y = floor(a / b)        no gradient"""

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
        ctx.save_for_backward(*((a, b) if needs_db else (None, None)))
        ctx.shapes = shape_of(a), shape_of(b)
        return ctx.what_is_left(a, b)

    what_is_left, mode = staticmethod(_division.remainder), "floor"

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        a_shape, b_shape = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(dy, a_shape) if needs_da else None
        db = unbroadcast(-dy * quotient(a, b, ctx.mode), b_shape) if needs_db else None
        return da, db


class RemainderOfNumber(Remainder, name="torch::autograd::NotImplemented"):
    """y = n - x floor(n / x), with a number n        no gradient, as in torch"""

    @staticmethod
    def backward(ctx, dy):
        raise RuntimeError(
            "derivative for remainder of a number is not implemented: make the number a tensor"
        )


class RemainderNumber(Remainder, name="RemainderBackward0"):
    """y = a - n floor(a / n), with a number n        da = dy"""


class Fmod(Remainder, name="FmodBackward1"):
    """y = a - b trunc(a / b)        da = dy,  db = -dy trunc(a / b)"""

    what_is_left, mode = staticmethod(_division.fmod), "trunc"


class FmodNumber(Fmod, name="FmodBackward0"):
    """y = a - n trunc(a / n), with a number n        da = dy"""


def quotient(a, b, mode: str):
    """The whole number of times that b goes into a, for arrays or tensors."""
    if isinstance(a, Tensor):
        return divide_rounded(a, b, mode)
    return (DivTrunc if mode == "trunc" else DivFloor).divide(a, b)


# ---- functions ----------------------------------------------------------------------------------


@pointwise("floor", cast=False, ufunc=numpy.floor)
def floor(input: Tensor) -> Tensor:
    """y = the largest whole number <= input

    Args:
        input: a tensor of numbers

    Examples:
        >>> torch.floor(torch.tensor([1.7, -1.7]))
        tensor([ 1., -2.])
    """
    return _rounded(Floor, numeric(input))


@pointwise("ceil", cast=False, ufunc=numpy.ceil)
def ceil(input: Tensor) -> Tensor:
    """y = the smallest whole number >= input

    Args:
        input: a tensor of numbers
    """
    return _rounded(Ceil, numeric(input))


@pointwise("trunc", "fix", cast=False, ufunc=numpy.trunc)
def trunc(input: Tensor) -> Tensor:
    """y = the input without its digits behind the point

    Args:
        input: a tensor of numbers
    """
    return _rounded(Trunc, numeric(input))


@pointwise("round", cast=False, ufunc=numpy.rint)
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


@pointwise("frac", cast=False)
def frac(input: Tensor) -> Tensor:
    """y = input - trunc(input): the digits behind the point, with the input's sign.

    Args:
        input: a floating-point tensor

    Examples:
        >>> torch.frac(torch.tensor([1.25, -1.25]))
        tensor([ 0.2500, -0.2500])
    """
    if tensor(input).array.dtype.kind != "f":
        raise NotImplementedError("frac() is not implemented for integers: they have none")
    return Frac.apply(input)


@pointwise("floor_divide", "__floordiv__", "__ifloordiv__")
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


@pointwise("remainder", "__mod__", "__imod__")
def remainder(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = input - other * floor(input / other): what is left over, with the sign of ``other``.

    Args:
        input, other: tensors or numbers

    Examples:
        >>> torch.tensor([7, -7]) % 4
        tensor([3, 1])
    """
    if not isinstance(input, Tensor):
        tensor(other, 2)
    _check_divisor(input, other, "remainder")
    if not isinstance(input, Tensor):
        return combine(RemainderOfNumber, input, other)
    return combine(Remainder if isinstance(other, Tensor) else RemainderNumber, input, other)


@pointwise
def fmod(input: Tensor, other: Tensor | float) -> Tensor:
    """y = input - other * trunc(input / other): what is left over, with the sign of ``input``.

    Args:
        input: a tensor
        other: a tensor or a number

    Examples:
        >>> torch.fmod(torch.tensor([7, -7]), 4)
        tensor([ 3, -3])
    """
    _check_divisor(tensor(input), other, "fmod")
    return combine(Fmod if isinstance(other, Tensor) else FmodNumber, input, other)


fix = trunc


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

tensor_method("__rfloordiv__")(reflected(floor_divide))
tensor_method("__rmod__")(reflected(remainder))
