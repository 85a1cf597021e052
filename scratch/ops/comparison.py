"""``== != < <= > >=``, and questions about elements: what they return is True or False.

Answers have no gradient. Two tensors are compared element by element, broadcast; for one answer
about all of them ask ``equal`` (the very same) or ``allclose`` (nearly).
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy

from .. import dtypes
from .._data import number
from ..autograd import Rule
from ..autograd.variable import wrap
from ..tensor import Tensor, in_place_method, tensor_method
from ._forms import pointwise, with_out
from ._layout import laid_out_as
from ._operands import answer, as_operand, check_broadcast, pair, shape_of, tensor, unbroadcast

__all__ = [
    "eq",
    "ne",
    "not_equal",
    "lt",
    "less",
    "le",
    "less_equal",
    "gt",
    "greater",
    "ge",
    "greater_equal",
    "isnan",
    "isinf",
    "isfinite",
    "isposinf",
    "isneginf",
    "isreal",
    "isin",
    "isclose",
    "allclose",
    "equal",
]


def compare(ufunc: numpy.ufunc, a: Tensor, b: Tensor | float) -> Tensor:
    """A NumPy comparison of the operands, in their common dtype."""
    a, b = pair(a, b)
    values = b.array if isinstance(b, Tensor) else b
    try:
        return laid_out_as((a, b), answer(ufunc(a.array, values)))
    except ValueError:
        check_broadcast(a.array.shape, values.shape)
        raise


@pointwise("eq", "__eq__")
def eq(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input == other. NaN equals nothing, not even itself.

    Args:
        input: a tensor
        other: a tensor or a number

    Examples:
        >>> torch.tensor([1, 2, 3]) == torch.tensor([1.0, 5.0, 3.0])
        tensor([ True, False,  True])
    """
    return compare(numpy.equal, tensor(input), other)


@pointwise("ne", "not_equal", "__ne__")
def ne(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input != other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.not_equal, tensor(input), other)


@pointwise("lt", "less", "__lt__")
def lt(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input < other.

    Args:
        input: a tensor
        other: a tensor or a number

    Examples:
        >>> torch.tensor([[1.0], [2.0]]) < torch.tensor([1.5, 2.5])
        tensor([[ True,  True],
                [False,  True]])
    """
    return compare(numpy.less, tensor(input), other)


@pointwise("le", "less_equal", "__le__")
def le(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input <= other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.less_equal, tensor(input), other)


@pointwise("gt", "greater", "__gt__")
def gt(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input > other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.greater, tensor(input), other)


@pointwise("ge", "greater_equal", "__ge__")
def ge(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input >= other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.greater_equal, tensor(input), other)


# ---- tests of single numbers --------------------------------------------------------------------


@tensor_method
def isnan(input: Tensor) -> Tensor:
    """Where the input is NaN, "not a number": what 0 / 0 gives.

    Args:
        input: a tensor

    Examples:
        >>> torch.isnan(torch.tensor([1.0, 0.0]) / 0)
        tensor([False,  True])
    """
    return answer(numpy.isnan(tensor(input).array))


@tensor_method
def isinf(input: Tensor) -> Tensor:
    """Where the input is infinite.

    Args:
        input: a tensor
    """
    return answer(numpy.isinf(tensor(input).array))


@tensor_method
def isfinite(input: Tensor) -> Tensor:
    """Where the input is neither infinite nor NaN.

    Args:
        input: a tensor
    """
    return answer(numpy.isfinite(tensor(input).array))


@with_out(cast=False)
@tensor_method
def isposinf(input: Tensor) -> Tensor:
    """Where the input is +infinity.

    Args:
        input: a tensor
    """
    return answer(tensor(input).array == numpy.inf)


@with_out(cast=False)
@tensor_method
def isneginf(input: Tensor) -> Tensor:
    """Where the input is -infinity.

    Args:
        input: a tensor
    """
    return answer(tensor(input).array == -numpy.inf)


@tensor_method
def isreal(input: Tensor) -> Tensor:
    """Where the input is no complex number: everywhere.

    Args:
        input: a tensor
    """
    return laid_out_as((input,), answer(numpy.ones(tensor(input).array.shape, bool)))


@with_out(cast=False)
def isin(
    elements: Tensor | float,
    test_elements: Tensor | float,
    *,
    assume_unique: bool = False,
    invert: bool = False,
) -> Tensor:
    """Where an element is one of the test elements.

    Args:
        elements: a tensor of numbers, or a number
        test_elements: likewise, but not two numbers
        assume_unique: whether both are without repetitions, which may be quicker. Default: False
        invert: ask where it is none of them. Default: False

    Examples:
        >>> torch.isin(torch.tensor([1, 2, 3]), torch.tensor([3, 1]))
        tensor([ True, False,  True])
    """
    if not isinstance(elements, Tensor):
        tensor(test_elements, 2)
    kinds = [dtypes.result_type(x, x) for x in (elements, test_elements)]
    if dtypes.bool in kinds:
        raise RuntimeError("isin() is not implemented for bools: convert them to numbers")
    common = dtypes.result_type(elements, test_elements)
    if not isinstance(elements, Tensor):  # a number to be looked for is not cut to fit
        common = dtypes.promote_types(*kinds)
    a, b = (as_operand(x, common) for x in (elements, test_elements))
    a, b = (x.array if isinstance(x, Tensor) else numpy.asarray(x, common.numpy) for x in (a, b))
    return answer(numpy.isin(a, b, assume_unique=assume_unique, invert=invert))


# ---- nearly the same ----------------------------------------------------------------------------


@tensor_method
def isclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> Tensor:
    """Where |input - other| <= atol + rtol * |other|.

    Args:
        input, other: tensors of the same dtype
        rtol: the relative tolerance
        atol: the absolute tolerance, which is what counts near 0
        equal_nan: whether two NaNs are close. Default: False

    Examples:
        >>> torch.isclose(torch.tensor([1.0, 2.0]), torch.tensor([1.000001, 2.1]))
        tensor([ True, False])
    """
    a, b = tensor(input).array, tensor(other, 2).array
    if a.dtype != b.dtype:
        raise RuntimeError(f"{input.dtype} did not match {other.dtype}: convert one of them")
    rtol, atol = number(rtol, "isclose", "rtol"), number(atol, "isclose", "atol")
    for name, tolerance in (("rtol", rtol), ("atol", atol)):
        if not tolerance >= 0:
            raise RuntimeError(f"{name} must be greater than or equal to zero, but got {tolerance}")
    close = compare(numpy.equal, input, other)
    if equal_nan and a.dtype.kind == "f":
        close |= answer(numpy.isnan(a) & numpy.isnan(b))
    if rtol or atol:
        if a.dtype.kind != "f":
            a, b = (x.astype(dtypes.get_default_dtype().numpy) for x in (a, b))
        difference = numpy.abs(a - b)
        near = numpy.isfinite(difference) & (difference <= atol + numpy.abs(rtol * b))
        close |= answer(near)
    return close


@tensor_method
def allclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> bool:
    """Whether ``isclose`` holds for all elements: a Python bool.

    Args:
        input, other: tensors of the same dtype
        rtol: the relative tolerance
        atol: the absolute tolerance
        equal_nan: whether two NaNs are close. Default: False

    Examples:
        >>> torch.allclose(torch.tensor([0.1]) + 0.2, torch.tensor([0.3]))
        True
    """
    return bool(isclose(input, other, rtol, atol, equal_nan).array.all())


@tensor_method
def equal(input: Tensor, other: Tensor) -> bool:
    """Whether two tensors have the same shape and the same elements: a Python bool.

    Args:
        input, other: tensors

    Examples:
        >>> torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2]))
        True
    """
    if tensor(input).array.shape != tensor(other, 2).array.shape:
        return False
    return bool(compare(numpy.equal, input, other).array.all())


# ---- in place -----------------------------------------------------------------------------------


class Compared(Rule):
    """y = 1 where the comparison holds, else 0, in the dtype of a        da = 0,  db = 0"""

    @staticmethod
    def forward(ctx, a, b, compare, kind):
        ctx.shapes, ctx.dtype = (a.shape, shape_of(b)), a.dtype
        return numpy.asarray(compare(a, b)).astype(kind)

    @staticmethod
    def backward(ctx, dy):
        zeros = numpy.zeros(dy.shape, ctx.dtype)
        zeros = wrap(zeros) if isinstance(dy, Tensor) else zeros
        return *(unbroadcast(zeros, shape) for shape in ctx.shapes), None, None


def _in_place(function: Callable, ufunc: numpy.ufunc, *more_names: str) -> None:
    name = function.__name__.capitalize()
    with_number, with_tensor = (
        type(name, (Compared,), {}, name=f"{name}Backward{number}") for number in (0, 1)
    )

    @functools.wraps(function)
    def compared(input: Tensor, other: Tensor | float) -> Tensor:
        a, b = pair(input, other)
        check_broadcast(a.array.shape, b.array.shape if isinstance(b, Tensor) else None)
        rule = with_tensor if isinstance(other, Tensor) else with_number
        return rule.apply(a, b, ufunc, input.array.dtype)

    in_place_method(compared, *more_names)


_in_place(eq, numpy.equal)
_in_place(ne, numpy.not_equal, "not_equal_")
_in_place(lt, numpy.less, "less_")
_in_place(le, numpy.less_equal, "less_equal_")
_in_place(gt, numpy.greater, "greater_")
_in_place(ge, numpy.greater_equal, "greater_equal_")
not_equal, less, less_equal, greater, greater_equal = ne, lt, le, gt, ge
