"""Whether two libraries saw the same: numbers to a bound, all else exactly."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import ModuleType

import numpy as np
import torch

import scratch

__all__ = ["BOUND", "alike", "difference", "differences", "second_gradients"]

# The largest difference, relative to the largest value (to 1, if all are smaller).
BOUND = {"float16": 2e-2, "float32": 2e-4, "float64": 1e-11}


def difference(run: Callable[[ModuleType, object], dict], draw: object, dtype: str) -> str:
    """What tells the libraries apart in all that a run of this draw has seen, or nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ours, theirs = run(scratch, draw), run(torch, draw)
    for key in dict.fromkeys([*theirs, *ours]):
        a, b = ours.get(key, "nothing"), theirs.get(key, "nothing")
        if not alike(a, b, BOUND[dtype]):
            return f"{draw}\n{key}: scratch has\n{a}\ntorch has\n{b}"
    return ""


def differences(difference: Callable[[object], str], draws: list) -> list[str]:
    """The texts of those that differ."""
    return [text for text in map(difference, draws) if text]


def alike(a: object, b: object, bound: float) -> bool:
    if isinstance(b, list) and b and isinstance(b[0], (np.ndarray, type(None))):
        if not isinstance(a, list) or len(a) != len(b):
            return False
        return all(alike(x, y, bound) for x, y in zip(a, b, strict=True))
    if not isinstance(b, np.ndarray):
        return type(a) is type(b) and a == b
    if not isinstance(a, np.ndarray) or (a.shape, a.dtype) != (b.shape, b.dtype):
        return False
    if b.dtype.kind != "f":
        return bool((a == b).all())
    finite = np.isfinite(b)
    scale = np.abs(b[finite]).max(initial=1.0)
    return np.allclose(a, b, rtol=0, atol=float(bound * scale), equal_nan=True)


def second_gradients(column: ModuleType, y: object, inputs: list) -> list[np.ndarray]:
    """The gradients of the first input's gradient; where there are none, zeros."""
    dy = column.randn(*y.shape, dtype=y.dtype)
    (dx,) = column.autograd.grad(y, inputs[:1], dy, create_graph=True)
    if not dx.requires_grad:  # a slope that is constant
        return [np.zeros(tuple(x.shape), x.detach().numpy().dtype) for x in inputs]
    ddx = column.randn(*dx.shape, dtype=dx.dtype)
    twice = column.autograd.grad(dx, inputs, ddx, materialize_grads=True)
    return [d.detach().numpy() for d in twice]
