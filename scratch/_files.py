"""Files: written whole or not at all, and told apart by how they begin."""

from __future__ import annotations

import contextlib
import io
import mmap
import os
import secrets
import stat
from collections.abc import Iterator
from typing import BinaryIO


@contextlib.contextmanager
def replacing(path: str) -> Iterator[BinaryIO]:
    """A file to write that takes the place of another once all is written; on any error, never.

    It lies in the same folder, is written to the disk before it is renamed, and so whatever stops
    the program leaves either the old file or the new one.
    """
    path = os.path.realpath(path)  # a link stays one, and what it points to is replaced
    folder, name = os.path.split(path)
    if not os.path.isdir(folder):
        raise RuntimeError(f"Parent directory {folder} does not exist.")
    try:
        mode = os.stat(path).st_mode
    except OSError:
        mode = None
    if mode is not None and stat.S_ISDIR(mode):
        raise RuntimeError(f"File {path} cannot be opened: it is a folder")
    if mode is not None and not stat.S_ISREG(mode):  # a device or a pipe cannot be replaced
        with open(path, "wb", buffering=0) as file:
            yield file
        return
    draft = os.path.join(folder, f".{name[:50]}.{secrets.token_hex(6)}.tmp")  # 255 bytes at most
    try:
        file = open(draft, "xb", buffering=0)
    except OSError as error:
        raise RuntimeError(f"File {path} cannot be opened: {error.strerror}") from error
    try:
        with file:
            yield file
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(draft, stat.S_IMODE(mode))
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
    _remember(folder)


def _remember(folder: str) -> None:
    """Writes to the disk that a file of the folder has changed its name, where that is a thing."""
    with contextlib.suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def up_to(file: BinaryIO, size: int) -> bytes:
    """As many bytes, or what is left of the file if that is less; it may hand out a few at a time.

    Args:
        file: open, to be read from where it is
        size: how many are wanted
    """
    parts = []
    while size > 0:
        part = file.read(size)
        if not isinstance(part, bytes):
            raise TypeError(f"the file gives a {type(part).__name__}: open it with mode 'rb'")
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def contents(file: BinaryIO, size: int) -> memoryview:
    """The rest of a file as memory. One on the disk is not read yet, only mapped.

    Args:
        file: open, and left where it is
        size: how many bytes it has from there on
    """
    begin = file.tell()
    if type(getattr(file, "raw", file)) is io.FileIO:  # others may show another file's number
        with contextlib.suppress(OSError, ValueError):
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))[begin:]
    data = up_to(file, size)
    file.seek(begin)
    return memoryview(data)


def told_apart(begin: bytes) -> str | None:
    """What a file is that is none of torch's, as far as its first bytes say; None if they do not.

    Args:
        begin: the first few hundred bytes
    """
    for sign, what in (
        (b"\x93NUMPY", "a NumPy array (numpy.load reads it)"),
        (b"\x89HDF\r\n", "an HDF5 file (h5py reads it)"),
        (b"\x1f\x8b", "compressed with gzip: open it with gzip.open first"),
        (b"BZh", "compressed with bzip2"),
        (b"\xfd7zXZ", "compressed with xz"),
        (b"GGUF", "a GGUF file"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
    ):
        if begin.startswith(sign):
            return what
    if begin[8:10] == b'{"' and int.from_bytes(begin[:8], "little") < 1 << 32:
        return (
            "a safetensors file: call it something.safetensors, and load will know; or read it "
            "with utils.safetensors.load_file"
        )
    if begin[257:262] == b"ustar":
        return "a tar archive, which is how torch wrote its files before 2017"
    text = begin.lstrip()[:64].lower()
    if text.startswith((b"<!doctype", b"<html")):
        return "a web page: has a download failed?"
    if text.startswith(b"version https://git-lfs"):
        return "a pointer to a file that Git LFS keeps: fetch it with `git lfs pull`"
    if begin and begin[:1] != b"\x80" and all(9 <= c < 127 and c not in b"\x0b" for c in begin):
        return "a text"
    return None
