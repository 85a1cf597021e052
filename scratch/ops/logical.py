"""Answers combined: and, or, not, xor, ``& | ^ ~``, and whether all or any are True.

The ``logical_`` functions take a number for True where it is not 0. The ``bitwise_`` ones work on
every bit of an integer; on bools both do the same.
"""

from __future__ import annotations

import numpy

from ..tensor import Tensor, in_place_method, tensor_method
from ._operands import answer, check_broadcast, operator, pair, reflected, tensor
from ._reducing import Dims, numpy_names, reduced_dims

__all__ = [
    "logical_and",
    "logical_or",
    "logical_xor",
    "logical_not",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "bitwise_not",
    "all",
    "any",
]


@tensor_method
def logical_and(input: Tensor, other: Tensor) -> Tensor:
    """Where input and other are both True.

    Args:
        input, other: tensors; what is not 0 counts as True

    Examples:
        >>> torch.logical_and(torch.tensor([0, 1, 2]), torch.tensor([True, True, False]))
        tensor([False,  True, False])
    """
    return _logical(numpy.logical_and, tensor(input), tensor(other, 2))


@tensor_method
def logical_or(input: Tensor, other: Tensor) -> Tensor:
    """Where input or other is True, or both.

    Args:
        input, other: tensors; what is not 0 counts as True
    """
    return _logical(numpy.logical_or, tensor(input), tensor(other, 2))


@tensor_method
def logical_xor(input: Tensor, other: Tensor) -> Tensor:
    """Where input or other is True, but not both.

    Args:
        input, other: tensors; what is not 0 counts as True
    """
    return _logical(numpy.logical_xor, tensor(input), tensor(other, 2))


@tensor_method
def logical_not(input: Tensor) -> Tensor:
    """Where the input is not True.

    Args:
        input: a tensor; what is not 0 counts as True
    """
    return answer(numpy.logical_not(tensor(input).array))


@tensor_method
def bitwise_and(input: Tensor | int, other: Tensor | int) -> Tensor:
    """The bits that are set in input and in other.

    Args:
        input, other: tensors of integers or bools, or numbers

    Examples:
        >>> x = torch.tensor([1.0, 2.0, 3.0])
        >>> (x > 1) & (x < 3)
        tensor([False,  True, False])
        >>> torch.tensor([5, 6]) & 3
        tensor([1, 2])
    """
    return _bitwise(numpy.bitwise_and, input, other)


@tensor_method
def bitwise_or(input: Tensor | int, other: Tensor | int) -> Tensor:
    """The bits that are set in input or in other, or in both.

    Args:
        input, other: tensors of integers or bools, or numbers
    """
    return _bitwise(numpy.bitwise_or, input, other)


@tensor_method
def bitwise_xor(input: Tensor | int, other: Tensor | int) -> Tensor:
    """The bits that are set in input or in other, but not in both.

    Args:
        input, other: tensors of integers or bools, or numbers
    """
    return _bitwise(numpy.bitwise_xor, input, other)


@tensor_method
def bitwise_not(input: Tensor) -> Tensor:
    """The bits that are not set; for bools, not.

    Args:
        input: a tensor of integers or bools

    Examples:
        >>> ~torch.tensor([True, False])
        tensor([False,  True])
    """
    if tensor(input).array.dtype.kind == "f":
        raise _no_bits("bitwise_not", input)
    return answer(numpy.bitwise_not(input.array))


@tensor_method
@numpy_names
def all(input: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Whether all elements are True, or all along some dimensions.

    Args:
        input: a tensor; what is not 0 counts as True
        dim: the dimension or dimensions to reduce. Default: None, all
        keepdim: keep them, with size 1. Default: False

    Examples:
        >>> torch.tensor([[True, False], [True, True]]).all(dim=1)
        tensor([False,  True])
    """
    return _reduced(numpy.logical_and, tensor(input), dim, keepdim)


@tensor_method
@numpy_names
def any(input: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Whether any element is True, or any along some dimensions.

    Args:
        input: a tensor; what is not 0 counts as True
        dim: the dimension or dimensions to reduce. Default: None, all
        keepdim: keep them, with size 1. Default: False

    Examples:
        >>> (torch.tensor([1.0, -1.0]) < 0).any()
        tensor(True)
    """
    return _reduced(numpy.logical_or, tensor(input), dim, keepdim)


def _logical(ufunc: numpy.ufunc, a: Tensor, b: Tensor) -> Tensor:
    check_broadcast(a.array.shape, b.array.shape)
    return answer(ufunc(a.array, b.array))


def _bitwise(ufunc: numpy.ufunc, a: Tensor | int, b: Tensor | int) -> Tensor:
    a, b = pair(a, b)
    for x in (a, b):
        if not isinstance(x, Tensor) or x.array.dtype.kind == "f":
            raise _no_bits(ufunc.__name__, x)
    check_broadcast(a.array.shape, b.array.shape)
    return answer(ufunc(a.array, b.array))


def _no_bits(name: str, x: Tensor | float) -> NotImplementedError:
    return NotImplementedError(
        f'"{name}" not implemented for floating-point numbers: compare first, as in (x > 0)'
    )


def _reduced(ufunc: numpy.ufunc, input: Tensor, dim: Dims, keepdim: bool) -> Tensor:
    x = input.array
    y = ufunc.reduce(x, reduced_dims(dim, x.ndim), keepdims=keepdim)
    return answer(y.astype(x.dtype) if x.dtype == numpy.uint8 else y)  # as torch did before bools


def _inverted(self: Tensor) -> Tensor:
    if self.array.dtype.kind == "f":
        raise TypeError(
            "~ (operator.invert) is only implemented on integer and Boolean-type tensors"
        )
    return bitwise_not(self)


# ---- operators ----------------------------------------------------------------------------------

tensor_method("__and__")(operator(bitwise_and))
tensor_method("__rand__")(reflected(bitwise_and))
tensor_method("__or__")(operator(bitwise_or))
tensor_method("__ror__")(reflected(bitwise_or))
tensor_method("__xor__")(operator(bitwise_xor))
tensor_method("__rxor__")(reflected(bitwise_xor))
tensor_method("__invert__")(_inverted)

in_place_method(bitwise_and, "__iand__")
in_place_method(bitwise_or, "__ior__")
in_place_method(bitwise_xor, "__ixor__")
in_place_method(bitwise_not)
for _function in (logical_and, logical_or, logical_xor, logical_not):
    in_place_method(_function)
