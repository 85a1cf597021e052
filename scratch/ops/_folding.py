"""Maxima, minima and products along dimensions, quickly.

NumPy folds rows of memory into each other at full speed; a short row into one number it does not.
So short rows are turned into columns first, and long ones are cut and laid over each other.
"""

from __future__ import annotations

import math

import numpy

SHORT = 96  # rows with fewer elements are turned into columns
ROWS = 1024  # so many at a time
SMALL = 8192
WIDTH = 1024


def fold(ufunc: numpy.ufunc, x: numpy.ndarray, dims: tuple[int, ...] | None, keepdims: bool):
    """``ufunc.reduce(x, dims, keepdims=keepdims)``, row by row in memory"""
    if not x.flags.c_contiguous:
        return numpy.asarray(ufunc.reduce(x, dims, keepdims=keepdims), order="C")
    if x.size < SMALL:
        return ufunc.reduce(x, dims, keepdims=keepdims)
    if dims is None or len(dims) == x.ndim:
        if ufunc is not numpy.multiply:
            return ufunc.reduce(x, dims, keepdims=keepdims)
        y = _long_rows(ufunc, x.reshape(1, -1))
        return y.reshape((1,) * x.ndim) if keepdims else y.reshape(())
    first, last = min(dims), max(dims)
    if last - first >= len(dims):
        return ufunc.reduce(x, dims, keepdims=keepdims)  # the dimensions are no neighbours
    outer = math.prod(x.shape[:first])
    inner = math.prod(x.shape[last + 1 :])
    cut = x.reshape(outer, -1, inner)
    n = cut.shape[1]
    if inner == 1 and 1 < n < (3 * SHORT if ufunc is numpy.multiply else SHORT):
        y = _columns(ufunc, cut[:, :, 0])
    elif inner == 1 and ufunc is numpy.multiply:
        y = _long_rows(ufunc, cut[:, :, 0])
    elif 1 < inner < WIDTH // 4 and n > 4 * (WIDTH // inner):
        y = _overlaid(ufunc, cut, WIDTH // inner)
    else:
        return ufunc.reduce(x, dims, keepdims=keepdims)
    kept = [1 if i in dims else n for i, n in enumerate(x.shape)]
    return y.reshape(kept if keepdims else [n for i, n in enumerate(x.shape) if i not in dims])


def _columns(ufunc: numpy.ufunc, x: numpy.ndarray) -> numpy.ndarray:
    """Each row of a matrix as one number."""
    y = numpy.empty(len(x), x.dtype)
    for i in range(0, len(x), ROWS):
        columns = numpy.ascontiguousarray(x[i : i + ROWS].T)
        ufunc.reduce(columns, 0, x.dtype, out=y[i : i + ROWS])
    return y


def _overlaid(ufunc: numpy.ufunc, x: numpy.ndarray, group: int) -> numpy.ndarray:
    """Along axis 1 of three: so many numbers at once are folded into as many others."""
    outer, n, inner = x.shape
    whole = n // group * group
    y = ufunc.reduce(x[:, :whole].reshape(outer, -1, group * inner), 1)
    y = ufunc.reduce(y.reshape(outer, group, inner), 1)
    return ufunc(y, ufunc.reduce(x[:, whole:], 1)) if whole < n else y


def _long_rows(ufunc: numpy.ufunc, x: numpy.ndarray) -> numpy.ndarray:
    """Each row of a matrix as one number; its parts are laid over each other, and so on."""
    n = x.shape[1]
    if n > 4 * WIDTH:
        rest = x[:, n // WIDTH * WIDTH :]
        y = ufunc.reduce(x[:, : n // WIDTH * WIDTH].reshape(len(x), -1, WIDTH), 1)
        y = _long_rows(ufunc, y)
        return ufunc(y, ufunc.reduce(rest, 1)) if rest.size else y
    while (n := x.shape[1]) > 32:
        layers = 8 if n > 256 else 2
        part = n // layers
        y = ufunc.reduce(x[:, : layers * part].reshape(len(x), layers, part), 1)
        if layers * part < n:
            ufunc(y[:, 0], ufunc.reduce(x[:, layers * part :], 1), out=y[:, 0])
        x = y
    return _columns(ufunc, x)
