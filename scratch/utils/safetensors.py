"""safetensors: a file of tensors and nothing else, as model hubs keep them.

First 8 bytes say how long the header is, then the header says in JSON for each tensor its dtype,
its shape and where it lies, then they lie there. There is nothing in such a file that could be run.
"""

from __future__ import annotations

import json
import math
import os
import struct
from typing import Any

import numpy

from .. import devices, dtypes
from .._archive import fill
from .._files import replacing
from ..autograd.variable import wrap
from ..tensor import Tensor

__all__ = ["save_file", "load_file", "save", "load"]

# in the order in which a file holds them, so that each lies on a multiple of its size
_KINDS = {
    dtypes.int64: "I64",
    dtypes.float64: "F64",
    dtypes.float32: "F32",
    dtypes.int32: "I32",
    dtypes.float16: "F16",
    dtypes.int16: "I16",
    dtypes.int8: "I8",
    dtypes.uint8: "U8",
    dtypes.bool: "BOOL",
}
_DTYPES = {kind: dtype for dtype, kind in _KINDS.items()}


def save_file(
    tensors: dict[str, Tensor],
    filename: str | os.PathLike,
    metadata: dict[str, str] | None = None,
) -> None:
    """Writes tensors to a file, which takes the place of an older one when all is written.

    Args:
        tensors: contiguous ones by their names, none of which share memory
        filename: usually ``model.safetensors``
        metadata: texts to keep with them
    """
    header, ordered = _header(tensors, metadata)
    with replacing(os.fspath(filename)) as file:
        for data in (header, *(x.array for x in ordered)):
            rest = memoryview(data).cast("B") if memoryview(data).nbytes else b""
            while rest:
                rest = rest[file.write(rest) :]


def load_file(
    filename: str | os.PathLike, device: str | int | devices.device = "cpu"
) -> dict[str, Tensor]:
    """Reads the tensors of a file.

    Args:
        filename: usually ``model.safetensors``
        device: the CPU
    """
    if not isinstance(device, (str, int, devices.device)):
        raise RuntimeError(f"a safetensors file goes to one device, not by a {type(device)}")
    if devices.device(device).type != "cpu":
        raise RuntimeError(f"there is only the CPU here, not {device}: say device='cpu'")
    try:
        file = open(filename, "rb", buffering=0)
    except FileNotFoundError:
        raise FileNotFoundError(f"No such file or directory: {filename}") from None
    with file:
        size = os.fstat(file.fileno()).st_size
        begin = file.read(8)
        length = _length(begin, size)
        places = _places(file.read(length), size - 8 - length)
        tensors = {}
        for name, (dtype, shape, start) in places.items():
            array = numpy.empty(shape, dtype.numpy)
            file.seek(8 + length + start)
            if array.nbytes:
                fill(file, memoryview(array.reshape(-1)).cast("B"))
            tensors[name] = wrap(array)
    return tensors


def save(tensors: dict[str, Tensor], metadata: dict[str, str] | None = None) -> bytes:
    """The bytes of such a file.

    Examples:
        >>> torch.utils.safetensors.load(torch.utils.safetensors.save({"x": torch.ones(2)}))
        {'x': tensor([1., 1.])}
    """
    header, ordered = _header(tensors, metadata)
    return header + b"".join(x.array.tobytes() for x in ordered)


def load(data: bytes) -> dict[str, Tensor]:
    """The tensors in the bytes of such a file."""
    length = _length(data[:8], len(data))
    places = _places(data[8 : 8 + length], len(data) - 8 - length)
    tensors = {}
    for name, (dtype, shape, start) in places.items():
        count = math.prod(shape)
        array = numpy.frombuffer(data, dtype.numpy, count, 8 + length + start) if count else None
        tensors[name] = wrap(numpy.empty(shape, dtype.numpy))
        if array is not None:
            tensors[name].array[...] = array.reshape(shape)
    return tensors


# ---- the header ---------------------------------------------------------------------------------


def _header(tensors: Any, metadata: dict[str, str] | None) -> tuple[bytes, list[Tensor]]:
    """What stands before the tensors, and the order in which they follow."""
    if not isinstance(tensors, dict):
        raise ValueError(f"Expected a dict of [str, torch.Tensor] but received {type(tensors)}")
    owners: dict[int, str] = {}
    for name, x in tensors.items():
        if not isinstance(name, str):
            raise TypeError(f"a tensor is named by a str, not by a {type(name).__name__}")
        if not isinstance(x, Tensor):
            raise ValueError(f"Key `{name}` is invalid, expected torch.Tensor but got {type(x)}")
        if not x.is_contiguous():
            raise ValueError(
                f"You are trying to save a non contiguous tensor: `{name}` which is not allowed: "
                f"save its .contiguous()"
            )
        other = owners.setdefault(x.untyped_storage().data_ptr(), name) if x.numel() else name
        if other != name:
            raise RuntimeError(
                f"Some tensors share memory: {other!r} and {name!r}. They would not, once loaded: "
                f"save a clone() of one, or leave it out"
            )
    order = list(_KINDS)
    for x in tensors.values():
        if x.dtype not in _KINDS:
            raise ValueError(f"there is no place for {x.dtype} in a safetensors file")
    names = sorted(tensors, key=lambda name: (order.index(tensors[name].dtype), name))
    described: dict[str, Any] = {} if metadata is None else {"__metadata__": metadata}
    at = 0
    for name in names:
        x = tensors[name]
        end = at + x.nbytes
        described[name] = {"dtype": _KINDS[x.dtype], "shape": list(x.shape)}
        described[name]["data_offsets"] = [at, end]
        at = end
    text = json.dumps(described, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text, [tensors[name] for name in names]


def _length(begin: bytes, size: int) -> int:
    """How long the header is."""
    length = int.from_bytes(begin, "little")
    if len(begin) < 8 or not 2 <= length <= min(size - 8, 100_000_000):
        raise _damaged("its header would be longer than the file, or there is none")
    return length


def _places(text: bytes, size: int) -> dict[str, tuple[dtypes.dtype, tuple[int, ...], int]]:
    """What the header says of each tensor: dtype, shape, and where it begins."""
    try:
        header = json.loads(text)
        places, seen = {}, []
        header.pop("__metadata__", None)
        for name, said in header.items():
            dtype, shape = said["dtype"], tuple(said["shape"])
            begin, end = said["data_offsets"]
            if dtype not in _DTYPES:
                raise NotImplementedError(
                    f"tensor {name[:100]!r} is of dtype {str(dtype)[:20]}, which scratch lacks"
                )
            if not all(type(n) is int and 0 <= n < 1 << 62 for n in (*shape, begin, end)):
                raise ValueError("sizes are whole numbers")
            if len(shape) > 64 or math.prod(shape) * _DTYPES[dtype].itemsize != end - begin:
                raise ValueError("a tensor's shape is not that of its bytes")
            if math.prod(n for n in shape if n) >= 1 << 59:
                raise ValueError("NumPy has no array of such a shape, empty or not")
            places[name] = _DTYPES[dtype], shape, begin
            seen.append((begin, end))
    except NotImplementedError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _damaged(f"its header makes no sense ({type(error).__name__}: {error})") from None
    at = 0
    for begin, end in sorted(seen):
        if begin != at:
            raise _damaged("its tensors overlap, or there are gaps between them")
        at = end
    if at != size:
        raise _damaged(f"its tensors take {at} bytes, and it has {size}")
    return places


def _damaged(what: str) -> RuntimeError:
    return RuntimeError(f"this is no safetensors file, or it is damaged: {what}")
