"""The file format of torch: a zip archive whose entries are stored as they are.

Each entry begins on a multiple of 64 bytes, so that a file can be mapped into memory and used as it
lies. The writer needs nothing but ``write``; the reader believes nothing: sizes, names and places
are checked against the file before anything is read, and what is read against its checksum.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from ._files import up_to

ALIGNMENT = 64
_CHUNK = 1 << 18  # so that the checksum finds in the cache what was just read
_MAX = 0xFFFFFFFF  # from here on, a zip file writes its numbers elsewhere, with 64 bits

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")


class Entry(NamedTuple):
    at: int  # where its header begins
    size: int
    crc: int
    room: int = 0  # where the next header begins


def pieces(data: Any) -> Iterator[memoryview]:
    """Memory in pieces."""
    view = memoryview(data).cast("B")
    for at in range(0, len(view), _CHUNK):
        yield view[at : at + _CHUNK]


class Writer:
    """Writes an archive from its first byte to its last.

    Args:
        stream: has ``write``
        folder: what all names begin with
    """

    def __init__(self, stream: BinaryIO, folder: str):
        self.stream, self.folder, self.at = stream, folder, 0
        self.entries: dict[bytes, Entry] = {}

    def _write(self, data: Any) -> None:
        self.at += len(data)
        put(self.stream, data)

    def add(self, name: str, data: Any) -> None:
        """Adds an entry: anything that shows its bytes."""
        path, size, begin = f"{self.folder}/{name}".encode(), memoryview(data).nbytes, self.at
        wide = [*([size, size] if size >= _MAX else []), *([begin] if begin >= _MAX else [])]
        extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
        gap = -(begin + _LOCAL.size + len(path) + len(extra) + 4) % ALIGNMENT
        extra += b"FB" + struct.pack("<H", gap) + b"Z" * gap
        flags = 0x0808 if size else 0x0800  # its checksum comes behind it; its name is UTF-8
        shown = _MAX if size >= _MAX else 0
        sizes = (0, shown, shown, len(path), len(extra))
        self._write(_LOCAL.pack(b"PK\3\4", 0, flags, 0, 0, 0, *sizes) + path + extra)
        crc = 0
        for piece in pieces(data) if size else ():
            crc = zlib.crc32(piece, crc)
            self._write(piece)
        if size:
            self._write(struct.pack("<4sI2Q" if wide else "<4s3I", b"PK\7\10", crc, size, size))
        self.entries[path] = Entry(begin, size, crc)

    def close(self) -> None:
        """Writes the list of all entries."""
        begin, count = self.at, len(self.entries)
        for path, (at, size, crc, _) in self.entries.items():
            wide = [*([size, size] if size >= _MAX else []), *([at] if at >= _MAX else [])]
            extra = struct.pack(f"<2H{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
            size, flags = min(size, _MAX), 0x0808 if size else 0x0800
            rest = (crc, size, size, len(path), len(extra), 0, 0, 0, 0, min(at, _MAX))
            self._write(_CENTRAL.pack(b"PK\1\2", 0, 0, flags, 0, 0, 0, *rest) + path + extra)
        end, length = self.at, self.at - begin
        end64 = (44, 0x031E, 45, 0, 0, count, count, length, begin)
        short = min(count, 0xFFFF)
        self._write(
            _END64.pack(b"PK\6\6", *end64)
            + _LOCATOR.pack(b"PK\6\7", 0, end, 1)
            + _END.pack(b"PK\5\6", 0, 0, short, short, min(length, _MAX), min(begin, _MAX), 0)
        )


class Reader:
    """Reads an archive; RuntimeError where that is damaged, or not what torch writes.

    Args:
        stream: has ``read`` and ``seek``
    """

    def __init__(self, stream: BinaryIO):
        self.stream = stream
        self.begin = stream.tell()
        self.size = stream.seek(0, 2) - self.begin
        paths = self._directory()
        self.folder = next(iter(paths)).partition("/")[0] if paths else ""
        self.entries = {path[len(self.folder) + 1 :]: entry for path, entry in paths.items()}

    def read_at(self, at: int, size: int) -> bytes:
        """Bytes of the file; an error if it ends before."""
        if not 0 <= at <= at + size <= self.size:
            raise damaged("it ends too early")
        self.stream.seek(self.begin + at)
        found = up_to(self.stream, size)
        if len(found) != size:
            raise damaged("it ends too early")
        return found

    def _directory(self) -> dict[str, Entry]:
        """All entries by their paths."""
        tail = self.read_at(max(0, self.size - 0x10015), min(self.size, 0x10015))
        found = tail.rfind(b"PK\5\6")
        if found < 0 or len(tail) - found < _END.size:
            raise damaged("its directory, which stands at the end, is missing")
        _, _, _, _, count, length, begin, comment = _END.unpack_from(tail, found)
        if len(tail) != found + _END.size + comment:
            raise damaged("its directory does not end where the file ends")
        end = self.size - len(tail) + found
        if found >= _LOCATOR.size and tail[found - 20 : found - 16] == b"PK\6\7":
            end = _LOCATOR.unpack_from(tail, found - 20)[2]
            sign, *numbers, count, length, begin = _END64.unpack(self.read_at(end, _END64.size))
            if sign != b"PK\6\6":
                raise damaged("its directory is not where it should be")
        if begin + length > end or count * _CENTRAL.size > length:
            raise damaged("its directory is longer than the file")
        return _placed(dict(_listed(self.read_at(begin, length), count)), begin)

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def entry(self, name: str) -> Entry:
        """What the directory says of an entry."""
        if name not in self.entries:
            raise damaged(f"its entry {name!r} is missing")
        return self.entries[name]

    def place(self, name: str) -> int:
        """Where the bytes of an entry begin in the file."""
        entry = self.entry(name)
        path = f"{self.folder}/{name}".encode()
        header = self.read_at(entry.at, _LOCAL.size + len(path))
        sign, *_, length, extra = _LOCAL.unpack_from(header)
        if sign != b"PK\3\4" or length != len(path) or header[_LOCAL.size :] != path:
            raise damaged(f"no entry {name!r} where its directory says")
        at = entry.at + len(header) + extra
        if at + entry.size > entry.room:
            raise damaged(f"its entry {name!r} runs into the next one")
        return self.begin + at

    def read_into(self, name: str, memory: Any) -> None:
        """Reads an entry into memory of its size, and compares its checksum."""
        self.stream.seek(self.place(name))
        crc = 0
        for piece in pieces(memory):
            fill(self.stream, piece)
            crc = zlib.crc32(piece, crc)
        if crc != self.entry(name).crc:
            raise damaged(f"the checksum of its entry {name!r} is another")

    def read(self, name: str) -> bytearray:
        """The bytes of an entry."""
        self.place(name)
        found = bytearray(self.entry(name).size)
        self.read_into(name, found)
        return found


def _listed(directory: bytes, count: int) -> Iterator[tuple[str, Entry]]:
    """What the directory lists: at most as many entries as it has room for."""
    at, seen = 0, set()
    for _ in range(count):
        if at + _CENTRAL.size > len(directory):
            raise damaged("its directory ends too early")
        fields = _CENTRAL.unpack_from(directory, at)
        sign, _, _, flags, method, _, _, crc, packed, size, name, extra, comment = fields[:13]
        path = directory[at + _CENTRAL.size :][:name]
        wide = directory[at + _CENTRAL.size + name :][:extra]
        at += _CENTRAL.size + name + extra + comment
        if sign != b"PK\1\2" or at > len(directory):
            raise damaged("its directory makes no sense")
        size, packed, begin = _widened([size, packed, fields[-1]], wide)
        text = _checked(path)
        if text in seen:
            raise damaged(f"it has two entries {text!r}")
        if method or flags & 1 or packed != size:
            raise damaged(f"its entry {text!r} is compressed or encrypted, and torch's never are")
        seen.add(text)
        yield text, Entry(begin, size, crc)


def _widened(numbers: list[int], extra: bytes) -> list[int]:
    """Numbers of an entry, those too large for their places from where they stand instead."""
    at = 0
    while len(extra) >= at + 4:
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1 and length % 8 == 0 and length <= len(extra) - at - 4:
            wide = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            return [next(wide, n) if n == _MAX else n for n in numbers]
        at += 4 + length
    return numbers


def _checked(path: bytes) -> str:
    """The name of an entry. Nothing is ever written where it says, and it is refused all the same
    when it leads out of the archive."""
    try:
        text = path.decode()
    except UnicodeDecodeError:
        raise damaged("a name in it is not UTF-8") from None
    parts = text.split("/")
    drive = parts[0][1:] == ":"  # while 12:30 is how torch's file was called that is all in it
    if not text.isprintable() or "\\" in text or drive or {"", ".", ".."} & {*parts}:
        raise damaged(f"it has an entry with the name {text[:100]!r}")
    return text


def _placed(entries: dict[str, Entry], end: int) -> dict[str, Entry]:
    """The entries with the room each has; an error where two share a place."""
    order = sorted(entries, key=lambda path: entries[path].at, reverse=True)
    for path in order:
        entry = entries[path]
        if entry.at + _LOCAL.size + len(path.encode()) + entry.size > end:
            raise damaged(f"its entry {path!r} is longer than its place")
        entries[path] = entry._replace(room=end)
        end = entry.at
    return entries


def put(stream: BinaryIO, data: Any) -> None:
    """Writes all of it: an unbuffered file may take less at a time."""
    rest = memoryview(data)
    while rest:
        written = stream.write(rest)
        rest = rest[len(rest) if written is None else written :]


def fill(stream: BinaryIO, memory: memoryview) -> None:
    """Reads as many bytes as the memory takes, straight into it where the stream can."""
    into = getattr(stream, "readinto", None)
    while memory:
        if into is None:
            data = stream.read(len(memory))[: len(memory)]
            count = len(data)
            memory[:count] = data
        else:
            count = into(memory)
        if not count:
            raise damaged("it ends too early")
        memory = memory[count:]


def damaged(what: str) -> RuntimeError:
    return RuntimeError(f"the file is damaged, or torch did not write it: {what}")
