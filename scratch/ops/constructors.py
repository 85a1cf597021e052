"""``LongTensor`` and its like: how tensors were made before ``dtype=`` was an argument.

Each is a name for the tensors of one dtype. Called, it makes one; asked by ``isinstance``, it looks
at the dtype. New programs say ``torch.tensor(data, dtype=torch.int64)``.
"""

from __future__ import annotations

from .. import dtypes
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
]


class OfOneDtype(type):
    """What these classes have in common: their instances are tensors of a dtype."""

    dtype: dtypes.dtype

    def __call__(cls, *data: object) -> Tensor:
        """Memory of a size, ``LongTensor(2, 3)``, or a copy of numbers, ``LongTensor([2, 3])``."""
        if len(data) == 1 and isinstance(data[0], Tensor):
            if data[0].dtype is not cls.dtype:
                raise TypeError(
                    f"{cls.__name__}() takes {cls.dtype}, not {data[0].dtype}: use .to()"
                )
            return data[0].detach()
        return wrap(constructed(data, cls.dtype))

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
