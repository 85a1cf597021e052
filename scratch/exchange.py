"""Memory that is shared with others: with NumPy, and with whatever holds a buffer of bytes.

Nothing is copied where it need not be: to change the tensor is to change the other, and back.
"""

from __future__ import annotations

import warnings

import numpy

from . import dtypes
from ._arguments import check_device
from ._data import as_array, shared, supported
from .autograd.variable import wrap
from .creation import from_numpy
from .ops._making import Device, check_options, made
from .tensor import Tensor, tensor_method

__all__ = ["asarray", "frombuffer"]


def asarray(
    obj: object,
    *,
    dtype: dtypes.dtype | None = None,
    device: Device = None,
    copy: bool | None = None,
    requires_grad: bool | None = None,
) -> Tensor:
    """A tensor of anything, which shares its memory if it can.

    Args:
        obj: a tensor, an array, an object with ``__dlpack__``, one with a buffer of bytes, a number
            or nested lists of them
        dtype: Default: that of the object; of a buffer, the default dtype
        device: the CPU
        copy: True to copy in any case, False to refuse where a copy is needed. Default: as needed
        requires_grad: Default: as the object

    Examples:
        >>> import numpy
        >>> array = numpy.zeros(2)
        >>> x = torch.asarray(array)
        >>> array[0] = 1
        >>> x
        tensor([1., 0.], dtype=torch.float64)
    """
    check_device(device)
    if isinstance(obj, Tensor):
        return _of_tensor(obj, dtype, copy, requires_grad)
    if isinstance(obj, numpy.ndarray):
        x = from_numpy(obj)
    elif isinstance(obj, numpy.generic):
        x = made(as_array(obj))
        copy = None if copy else copy
    elif hasattr(obj, "__dlpack__"):
        x = made(supported(numpy.from_dlpack(obj)))
    elif (buffer := _buffer(obj)) is not None:
        return frombuffer(
            buffer if copy is not True else bytearray(buffer),
            dtype=dtype or dtypes.get_default_dtype(),
            requires_grad=bool(requires_grad),
        )
    else:
        if copy is False:
            raise ValueError("can't alias arbitrary sequence into a tensor: leave copy=False out")
        return made(as_array(obj, dtype), bool(requires_grad))
    return _of_tensor(x, dtype, copy, requires_grad)


def _of_tensor(
    x: Tensor, dtype: dtypes.dtype | None, copy: bool | None, requires_grad: bool | None
) -> Tensor:
    kind = x.dtype if dtype is None else dtypes.as_dtype(dtype)
    if copy is False and kind is not x.dtype:
        raise ValueError(f"can't alias tensor with dtype {x.dtype} into dtype {kind}")
    if requires_grad is None and x.requires_grad:
        warnings.warn(
            "asarray: the result requires a gradient as the tensor does. Pass requires_grad=False "
            "for one that does not",
            stacklevel=3,
        )
    y = x.to(kind, copy=bool(copy))
    if requires_grad is None:
        return y
    if not requires_grad:
        return y.requires_grad_(False) if y.is_leaf else y.detach()
    return y if y.requires_grad else y.requires_grad_()


def _buffer(obj: object) -> memoryview | None:
    if isinstance(obj, str):
        return None
    try:
        return memoryview(obj)
    except TypeError:
        return None


def frombuffer(
    buffer: object,
    *,
    dtype: dtypes.dtype,
    count: int = -1,
    offset: int = 0,
    requires_grad: bool = False,
) -> Tensor:
    """The bytes of a buffer, read as numbers of a dtype. The memory is shared.

    Args:
        buffer: what holds bytes: a ``bytearray``, an ``array.array``, a NumPy array
        dtype: what the bytes mean
        count: how many numbers. Default: as many as there are
        offset: how many bytes to skip first. Default: 0
        requires_grad: whether autograd should record operations on the tensor. Default: False

    Examples:
        >>> torch.frombuffer(bytearray([1, 0, 2, 0]), dtype=torch.int16)
        tensor([1, 2], dtype=torch.int16)
    """
    kind = dtypes.as_dtype(dtype)
    check_options("frombuffer", None, None, False, requires_grad)
    view = _buffer(buffer)
    if view is None:
        raise ValueError("object does not implement Python buffer protocol.")
    length, size = view.nbytes, kind.itemsize
    if not length or not count:
        raise ValueError(f"both buffer length ({length}) and count ({count}) must not be 0")
    if not 0 <= offset < length:
        raise ValueError(
            f"offset ({offset} bytes) must be non-negative and no greater than buffer length "
            f"({length} bytes) minus 1"
        )
    if count < 0 and (length - offset) % size:
        raise ValueError(
            f"buffer length ({length - offset} bytes) after offset ({offset} bytes) must be a "
            f"multiple of element size ({size})"
        )
    if count > 0 and offset + count * size > length:
        raise ValueError(
            f"requested buffer length ({count} * {size} bytes) after offset ({offset} bytes) must "
            f"not be greater than actual buffer length ({length} bytes)"
        )
    if view.readonly:
        warnings.warn(
            "The given buffer is not writable, so in-place operations on this tensor will fail. "
            "Give frombuffer a bytearray(...) of it to change its values.",
            stacklevel=2,
        )
    array = numpy.frombuffer(view, kind.numpy, max(count, -1), offset)
    return made(shared(array), requires_grad)


# ---- what NumPy asks of a tensor ----------------------------------------------------------------


@tensor_method
def __array__(self: Tensor, dtype=None, copy: bool | None = None) -> numpy.ndarray:
    return numpy.array(self.numpy(), dtype=dtype, copy=copy)


@tensor_method
def __array_wrap__(
    self: Tensor, array: numpy.ndarray, context=None, return_scalar: bool = False
) -> Tensor:
    """Makes ``numpy.exp(x)`` and its like a tensor; bools become numbers, as in torch."""
    return wrap(array.astype(numpy.uint8) if array.dtype == bool else numpy.asarray(array))


@property
def __cuda_array_interface__(self: Tensor):
    raise AttributeError(
        f"Can't get __cuda_array_interface__ on non-CUDA tensor type: {self.type()} is on the CPU"
    )


Tensor.__cuda_array_interface__ = __cuda_array_interface__
