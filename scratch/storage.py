"""Memory: what a tensor, its views and its detached self have in common.

A *storage* is one stretch of memory. A tensor is a way to walk through it: a shape, a stride for
each dimension, and the offset of its first element. Views are other walks through the same storage,
and so copying and pickling have to copy the storage once, and all walks through it anew.
"""

from __future__ import annotations

import copy
import warnings
import weakref
from collections.abc import Iterator

import numpy

from . import devices, dtypes
from ._arguments import as_sizes
from ._memory import described
from .autograd.variable import Variable
from .ops._strides import memory, walk
from .tensor import Tensor, tensor_method

__all__ = ["UntypedStorage", "TypedStorage", "is_storage"]

_known: weakref.WeakValueDictionary = weakref.WeakValueDictionary()  # by address and size


def _bytes(array: numpy.ndarray) -> numpy.ndarray:
    """The memory of an array from its first byte to its last, gaps included."""
    steps = ((n - 1) * step for n, step in zip(array.shape, array.strides, strict=True))
    nbytes = array.itemsize + sum(steps) if array.size else 0
    return described(array, shape=(nbytes,), strides=None, typestr="|u1")


class UntypedStorage:
    """A stretch of memory, byte by byte.

    Args:
        data: how many bytes, or their values

    Examples:
        >>> x = torch.tensor([1, 2], dtype=torch.int16)
        >>> x.untyped_storage().tolist()
        [1, 0, 2, 0]
        >>> x[1:].untyped_storage() is x.untyped_storage()
        True
    """

    is_cuda = False

    def __new__(cls, data: int | list = 0) -> UntypedStorage:
        if isinstance(data, int):
            return cls._over(numpy.empty(data, numpy.uint8))
        return cls._over(numpy.array(data, numpy.uint8))

    @classmethod
    def _over(cls, array: numpy.ndarray) -> UntypedStorage:
        """The storage of an array: one object for all views of one memory."""
        owner = memory(array)
        key = owner.ctypes.data, owner.nbytes, owner.flags.writeable
        self = _known.get(key)
        if self is None or not owner.nbytes:
            self = object.__new__(cls)
            whole = owner.dtype == numpy.uint8 and owner.ndim == 1 and owner.flags.c_contiguous
            self.bytes = owner if whole else _bytes(owner)
            _known[key] = self
        return self

    def elements(self, dtype: dtypes.dtype) -> numpy.ndarray:
        """The memory as numbers of a dtype; bytes that do not fill another one are left out."""
        size = dtype.itemsize
        return self.bytes[: len(self.bytes) // size * size].view(dtype.numpy)

    def nbytes(self) -> int:
        """How many bytes."""
        return len(self.bytes)

    size = __len__ = nbytes

    def __getitem__(self, index: int | slice) -> int | UntypedStorage:
        if isinstance(index, slice):
            part = self.bytes[index]
            result = object.__new__(UntypedStorage)
            result.bytes = part
            return result
        return int(self.bytes[_index(index, len(self))])

    def __setitem__(self, index: int | slice, value: int) -> None:
        self.bytes[index if isinstance(index, slice) else _index(index, len(self))] = value

    def __iter__(self) -> Iterator[int]:
        return iter(self.tolist())

    def __repr__(self) -> str:
        lines = "".join(f" {byte}\n" for byte in self.tolist())
        return f"{lines}[torch.storage.UntypedStorage(device=cpu) of size {len(self)}]"

    def __reduce__(self) -> tuple:
        return UntypedStorage._over, (self.bytes,)

    def __deepcopy__(self, memo: dict) -> UntypedStorage:
        if id(self) not in memo:
            memo[id(self)] = self.clone()
        return memo[id(self)]

    @property
    def device(self) -> devices.device:
        """Where the bytes are."""
        return devices.cpu

    def element_size(self) -> int:
        """Bytes an element: one."""
        return 1

    def data_ptr(self) -> int:
        """The address of the first byte."""
        return self.bytes.ctypes.data

    def tolist(self) -> list[int]:
        """The bytes as numbers from 0 to 255."""
        return self.bytes.tolist()

    def fill_(self, value: int) -> UntypedStorage:
        """Overwrites every byte."""
        self.bytes[...] = value
        return self

    def clone(self) -> UntypedStorage:
        """A copy."""
        return UntypedStorage._over(self.bytes.copy())

    def is_shared(self) -> bool:
        """Whether other processes see this memory: never."""
        return False


class TypedStorage:
    """A storage seen as numbers of one dtype: what ``x.storage()`` gives older programs.

    Examples:
        >>> len(torch.ones(2, 3)[0].untyped_storage())
        24
    """

    is_cuda = False

    def __init__(
        self,
        *data: int | list,
        wrap_storage: UntypedStorage | None = None,
        dtype: dtypes.dtype | None = None,
    ):
        self.dtype = dtypes.get_default_dtype() if dtype is None else dtype
        if wrap_storage is None:
            (given,) = data or (0,)
            kind = self.dtype.numpy
            array = numpy.empty(given, kind) if isinstance(given, int) else numpy.array(given, kind)
            wrap_storage = UntypedStorage._over(array)
        self._untyped = wrap_storage
        self._numbers = wrap_storage.elements(self.dtype)

    def elements(self, dtype: dtypes.dtype) -> numpy.ndarray:
        """The numbers; RuntimeError unless they are of this dtype."""
        if dtype is not self.dtype:
            raise RuntimeError(
                f"Expected a Storage of type {dtype} or an UntypedStorage, but got {self.dtype}"
            )
        return self._numbers

    def untyped(self) -> UntypedStorage:
        """The bytes."""
        return self._untyped

    def size(self) -> int:
        """How many numbers."""
        return len(self._numbers)

    __len__ = size

    def nbytes(self) -> int:
        """How many bytes."""
        return self._untyped.nbytes()

    def __getitem__(self, index: int) -> float:
        if isinstance(index, slice):
            raise RuntimeError("slices are only supported in UntypedStorage.__getitem__")
        return self._numbers[_index(index, self.size())].item()

    def __setitem__(self, index: int | slice, value: float) -> None:
        index = index if isinstance(index, slice) else _index(index, self.size())
        self._numbers[index] = value

    def __iter__(self) -> Iterator[float]:
        return iter(self.tolist())

    def __repr__(self) -> str:
        lines = "".join(f" {number}\n" for number in self.tolist())
        kind = f"dtype={self.dtype}, device=cpu"
        return f"{lines}[torch.storage.TypedStorage({kind}) of size {self.size()}]"

    @property
    def device(self) -> devices.device:
        """Where the numbers are."""
        return devices.cpu

    def element_size(self) -> int:
        """Bytes a number."""
        return self.dtype.itemsize

    def data_ptr(self) -> int:
        """The address of the first number."""
        return self._untyped.data_ptr()

    def tolist(self) -> list[float]:
        """The numbers."""
        return self._numbers.tolist()


def _index(index: int, size: int) -> int:
    if not isinstance(index, (int, numpy.integer)):
        raise RuntimeError(f"can't index a storage with a {type(index).__name__}")
    if not -size <= index < size:
        raise IndexError(f"index {index} out of range for storage of size {size}")
    return index


def is_storage(obj: object) -> bool:
    """Whether this is a storage."""
    return isinstance(obj, (UntypedStorage, TypedStorage))


# ---- a tensor's storage -------------------------------------------------------------------------


@tensor_method
def untyped_storage(self: Tensor) -> UntypedStorage:
    """The memory that this tensor and all views of it share."""
    return UntypedStorage._over(self.array)


_warned = False


@tensor_method
def storage(self: Tensor) -> TypedStorage:
    """The same as numbers. It is deprecated: say ``untyped_storage()``."""
    global _warned
    if not _warned:
        _warned = True
        warnings.warn(
            "TypedStorage is deprecated: use tensor.untyped_storage() instead of tensor.storage()",
            stacklevel=2,
        )
    return TypedStorage(wrap_storage=untyped_storage(self), dtype=self.dtype)


@tensor_method
def storage_offset(self: Tensor) -> int:
    """How many elements lie in memory before the first one of this view."""
    array = self.array
    return (array.ctypes.data - memory(array).ctypes.data) // array.itemsize


@tensor_method
def is_set_to(self: Tensor, tensor: Tensor) -> bool:
    """Whether another tensor walks through the same memory in the same way."""
    a, b = self.array, tensor.array
    return (a.ctypes.data, a.shape, a.strides) == (b.ctypes.data, b.shape, b.strides)


@tensor_method
def set_(
    self: Tensor,
    source: Tensor | UntypedStorage | TypedStorage | None = None,
    storage_offset: int = 0,
    size: tuple[int, ...] | None = None,
    stride: tuple[int, ...] | None = None,
) -> Tensor:
    """Makes the tensor another walk, through other memory. Nothing is copied.

    Args:
        source: a tensor, to become a second name of; or a storage. Default: no memory
        storage_offset, size, stride: how to walk through a storage. Default: all of it

    Examples:
        >>> x = torch.arange(6)
        >>> torch.empty(0, dtype=torch.int64).set_(x.untyped_storage(), 1, (2, 2), (1, 2))
        tensor([[1, 3],
                [2, 4]])
    """
    self.check_in_place()
    if source is None:
        array = numpy.empty(0, self.array.dtype)
    elif isinstance(source, Tensor):
        if source.dtype is not self.dtype:
            raise RuntimeError(f"Could not set tensor of {source.dtype} to one of {self.dtype}")
        array = source.array if size is None else memory(source.array)
    elif is_storage(source):
        array = source.elements(self.dtype)[storage_offset if size is None else 0 :]
    else:
        raise TypeError(f"set_(): a Tensor or a storage is wanted, not {type(source).__name__}")
    if size is not None:
        array = _walked(array, storage_offset, as_sizes((size,), "set_"), stride)
    self.array = array
    self._changes.bump("set_")
    return self


def _walked(array: numpy.ndarray, offset: int, size: tuple[int, ...], stride) -> numpy.ndarray:
    """A walk through an array's memory; RuntimeError where that ends before the walk does."""
    if stride is None:
        stride = numpy.cumprod([1, *size[:0:-1]])[::-1].tolist() if size else ()
    steps = tuple(step * array.itemsize for step in as_sizes((stride,), "set_", "stride"))
    try:
        return walk(array, size, steps, offset * array.itemsize)
    except ValueError:
        raise RuntimeError(
            f"setStorage: sizes {list(size)}, strides {list(stride)}, storage offset {offset} are "
            f"out of bounds for storage of size {array.nbytes}"
        ) from None


# ---- copies and pickles -------------------------------------------------------------------------


@tensor_method
def __copy__(self: Tensor) -> Tensor:
    return _rebuild(*_described(self), self.requires_grad, _own(self))


@tensor_method
def __deepcopy__(self: Tensor, memo: dict) -> Tensor:
    if not self.is_leaf:
        raise RuntimeError(
            "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
            "protocol at the moment: deepcopy a detach() of this one"
        )
    if id(self) in memo:
        return memo[id(self)]
    kind, held, dtype, shape, strides, offset = _described(self)
    held = copy.deepcopy(held, memo)
    y = _rebuild(kind, held, dtype, shape, strides, offset, self._requires_grad, {})
    memo[id(self)] = y
    y._grad = copy.deepcopy(self._grad, memo)
    y.__dict__.update(copy.deepcopy(_own(self), memo))
    return y


@tensor_method
def __reduce_ex__(self: Tensor, protocol: int) -> tuple:
    kind, *rest = _described(self)
    kind = None if kind is Tensor else kind  # `torch.Tensor` would be torch's
    return _rebuild, (kind, *rest, self.requires_grad, _own(self))


@tensor_method
def __setstate__(self: Tensor, state: tuple) -> None:
    """Reads what the oldest pickles hold: a storage, and how to walk through it."""
    held, offset, size, stride = state
    self.set_(held, offset, size, stride)


def _described(x: Tensor) -> tuple[type, UntypedStorage, dtypes.dtype, tuple, tuple, int]:
    """What a tensor is: its type, storage, dtype, shape, and strides and offset in bytes."""
    array = x.array
    offset = array.ctypes.data - memory(array).ctypes.data
    return type(x), untyped_storage(x), x.dtype, array.shape, array.strides, offset


def _own(x: Tensor) -> dict:
    """What a user hung on a tensor."""
    ours = {"array", *vars(Variable)}
    return {name: value for name, value in x.__dict__.items() if name not in ours}


def _rebuild(
    kind: type | None,
    held: UntypedStorage,
    dtype: dtypes.dtype,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    offset: int,
    requires_grad: bool,
    attributes: dict,
) -> Tensor:
    y = object.__new__(kind or Tensor)
    y.array = numpy.ndarray(shape, dtype.numpy, held.bytes, offset, strides)
    y._requires_grad = requires_grad
    y.__dict__.update(attributes)
    return y
