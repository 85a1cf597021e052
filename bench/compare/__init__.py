"""Is a computation the same in every column? Values, dtypes, shapes and all gradients.

`compare` runs one computation three times: in scratch, in torch_impl, and with torch's built-in.
Each run gets its own tensors, made from the same arrays in the same memory layout. Then one random
cotangent an output (never ones: those hide wrong formulas) is sent backwards, and every input's
gradient is compared as well.

    columns.py   how arrays get into and out of a column
    arrays.py    what arrays: values, layouts, awkward numbers
    observe.py   one column's run
    verdict.py   what counts as the same
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from bench.compare.columns import Column, Inputs, constant, scratch_column, torch_column
from bench.compare.observe import Observation, Plan, observe
from bench.compare.verdict import Record, judge

__all__ = ["Record", "compare", "constant", "one_thread"]


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """torch on one thread: with two, its own sums change their last bits."""
    threads = torch.get_num_threads()
    if threads != 1:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        if threads != 1:
            torch.set_num_threads(threads)


def compare(
    ours: Callable,
    twin: Callable | None,
    builtin: Callable,
    *args: Any,
    exact: bool | str = False,
    gradients: bool = True,
    second: bool = False,
    scale: float | str | None = None,
    seed: int = 0,
    measure: bool = False,
    relayout: Callable[[np.ndarray], np.ndarray | None] | None = None,
    column: Column | None = None,
    name: str = "",
    **kwargs: Any,
) -> list[Record]:
    """One `Record` for every output and every gradient.

    Args:
        ours, twin, builtin: the computation in scratch, torch_impl (None: no twin) and torch.
        args, kwargs: what it is called with. NumPy arrays, also inside lists, tuples and dicts,
            become tensors; floating ones require grad unless wrapped as ``constant(array)``.
            ``numpy.dtype("float32")`` becomes the column's dtype.
        exact: True for bit-equality; "values" or "gradients" for that part only; together with
            "signed" (``"values signed"``) zeros must have the same sign too.
        gradients: False compares values only, on tensors that do not require grad.
        second: also compares double backward, of random cotangents.
        scale: what an error is measured against, beside eps: None for the largest reference value,
            "terms" for the largest sum of the terms' magnitudes, "condition" for how much the
            result moves when the inputs do, or a number. Second gradients, which are sums of terms
            of either sign, go by "condition".
        seed: of the cotangents.
        measure: fills in all errors; otherwise the reference is computed only where bits differ.
        relayout: gives the cotangents a memory layout.
        column: the column that `ours` lives in; scratch.
        name: what to call the computation in messages.
    """
    inputs = Inputs(args, kwargs, gradients)
    plan = Plan(seed, second, relayout)
    column = column or scratch_column()
    with one_thread():
        theirs = observe(torch_column(), builtin, inputs, plan)
        others = [observe(column, ours, inputs, plan, like=theirs)]
        if twin is not None:
            others.append(observe(torch_column("torch_impl"), twin, inputs, plan, like=theirs))
        reference = _Reference(column, ours, builtin, inputs, plan, theirs, scale)
        seen = [*theirs.items, *(k for each in others for k in (*each.items, *each.problems))]
        title = f"{name or _name(ours, builtin)}({inputs})"
        return [
            judge(label, title, theirs, others, reference, exact, measure)
            for label in dict.fromkeys(seen)
            if not others[0].stopped_before(label)
        ]


def _name(*functions: Callable) -> str:
    """The first name that is one: a lambda and a partial have none."""
    names = (getattr(function, "__name__", "<lambda>") for function in functions)
    return next((name for name in names if name != "<lambda>"), "<lambda>")


# Relative changes of the inputs. Where the result jumps at a tie, both lie on the same side of it.
SHAKES = 1e-6, 1e-8


def _shake(by: float) -> Callable[[np.ndarray], np.ndarray]:
    """Makes every number a little larger or smaller, always by the same amounts times `by`."""

    def shake(x: np.ndarray) -> np.ndarray:
        moves = np.random.default_rng(zlib.crc32(x.tobytes())).uniform(-1, 1, x.shape)
        return x.astype(np.float64) * (1 + by * moves)

    return shake


def _largest(values: np.ndarray) -> float:
    return float(np.max(np.abs(values[np.isfinite(values)]), initial=0.0))


class _Reference:
    """The same computation with more digits, run when first asked for.

    For float32 and float16 that is torch's built-in on the same numbers in float64. torch has
    nothing wider than that, but scratch's rules are written over any array: for float64 it is
    scratch itself, on `numpy.longdouble`.
    """

    def __init__(
        self,
        column: Column,
        ours: Callable,
        builtin: Callable,
        inputs: Inputs,
        plan: Plan,
        theirs: Observation,
        scale: float | str | None,
    ) -> None:
        self.context = (inputs, plan, theirs)
        self.builtin = builtin
        self.scale = scale
        self.runs: dict[str, Observation] = {}
        if inputs.widest != np.float64:
            self.kind, self.run = "float64", (torch_column(), builtin, np.float64)
        else:
            self.kind, self.run = "longdouble", (column, ours, np.longdouble)
            wider = np.finfo(np.longdouble).eps < np.finfo(np.float64).eps
            if not (wider and column.any_array):
                self.runs["value"] = Observation("no longdouble here")

    def value(self, label: str) -> np.ndarray | None:
        """The reference for a label, or None where there is no better one than torch's."""
        if "value" not in self.runs:
            column, function, dtype = self.run
            try:
                self.runs["value"] = self._observe(column, function, lambda x: x.astype(dtype))
            except Exception:
                # There are computations in which the dtype is written down: those cannot have more
                # digits. Nothing is lost, the comparison with torch's own values is the stricter.
                self.runs["value"] = Observation("fixed dtype")
        item = self.runs["value"].items.get(label)
        return None if item is None else item.array

    def size(self, label: str, values: np.ndarray) -> float:
        """S: what errors are relative to."""
        if isinstance(self.scale, int | float):
            return float(self.scale)
        largest = _largest(values)
        if self.scale == "terms" and "second" not in label:
            return _largest(self._array("terms", label, lambda x: np.abs(x.astype(np.float64))))
        if self.scale == "condition" or "second" in label:
            near, nearer = (self._array(f"shaken by {by}", label, _shake(by)) for by in SHAKES)
            return max(largest, _largest((near - nearer) / (SHAKES[0] - SHAKES[1])))
        return largest

    def _array(self, key: str, label: str, convert: Callable) -> np.ndarray:
        """The built-in's result for inputs that were changed."""
        if key not in self.runs:
            self.runs[key] = self._observe(torch_column(), self.builtin, convert)
        return self.runs[key].items[label].array

    def _observe(self, column: Column, function: Callable, convert: Callable) -> Observation:
        inputs, plan, theirs = self.context
        with np.errstate(all="ignore"):
            return observe(column, function, inputs, plan, like=theirs, convert=convert)
