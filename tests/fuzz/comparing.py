"""Whether two libraries saw the same: numbers to a bound, all else exactly."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from types import ModuleType

import numpy as np
import torch

import scratch

__all__ = ["BOUND", "alike", "difference", "differences", "normal", "second_gradients", "unlike"]

# The largest difference, relative to the largest value (to 1, if all are smaller).
BOUND = {"float16": 4e-2, "float32": 2e-4, "float64": 1e-11}
SECOND = {"float16": 1e-1, "float32": 1e-2, "float64": 1e-8}  # of second gradients: they cancel


def difference(run: Callable[[ModuleType, object], dict], draw: object, dtype: str) -> str:
    """What tells the libraries apart in all that a run of this draw has seen, or nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return unlike(run(scratch, draw), run(torch, draw), draw, dtype)


def unlike(ours: dict, theirs: dict, draw: object, dtype: str) -> str:
    """The first thing that two runs have seen differently, or nothing."""
    for key in dict.fromkeys([*theirs, *ours]):
        a, b = ours.get(key, "nothing"), theirs.get(key, "nothing")
        bounds = SECOND if key == "second gradients" else BOUND
        if not alike(a, b, bounds[dtype]):
            return f"{draw}\n{key}: scratch has\n{a}\ntorch has\n{b}"
    return ""


def differences(difference: Callable[[object], str], draws: list) -> list[str]:
    """The texts of those that differ."""
    return [text for text in map(difference, draws) if text]


def alike(a: object, b: object, bound: float) -> bool:
    if isinstance(b, (list, tuple)):
        if type(a) is not type(b) or len(a) != len(b):
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
    dy, ddx = normal(column, y), normal(column, inputs[0])
    (dx,) = column.autograd.grad(y, inputs[:1], dy, create_graph=True)
    if not dx.requires_grad:  # a slope that is constant
        return [np.zeros(tuple(x.shape), x.detach().numpy().dtype) for x in inputs]
    twice = column.autograd.grad(dx, inputs, ddx, materialize_grads=True)
    return [d.numpy(force=True) for d in twice]


def normal(column: ModuleType, x: object) -> object:
    """Numbers of the same shape and dtype, the same in both libraries."""
    numbers = np.random.RandomState(9).standard_normal(tuple(x.shape))
    return column.from_numpy(np.asarray(numbers)).to(x.dtype)
