"""Saving and loading: ``save(model.state_dict(), "model.pt")``.

The files are torch's own, and cross in both directions: a zip archive with a pickle that describes
the object, ``data.pkl``, and an entry with the bytes of each storage. A pickle can name any
function and have it called. Here it cannot: what may be named is on a list, and for a class of
yours you say so, with ``add_safe_globals``. Nothing that a file names is ever imported or run.
"""

from __future__ import annotations

import contextlib
import io
import mmap as mapping
import os
import pickle
import sys
import zlib
from collections.abc import Callable
from pickle import UnpicklingError
from types import ModuleType
from typing import Any, BinaryIO

import numpy

from . import _legacy, devices, dtypes, nn, optim
from ._archive import ALIGNMENT, Reader, Writer, damaged
from ._files import contents, replacing, told_apart, up_to
from ._pickling import Pickler
from ._torch_names import PLACES
from ._unpickling import Allowed, Machine
from .nn._allowed import (
    ALWAYS,
    NUMPY,
    OTHERWISE,
    as_module,
    as_object,
    as_optimizer,
    class_of_module,
)
from .nn._saving import KINDS, UNTYPED, name_of, reducer
from .ops._held import persistent, restoring
from .storage import TypedStorage, UntypedStorage
from .tensor import Tensor
from .utils.safetensors import load_file

__all__ = [
    "save",
    "load",
    "add_safe_globals",
    "clear_safe_globals",
    "get_safe_globals",
    "safe_globals",
]


# ---- saving -------------------------------------------------------------------------------------


def save(
    obj: object,
    f: str | os.PathLike | BinaryIO,
    pickle_module: ModuleType = pickle,
    pickle_protocol: int = 2,
    _use_new_zipfile_serialization: bool = True,
) -> None:
    """Writes an object to a file that ``load``, here or in torch, reads.

    A file is written beside the old one and then takes its place: whatever goes wrong, one of the
    two is there, whole.

    Args:
        obj: tensors, and dictionaries, lists, tuples, sets, numbers and texts that hold them: a
            ``state_dict``, best of all. Tensors that share memory share it afterwards
        f: a path, or an open file
        pickle_module: Python's
        pickle_protocol: of the pickle in it; torch reads 2

    Examples:
        >>> import io
        >>> file = io.BytesIO()
        >>> torch.save({"weight": torch.arange(3), "epoch": 7}, file)
        >>> _ = file.seek(0)
        >>> torch.load(file)
        {'weight': tensor([0, 1, 2]), 'epoch': 7}
    """
    if pickle_module is not pickle:
        raise RuntimeError("scratch.save has a pickler of its own: pickle_module must be pickle")
    if isinstance(f, (str, os.PathLike)):
        path = os.fspath(f)
        with replacing(path) as stream:
            _write(obj, stream, _folder(path), pickle_protocol, _use_new_zipfile_serialization)
    elif hasattr(f, "write"):
        _write(obj, f, "archive", pickle_protocol, _use_new_zipfile_serialization)
        if hasattr(f, "flush"):
            f.flush()
    else:
        raise AttributeError(
            f"expected 'f' to be string, path, or a file-like object with a 'write' attribute, "
            f"and it is a {type(f).__name__}: save(obj, f) takes the object first"
        )


def _folder(path: str) -> str:
    """What the entries of a file are kept in: its name without its ending."""
    name = os.path.basename(path).rpartition(".")[0] or os.path.basename(path)
    plain = name.isascii() and name.isprintable() and name.strip(".") and not {*":\\"} & {*name}
    return name if plain else "archive"


def _write(obj: object, stream: BinaryIO, folder: str, protocol: int, zipped: bool) -> None:
    held: dict[Any, tuple[str, UntypedStorage, Any]] = {}  # keeps what it meets alive

    def name_of_storage(storage: TypedStorage | UntypedStorage) -> tuple:
        """The name by which a storage is asked for."""
        typed = isinstance(storage, TypedStorage)
        untyped = storage.untyped() if typed else storage
        dtype = storage.dtype if typed else dtypes.uint8
        place = (untyped.data_ptr() if len(untyped) else id(untyped), len(untyped))
        key, _, known = held.setdefault(place, (str(len(held)), untyped, dtype))
        if known is not dtype:
            raise RuntimeError(
                "Cannot save multiple tensors or storages that view the same data as different "
                f"types: {known} and {dtype}. Save a clone() of one"
            )
        kind = KINDS[dtype.name] if typed else UNTYPED
        name = ("storage", kind, key, "cpu", len(storage))
        return name if zipped else (*name, None)

    def dump(value: Any) -> memoryview:
        pickled, outside = io.BytesIO(), (TypedStorage, UntypedStorage)
        Pickler(pickled, protocol, reducer, name_of, outside, name_of_storage).dump(value)
        return pickled.getbuffer()

    if not zipped:
        _legacy.write(stream, dump, obj, held)
        return
    pickled = dump(obj)  # and what it finds on the way is in held
    archive = Writer(stream, folder)
    archive.add("data.pkl", pickled)
    archive.add(".format_version", b"1")
    archive.add(".storage_alignment", str(ALIGNMENT).encode())
    archive.add("byteorder", sys.byteorder.encode())
    for key, storage, _ in held.values():
        archive.add(f"data/{key}", storage.bytes)
    archive.add("version", b"3\n")
    names = zlib.crc32(b"".join(archive.entries))
    sums = zlib.crc32(repr([entry.crc for entry in archive.entries.values()]).encode())
    archive.add(".data/serialization_id", f"{names:020}{sums:020}".encode())
    archive.close()


# ---- loading ------------------------------------------------------------------------------------


def load(
    f: str | os.PathLike | BinaryIO,
    map_location: str | devices.device | dict[str, str] | Callable | None = None,
    pickle_module: ModuleType | None = None,
    *,
    weights_only: bool | None = None,
    mmap: bool | None = None,
    **pickle_load_args: Any,
) -> Any:
    """Reads what ``save``, here or in torch, has written. Nothing in the file is run.

    Args:
        f: a path, or an open file that can be read and sought in
        map_location: where the tensors go: a device; or a dictionary from where they were to where
            they go; or a function of a storage and where it was. There is only the CPU: files from
            a GPU want ``map_location="cpu"``
        pickle_module: none, or Python's
        weights_only: False also loads whole modules: layers, and classes of modules that the
            program has defined; and NumPy's numbers. Default: True
        mmap: leave the tensors on the disk until they are looked at. Default: False
        pickle_load_args: such as ``encoding``, for files that Python 2 wrote: without effect

    Raises:
        RuntimeError: the file is damaged, is no such file, or holds what is not supported here
        UnpicklingError: it names what it may not, or its pickle makes no sense
        EOFError: it is empty

    Examples:
        >>> import io
        >>> file = io.BytesIO()
        >>> torch.save(torch.nn.Linear(2, 1), file)
        >>> _ = file.seek(0)
        >>> torch.load(file, weights_only=False)
        Linear(in_features=2, out_features=1, bias=True)
    """
    only = pickle_module is None if weights_only is None else bool(weights_only)
    if pickle_module is not None and only:
        raise RuntimeError("Can not safely load weights when explicit pickle_module is specified")
    restore = restoring(map_location)
    if not isinstance(f, (str, os.PathLike)):
        if not hasattr(f, "read") or not hasattr(f, "seek"):
            raise AttributeError(
                f"'{type(f).__name__}' object is no open file: load takes a path, or a file that "
                f"can be read and sought in, such as io.BytesIO"
            )
        return _read(f, restore, only, bool(mmap), False)
    path = os.fspath(f)
    if str(path).endswith(".safetensors"):
        return load_file(path, "cpu" if map_location is None else map_location)
    with open(path, "rb", buffering=0) as file:
        return _read(file, restore, only, bool(mmap), True)


def _read(file: BinaryIO, restore: Callable, only: bool, mmap: bool, named: bool) -> Any:
    begin = file.tell()
    first = up_to(file, 512)
    file.seek(begin)
    if first.startswith(b"PK\3\4"):
        if mmap and not named:
            raise ValueError("f must be a file path in order to use the mmap argument")
        return _read_zip(file, restore, only, mmap)
    if mmap:
        raise RuntimeError(
            "mmap can only be used with files saved with "
            "`torch.save(_use_new_zipfile_serialization=True)`"
        )
    if not first:
        raise EOFError("Ran out of input: the file is empty")
    what = told_apart(first)
    if what:
        raise UnpicklingError(f"this is not a file that torch.save has written, but {what}")
    size = file.seek(0, 2) - begin
    file.seek(begin)
    return _read_legacy(file, size, restore, only)


def _read_zip(file: BinaryIO, restore: Callable, only: bool, mmap: bool) -> Any:
    archive = Reader(file)
    if "constants.pkl" in archive:
        raise RuntimeError("this is a TorchScript archive: a program, which scratch cannot run")
    if "data.pkl" not in archive:
        raise RuntimeError("this is a zip archive, but none that torch.save has written")
    version = bytes(archive.read("version")) if "version" in archive else b"3"
    if not version.strip().isdigit() or not 1 <= int(version.strip()[:99]) <= 10:
        raise damaged(f"it is of version {version[:20]!r}, and up to 10 are known")
    order = bytes(archive.read("byteorder")) if "byteorder" in archive else b"little"
    if order not in (b"little", b"big"):
        raise damaged(f"its order of bytes is {order[:20]!r}")
    whole = mapping.mmap(file.fileno(), 0, access=mapping.ACCESS_COPY) if mmap else None

    def memory(key: str, dtype: Any, count: int) -> numpy.ndarray:
        name = f"data/{key}"
        at, size = archive.place(name), archive.entry(name).size
        if whole is not None:
            found = numpy.frombuffer(whole, numpy.uint8, size, at)
        else:
            found = numpy.empty(size, numpy.uint8)
            archive.read_into(name, found)
        if order.decode() != sys.byteorder and dtype.itemsize > 1:
            numbers = found[: size // dtype.itemsize * dtype.itemsize].view(dtype.numpy)
            numbers.byteswap(inplace=True)
        if at % dtype.itemsize and whole is not None:
            found = found.copy()  # an older file, not laid out to be used as it lies
        return found

    find, known = _finder(only)
    load = persistent(memory, restore)
    return Machine(archive.read("data.pkl"), find, load, _KEYS, known).load()


def _read_legacy(file: BinaryIO, size: int, restore: Callable, only: bool) -> Any:
    storages = _legacy.Storages(size)
    find, known = _finder(only)
    load = persistent(storages.of, restore)
    machine = Machine(contents(file, size), find, load, _KEYS, known)
    return _legacy.read(file, machine, storages)


# ---- what may be named --------------------------------------------------------------------------

_allowed: list[Any] = []
_NEVER = {"sys", "os", "posix", "nt"}
_KEYS = (Tensor, dtypes.dtype, devices.device, type)  # compared in a moment


def add_safe_globals(safe_globals: list[Callable | tuple[Callable, str]]) -> None:
    """Lets ``load`` make objects of these classes, and call these functions.

    Args:
        safe_globals: classes and functions; or pairs of one and what it is called in the file
    """
    _allowed.extend(value for value in safe_globals if value not in _allowed)


def clear_safe_globals() -> None:
    """Takes back all that ``add_safe_globals`` has allowed."""
    _allowed.clear()


def get_safe_globals() -> list[Callable | tuple[Callable, str]]:
    """What ``add_safe_globals`` has allowed."""
    return list(_allowed)


class safe_globals(contextlib.ContextDecorator):
    """In ``with torch.serialization.safe_globals([Net]):`` these are allowed.

    Args:
        safe_globals: as for ``add_safe_globals``
    """

    def __init__(self, safe_globals: list[Callable | tuple[Callable, str]]):
        self.safe_globals = safe_globals

    def __enter__(self) -> None:
        add_safe_globals(self.safe_globals)

    def __exit__(self, *exception: object) -> None:
        _allowed[:] = [value for value in _allowed if value not in self.safe_globals]


def _finder(only: bool) -> tuple[Callable[[str], Allowed], list[Allowed]]:
    """What gives for a name what it stands for, and what is allowed without being named."""
    own = dict(map(_by_name, _allowed))

    def find(name: str) -> Allowed:
        found = ALWAYS.get(name)
        if found is None and name in own:  # what is known is called with care, allowed or not
            careful = OTHERWISE.get(name, own[name])
            found = careful if careful.call or careful.build else own[name]
        if found is None and not only:
            found = OTHERWISE.get(name) or class_of_module(name, vars(nn)) or _defined(name)
        if found is None or name.rpartition(".")[0] in _NEVER:
            raise UnpicklingError(_refusal(name, only))
        return found

    return find, [*own.values(), *([] if only else NUMPY)]


def _by_name(value: Any) -> tuple[str, Allowed]:
    if isinstance(value, tuple):
        if len(value) != 2:
            raise ValueError(f"Expected a pair of a class and its name, got {len(value)} items")
        value, name = value
        if type(name) is not str:
            raise TypeError(f"the name of a class is a str, not a {type(name).__name__}")
        return name, _as_fits(value)
    named = name_of(value)
    known = (value.__module__, value.__qualname__) if named is None else (named.module, named.name)
    return ".".join(known), _as_fits(value)


def _as_fits(value: Any) -> Allowed:
    if isinstance(value, type) and issubclass(value, nn.Module):
        return as_module(value)
    if isinstance(value, type) and issubclass(value, optim.Optimizer):
        return as_optimizer(value)
    return as_object(value)


def _defined(name: str) -> Allowed | None:
    """A module or an optimizer that the program has defined: found where it is, never imported."""
    path = name.split(".")
    for i in range(len(path) - 1, 0, -1):
        place = sys.modules.get(".".join(path[:i]))
        if path[0] == "torch":
            place = optim if PLACES.get(path[-1]) == ".".join(path[:-1]) else None
            path[i:] = path[-1:]
        if isinstance(place, ModuleType):
            value: Any = place
            for part in path[i:]:
                value = vars(value).get(part) if isinstance(value, (type, ModuleType)) else None
            if isinstance(value, type) and issubclass(value, (nn.Module, optim.Optimizer)):
                return _as_fits(value)
            return None
    return None


def _refusal(name: str, only: bool) -> str:
    last, shown = ascii(name.rpartition(".")[2][:100])[1:-1], ascii(name[:200])[1:-1]
    text = f"Weights only load failed: the file names {shown}, which is not allowed by default. "
    if not only:
        text = f"the file names {shown}, which is no class that may be loaded. "
    if name.startswith("torch.nn.") and only:
        return text + "It holds a whole module: load(..., weights_only=False) loads those."
    if name.rpartition(".")[0] in {"builtins", "subprocess", "importlib", *_NEVER}:
        return text + "No network needs that: whoever made this file may have meant harm."
    return text + (
        f"If it is a class of yours, and you trust the file, say "
        f"`torch.serialization.add_safe_globals([{last}])` first."
    )
