"""``LongTensor`` and its like: how tensors were made before ``dtype=`` was an argument.

Each is a name for the tensors of one dtype. Called, it makes one; asked by ``isinstance``, it looks
at the dtype. New programs say ``torch.tensor(data, dtype=torch.int64)``.
"""

from __future__ import annotations

import warnings

from .. import devices, dtypes
from .._data import constructed
from ..autograd.variable import wrap
from ..tensor import Tensor

__all__ = [
    "FloatTensor",
    "DoubleTensor",
    "HalfTensor",
    "IntTensor",
    "LongTensor",
    "ShortTensor",
    "CharTensor",
    "ByteTensor",
    "BoolTensor",
    "set_default_tensor_type",
    "typename",
]


class OfOneDtype(type):
    """What these classes have in common: their instances are tensors of a dtype."""

    dtype: dtypes.dtype
    layout = devices.strided
    is_cuda = False

    def __call__(cls, *data: object, device: devices.device | str | None = None) -> Tensor:
        """Memory of a size, ``LongTensor(2, 3)``, or a copy of numbers, ``LongTensor([2, 3])``."""
        if device is not None and devices.device(device).type != "cpu":
            raise RuntimeError(f"legacy constructor expects device type cpu, but got {device}")
        x = wrap(constructed(data, cls.dtype))
        if len(data) == 1 and isinstance(data[0], Tensor):
            x._version_counter = data[0]._changes
        return x

    def __instancecheck__(cls, x: object) -> bool:
        return isinstance(x, Tensor) and x.dtype is cls.dtype


class FloatTensor(metaclass=OfOneDtype):
    """float32

    Examples:
        >>> torch.FloatTensor([1, 2])
        tensor([1., 2.])
    """

    dtype = dtypes.float32


class DoubleTensor(metaclass=OfOneDtype):
    """float64"""

    dtype = dtypes.float64


class HalfTensor(metaclass=OfOneDtype):
    """float16"""

    dtype = dtypes.float16


class IntTensor(metaclass=OfOneDtype):
    """int32"""

    dtype = dtypes.int32


class LongTensor(metaclass=OfOneDtype):
    """int64

    Examples:
        >>> isinstance(torch.arange(3), torch.LongTensor)
        True
    """

    dtype = dtypes.int64


class ShortTensor(metaclass=OfOneDtype):
    """int16"""

    dtype = dtypes.int16


class CharTensor(metaclass=OfOneDtype):
    """int8"""

    dtype = dtypes.int8


class ByteTensor(metaclass=OfOneDtype):
    """uint8"""

    dtype = dtypes.uint8


class BoolTensor(metaclass=OfOneDtype):
    """bool"""

    dtype = dtypes.bool


_CLASSES = (
    *(FloatTensor, DoubleTensor, HalfTensor, IntTensor, LongTensor, ShortTensor, CharTensor),
    *(ByteTensor, BoolTensor),
)
for _class in _CLASSES:
    _class.__module__ = "torch"  # they print as torch's


_warned = False


def set_default_tensor_type(t: type | str, /) -> None:
    """The old way to say ``set_default_dtype``.

    Args:
        t: one of these classes, or its name, ``"torch.DoubleTensor"``
    """
    global _warned
    if not _warned:
        _warned = True
        warnings.warn(
            "set_default_tensor_type() is deprecated: use set_default_dtype()", stacklevel=2
        )
    if isinstance(t, str):
        module, _, name = t.rpartition(".")
        found = [each for each in _CLASSES if each.__name__ == name and module == "torch"]
        if not found:
            raise ModuleNotFoundError(f"there is no tensor type of the name {t!r}")
        t = found[0]
    if not isinstance(t, OfOneDtype):
        raise TypeError(f"invalid type object: {t!r} is not one of torch.FloatTensor and its kin")
    dtypes.set_default_dtype(t.dtype)


def typename(obj: object, /) -> str:
    """What kind of thing this is: a tensor's is the name of its dtype's class.

    Examples:
        >>> torch.typename(torch.arange(3)), torch.typename(3)
        ('torch.LongTensor', 'int')
    """
    if isinstance(obj, Tensor):
        return obj.type()
    kind = obj if hasattr(obj, "__qualname__") else type(obj)
    module = getattr(kind, "__module__", "builtins")
    return kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"
