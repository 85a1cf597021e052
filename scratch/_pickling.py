"""Writes pickles that name what need not exist here: torch's own classes and functions.

Python's C pickler looks every name up before it writes it. The one written in Python does not, once
it is told how to write a name, and its output is the same byte for byte.
"""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable
from types import FunctionType
from typing import Any, BinaryIO


class Global:
    """A name in a pickle: a module, and what it is called there."""

    __slots__ = ("module", "name")

    def __init__(self, module: str, name: str):
        self.module, self.name = module, name

    def __call__(self, *args: Any):
        """Never called here; a pickle may only call what can be called."""
        raise TypeError(f"{self.module}.{self.name} is a name")


class Pickler(pickle._Pickler):
    """A pickler that is told how to write objects by their class, and classes by their name.

    Args:
        stream: has ``write``
        protocol: of the pickle
        reducers: gives for a class what takes its objects apart, or None
        name_of: gives for a class or function its Global, or None
        outside: the classes of objects that are kept outside the pickle
        persistent: gives the name by which the reader will ask for such an object
    """

    def __init__(
        self,
        stream: BinaryIO,
        protocol: int,
        reducers: Callable[[type], Callable | None],
        name_of: Callable[[Any], Global | None] = lambda value: None,
        outside: tuple[type, ...] = (),
        persistent: Callable[[Any], tuple] | None = None,
    ):
        super().__init__(stream, protocol)
        self.dispatch_table = _Table(reducers)
        self.name_of, self.outside, self.persistent = name_of, outside, persistent

    def persistent_id(self, obj: Any) -> tuple | None:
        return self.persistent(obj) if type(obj) in self.outside else None

    def save_global(self, obj: Any, name: str | None = None) -> None:
        named = self.name_of(obj)
        if "<locals>" in getattr(obj, "__qualname__", ""):
            raise AttributeError(
                f"Can't pickle local object {obj.__qualname__!r}: what is defined inside a "
                f"function has no name by which a file could ask for it"
            )
        if named is None:
            super().save_global(obj, name)
        else:
            self.write_name(named, obj)

    def write_name(self, named: Global, obj: Any = None) -> None:
        self.write(f"c{named.module}\n{named.name}\n".encode())
        self.memoize(named if obj is None else obj)

    dispatch: Any = {**pickle._Pickler.dispatch, Global: write_name, FunctionType: save_global}


class _Table:
    """Looks like a dictionary to the pickler, and asks a function, then Python's own table."""

    def __init__(self, reducers: Callable):
        self.reducers = reducers

    def get(self, kind: type) -> Callable | None:
        return self.reducers(kind) or copyreg.dispatch_table.get(kind)
