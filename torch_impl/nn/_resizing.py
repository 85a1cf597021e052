"""Where each element of an enlarged or reduced dimension looks: at which elements, how strongly.

Output i stands at the place s(i) of the input, between two of its elements mostly:

    s(i) = (i + 1/2) r - 1/2    with r = input / output: the outer edges stay where they are
    s(i) = i r                  with r = (input - 1) / (output - 1): the first and the last
                                element's middles do, which is align_corners

All of it is computed in the dtype of the numbers: in another, s may round to another element.
"""

from __future__ import annotations

import torch
from torch import Tensor

Tap = tuple[Tensor, Tensor | None]  # the elements to look at, and their weights


def taps(
    mode: str, n: int, m: int, scale: float | None, aligned: bool, kind: torch.dtype
) -> list[Tap]:
    """What m elements made of n look at, one by one for each element that they look at."""
    i = torch.arange(m)
    if aligned:
        ratio = torch.tensor(n - 1, dtype=kind) / max(m - 1, 1) if m > 1 else torch.tensor(0.0)
    elif scale is not None and scale > 0:
        ratio = torch.tensor(1.0 / scale, dtype=kind)
    else:
        ratio = torch.tensor(n, dtype=kind) / m
    if mode == "nearest":
        return [((i.to(kind) * ratio).long().clamp(max=n - 1), None)]
    middle = i.to(kind) * ratio if aligned else (i.to(kind) + 0.5) * ratio - 0.5
    if mode == "nearest-exact":
        return [((middle.clamp(min=0) + 0.5).floor().long().clamp(max=n - 1), None)]
    if mode == "cubic":
        return _cubic(middle, n)
    if n == m:
        return [(i, torch.ones(m, dtype=kind)), (i, torch.zeros(m, dtype=kind))]
    middle = middle.clamp(min=0)
    left = middle.long().clamp(max=n - 1)
    far = (middle - left).clamp(0, 1)  # how far from the left one, 0 to 1
    return [(left, 1 - far), ((left + 1).clamp(max=n - 1), far)]


def _cubic(middle: Tensor, n: int) -> list[Tap]:
    """Two elements on either side; the curve through them has the slope of its neighbours."""
    left = middle.floor()
    far = (middle - left).clamp(0, 1)

    def near(t):  # the weight of an element at a distance t of up to 1
        return (1.25 * t - 2.25) * t * t + 1

    def distant(t):  # and of 1 to 2
        return ((-0.75 * t + 3.75) * t - 6) * t + 3

    weights = distant(far + 1), near(far), near(1 - far), distant(2 - far)
    index = left.long()
    return [((index + k - 1).clamp(0, n - 1), w) for k, w in enumerate(weights)]


def resized(x: Tensor, axes: tuple[list[Tap], ...]) -> Tensor:
    """The weighted sums, along one of the last dimensions after the other."""
    kind = x.dtype
    for dim, looks in enumerate(axes, x.ndim - len(axes)):
        shape = (-1,) + (1,) * (x.ndim - dim - 1)
        parts = [
            x.index_select(dim, index) * (1 if weight is None else weight.reshape(shape))
            for index, weight in looks
        ]
        x = sum(parts[1:], parts[0])
    return x.to(kind)


def put_back(dy: Tensor, axes: tuple[list[Tap], ...], sizes: tuple) -> Tensor:
    """The opposite: each element gets the sum over all that looked at it."""
    kind = dy.dtype
    for dim, (looks, n) in enumerate(zip(axes, sizes, strict=True), dy.ndim - len(axes)):
        shape = (-1,) + (1,) * (dy.ndim - dim - 1)
        dx = 0
        for index, weight in looks:
            part = dy * (1 if weight is None else weight.reshape(shape))
            zeros = part.new_zeros(*dy.shape[:dim], n, *dy.shape[dim + 1 :])
            dx = dx + zeros.index_add(dim, index, part)
        dy = dx
    return dy.to(kind)
