"""How torch wrote its files before 2020: five pickles, then the bytes of the storages."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pickle import UnpicklingError
from typing import Any, BinaryIO

import numpy

from ._archive import damaged, fill, pieces, put
from ._unpickling import Machine

MAGIC = 0x1950A86A20F9469CFC6C
VERSION = 1001
SYSTEM = {
    "protocol_version": VERSION,
    "little_endian": True,
    "type_sizes": {"short": 2, "int": 4, "long": 4},
}


def write(stream: BinaryIO, dump: Callable[[Any], Any], obj: Any, held: dict) -> None:
    """Writes an object.

    Args:
        stream: where to
        dump: makes a pickle
        obj: what to write
        held: where ``dump`` notes the storages it meets: key, storage and dtype
    """
    for part in (MAGIC, VERSION, SYSTEM, obj):
        put(stream, dump(part))
    put(stream, dump([key for key, _, _ in held.values()]))
    for _, storage, dtype in held.values():
        put(stream, struct.pack("<q", len(storage) // dtype.itemsize))
        for piece in pieces(storage.bytes) if len(storage) else ():
            put(stream, piece)


class Storages:
    """The storages of such a file: their places are given out first, and filled at the end.

    Args:
        size: of the file; all storages together cannot be larger
    """

    def __init__(self, size: int):
        self.left = size
        self.bytes: dict[str, tuple[numpy.ndarray, int]] = {}

    def of(self, key: str, dtype: Any, count: int) -> numpy.ndarray:
        """The memory of a storage that is met for the first time."""
        size = count * dtype.itemsize
        self.left -= size
        if self.left < 0:
            raise UnpicklingError("its storages are larger than the file")
        self.bytes[key] = numpy.empty(size, numpy.uint8), dtype.itemsize
        return self.bytes[key][0]


def read(stream: BinaryIO, machine: Machine, storages: Storages) -> Any:
    """Reads an object.

    Args:
        stream: where from: it begins there
        machine: runs the pickles
        storages: what the machine gives places out of
    """
    begin = stream.tell()
    if not _is(machine.load(), MAGIC):
        raise damaged("it begins with another number than torch's files do")
    if not _is(machine.load(), VERSION):
        raise damaged("it is of another version")
    system = machine.load()
    if not isinstance(system, dict) or system.get("little_endian") is not True:
        raise damaged("it was written by a computer that orders bytes in another way")
    result, keys = machine.load(), machine.load()
    if not isinstance(keys, list) or len(keys) != len(storages.bytes):
        raise damaged("its list of storages is another than it needs")
    stream.seek(begin + machine.at)
    for key in keys:
        if type(key) is not str or key not in storages.bytes:
            raise damaged("its list of storages is another than it needs")
        memory, itemsize = storages.bytes.pop(key)
        header = bytearray(8)
        fill(stream, memoryview(header))
        if struct.unpack("<q", header)[0] * itemsize != len(memory):
            raise damaged("a storage is of another size than its tensors")
        fill(stream, memoryview(memory))
    return result


def _is(value: Any, number: int) -> bool:
    """Whether it is that number; a tensor of a million million elements is not even asked."""
    return type(value) is int and value == number
