"""How pooling goes through all windows at once: element by element of a window, not one by one."""

from __future__ import annotations

import math

import numpy

from ._sliding import Axis


def largest(x: numpy.ndarray, rows: Axis, columns: Axis) -> numpy.ndarray:
    """The largest of each window: among its rows first, then of these among the columns."""
    return _largest(_largest(x, rows, x.ndim - 2), columns, x.ndim - 1)


def _largest(x: numpy.ndarray, axis: Axis, dim: int) -> numpy.ndarray:
    if axis.kernel == axis.stride == 1 and axis.count == axis.size:
        return x
    ahead = (slice(None),) * dim
    taps = list(axis.taps())
    if len(taps) > 1 and all(_full(windows, axis) for _, windows, _ in taps):
        (_, _, first), (_, _, second), *taps = taps
        y = numpy.maximum(x[(*ahead, first)], x[(*ahead, second)])
    else:
        y = numpy.full(_shape(x, axis, dim), _lowest(x.dtype), x.dtype)
    for _, windows, inside in taps:
        part = y[(*ahead, windows)]
        numpy.maximum(part, x[(*ahead, inside)], out=part)
    return y


def largest_and_place(x: numpy.ndarray, rows: Axis, columns: Axis) -> tuple:
    """The largest of each window, and its place in the image, counted row by row.

    Of equal ones it is the first; NaN is larger than all, and of several the last.
    """
    n = columns.kernel
    codes = numpy.uint8 if rows.kernel * n < 256 else numpy.int64
    for nan in (False, True):
        # In each row of a window the largest, and its number; then the largest of these.
        y, code = _search(x, columns, x.ndim - 1, None, 1, codes, nan)
        y, code = _search(y, rows, x.ndim - 2, code, n, codes, nan)
        if nan or x.dtype.kind != "f" or not numpy.isnan(y).any():
            break
    steps = numpy.arange(rows.kernel)[:, None] * (rows.dilation * columns.size)
    places = (steps + numpy.arange(n) * columns.dilation).reshape(-1).take(code)
    places += numpy.array(rows.starts())[:, None] * columns.size + numpy.array(columns.starts())
    if rows.dilation > 1 or columns.dilation > 1:  # where a window sees nothing but padding
        numpy.clip(places, 0, rows.size * columns.size - 1, out=places)
    return y, places


def _search(x, axis: Axis, dim: int, own, step: int, codes: type, nan: bool) -> tuple:
    """The largest along one dimension, and the number of each: step times its tap, plus ``own``.

    Numbers grow from tap to tap, so that the last of those that were larger is the largest number.
    """
    ahead = (slice(None),) * dim
    taps = list(axis.taps())
    shape = _shape(x, axis, dim)
    code = numpy.empty(shape, codes)
    if taps and _full(taps[0][1], axis):
        k, _, inside = taps.pop(0)
        y = x[(*ahead, inside)].copy()
        code[...] = k * step if own is None else own[(*ahead, inside)] + codes(k * step)
    else:
        y = numpy.full(shape, _lowest(x.dtype), x.dtype)
        code[...] = 0
        for k, windows, inside in reversed(taps):  # the first inside, if nothing is larger
            code[(*ahead, windows)] = k * step if own is None else own[(*ahead, inside)] + k * step
    for k, windows, inside in taps:
        v, best = x[(*ahead, inside)], y[(*ahead, windows)]
        larger = v > best
        if nan:
            larger |= v != v
        number = codes(k * step) if own is None else own[(*ahead, inside)] + codes(k * step)
        part = code[(*ahead, windows)]
        numpy.maximum(part, larger * number, out=part)
        numpy.maximum(best, v, out=best)
    return y, code


def scattered(dy: numpy.ndarray, places: numpy.ndarray, shape: tuple) -> numpy.ndarray:
    """Zeros in which each dy is added at its place in its image."""
    dx = numpy.zeros(shape, dy.dtype)
    numpy.add.at(dx.reshape(-1), _in_memory(places, shape), dy.reshape(-1))
    return dx


def gathered(x: numpy.ndarray, places: numpy.ndarray) -> numpy.ndarray:
    """What stands at these places of each image."""
    return x.reshape(-1).take(_in_memory(places, x.shape)).reshape(places.shape)


def _in_memory(places: numpy.ndarray, shape: tuple) -> numpy.ndarray:
    """Places in each image as places in all images."""
    images = numpy.arange(math.prod(shape[:-2])) * (shape[-2] * shape[-1])
    return (
        places.reshape(len(images), places.shape[-2] * places.shape[-1]) + images[:, None]
    ).reshape(-1)


def summed(x: numpy.ndarray, rows: Axis, columns: Axis) -> numpy.ndarray:
    """The sum of each window, its elements added row by row."""
    y = None
    sheets = {}
    if columns.stride > 1 and rows.kernel > 2:  # read several times: so side by side in memory
        sheets = {k: x[..., j].copy() for k, _, j in columns.taps()}
    for _, down, i in rows.taps():
        for k, across, j in columns.taps():
            part = sheets[k][..., i, :] if sheets else x[..., i, j]
            if y is None:
                full = _full(down, rows) and _full(across, columns)
                y = part.copy() if full else None
                if full:
                    continue
                y = numpy.zeros((*x.shape[:-2], rows.count, columns.count), x.dtype)
            y[..., down, across] += part
    return y


def spread(dy: numpy.ndarray, shape: tuple, rows: Axis, columns: Axis) -> numpy.ndarray:
    """The opposite: each element gets the sum over the windows that have it, in their order."""
    dx = numpy.zeros(shape, dy.dtype)
    apart = rows.kernel <= rows.stride and columns.kernel <= columns.stride
    step = columns.stride
    # Every step-th column together: side by side in memory while they are added to.
    sheets = [dx] if apart or step == 1 else [dx[..., k::step].copy() for k in range(step)]
    across_taps = list(columns.taps())[::-1]
    for _, down, i in reversed(list(rows.taps())):
        for _, across, j in across_taps:
            part = dy[..., down, across]
            if apart:
                dx[..., i, j] = part
            else:
                first = j.start // step
                sheets[j.start % step][..., i, first : first + part.shape[-1]] += part
    for k, sheet in enumerate(sheets if len(sheets) > 1 else []):
        dx[..., k::step] = sheet
    return dx


def divisors(rows: Axis, columns: Axis, padded: bool, kind: numpy.dtype):
    """By what each window's sum is divided: a number, where it is the same for all."""
    down, across = rows.counts(padded), columns.counts(padded)
    if len(set(down)) == len(set(across)) == 1:
        return down[0] * across[0]
    return numpy.multiply.outer(down, across).astype(kind)


def _full(windows: slice, axis: Axis) -> bool:
    return windows.stop - windows.start == axis.count


def _shape(x: numpy.ndarray, axis: Axis, dim: int) -> tuple:
    return (*x.shape[:dim], axis.count, *x.shape[dim + 1 :])


def _lowest(kind: numpy.dtype) -> float | int:
    return -numpy.inf if kind.kind == "f" else numpy.iinfo(kind).min
