"""The kinds of numbers a tensor can hold, and which kind wins when two meet.

torch sorts its dtypes into three categories, bool < integer < floating. Within a category the wider
one wins; across categories the higher one wins, whatever its width: int64 + float16 is float16.
A Python number or a zero-dimensional tensor only raises the category, never the width:
``float32 tensor * 2.5`` stays float32. NumPy's own rules differ in both points: they are not used.
"""

from __future__ import annotations

import builtins
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy

from ._names import Named

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
    "bfloat16",
    "complex32",
    "chalf",
    "complex64",
    "cfloat",
    "complex128",
    "cdouble",
    "uint16",
    "uint32",
    "uint64",
    "qint8",
    "quint8",
    "qint32",
    "finfo",
    "iinfo",
    "promote_types",
    "result_type",
    "can_cast",
    "get_default_dtype",
    "set_default_dtype",
]

# the categories, in the order in which they win
BOOL, INTEGER, FLOATING, COMPLEX, QUANTIZED = range(5)


class dtype(metaclass=Named):
    """The type of a tensor's elements, such as ``torch.float32``.

    ``.numpy`` is the NumPy dtype that stores it. There is one object a type, so ``is`` compares.
    """

    shown = "torch.dtype"

    def __new__(cls, *_: object):
        raise TypeError("cannot create 'torch.dtype' instances: take one, such as torch.float32")

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        return self.name  # pickled by name: unpickling gives back this very object

    def __getattr__(self, name: str):
        if name == "numpy":  # has it not, being one of those at the end of the list below
            kind = {COMPLEX: "complex", QUANTIZED: "quantized"}.get(self.category, self.name)
            raise NotImplementedError(f"{kind} numbers are not supported by scratch: {self}")
        raise AttributeError(f"'torch.dtype' object has no attribute {name!r}")

    def to_complex(self) -> dtype:
        """The dtype of complex numbers whose two parts are of this one."""
        if self.category == COMPLEX:
            return self
        if self.category != FLOATING:
            raise RuntimeError(f"there are no complex numbers with parts of {self}")
        wide = {float64: complex128, float16: complex32}
        return wide.get(self, complex64)

    def to_real(self) -> dtype:
        """The dtype of a complex number's two parts; any other dtype itself."""
        return {complex32: float16, complex64: float32, complex128: float64}.get(self, self)


def _kind(
    name: str,
    category: builtins.int,
    storage: type | None = None,
    itemsize: builtins.int = 0,
) -> dtype:
    """Makes a dtype; one of which only the size is known can be named, but not used."""
    self = object.__new__(dtype)
    self.name, self.category, self.itemsize = name, category, itemsize
    if not itemsize:
        self.numpy = numpy.dtype(storage or name)
        self.itemsize = self.numpy.itemsize
    self.is_floating_point = category == FLOATING
    self.is_complex = category == COMPLEX
    self.is_signed = category != BOOL and not name.startswith(("u", "qu"))
    letter = "bf" if name == "bfloat16" else name[0]
    self.abbr = f"{letter}{8 * self.itemsize}"  # f32, i64, u8, b8
    return self


float16 = half = _kind("float16", FLOATING)
float32 = float = _kind("float32", FLOATING)
float64 = double = _kind("float64", FLOATING)
uint8 = _kind("uint8", INTEGER)
int8 = _kind("int8", INTEGER)
int16 = short = _kind("int16", INTEGER)
int32 = int = _kind("int32", INTEGER)
int64 = long = _kind("int64", INTEGER)
bool = _kind("bool", BOOL)
longdouble = _kind("longdouble", FLOATING, numpy.longdouble)  # the tests' reference; not torch's

# torch has these, and no tensor here can: they can be named, compared and promoted.
bfloat16 = _kind("bfloat16", FLOATING, itemsize=2)
complex32 = chalf = _kind("complex32", COMPLEX, itemsize=4)
complex64 = cfloat = _kind("complex64", COMPLEX, itemsize=8)
complex128 = cdouble = _kind("complex128", COMPLEX, itemsize=16)
uint16 = _kind("uint16", INTEGER, itemsize=2)
uint32 = _kind("uint32", INTEGER, itemsize=4)
uint64 = _kind("uint64", INTEGER, itemsize=8)
qint8 = _kind("qint8", QUANTIZED, itemsize=1)
quint8 = _kind("quint8", QUANTIZED, itemsize=1)
qint32 = _kind("qint32", QUANTIZED, itemsize=4)

_UNSIGNED = {uint16, uint32, uint64}

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
        if storage.kind == "c":
            raise NotImplementedError(
                f"complex numbers are not supported by scratch: {storage}"
            ) from None
        supported = ", ".join(d.name for d in _of_numpy.values() if d is not longdouble)
        raise TypeError(
            f"can't convert a NumPy array of type {storage}. The supported types are: {supported}."
        ) from None


_of_python = {
    builtins.float: float64,
    builtins.int: int64,
    builtins.bool: bool,
    complex: complex128,
}


def as_dtype(type: dtype | type) -> dtype:
    """The dtype that an argument names: a dtype, or Python's own float, int or bool."""
    if isinstance(type, dtype):
        return type
    if type not in _of_python:
        raise TypeError(f"expected a torch.dtype such as torch.float32, got {type!r}")
    return _of_python[type]


_BFLOAT16 = SimpleNamespace(
    bits=16,
    eps=2.0**-7,
    max=2.0**128 - 2.0**120,
    min=2.0**120 - 2.0**128,
    tiny=2.0**-126,
    precision=2,
)


class finfo:
    """Limits of a floating-point dtype: ``finfo(torch.float32).eps``.

    Without an argument, of the default dtype.
    """

    def __init__(self, type: dtype | None = None) -> None:
        type = _default if type is None else as_dtype(type).to_real()
        if not type.is_floating_point:
            raise TypeError(f"finfo is for floating-point dtypes, {type} is none: use iinfo")
        info = _BFLOAT16 if type is bfloat16 else numpy.finfo(type.numpy)
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
        if type.category == QUANTIZED:
            raise NotImplementedError(f"iinfo has no limits of quantized numbers: {type}")
        if type.category != INTEGER:
            raise TypeError(f"iinfo is for integer dtypes, {type} is none: use finfo")
        info = numpy.iinfo(type.name)
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
    if type1 is type2:
        return type1
    low, high = sorted((type1, type2), key=lambda t: t.category)
    if high.category == QUANTIZED:
        raise RuntimeError(f"there is no rule for quantized numbers: {type1} with {type2}")
    if high.category != FLOATING and not _UNSIGNED.isdisjoint((low, high)):
        raise RuntimeError(f"Promotion for uint16, uint32, uint64 is not supported: {low}, {high}")
    if high.category == COMPLEX and low.category >= FLOATING:
        return promote_types(low.to_real(), high.to_real()).to_complex()
    if low.category != high.category:
        return high
    if bfloat16 in (low, high):
        wide = low if high is bfloat16 else high
        return float32 if wide is float16 else wide
    return _of_numpy[numpy.promote_types(low.numpy, high.numpy)]


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
    winner, other = (type1, type2) if say1 > say2 else (type2, type1)
    if winner.is_complex and other.is_floating_point and (rank1 < rank2) == (winner is type1):
        return other.to_complex()  # the number is complex, but the tensor has the width
    return winner


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
        return _default.to_complex(), 0
    raise TypeError(f"expected a Tensor or a number, got {type(operand).__name__}")


def can_cast(from_: dtype, to: dtype) -> builtins.bool:
    """Whether torch lets a result of one dtype be written into a tensor of another.

    It refuses to leave a category downwards: floating to integer, or number to bool.
    """
    source, target = as_dtype(from_).category, as_dtype(to).category
    if QUANTIZED in (source, target):
        return source != COMPLEX and target != BOOL
    return source <= target


def get_default_dtype() -> dtype:
    """The dtype of a tensor made from Python floats; ``torch.float32`` unless it was set."""
    return _default


def set_default_dtype(d: dtype, /) -> None:
    """Sets the dtype of tensors made from Python floats: a floating-point one."""
    global _default
    if not isinstance(d, dtype):
        raise TypeError(f"invalid dtype object: {d!r} is a {type(d).__name__}, not a torch.dtype")
    if not d.is_floating_point:
        raise TypeError(f"only floating-point types are supported as the default type, not {d}")
    _ = d.numpy  # of bfloat16 there are no numbers
    _default = d
