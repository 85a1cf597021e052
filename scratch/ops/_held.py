"""Storages that come out of a file: found by their keys, and put where they belong."""

from __future__ import annotations

from collections.abc import Callable
from pickle import UnpicklingError
from typing import Any

from .. import devices, dtypes
from .._unpickling import Machine
from ..storage import TypedStorage, UntypedStorage


class Kind:
    """What a file calls ``torch.FloatStorage``: memory, and the dtype of what it holds."""

    def __init__(self, dtype: dtypes.dtype):
        self.dtype = dtype


def persistent(memory: Callable, restore: Callable) -> Callable:
    """What gives a storage for the name by which a file asks for it.

    Args:
        memory: gives the bytes for a key, a dtype and a number of elements
        restore: puts a storage where it belongs
    """
    found: dict[str, UntypedStorage] = {}

    def give(machine: Machine, name: Any) -> Any:
        if type(name) is tuple and len(name) == 4 and name[0] == "module":
            return name[1]  # an older file: a class, and how its source read then
        if type(name) is not tuple or len(name) not in (5, 6) or name[0] != "storage":
            raise UnpicklingError("a storage is asked for by what is not the name of one")
        if name[5:] not in ((), (None,)):
            raise UnpicklingError("it has a view of a storage, as torch wrote them before 2018")
        _, kind, key, location, count = name[:5]
        if [type(part) for part in name[1:5]] != [Kind, str, str, int] or not 0 <= count < 1 << 60:
            raise UnpicklingError("a storage is asked for by what is not the name of one")
        if key not in found:
            found[key] = restore(UntypedStorage._over(memory(key, kind.dtype, count)), location)
        if count * kind.dtype.itemsize > len(found[key]):
            raise UnpicklingError(
                f"storage {key!r} has {len(found[key])} bytes, and {count} "
                f"numbers of {kind.dtype} do not fit"
            )
        return TypedStorage(wrap_storage=found[key], dtype=kind.dtype)

    return give


def restoring(map_location: Any) -> Callable:
    """What puts a storage where ``map_location`` says."""
    if map_location is None:
        return _restored
    if isinstance(map_location, dict):
        return lambda storage, place: _restored(storage, map_location.get(place, place))
    if isinstance(map_location, (str, bytes, devices.device)):
        goal = map_location.decode() if isinstance(map_location, bytes) else str(map_location)
        return lambda storage, place: _restored(storage, goal)
    if not callable(map_location):
        raise TypeError(
            f"map_location is a device, a dictionary or a function, not a "
            f"{type(map_location).__name__}"
        )

    def restored(storage: UntypedStorage, place: str) -> UntypedStorage:
        moved = map_location(storage, place)
        moved = moved.untyped() if isinstance(moved, TypedStorage) else moved
        if moved is not None and not isinstance(moved, UntypedStorage):
            raise RuntimeError(f"map_location has returned a {type(moved).__name__}, no storage")
        return _restored(storage, place) if moved is None else moved

    return restored


def _restored(storage: UntypedStorage, place: str) -> UntypedStorage:
    if str(place).partition(":")[0] != "cpu":
        raise RuntimeError(
            f"Attempting to deserialize object on device {str(place)[:40]!r}, but there is only "
            f"the CPU here. Use torch.load with map_location='cpu' to map your storages to it."
        )
    return storage
