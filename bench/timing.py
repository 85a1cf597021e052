"""The stopwatch of the lessons: the same work in every column, on every device, at every size.

    @lesson("nn/linear", size=[(16, 64), (256, 512)])
    def linear(torch, device, size):
        ...                  # set up; torch is scratch, torch_impl or torch
        return step          # what is timed

`lesson` turns the function into a pytest-benchmark test a combination, so that `pytest
--benchmark-only` runs them all. Benchmarks of one lesson and size share a group: within it only
the column differs.
"""

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from bench import threads

__all__ = ["BACKEND", "COLUMNS", "backend", "lesson"]

COLUMNS = ("scratch", "torch_impl", "torch")
BACKEND = "SIDEBYSIDE_BACKEND"
WARM_UP = 3  # calls before the clock starts: caches fill, kernels compile
SECONDS = 0.4  # of measuring each; never fewer than five rounds
ROUND = 1e-3  # seconds that a round lasts at least: short work is repeated within it

Make = Callable[[ModuleType, str, Any], Callable[[], object]]


def lesson(path: str, *, size: Sequence[Any] = (None,)) -> Callable[[Make], Callable[..., None]]:
    """Register a lesson's benchmark.

    Args:
        path: the lesson, as its file is called in every tree: ``"nn/linear"``.
        size: the sizes to measure at, each handed to the function as it is. None: the work has
            only one.
    """

    def register(make: Make) -> Callable[..., None]:
        name = make.__name__.rstrip("_")
        what = "" if name == path.rpartition("/")[2] else f" {name}"

        @pytest.mark.benchmark(max_time=SECONDS, min_time=ROUND)
        @pytest.mark.parametrize(("column", "device"), places())  # varies fastest
        @pytest.mark.parametrize(
            "size", size, ids=[name_of(s) or pytest.HIDDEN_PARAM for s in size]
        )
        def measure(benchmark: Any, column: str, device: str, size: Any) -> None:
            threads.limit(threads.wanted())
            import_module("scratch").set_backend(backend())
            step = timed(make(import_module(column), device, size), column, device)
            for _ in range(WARM_UP if benchmark.enabled else 0):
                step()
            label = name_of(size)
            benchmark.group = " ".join(f"{path}{what} {label} {device}".split())
            benchmark.extra_info.update(
                lesson=path + what,
                column=column,
                device=device,
                size=label,
                threads=threads.wanted(),
                backend=backend(),
            )
            benchmark(step)

        measure.__name__ = measure.__qualname__ = make.__name__
        measure.__module__, measure.__doc__ = make.__module__, make.__doc__
        measure.__test__ = True  # pytest collects it whatever it is called
        return measure

    return register


def backend() -> str:
    """What `scratch` computes with: NumPy, unless the environment asks for its Numba kernels."""
    return os.environ.get(BACKEND, "numpy")


def name_of(size: Any) -> str:
    """(16, 64) -> "16x64"; no size -> ""."""
    if size is None:
        return ""
    return "x".join(map(str, size)) if isinstance(size, tuple | list) else str(size)


def places() -> list[tuple[str, str]]:
    """Every column on every device it can use here."""
    return [
        (column, device)
        for device in ("cpu", "cuda")
        for column in COLUMNS
        if device == "cpu" or has_cuda(column)
    ]


def has_cuda(column: str) -> bool:
    cuda = getattr(import_module(column), "cuda", None)
    return cuda is not None and cuda.is_available()


def timed(step: Callable[[], object], column: str, device: str) -> Callable[[], object]:
    """What the clock sees: on CUDA a call returns before the work is done, so wait for it."""
    if device == "cpu":
        return step
    synchronize = import_module(column).cuda.synchronize

    def step_and_wait() -> None:
        step()
        synchronize()

    return step_and_wait
