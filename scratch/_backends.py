"""Which version of a rule runs: the NumPy lesson, or a faster kernel for it.

A rule is written once, over any array. A backend may hold a faster version of some rules:
``class Addmm(lesson.Addmm, backend="numba")``; so may a function that calls several rules:
``@replaces(lesson.class_loss, backend="numba")``. Choosing a backend makes those the ones that run.

With ``"auto"``, the default, NumPy runs first, and the kernels take over once so many optimizer
steps were made that loading them, which takes almost a second, pays off. Without Numba, NumPy goes
on. The kernels add up in another order, so the last digits may change at that step: where a program
is to give the same ones whatever ran before it, choose ``"numpy"`` or ``"numba"``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

__all__ = ["set_backend", "get_backend"]

STEPS_BEFORE_KERNELS = 30_000  # on tiny networks these save what loading the kernels costs


class Replaceable:
    """A class of which a backend may have a faster version; ``active`` is the one to use."""

    active: type

    def __init_subclass__(cls, backend: str | None = None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.active = cls
        if backend is not None:
            _state.kernels.setdefault(backend, {})[cls.__bases__[0]] = cls


def replaceable(function: Callable) -> Callable:
    """Decorates a function of which a backend may have a faster one; ``active`` is to be called."""
    function.active = function
    return function


def replaces(lesson: Callable, backend: str) -> Callable:
    """Decorates the faster version of a ``replaceable`` function."""

    def register(function: Callable) -> Callable:
        _state.kernels.setdefault(backend, {})[lesson] = function
        return function

    return register


class _State:
    wanted = "auto"
    running = "numpy"
    steps = 0
    kernels: dict[str, dict[Any, Any]] = {}  # backend -> lesson -> its faster version


_state = _State()


class set_backend:
    """Chooses what runs; as a context manager, until its end.

    Args:
        name: ``"numpy"``, the lessons as they are written; ``"numba"``, compiled kernels where
            there are some, ImportError without Numba; or ``"auto"``

    Examples:
        >>> with torch.set_backend("numpy"):
        ...     print(torch.get_backend())
        numpy
    """

    def __init__(self, name: str):
        if name not in ("numpy", "numba", "auto"):
            raise ValueError(f"the backends are 'numpy', 'numba' and 'auto', not {name!r}")
        self.before = _state.wanted, _state.running
        _run("numba" if name == "numba" else "numpy")
        _state.wanted = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exception) -> None:
        _state.wanted = self.before[0]
        _run(self.before[1])


def get_backend() -> str:
    """What runs now: ``"numpy"`` or ``"numba"``."""
    return _state.running


def count_step() -> None:
    """Told of every optimizer step; at the right one, ``"auto"`` brings in the kernels."""
    _state.steps += 1
    if _state.steps == STEPS_BEFORE_KERNELS and _state.wanted == "auto":
        try:
            _run("numba")
        except ImportError:
            pass


def _run(backend: str) -> None:
    if backend == "numba":
        importlib.import_module("scratch.kernels.numba.rules")
    for kernels in _state.kernels.values():
        for lesson in kernels:
            lesson.active = lesson
    for lesson, kernel in _state.kernels.get(backend, {}).items():
        lesson.active = kernel
    _state.running = backend
