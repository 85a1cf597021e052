"""When two results count as the same.

Exact: equal bit for bit, NaN at the same places. Otherwise let ::

    e(x) = max|x - reference| / (eps * S)        S = max|reference|

be the error in units of the dtype's machine epsilon. Demanded is

    e(ours) <= max(3 * e(torch), 8)

and NaN and infinities at the same places. So a column may be as wrong as torch itself is, and a
little more: torch's own last bits change with the processor and the number of threads.

Where S would be the size of a result that cancelled (the sum of ten thousand numbers around 0), S
is the largest sum of the terms' magnitudes, ``scale="terms"``. That is found by giving the built-in
the inputs' magnitudes, so it is right for functions that are linear in each input. For others
there is ``scale="condition"``, how much the result moves when the inputs do: a result that
cancelled moves far, compared with its size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bench.compare.observe import Item, Observation

__all__ = ["ALLOWED", "Record", "Reference", "judge"]

ALLOWED = 8.0  # eps, when torch itself is nearer than a third of that
TIMES_TORCH = 3.0
ALLOWED_FROM_TORCH = 16.0  # ours and torch each 8 eps from the truth, when the truth is unknown


@dataclass
class Record:
    """The outcome for one output or gradient. Errors are in eps; NaN: not measured."""

    function: str
    name: str
    dtype: str
    shape: tuple[int, ...]
    ours: float = np.nan
    twin: float | None = None
    torch: float = np.nan
    equal: float = np.nan  # share of elements in which ours is torch's, bit for bit
    exact: bool = False
    reference: str = ""
    ok: bool = True
    message: str = ""


class Reference(Protocol):
    """The same computation with more digits."""

    kind: str

    def value(self, label: str) -> np.ndarray | None:
        """The reference for a label, or None where there is no better one than torch's."""

    def size(self, label: str, values: np.ndarray) -> float:
        """S."""


def judge(
    label: str,
    title: str,
    theirs: Observation,
    others: list[Observation],
    reference: Reference,
    exact: bool | str,
    measure: bool,
) -> Record:
    """Compares one output or gradient of `others` (ours, and perhaps the twin) with torch's."""
    item = theirs.items.get(label)
    array = None if item is None else item.array
    record = Record(title, label, item.dtype if item else "", () if array is None else array.shape)
    complaints = [
        complaint
        for seen in others
        if (complaint := seen.problems.get(label) or _differ(seen, label, item, theirs))
    ]
    if not complaints and array is not None:
        complaints = _compare_numbers(record, label, item, others, reference, exact, measure)
    if complaints:
        record.ok = False
        record.message = "\n".join(f"{label} of {title}\n  {text}" for text in complaints)
    return record


def _differ(seen: Observation, label: str, item: Item | None, theirs: Observation) -> str:
    """What is wrong before any number is looked at: something missing, its dtype, its shape."""
    mine = seen.items.get(label)
    if mine is None or item is None:
        if seen.stopped_before(label) or mine is item:
            return ""  # what stopped it is reported
        return f"{'torch' if mine is None else seen.column} alone has it"
    words = [
        "None" if each.array is None else f"{each.dtype} {each.array.shape}"
        for each in (mine, item)
    ]
    return "" if words[0] == words[1] else f"{seen.column} has {words[0]}, torch has {words[1]}"


def _compare_numbers(
    record: Record,
    label: str,
    item: Item,
    others: list[Observation],
    reference: Reference,
    exact: bool | str,
    measure: bool,
) -> list[str]:
    theirs = item.array
    runs = [(seen.column, seen.items[label].array) for seen in others if label in seen.items]
    if not runs:
        return []
    is_float = theirs.dtype.kind == "f"
    record.exact, signed = _is_exact(label, exact)
    record.exact = record.exact or not is_float
    same = [_same(array, theirs, signed) for _, array in runs]
    record.equal = float(np.mean(same[0])) if theirs.size else 1.0
    complaints = [
        f"at {_index(~equal)}: {name} {array[_index(~equal)]}, torch {theirs[_index(~equal)]}\n"
        f"  {np.sum(~equal)} of {equal.size} elements differ; {demand}"
        for (name, array), equal in zip(runs, same, strict=True)
        if not np.all(equal) and (demand := _demand(record.exact, signed, array, theirs))
    ]
    if is_float and not complaints and (measure or not all(map(np.all, same))):
        complaints = _measure(record, label, item, runs, reference)
    return complaints


def _is_exact(label: str, exact: bool | str) -> tuple[bool, bool]:
    """Whether this label must be bit-equal, and whether -0 then differs from 0."""
    words = exact.split() if isinstance(exact, str) else []
    if unknown := set(words) - {"values", "gradients", "signed"}:
        raise ValueError(f"exact={exact!r}: {unknown} is none of 'values', 'gradients', 'signed'")
    part = "gradients" if "gradient" in label else "values"
    everything = exact is True or words == ["signed"]
    return everything or part in words, "signed" in words and (everything or part in words)


def _same(array: np.ndarray, theirs: np.ndarray, signed: bool) -> np.ndarray:
    """Where two arrays hold the same number, or both hold NaN."""
    equal = array == theirs
    if theirs.dtype.kind == "f":
        if signed:
            equal &= np.signbit(array) == np.signbit(theirs)
        equal |= np.isnan(array) & np.isnan(theirs)
    return np.asarray(equal)


def _demand(exact: bool, signed: bool, array: np.ndarray, theirs: np.ndarray) -> str:
    """The rule that unequal arrays have broken already, whatever the reference; "" if none."""
    if exact:
        return "they must be bit-equal" + (", zeros' signs included" if signed else "")
    with np.errstate(invalid="ignore"):
        special = ~(np.isfinite(array) & np.isfinite(theirs))
        if not np.all(_same(array, theirs, False) | ~special):
            return "NaN and infinities must be at the same places"
    return ""


def _index(where: np.ndarray) -> tuple[int, ...]:
    """The first place."""
    return tuple(int(i) for i in np.argwhere(where)[0])


def _measure(
    record: Record,
    label: str,
    item: Item,
    runs: list[tuple[str, np.ndarray]],
    reference: Reference,
) -> list[str]:
    """Fills in the errors in eps, and complains about those that are too large."""
    theirs = item.array
    finite = np.isfinite(theirs)
    info = np.finfo(item.precision)
    truth, record.reference = reference.value(label), reference.kind
    if truth is None or truth.shape != theirs.shape or truth.dtype.kind != "f":
        truth, record.reference = theirs, "torch"
    with np.errstate(all="ignore"):
        # Where more digits overflow to infinity in another place, torch's finite number serves.
        truth = np.where(np.isfinite(truth), truth, theirs)
        size = reference.size(label, truth[finite])
        unit = max(info.eps * size, info.smallest_subnormal)
        errors = [_errors(array, truth, finite, unit) for _, array in runs]
        record.torch = _worst(_errors(theirs, truth, finite, unit))
        allowed = max(TIMES_TORCH * record.torch, ALLOWED)
        if record.reference == "longdouble" and record.torch > max(
            TIMES_TORCH * _worst(errors[0]), ALLOWED
        ):
            # This reference is scratch with more digits. If torch is far from it, the formula may
            # be wrong in both; so trust torch.
            truth, record.reference = theirs, "torch"
            errors = [_errors(array, truth, finite, unit) for _, array in runs]
            record.torch = 0.0
        if record.reference == "torch":
            allowed = ALLOWED_FROM_TORCH
    record.ours = _worst(errors[0])
    record.twin = _worst(errors[1]) if len(errors) > 1 else None
    complaints = []
    for (name, array), error in zip(runs, errors, strict=True):
        if not _worst(error) <= allowed:
            at = tuple(int(i) for i in np.unravel_index(np.argmax(error), error.shape))
            complaints.append(
                f"at {at}: {name} {array[at]}, torch {theirs[at]}, "
                f"{record.reference} reference {truth[at]}\n"
                f"  error {_worst(error):.4g} eps, torch's own {record.torch:.4g}, "
                f"allowed {allowed:.4g} (eps {info.eps:.3g} of {size:.6g}); "
                f"{int(np.sum(error > allowed))} of {error.size} elements are wrong"
            )
    return complaints


def _errors(array: np.ndarray, truth: np.ndarray, finite: np.ndarray, unit: float) -> np.ndarray:
    wide = np.result_type(truth, np.float64)
    error = np.abs(array.astype(wide) - truth.astype(wide)) / wide.type(unit)
    return np.where(finite, error, 0)


def _worst(error: np.ndarray) -> float:
    return float(np.max(error, initial=0.0))
