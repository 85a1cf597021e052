"""How pooling goes through all windows at once: element by element of a window, not one by one."""

from __future__ import annotations

import torch
from torch import Tensor

from ._sliding import Axis


def largest_and_place(x: Tensor, rows: Axis, columns: Axis) -> tuple[Tensor, Tensor]:
    """The largest of each window, and its place in the image, counted row by row.

    Of equal ones it is the first; NaN is larger than all, and of several the last.
    """
    y = x.new_zeros(*x.shape[:-2], rows.count, columns.count)
    places = torch.full_like(y, -1, dtype=torch.int64)
    image = torch.arange(x.shape[-2] * x.shape[-1], device=x.device).reshape(x.shape[-2:])
    for _, down, i in rows.taps():
        for _, across, j in columns.taps():
            best, where, part = y[..., down, across], places[..., down, across], x[..., i, j]
            larger = (part > best) | (part != part) | (where < 0)
            best.copy_(torch.where(larger, part, best))
            where.copy_(torch.where(larger, image[i, j], where))
    if x.dtype.is_floating_point:
        y.masked_fill_(places < 0, -torch.inf)  # where a window sees nothing but padding
    return y, places.clamp_(min=0)


def scattered(dy: Tensor, places: Tensor, shape: tuple) -> Tensor:
    """Zeros in which each dy is added at its place in its image."""
    dx = dy.new_zeros(*shape[:-2], shape[-2] * shape[-1])
    return dx.scatter_add(-1, places.flatten(-2), dy.flatten(-2)).reshape(shape)


def gathered(x: Tensor, places: Tensor) -> Tensor:
    """What stands at these places of each image."""
    return x.flatten(-2).gather(-1, places.flatten(-2)).reshape(places.shape)


def summed(x: Tensor, rows: Axis, columns: Axis) -> Tensor:
    """The sum of each window, its elements added row by row."""
    y = x.new_zeros(*x.shape[:-2], rows.count, columns.count)
    for _, down, i in rows.taps():
        for _, across, j in columns.taps():
            y[..., down, across] += x[..., i, j]
    return y


def spread(dy: Tensor, shape: tuple, rows: Axis, columns: Axis) -> Tensor:
    """The opposite: each element gets the sum over the windows that have it, in their order."""
    dx = dy.new_zeros(shape)
    for _, down, i in reversed(list(rows.taps())):
        for _, across, j in reversed(list(columns.taps())):
            dx[..., i, j] += dy[..., down, across]
    return dx


def divisors(rows: Axis, columns: Axis, padded: bool, x: Tensor) -> Tensor:
    """By what each window's sum is divided."""
    down = torch.tensor(rows.counts(padded), dtype=x.dtype, device=x.device)
    return torch.outer(down, down.new_tensor(columns.counts(padded)))
