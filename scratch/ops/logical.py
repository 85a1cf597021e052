"""Answers combined: and, or, not, xor, ``& | ^ ~``; bits shifted, ``<< >>``; all and any.

The ``logical_`` functions take a number for True where it is not 0. The ``bitwise_`` ones work on
every bit of an integer; on bools both do the same.
"""

from __future__ import annotations

import numpy

from .. import dtypes
from ..tensor import Tensor, tensor_method
from ._forms import pointwise, with_out
from ._layout import laid_out_as
from ._operands import answer, check_broadcast, pair, reflected, tensor
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
    "bitwise_left_shift",
    "bitwise_right_shift",
    "all",
    "any",
]


@pointwise
def logical_and(input: Tensor, other: Tensor) -> Tensor:
    """Where input and other are both True.

    Args:
        input, other: tensors; what is not 0 counts as True

    Examples:
        >>> torch.logical_and(torch.tensor([0, 1, 2]), torch.tensor([True, True, False]))
        tensor([False,  True, False])
    """
    return _logical(numpy.logical_and, tensor(input), tensor(other, 2))


@pointwise
def logical_or(input: Tensor, other: Tensor) -> Tensor:
    """Where input or other is True, or both.

    Args:
        input, other: tensors; what is not 0 counts as True
    """
    return _logical(numpy.logical_or, tensor(input), tensor(other, 2))


@pointwise
def logical_xor(input: Tensor, other: Tensor) -> Tensor:
    """Where input or other is True, but not both.

    Args:
        input, other: tensors; what is not 0 counts as True
    """
    return _logical(numpy.logical_xor, tensor(input), tensor(other, 2))


@pointwise
def logical_not(input: Tensor) -> Tensor:
    """Where the input is not True.

    Args:
        input: a tensor; what is not 0 counts as True
    """
    return answer(numpy.logical_not(_truth(tensor(input).array)))


@pointwise("bitwise_and", "__and__", "__iand__")
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


@pointwise("bitwise_or", "__or__", "__ior__")
def bitwise_or(input: Tensor | int, other: Tensor | int) -> Tensor:
    """The bits that are set in input or in other, or in both.

    Args:
        input, other: tensors of integers or bools, or numbers
    """
    return _bitwise(numpy.bitwise_or, input, other)


@pointwise("bitwise_xor", "__xor__", "__ixor__")
def bitwise_xor(input: Tensor | int, other: Tensor | int) -> Tensor:
    """The bits that are set in input or in other, but not in both.

    Args:
        input, other: tensors of integers or bools, or numbers
    """
    return _bitwise(numpy.bitwise_xor, input, other)


@pointwise("bitwise_not", cast=False)
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


@pointwise("bitwise_left_shift", "__lshift__", "__ilshift__")
def bitwise_left_shift(input: Tensor | int, other: Tensor | int) -> Tensor:
    """y = input * 2^other: the bits moved to the left; those that leave the dtype are lost.

    Args:
        input: a tensor of integers, or a number
        other: how far, likewise; what is negative or too far gives 0

    Examples:
        >>> torch.tensor([1, 2, 3]) << 2
        tensor([ 4,  8, 12])
    """
    return _shifted(numpy.left_shift, input, other)


@pointwise("bitwise_right_shift", "__rshift__", "__irshift__")
def bitwise_right_shift(input: Tensor | int, other: Tensor | int) -> Tensor:
    """y = floor(input / 2^other): the bits moved to the right.

    Args:
        input: a tensor of integers, or a number
        other: how far, likewise; what is negative or too far gives 0, or -1 of a negative input

    Examples:
        >>> torch.tensor([5, -5]) >> 1
        tensor([ 2, -3])
    """
    return _shifted(numpy.right_shift, input, other)


@with_out(cast=False)
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


@with_out(cast=False)
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
    return laid_out_as((a, b), answer(ufunc(_truth(a.array), _truth(b.array))))


def _truth(x: numpy.ndarray) -> numpy.ndarray:
    return x if x.dtype.kind == "b" else x != 0


def _bitwise(ufunc: numpy.ufunc, a: Tensor | int, b: Tensor | int) -> Tensor:
    if not isinstance(a, Tensor) and not isinstance(b, Tensor):
        raise TypeError(f"{ufunc.__name__}() of two numbers: one of them must be Tensor")
    a, b = pair(a, b)
    check_broadcast(*(x.array.shape for x in (a, b) if isinstance(x, Tensor)))
    for x in (a, b):
        if not isinstance(x, Tensor) or x.array.dtype.kind == "f":
            raise _no_bits(ufunc.__name__, x)
    return laid_out_as((a, b), answer(ufunc(a.array, b.array)))


def _shifted(ufunc: numpy.ufunc, a: Tensor | int, b: Tensor | int) -> Tensor:
    if dtypes.result_type(a, b) is dtypes.bool:
        raise NotImplementedError("bools cannot be shifted: convert them to integers")
    return _bitwise(ufunc, a, b)


def _no_bits(name: str, x: Tensor | float) -> NotImplementedError:
    return NotImplementedError(
        f'"{name}" not implemented for floating-point numbers: compare first, as in (x > 0)'
    )


def _reduced(ufunc: numpy.ufunc, input: Tensor, dim: Dims, keepdim: bool) -> Tensor:
    x = input.array
    y = ufunc.reduce(x, reduced_dims(dim, x.ndim), keepdims=keepdim)
    y = numpy.asarray(y, order="C")  # row by row, however x lies in memory
    return answer(y.astype(x.dtype) if x.dtype == numpy.uint8 else y)  # as torch did before bools


def _inverted(self: Tensor) -> Tensor:
    if self.array.dtype.kind == "f":
        raise TypeError(
            "~ (operator.invert) is only implemented on integer and Boolean-type tensors"
        )
    return bitwise_not(self)


# ---- operators ----------------------------------------------------------------------------------

tensor_method("__rand__")(reflected(bitwise_and))
tensor_method("__ror__")(reflected(bitwise_or))
tensor_method("__rxor__")(reflected(bitwise_xor))
tensor_method("__rlshift__")(reflected(bitwise_left_shift))
tensor_method("__rrshift__")(reflected(bitwise_right_shift))
tensor_method("__invert__")(_inverted)
