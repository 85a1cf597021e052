"""``== != < <= > >=``, and tests of single numbers: what they return is True or False.

Answers have no gradient. Two tensors are compared element by element, broadcast; for one answer
about all of them ask ``equal`` (the very same) or ``allclose`` (nearly).
"""

from __future__ import annotations

import numpy

from ..tensor import Tensor, tensor_method
from ._operands import answer, check_broadcast, operator, pair, tensor

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
    "isclose",
    "allclose",
    "equal",
]


def compare(ufunc: numpy.ufunc, a: Tensor, b: Tensor | float) -> Tensor:
    """A NumPy comparison of the operands, in their common dtype."""
    a, b = pair(a, b)
    b = b.array if isinstance(b, Tensor) else b
    try:
        return answer(ufunc(a.array, b))
    except ValueError:
        check_broadcast(a.array.shape, b.shape)
        raise


@tensor_method
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


@tensor_method("ne", "not_equal")
def ne(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input != other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.not_equal, tensor(input), other)


@tensor_method("lt", "less")
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


@tensor_method("le", "less_equal")
def le(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input <= other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.less_equal, tensor(input), other)


@tensor_method("gt", "greater")
def gt(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input > other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.greater, tensor(input), other)


@tensor_method("ge", "greater_equal")
def ge(input: Tensor, other: Tensor | float) -> Tensor:
    """Where input >= other.

    Args:
        input: a tensor
        other: a tensor or a number
    """
    return compare(numpy.greater_equal, tensor(input), other)


not_equal, less, less_equal, greater, greater_equal = ne, lt, le, gt, ge


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


@tensor_method
def isposinf(input: Tensor) -> Tensor:
    """Where the input is +infinity.

    Args:
        input: a tensor
    """
    return answer(tensor(input).array == numpy.inf)


@tensor_method
def isneginf(input: Tensor) -> Tensor:
    """Where the input is -infinity.

    Args:
        input: a tensor
    """
    return answer(tensor(input).array == -numpy.inf)


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
    for name, tolerance in (("rtol", rtol), ("atol", atol)):
        if tolerance < 0:
            raise RuntimeError(f"{name} must be greater than or equal to zero, but got {tolerance}")
    check_broadcast(a.shape, b.shape)
    close = a == b
    if a.dtype.kind == "f":
        difference = numpy.abs(a - b)
        close = close | (numpy.isfinite(difference) & (difference <= atol + numpy.abs(rtol * b)))
        if equal_nan:
            close = close | (numpy.isnan(a) & numpy.isnan(b))
    elif rtol or atol:
        a, b = a.astype(numpy.float64), b.astype(numpy.float64)
        close = close | (numpy.abs(a - b) <= atol + numpy.abs(rtol * b))
    return answer(close)


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
    a, b = tensor(input).array, tensor(other, 2).array
    return a.shape == b.shape and bool((a == b).all())


# ---- operators ----------------------------------------------------------------------------------

tensor_method("__eq__")(operator(eq))
tensor_method("__ne__")(operator(ne))
tensor_method("__lt__")(operator(lt))
tensor_method("__le__")(operator(le))
tensor_method("__gt__")(operator(gt))
tensor_method("__ge__")(operator(ge))
