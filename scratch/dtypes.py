"""The kinds of numbers a tensor can hold, and which kind wins when two meet.

torch sorts its dtypes into three categories, bool < integer < floating. Within a category the wider
one wins; across categories the higher one wins, whatever its width: int64 + float16 is float16.
A Python number or a zero-dimensional tensor only raises the category, never the width:
``float32 tensor * 2.5`` stays float32. NumPy's own rules differ in both points: they are not used.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import numpy

if TYPE_CHECKING:
    from .tensor import Tensor

__all__ = [
    "dtype",
    "float16",
    "half",
    "float32",
    "float",
    "float64",
    "double",
    "uint8",
    "int8",
    "int16",
    "short",
    "int32",
    "int",
    "int64",
    "long",
    "bool",
    "finfo",
    "iinfo",
    "promote_types",
    "result_type",
    "can_cast",
    "get_default_dtype",
    "set_default_dtype",
]

BOOL, INTEGER, FLOATING = range(3)  # the categories, in the order in which they win


class dtype:
    """The type of a tensor's elements, such as ``torch.float32``.

    ``.numpy`` is the NumPy dtype that stores it. There is one object a type, so ``is`` compares.
    """

    def __init__(self, name: str, category: builtins.int, storage: type | None = None) -> None:
        self.name = name
        self.numpy = numpy.dtype(storage or name)
        self.category = category
        self.itemsize = self.numpy.itemsize
        self.is_floating_point = category == FLOATING
        self.is_complex = False
        self.is_signed = self.numpy.kind in "if"
        self.abbr = f"{self.numpy.kind}{8 * self.itemsize}"  # f32, i64, u8, b8

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        return self.name  # pickled by name: unpickling gives back this very object


float16 = half = dtype("float16", FLOATING)
float32 = float = dtype("float32", FLOATING)
float64 = double = dtype("float64", FLOATING)
uint8 = dtype("uint8", INTEGER)
int8 = dtype("int8", INTEGER)
int16 = short = dtype("int16", INTEGER)
int32 = int = dtype("int32", INTEGER)
int64 = long = dtype("int64", INTEGER)
bool = dtype("bool", BOOL)
longdouble = dtype("longdouble", FLOATING, numpy.longdouble)  # the tests' reference; not torch's

_of_numpy = {
    d.numpy: d
    for d in (float16, float32, float64, uint8, int8, int16, int32, int64, bool, longdouble)
}
_default = float32


def from_numpy_dtype(storage: numpy.dtype) -> dtype:
    """The dtype that a NumPy array of this type holds; TypeError where torch has none."""
    try:
        return _of_numpy[storage]
    except KeyError:
        supported = ", ".join(d.name for d in _of_numpy.values() if d is not longdouble)
        raise TypeError(
            f"can't convert a NumPy array of type {storage}. The supported types are: {supported}."
        ) from None


_of_python = {builtins.float: float64, builtins.int: int64, builtins.bool: bool}


def as_dtype(type: dtype | type) -> dtype:
    """The dtype that an argument names: a dtype, or Python's own float, int or bool."""
    if isinstance(type, dtype):
        return type
    if type not in _of_python:
        raise TypeError(f"expected a torch.dtype such as torch.float32, got {type!r}")
    return _of_python[type]


class finfo:
    """Limits of a floating-point dtype: ``finfo(torch.float32).eps``.

    Without an argument, of the default dtype.
    """

    def __init__(self, type: dtype | None = None) -> None:
        type = _default if type is None else as_dtype(type)
        if not type.is_floating_point:
            raise TypeError(f"finfo is for floating-point dtypes, {type} is none: use iinfo")
        info = numpy.finfo(type.numpy)
        self.dtype = type.name
        self.bits = info.bits
        self.eps = builtins.float(info.eps)
        self.max = builtins.float(info.max)
        self.min = builtins.float(info.min)
        self.tiny = self.smallest_normal = builtins.float(info.tiny)
        self.resolution = 10.0**-info.precision

    def __eq__(self, other: object) -> builtins.bool:
        return isinstance(other, finfo) and self.dtype == other.dtype

    def __repr__(self) -> str:
        return (
            f"finfo(resolution={self.resolution:g}, min={self.min:g}, max={self.max:g}, "
            f"eps={self.eps:g}, smallest_normal={self.smallest_normal:g}, tiny={self.tiny:g}, "
            f"dtype={self.dtype})"
        )


class iinfo:
    """Limits of an integer dtype: ``iinfo(torch.uint8).max``."""

    def __init__(self, type: dtype) -> None:
        type = as_dtype(type)
        if type.category != INTEGER:
            raise TypeError(f"iinfo is for integer dtypes, {type} is none: use finfo")
        info = numpy.iinfo(type.numpy)
        self.dtype = type.name
        self.bits = info.bits
        self.max = builtins.int(info.max)
        self.min = builtins.int(info.min)

    def __eq__(self, other: object) -> builtins.bool:
        return isinstance(other, iinfo) and self.dtype == other.dtype

    def __repr__(self) -> str:
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"


def promote_types(type1: dtype, type2: dtype) -> dtype:
    """The smallest dtype that holds both, by torch's table.

    Examples:
        >>> torch.promote_types(torch.int64, torch.float16)
        torch.float16
        >>> torch.promote_types(torch.uint8, torch.int8)
        torch.int16
    """
    type1, type2 = as_dtype(type1), as_dtype(type2)
    if type1.category != type2.category:
        return max(type1, type2, key=lambda t: t.category)
    return _of_numpy[numpy.promote_types(type1.numpy, type2.numpy)]


def result_type(tensor1: Tensor | builtins.float, tensor2: Tensor | builtins.float) -> dtype:
    """The dtype of an arithmetic operation between two tensors or Python numbers.

    Of the operands in the highest category, those with dimensions decide; without any, the
    zero-dimensional tensors do; without those, the Python numbers.

    Examples:
        >>> torch.result_type(torch.ones(3, dtype=torch.float16), 2.5)
        torch.float16
        >>> torch.result_type(torch.ones(3, dtype=torch.int64), 2.5)
        torch.float32
    """
    (type1, rank1), (type2, rank2) = _type_and_rank(tensor1), _type_and_rank(tensor2)
    say1, say2 = (type1.category, rank1), (type2.category, rank2)
    if say1 == say2:
        return promote_types(type1, type2)
    return type1 if say1 > say2 else type2


def _type_and_rank(operand: Tensor | builtins.float) -> tuple[dtype, builtins.int]:
    """An operand's dtype and its rank: 2 with dimensions, 1 without, 0 for a Python number."""
    if isinstance(operand, builtins.bool):
        return bool, 0
    if isinstance(operand, builtins.int | numpy.integer):
        return int64, 0
    if isinstance(operand, builtins.float | numpy.floating | numpy.bool):  # numpy.True_ is 1.0
        return _default, 0
    if hasattr(operand, "array"):
        return operand.dtype, 2 if operand.array.ndim else 1
    if isinstance(operand, complex):
        raise TypeError("complex numbers are not supported")
    raise TypeError(f"expected a Tensor or a number, got {type(operand).__name__}")


def can_cast(from_: dtype, to: dtype) -> builtins.bool:
    """Whether torch lets a result of one dtype be written into a tensor of another.

    It refuses to leave a category downwards: floating to integer, or number to bool.
    """
    return as_dtype(from_).category <= as_dtype(to).category


def get_default_dtype() -> dtype:
    """The dtype of a tensor made from Python floats; ``torch.float32`` unless it was set."""
    return _default


def set_default_dtype(d: dtype) -> None:
    """Sets the dtype of tensors made from Python floats: a floating-point one."""
    global _default
    if not isinstance(d, dtype):
        raise TypeError(f"invalid dtype object: {d!r} is a {type(d).__name__}, not a torch.dtype")
    if not d.is_floating_point:
        raise TypeError(f"only floating-point types are supported as the default type, not {d}")
    _default = d
