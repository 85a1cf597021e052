"""Numbers at equal distances, or at equal ratios; and windows, the bells that fade a signal out."""

from __future__ import annotations

import math
import operator
import warnings

import numpy

from . import dtypes
from ._arguments import as_sizes
from ._data import number
from ._ranges import evenly_spaced, evenly_spaced_powers, stepwise
from .ops._making import makes_tensors, stored_as

__all__ = [
    "arange",
    "range",
    "linspace",
    "logspace",
    "hann_window",
    "hamming_window",
    "bartlett_window",
    "blackman_window",
]


@makes_tensors
def arange(
    start: float | None = None,
    end: float | None = None,
    step: float = 1,
    *,
    dtype: dtypes.dtype | None = None,
) -> numpy.ndarray:
    """start, start + step, start + 2 step, ... as long as that is below the end.

    Args:
        start: the first value. A single argument is the end, and the start then 0
        end: where to stop, not included
        step: from one value to the next. Default: 1
        dtype: Default: int64, or the default dtype if one of the three is a float
        out, layout, device, pin_memory, requires_grad: as for ``empty``

    Examples:
        >>> torch.arange(5)
        tensor([0, 1, 2, 3, 4])
        >>> torch.arange(1, 2.5, 0.5)
        tensor([1.0000, 1.5000, 2.0000])
    """
    if end is None:
        start, end = None, start
    if end is None:
        raise TypeError('arange() missing 1 required positional argument: "end"')
    start = 0 if start is None else _bound(start, "arange", "start")
    end, step = _bound(end, "arange", "end"), _bound(step, "arange", "step")
    floating = any(isinstance(x, float) for x in (start, end, step))
    kind = stored_as(dtypes.int64 if dtype is None and not floating else dtype)
    return stepwise(start, end, step, kind)


@makes_tensors
def range(
    start: float, end: float, step: float = 1, *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """start, start + step, ... up to the end, which is *included*; floating. Use ``arange``.

    Args:
        start, end: the first value, and where to stop
        step: from one value to the next. Default: 1
        dtype: Default: the default dtype
        out, layout, device, pin_memory, requires_grad: as for ``empty``
    """
    warnings.warn(
        "torch.range is deprecated: unlike Python's range it includes the end. Use torch.arange.",
        stacklevel=3,
    )
    start, end, step = (
        _bound(x, "range", name) for x, name in ((start, "start"), (end, "end"), (step, "step"))
    )
    return stepwise(start, end, step, stored_as(dtype), closed=True)


@makes_tensors
def linspace(
    start: float, end: float, steps: int, *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """``steps`` values at equal distances from the start to the end, both included.

    Args:
        start: the first value
        end: the last value
        steps: how many values
        out, dtype, layout, device, pin_memory, requires_grad: as for ``empty``

    Examples:
        >>> torch.linspace(0, 1, 5)
        tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
    """
    start, end = _bound(start, "linspace", "start"), _bound(end, "linspace", "end")
    return evenly_spaced(start, end, _steps(steps, "linspace"), stored_as(dtype))


@makes_tensors
def logspace(
    start: float,
    end: float,
    steps: int,
    base: float = 10.0,
    *,
    dtype: dtypes.dtype | None = None,
) -> numpy.ndarray:
    """``base`` to the power of ``linspace(start, end, steps)``: each value times the same is the
    next.

    Args:
        start, end: the first and the last exponent
        steps: how many values
        base: what is raised to them. Default: 10
        out, dtype, layout, device, pin_memory, requires_grad: as for ``empty``

    Examples:
        >>> torch.logspace(-2, 1, 4)
        tensor([1.0000e-02, 1.0000e-01, 1.0000e+00, 1.0000e+01])
    """
    start, end = _bound(start, "logspace", "start"), _bound(end, "logspace", "end")
    steps, base = _steps(steps, "logspace"), number(base, "logspace", "base")
    return evenly_spaced_powers(start, end, steps, base, stored_as(dtype))


def _bound(x: object, function: str, name: str) -> float:
    if isinstance(x, numpy.ndarray):
        raise TypeError(f"{function}(): argument {name!r} must be Number, not numpy.ndarray")
    return number(x, function, name)


def _steps(steps: int, function: str) -> int:
    (steps,) = as_sizes((steps,), function, "steps")
    if steps < 0:
        raise RuntimeError(f"number of steps must be non-negative, got {steps}")
    return steps


# ---- windows ------------------------------------------------------------------------------------


@makes_tensors
def hann_window(
    window_length: int, periodic: bool = True, *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """w_i = 1/2 - 1/2 cos(2 pi i / n): from 0 up to 1 and back.

    Args:
        window_length: how many values
        periodic: whether n is their number, so that the window repeats smoothly; else n is one
            less, and the last value equals the first. Default: True
        layout, device, pin_memory, requires_grad: as for ``empty``
        dtype: a floating one. Default: the default dtype

    Examples:
        >>> torch.hann_window(4)
        tensor([0.0000, 0.5000, 1.0000, 0.5000])
    """
    i, n, short = _points("hann_window", window_length, periodic, dtype)
    return short if i is None else _raised_cosine(i, n, 0.5, 0.5)[:window_length]


@makes_tensors
def hamming_window(
    window_length: int,
    periodic: bool = True,
    alpha: float = 0.54,
    beta: float = 0.46,
    *,
    dtype: dtypes.dtype | None = None,
) -> numpy.ndarray:
    """w_i = alpha - beta cos(2 pi i / n): as ``hann_window``, but it does not end at 0.

    Args:
        window_length: how many values
        periodic: as for ``hann_window``. Default: True
        alpha, beta: the two constants. Default: 0.54 and 0.46
        layout, device, pin_memory, requires_grad: as for ``empty``
        dtype: a floating one. Default: the default dtype

    Examples:
        >>> torch.hamming_window(4)
        tensor([0.0800, 0.5400, 1.0000, 0.5400])
    """
    i, n, short = _points("hamming_window", window_length, periodic, dtype)
    return short if i is None else _raised_cosine(i, n, alpha, beta)[:window_length]


@makes_tensors
def bartlett_window(
    window_length: int, periodic: bool = True, *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """w_i = 1 - |2 i / n - 1|: straight up and straight down.

    Args:
        window_length: how many values
        periodic: as for ``hann_window``. Default: True
        layout, device, pin_memory, requires_grad: as for ``empty``
        dtype: a floating one. Default: the default dtype

    Examples:
        >>> torch.bartlett_window(4)
        tensor([0.0000, 0.5000, 1.0000, 0.5000])
    """
    i, n, short = _points("bartlett_window", window_length, periodic, dtype)
    if i is None:
        return short
    w = i * i.dtype.type(2 / n)
    w[n // 2 + 1 :] = 2 - w[n // 2 + 1 :]
    return w[:window_length]


@makes_tensors
def blackman_window(
    window_length: int, periodic: bool = True, *, dtype: dtypes.dtype | None = None
) -> numpy.ndarray:
    """w_i = 0.42 - 0.5 cos(2 pi i / n) + 0.08 cos(4 pi i / n).

    Args:
        window_length: how many values
        periodic: as for ``hann_window``. Default: True
        layout, device, pin_memory, requires_grad: as for ``empty``
        dtype: a floating one. Default: the default dtype

    Examples:
        >>> torch.blackman_window(4)[1:]
        tensor([0.3400, 1.0000, 0.3400])
    """
    i, n, short = _points("blackman_window", window_length, periodic, dtype)
    if i is None:
        return short
    angle = i * i.dtype.type(math.pi / n)
    w = numpy.cos(4 * angle) * 0.08 - numpy.cos(2 * angle) * 0.5 + 0.42
    return w[:window_length].astype(i.dtype)


def _points(function: str, length: int, periodic: bool, dtype: dtypes.dtype | None) -> tuple:
    """0, 1, ..., n, and n; or None, and the window of none or one value."""
    kind, length = stored_as(dtype), operator.index(length)
    if kind.kind != "f":
        raise RuntimeError(f"{function} expects floating point dtypes, got {dtype}")
    if length < 0:
        raise RuntimeError(f"{function} requires non-negative window_length, got {length}")
    if length < 2:
        return None, 0, numpy.ones(length, kind)
    n = length if periodic else length - 1
    return numpy.arange(n + 1).astype(kind), n, None


def _raised_cosine(i: numpy.ndarray, n: int, alpha: float, beta: float) -> numpy.ndarray:
    w = numpy.cos(i * i.dtype.type(2 * math.pi / n)) * i.dtype.type(-beta)
    return w + i.dtype.type(alpha)
