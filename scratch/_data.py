"""From Python's numbers, nested lists and NumPy's arrays to the array that a tensor holds."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Set

import numpy

from . import dtypes
from ._arguments import as_sizes
from ._memory import copied

_PLAIN = {float, int, bool}


def as_array(data: object, dtype: dtypes.dtype | None = None) -> numpy.ndarray:
    """A new array that holds a copy of the data.

    Args:
        data: a number, nested sequences of numbers, an array, a tensor
        dtype: Default: what torch makes of the data
    """
    if isinstance(data, (list, tuple)) and data and all(map(_has_rows, data)):
        data = _stacked(data)
    if hasattr(data, "array"):
        array = data.array
    elif isinstance(data, (numpy.ndarray, numpy.generic)):
        array = supported(numpy.asarray(data))
    else:
        return _from_sequences(data, dtype)
    return cast(array, array.dtype if dtype is None else dtypes.as_dtype(dtype).numpy)


def supported(array: numpy.ndarray) -> numpy.ndarray:
    """The array itself, if a tensor can share its memory."""
    if not array.dtype.isnative:
        raise ValueError(
            "given numpy array has byte order different from the native byte order. Conversion "
            "between byte orders is currently not supported."
        )
    dtypes.from_numpy_dtype(array.dtype)
    if any(step < 0 for step in array.strides):
        raise ValueError(
            "At least one stride in the given numpy array is negative, and tensors with negative "
            "strides are not currently supported. Make a copy of the array with array.copy()."
        )
    return numpy.asarray(array)


def shared(array: numpy.ndarray) -> numpy.ndarray:
    """The same memory as a new array, at which a tensor's storage begins.

    It is no view of the given one, as far as ``.base`` tells, so that the storage of a tensor made
    of a part of an array is that part.
    """
    return numpy.asarray(memoryview(array))


def cast(array: numpy.ndarray, kind: numpy.dtype) -> numpy.ndarray:
    """A copy in another dtype (or the same one), laid out in memory as the original."""
    if kind == numpy.float16 and array.dtype == numpy.float64:
        array = copied(array, numpy.dtype(numpy.float32))  # torch rounds twice
    return copied(array, kind)


def contiguous(array: numpy.ndarray) -> numpy.ndarray:
    """The array itself if it lies row by row in memory, else a copy that does."""
    return array if array.flags.c_contiguous else array.copy()


def number(x: object, function: str, name: str) -> float:
    """A Python number, also from a 0-d tensor or a NumPy scalar."""
    if type(x) in _PLAIN:
        return x
    if getattr(x, "ndim", None) == 0:
        return number(x.item(), function, name)
    if isinstance(x, (float, int)):
        return x
    if isinstance(x, complex):
        raise NotImplementedError(
            f"{function}(): complex numbers are not supported by scratch, and {name} is {x}"
        )
    raise TypeError(f"{function}(): argument '{name}' must be Number, not {type(x).__name__}")


def scalar(value: float, kind: numpy.dtype) -> numpy.ndarray:
    """A number as a 0-d array; RuntimeError where the dtype has no room for it."""
    if type(value) is int and not -(2**63) <= value < 2**63:
        raise RuntimeError(f"value cannot be converted to type {kind} without overflow: {value}")
    if kind.kind == "f" and numpy.finfo(kind).max < abs(value) < numpy.inf:
        raise RuntimeError(f"value cannot be converted to type {kind} without overflow: {value}")
    return converted(value, kind)


def converted(numbers: list | float, kind: numpy.dtype) -> numpy.ndarray:
    """A flat list of Python numbers, or one of them, as an array."""
    if kind.kind in "fb":
        wide = numpy.array(numbers, numpy.float64)
        return wide if kind == numpy.float64 else cast(wide, kind)
    wide = numpy.array(numbers)
    if wide.dtype != numpy.int64 and (wide.dtype.kind != "f" or not wide.size):
        try:
            wide = numpy.array(numbers, numpy.int64)
        except OverflowError:
            raise ValueError("Overflow when unpacking long long: int64 has 63 bits") from None
    limits = numpy.iinfo(kind)
    # torch lets a negative integer wrap round once in an unsigned dtype, but no negative float
    low = limits.min or (-limits.max if wide.dtype.kind == "i" else 0)
    if not ((wide >= low) & (wide <= limits.max)).all():
        raise RuntimeError(f"value cannot be converted to type {kind} without overflow: {numbers}")
    return wide.astype(numpy.int64).astype(kind)


def constructed(data: tuple, dtype: dtypes.dtype) -> numpy.ndarray:
    """What ``Tensor(2, 3)`` and ``Tensor([2, 3])`` hold: memory of that size; those numbers.

    A tensor or a storage of the dtype is not copied.
    """
    if len(data) == 1 and type(data[0]).__name__ != "Size":
        (given,) = data
        if hasattr(given, "array") or hasattr(given, "elements"):
            return _taken_over(given, dtype)
        if isinstance(given, (float, bool, type(None), numpy.floating, Mapping, Set)):
            raise TypeError(f"new(): data must be a sequence (got {type(given).__name__})")
        if not hasattr(given, "__index__") or getattr(given, "ndim", 0):
            return as_array(given, dtype)
    sizes = as_sizes(data or (0,), "new")
    if sizes and min(sizes) < 0:
        raise RuntimeError(f"Trying to create tensor with negative dimension: {list(sizes)}")
    return numpy.empty(sizes, dtype.numpy)


def _taken_over(given: object, dtype: dtypes.dtype) -> numpy.ndarray:
    if hasattr(given, "elements"):  # a storage
        return given.elements(dtype)
    if given.dtype is not dtype:
        raise TypeError(f"this makes tensors of {dtype}, not {given.dtype}: use .to()")
    return given.array


# ---- nested sequences -----------------------------------------------------------------------


def _from_sequences(data: object, dtype: dtypes.dtype | None) -> numpy.ndarray:
    shape, numbers = _flattened(data)
    kinds = set(map(type, numbers))
    if dtype is None:
        dtype = _dtype_of_kinds(kinds) or _dtype_of_all(numbers)
    if not kinds <= _PLAIN:
        numbers = [x if type(x) in _PLAIN else _only_element(x) for x in numbers]
    return converted(numbers, dtypes.as_dtype(dtype).numpy).reshape(shape)


def _flattened(data: object) -> tuple[list[int], list]:
    """The shape of nested sequences, and what the innermost ones hold."""
    shape: list[int] = []
    level: list = [data]
    while level and _is_sequence(level[0]):
        if len(shape) == 64:
            raise ValueError("too many dimensions: a tensor has at most 64")
        length = len(level[0])
        for row in level:
            if not _is_sequence(row):
                raise TypeError(f"not a sequence: {row!r} stands beside sequences")
            if len(row) != length:
                raise ValueError(
                    f"expected sequence of length {length} at dim {len(shape)} (got {len(row)})"
                )
        shape.append(length)
        level = [x for row in level for x in row]
    for x in level if not set(map(type, level)) <= _PLAIN else ():
        if _is_sequence(x):
            raise TypeError(f"{type(x).__name__!r} object {x!r} stands beside numbers")
        if isinstance(x, str) and shape and x:
            raise ValueError(f"too many dimensions 'str': {x!r} is not a number")
    return shape, level


def _is_sequence(x: object) -> bool:
    if isinstance(x, numpy.ndarray):
        return x.ndim > 0
    if hasattr(x, "array") or isinstance(x, (str, bytes, Mapping, Set)):
        return False
    return hasattr(x, "__len__") and hasattr(x, "__getitem__")


def _has_rows(x: object) -> bool:
    return isinstance(x, numpy.ndarray) and x.ndim > 0


def _stacked(rows: list | tuple) -> numpy.ndarray:
    """Arrays of one shape as one array."""
    kinds = (dtypes.from_numpy_dtype(row.dtype) for row in rows)
    common = functools.reduce(dtypes.promote_types, kinds).numpy
    return numpy.stack(rows, dtype=common, casting="unsafe")


def _dtype_of_kinds(kinds: set[type]) -> dtypes.dtype | None:
    """The dtype of a list that has only Python's own numbers."""
    if not kinds <= _PLAIN:
        return None
    if not kinds or float in kinds:
        return dtypes.get_default_dtype()
    return dtypes.int64 if int in kinds else dtypes.bool


def _dtype_of_all(numbers: list) -> dtypes.dtype:
    return functools.reduce(dtypes.promote_types, map(_dtype_of, numbers))


def _dtype_of(x: object) -> dtypes.dtype:
    if hasattr(x, "array"):
        return x.dtype
    if isinstance(x, (numpy.ndarray, numpy.generic)):
        return dtypes.from_numpy_dtype(x.dtype)
    if isinstance(x, (float, int)):  # and what inherits from them, such as enum.IntEnum
        kind = bool if isinstance(x, bool) else int if isinstance(x, int) else float
        return _dtype_of_kinds({kind})
    if isinstance(x, complex):
        raise NotImplementedError(f"complex numbers are not supported by scratch: {x}")
    if isinstance(x, (str, bytes)):
        raise TypeError(f"new(): invalid data type '{type(x).__name__}': {x!r} is not a number")
    raise RuntimeError(f"Could not infer dtype of {type(x).__name__}")


def _only_element(x: object) -> float:
    """The Python number in a tensor, a NumPy scalar, or a number of some other type."""
    array = getattr(x, "array", x)
    if isinstance(array, numpy.ndarray) and array.size != 1:
        raise ValueError(
            f"only one element tensors can be converted to Python scalars, and the list has one of "
            f"shape {list(array.shape)}: join such tensors by torch.stack or torch.cat"
        )
    if isinstance(array, (numpy.ndarray, numpy.generic)):
        return array.item()
    if isinstance(x, (float, int)):
        return x
    raise TypeError(f"must be real number, not {type(x).__name__}")
