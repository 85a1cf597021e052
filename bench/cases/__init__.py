"""Computations that every column must agree on, by lesson: what `sidebyside check` runs.

A case is a callable over a column and some input shapes. It is written once and run three times::

    Case("nn/linear", "a batch of sequences",
         lambda torch, x, weight, bias: torch.nn.functional.linear(x, weight, bias),
         [(2, 3, 4), (5, 4), (5,)])

with `torch` being scratch, torch_impl and torch. The tests beside the lessons go into every corner;
these show, for each lesson, what it computes and how near the columns are.
"""

from __future__ import annotations

import functools
import pkgutil
import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import torch

from bench.compare import Record, compare, constant
from bench.compare.arrays import Domain, draw

__all__ = ["Case", "cases", "integers", "lessons", "probabilities", "run_case", "several"]

Shape = tuple[int, ...]
Functions = dict[str, Callable[..., Any]]


@dataclass(frozen=True)
class Case:
    """One computation.

    Args:
        lesson: the path, such as "nn/linear"
        name: what is computed, in words
        function: called with a column and one tensor for each shape
        shapes: of the inputs
        domain: where the inputs' values lie, see `bench.compare.arrays`; a tuple has one for each
        fixed: the positions of inputs that do not require grad
        exact, scale, second: see `bench.compare.compare`
        dtypes: of the floating inputs; the case runs once for each
    """

    lesson: str
    name: str
    function: Callable[..., Any]
    shapes: list[Shape]
    domain: Domain | tuple[Domain, ...] = None
    fixed: tuple[int, ...] = ()
    exact: bool | str = False
    scale: float | str | None = None
    second: bool = False
    dtypes: tuple[str, ...] = ("float32", "float64")


def several(
    lesson: str, functions: Functions, shapes: list[Shape], suffix: str = "", **options: Any
) -> list[Case]:
    """A case for each function, all with the same inputs; the names get the suffix."""
    return [Case(lesson, name + suffix, f, shapes, **options) for name, f in functions.items()]


def integers(high: int, low: int = 0) -> Domain:
    """The domain of integers below `high`: class numbers, indices."""
    return lambda rng, shape: rng.integers(low, high, shape)


def probabilities(rng: np.random.Generator, shape: Shape) -> np.ndarray:
    """The domain of class probabilities: positive, and 1 when summed over dimension 1."""
    values = rng.uniform(0.05, 1.0, shape)
    return values / values.sum(1, keepdims=True)


def run_case(case: Case) -> list[Record]:
    """A `Record` for every dtype, output and gradient. An exception is one, too: never ok."""
    import scratch
    import torch_impl

    columns = [functools.partial(case.function, column) for column in (scratch, torch_impl, torch)]
    records = []
    for dtype in case.dtypes:
        rng = np.random.default_rng(zlib.crc32(f"{case.lesson} {case.name} {dtype}".encode()))
        domains = case.domain if isinstance(case.domain, tuple) else (case.domain,)
        if len(domains) == 1:
            domains *= len(case.shapes)
        arrays: list[Any] = [
            draw(rng, shape, dtype, domain)
            for shape, domain in zip(case.shapes, domains, strict=True)
        ]
        for position in case.fixed:
            arrays[position] = constant(arrays[position])
        try:
            records += compare(
                *columns,
                *arrays,
                exact=case.exact,
                scale=case.scale,
                second=case.second,
                measure=True,
                name=case.name,
            )
        except Exception as error:
            message = "".join(traceback.format_exception_only(error)).strip()
            records.append(Record(case.name, "output", dtype, (), ok=False, message=message))
    return records


@functools.cache
def _all() -> tuple[Case, ...]:
    files = {module.name for module in pkgutil.iter_modules(__path__)}
    order = ["foundations", *sorted(files - {"foundations", "nn", "optim"}), "nn", "optim"]
    return tuple(c for name in order for c in import_module(f"{__name__}.{name}").CASES)


def lessons() -> list[str]:
    """The lessons that have cases, in the order in which they build on each other."""
    return list(dict.fromkeys(case.lesson for case in _all()))


def cases(name: str = "") -> list[Case]:
    """The cases of a lesson ("nn/linear"), of all in a folder ("nn"), or, without a name, all."""
    return [case for case in _all() if f"{case.lesson}/".startswith(f"{name}/" if name else "")]
