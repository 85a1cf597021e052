"""Numbers at equal distances, to the last bit as torch computes them."""

from __future__ import annotations

import numpy

from ._data import cast
from ._libm import affine, fma


def stepwise(start: float, end: float, step: float, kind: numpy.dtype) -> numpy.ndarray:
    """start, start + step, ... up to the end, which is not included."""
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if not abs(end - start) < numpy.inf:
        raise RuntimeError(f"unsupported range: {start} -> {end}")
    if (end - start) * step < 0:
        raise RuntimeError(
            f"upper bound and lower bound inconsistent with step sign: {start} -> {end} by {step}"
        )
    if kind.kind == "b":
        raise NotImplementedError("arange has no bool dtype: compare integers instead")
    if kind.kind == "f":
        count = int(numpy.ceil((float(end) - float(start)) / step))
        return _ramp(float(start), float(step), count, kind)
    if kind == numpy.int64:
        start, end, step = int(start), int(end), int(step)
        if step == 0:
            raise ValueError("step must be nonzero, and as an integer it is 0")
        count = -((start - end) // step)
    else:
        count = int(numpy.ceil((float(end) - float(start)) / step))
    return (int(start) + int(step) * numpy.arange(count)).astype(kind)


def _ramp(start: float, step: float, count: int, kind: numpy.dtype) -> numpy.ndarray:
    """start + i step, rounded as torch's loop does.

    It fills vectors of 32 bytes, two at a time. The first number of a vector is computed from the
    start, and the others from that one, already rounded. What is left over is computed one by one.
    """
    exact = numpy.float32 if kind == numpy.float16 else numpy.float64
    start, step = numpy.float64(exact(start)), numpy.float64(exact(step))
    y = cast(fma(numpy.arange(count, dtype=float), step, start), kind)
    width = 32 // kind.itemsize
    vectors = y[: count // (2 * width) * 2 * width].reshape(-1, width)
    first = vectors[:, :1].astype(float)
    vectors[...] = cast(fma(numpy.arange(width, dtype=float), step, first), kind)
    return y


def evenly_spaced(start: float, end: float, steps: int, kind: numpy.dtype) -> numpy.ndarray:
    """Forwards from the start up to the middle, and backwards from the end."""
    exact = kind if kind.kind == "f" else numpy.dtype(float)
    start, end = numpy.array([start, end], kind).astype(exact)
    step = (end - start) / exact.type(max(steps - 1, 1))
    i, middle = numpy.arange(steps).astype(exact), steps // 2 if steps > 1 else 1
    along = _rounded_twice if kind == numpy.float16 else affine
    up, down = along(i[:middle], step, start), along(i[: steps - middle][::-1], -step, end)
    return numpy.concatenate([up, down]).astype(kind)


def _rounded_twice(x: numpy.ndarray, scale: float, shift: float) -> numpy.ndarray:
    return x * scale + shift
