"""Numbers at equal distances, to the last bit as torch computes them."""

from __future__ import annotations

import numpy

from ._data import cast
from ._libm import affine, fma


def stepwise(
    start: float, end: float, step: float, kind: numpy.dtype, closed: bool = False
) -> numpy.ndarray:
    """start, start + step, ... up to the end, which is included only if ``closed``."""
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
    if closed:
        count = int((float(end) - float(start)) / step + 1)
        along = numpy.arange(count) * numpy.float64(step) + start
        return cast(along, kind)
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
    start, step = int(start), int(step)
    if not step or max(abs(start), abs(start + count * step)) >= 2**63:
        return (start + step * numpy.arange(count)).astype(kind)
    return numpy.arange(start, start + count * step, step).astype(kind, copy=False)


def _ramp(start: float, step: float, count: int, kind: numpy.dtype) -> numpy.ndarray:
    """start + i step, rounded as torch's loop does.

    It fills vectors of 32 bytes, two at a time. The first number of a vector is computed from the
    start, and the others from that one, already rounded. What is left over is computed one by one.
    """
    exact = numpy.float32 if kind == numpy.float16 else numpy.float64
    start, step = numpy.float64(exact(start)), numpy.float64(exact(step))
    if start.is_integer() and step.is_integer() and _fits(start, step, count, kind):
        return _whole(int(start), int(step), count, kind)
    width = 32 // kind.itemsize
    whole = count // (2 * width) * 2 * width
    y = numpy.empty(count, kind)
    y[whole:] = _fused(numpy.arange(whole, count, dtype=float), step, start, kind)
    vectors, i = y[:whole].reshape(-1, width), numpy.arange(width, dtype=float)
    for begin in range(0, len(vectors), BLOCK):
        block = vectors[begin : begin + BLOCK]
        number = numpy.arange(begin, begin + len(block), dtype=float) * width
        block[:, 0] = _fused(number, step, start, kind)
        block[...] = _fused(i, step, block[:, :1].astype(float), kind)
    return y


BLOCK = 4096  # vectors; so many stay in the processor's cache


def _fits(start: float, step: float, count: int, kind: numpy.dtype) -> bool:
    """Whether a float has room for all these whole numbers."""
    return max(abs(start), abs(start + count * step), count) < 2 ** numpy.finfo(kind).nmant


def _whole(start: int, step: int, count: int, kind: numpy.dtype) -> numpy.ndarray:
    if step == 1:
        return numpy.arange(start, start + count, dtype=kind)
    y = numpy.arange(count, dtype=kind)
    y *= kind.type(step)
    y += kind.type(start)
    return y


def _fused(i: numpy.ndarray, step: float, start: numpy.ndarray, kind: numpy.dtype) -> numpy.ndarray:
    """start + i step, as if rounded once to float64 and then to a dtype."""
    if kind == numpy.float64:
        return fma(i, step, start)
    y = i * step + start
    # Where this is wrong in its last bits, it matters only next to a tie between two float32, and
    # where most of it has cancelled.
    unclear = abs((y.view(numpy.int64) & (2**29 - 1)) - 2**28) <= 5
    unclear |= abs(y) * 4 < abs(start) + 2.0**-120
    if unclear.any():
        i, start = (numpy.broadcast_to(x, y.shape)[unclear] for x in (i, start))
        y[unclear] = fma(i, step, start)
    return cast(y, kind)


def evenly_spaced(start: float, end: float, steps: int, kind: numpy.dtype) -> numpy.ndarray:
    """Forwards from the start up to the middle, and backwards from the end."""
    if kind.kind == "b":
        raise NotImplementedError("linspace has no bool dtype: compare integers instead")
    exact = kind if kind.kind == "f" else numpy.dtype(float)
    start, end = numpy.array([start, end], kind).astype(exact)
    step = (end - start) / exact.type(max(steps - 1, 1))
    i, middle = numpy.arange(steps).astype(exact), steps // 2 if steps > 1 else 1
    along = {2: _rounded_twice, 4: _affine}.get(kind.itemsize * (kind.kind == "f"), affine)
    y = numpy.empty(steps, kind)
    y[:middle] = along(i[:middle], step, start)
    y[middle:] = along(i[: steps - middle], -step, end)[::-1]
    return y


def _affine(x: numpy.ndarray, scale: float, shift: float) -> numpy.ndarray:
    """x scale + shift, rounded once, for float32: the product is exact in float64."""
    y = numpy.empty_like(x)
    for begin in range(0, len(x), 8 * BLOCK):
        part = slice(begin, begin + 8 * BLOCK)
        wide = numpy.multiply(x[part], scale, dtype=numpy.float64)
        wide += shift
        y[part] = wide
        tie = (wide.view(numpy.int64) & (2**29 - 1)) == 2**28
        tie |= abs(wide) < 2.0**-120
        if tie.any():  # the sum was rounded to one, perhaps
            y[part][tie] = affine(x[part][tie], scale, shift)
    return y


def evenly_spaced_powers(
    start: float, end: float, steps: int, base: float, kind: numpy.dtype
) -> numpy.ndarray:
    """A base to the power of each of them, computed in float64."""
    if kind.kind == "b":
        raise NotImplementedError("logspace has no bool dtype")
    start, end = (float(x) for x in numpy.array([start, end], kind))
    step = (end - start) / max(steps - 1, 1)
    i, middle = numpy.arange(steps), steps // 2 if steps > 1 else 1
    up, down = start + step * i[:middle], end - step * i[: steps - middle][::-1]
    y = numpy.power(float(base), numpy.concatenate([up, down]))
    return cast(y, kind) if kind.kind == "f" else y.astype(numpy.int64).astype(kind)


def _rounded_twice(x: numpy.ndarray, scale: float, shift: float) -> numpy.ndarray:
    return x * scale + shift
