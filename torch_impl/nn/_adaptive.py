"""Windows of unequal sizes: of n elements in m windows, window i goes from floor(i n / m) up to
ceil((i + 1) n / m)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from torch import Tensor, zeros

from ._pooling import largest_and_place
from ._sliding import Axis


class Shares(NamedTuple):
    """The windows along one dimension."""

    size: int
    count: int

    def windows(self) -> Iterator[tuple[int, slice]]:
        """Each window's number, and its elements."""
        for i in range(self.count):
            yield i, slice(i * self.size // self.count, -((i + 1) * self.size // -self.count))


def pairs(rows: Shares, columns: Shares) -> Iterator:
    """All windows of an image, row by row."""
    return itertools.product(rows.windows(), columns.windows())


def largest_of_shares(x: Tensor, rows: Shares, columns: Shares) -> tuple[Tensor, Tensor]:
    """The largest of each window, and its place in the image, counted row by row."""
    y = x.new_zeros(*x.shape[:-2], rows.count, columns.count)
    places = zeros(y.shape, dtype=int, device=x.device)
    for (i, down), (j, across) in pairs(rows, columns):
        part = x[..., down, across]
        height, width = part.shape[-2:]
        whole = Axis(height, height, height, 0, 1, 1), Axis(width, width, width, 0, 1, 1)
        largest, place = largest_and_place(part, *whole)
        y[..., i, j] = largest[..., 0, 0]
        row, column = down.start + place // width, across.start + place % width
        places[..., i, j] = (row * columns.size + column)[..., 0, 0]
    return y, places


def means_of_shares(x: Tensor, rows: Shares, columns: Shares) -> Tensor:
    """The mean of each window."""
    y = x.new_zeros(*x.shape[:-2], rows.count, columns.count)
    for (i, down), (j, across) in pairs(rows, columns) if y.numel() else ():
        y[..., i, j] = x[..., down, across].mean((-2, -1))
    return y


def means_put_back(dy: Tensor, rows: Shares, columns: Shares) -> Tensor:
    """The opposite: each element gets its share of the windows that have it."""
    dx = dy.new_zeros(*dy.shape[:-2], rows.size, columns.size)
    for (i, down), (j, across) in pairs(rows, columns):
        part = dx[..., down, across]
        part += dy[..., i : i + 1, j : j + 1] / (part.shape[-2] * part.shape[-1])
    return dx
