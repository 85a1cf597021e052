"""Windows of unequal sizes, made equal: what is too short for the longest window is filled up.

n elements in m windows: window i goes from floor(i n / m) up to ceil((i + 1) n / m). Where m
divides n, they are n / m long and stand side by side. Elsewhere they are not all of one length, and
neighbours may share an element. Then the elements are first laid out window by window.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy

from ._pooling import largest_and_place, spread, summed
from ._sliding import Axis

SMALL = 128  # up to this size, most of a matrix of weights may be zeros


class Shares(NamedTuple):
    """The windows along one dimension."""

    size: int
    count: int

    @property
    def even(self) -> bool:
        """Whether all are of the same length, and share nothing."""
        return self.count > 0 and self.size % self.count == 0

    def bounds(self) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Where each begins and ends."""
        i = numpy.arange(self.count)
        return i * self.size // self.count, -((i + 1) * self.size // -self.count)

    def axis(self) -> Axis:
        """The windows after they were laid out."""
        start, stop = self.bounds()
        longest = int((stop - start).max())
        return Axis(longest * self.count, longest, longest, 0, 1, self.count)

    def laid_out(self) -> tuple[numpy.ndarray, numpy.ndarray]:
        """The elements of window after window, and which of them only fill up."""
        start, stop = self.bounds()
        places = start[:, None] + numpy.arange(int((stop - start).max()))
        return numpy.minimum(places, stop[:, None] - 1).ravel(), (places >= stop[:, None]).ravel()

    def inside(self, kind: numpy.dtype) -> numpy.ndarray:
        """A row for each window: 1 for the elements inside, 0 for the others."""
        start, stop = self.bounds()
        i = numpy.arange(self.size)
        return ((i >= start[:, None]) & (i < stop[:, None])).astype(kind)

    def lengths(self, kind: numpy.dtype) -> numpy.ndarray:
        """How many elements each window has."""
        start, stop = self.bounds()
        return (stop - start).astype(kind)


def largest_of_shares(x: numpy.ndarray, rows: Shares, columns: Shares) -> tuple:
    """The largest of each window, and its place in the image, counted row by row."""
    shape = (*x.shape[:-2], rows.count, columns.count)
    if not math.prod(shape):
        return numpy.zeros(shape, x.dtype), numpy.zeros(shape, numpy.int64)
    axes = rows.axis(), columns.axis()
    if rows.even and columns.even:
        return largest_and_place(x, *axes)
    down, across = rows.laid_out()[0], columns.laid_out()[0]
    y, places = largest_and_place(x.take(down, -2).take(across, -1), *axes)
    row, column = numpy.divmod(places, len(across))
    return y, down.take(row) * columns.size + across.take(column)


def means_of_shares(x: numpy.ndarray, rows: Shares, columns: Shares) -> numpy.ndarray:
    """The mean of each window."""
    shape = (*x.shape[:-2], rows.count, columns.count)
    if not math.prod(shape):
        return numpy.zeros(shape, x.dtype)
    if x.itemsize == 2:  # float16, which has 11 bits: rounded once
        return means_of_shares(x.astype(numpy.float32), rows, columns).astype(x.dtype)
    if max(rows.size, columns.size) <= SMALL:
        y = rows.inside(x.dtype) @ (x @ columns.inside(x.dtype).T)
        y /= rows.lengths(x.dtype)[:, None]
        y /= columns.lengths(x.dtype)
        if numpy.isfinite(y).all():
            return y  # else infinity times 0 may have made NaN
    if not (rows.even and columns.even):
        (down, more_down), (across, more_across) = rows.laid_out(), columns.laid_out()
        x = x.take(down, -2).take(across, -1)
        x[..., more_down, :] = 0
        x[..., more_across] = 0
    y = summed(x, rows.axis(), columns.axis())
    y /= rows.lengths(x.dtype)[:, None]
    y /= columns.lengths(x.dtype)
    return y


def means_put_back(dy: numpy.ndarray, rows: Shares, columns: Shares) -> numpy.ndarray:
    """The opposite: each element gets its share of the windows that have it."""
    if dy.itemsize == 2:
        return means_put_back(dy.astype(numpy.float32), rows, columns).astype(dy.dtype)
    shape = (*dy.shape[:-2], rows.size, columns.size)
    if not dy.size:
        return numpy.zeros(shape, dy.dtype)
    dy = dy / rows.lengths(dy.dtype)[:, None] / columns.lengths(dy.dtype)
    if max(rows.size, columns.size) <= SMALL:
        dx = rows.inside(dy.dtype).T @ (dy @ columns.inside(dy.dtype))
        if numpy.isfinite(dx).all():
            return dx
    axes = rows.axis(), columns.axis()
    laid_out = spread(dy, (*dy.shape[:-2], axes[0].size, axes[1].size), *axes)
    if rows.even and columns.even:
        return laid_out
    (down, more_down), (across, more_across) = rows.laid_out(), columns.laid_out()
    laid_out[..., more_down, :] = 0
    laid_out[..., more_across] = 0
    images = math.prod(shape[:-2])
    places = down[:, None] * columns.size + across
    places = numpy.arange(images)[:, None] * (rows.size * columns.size) + places.ravel()
    dx = numpy.zeros(shape, dy.dtype)
    numpy.add.at(dx.reshape(-1), places.ravel(), laid_out.reshape(-1))
    return dx
