"""Where each element of an enlarged or reduced dimension looks: at which elements, how strongly.

Output i stands at the place s(i) of the input, between two of its elements mostly:

    s(i) = (i + 1/2) r - 1/2    with r = input / output: the outer edges stay where they are
    s(i) = i r                  with r = (input - 1) / (output - 1): the first and the last
                                element's middles do, which is align_corners

All of it is computed in the dtype of the numbers: in another, s may round to another element.
"""

from __future__ import annotations

import numpy

from ..ops._places import add_entries
from ._pooling import summed
from ._sliding import Axis

SMALL = 128  # up to this size, most of a matrix of weights may be zeros
Tap = tuple[numpy.ndarray, numpy.ndarray | None]  # the elements to look at, and their weights


def taps(mode: str, n: int, m: int, scale: float | None, aligned: bool, kind: type) -> list[Tap]:
    """What m elements made of n look at, one by one for each element that they look at."""
    i = numpy.arange(m)
    if aligned:
        ratio = kind(n - 1) / kind(m - 1) if m > 1 else kind(0)
    else:
        ratio = kind(1.0 / scale) if scale is not None and scale > 0 else kind(n) / kind(m)
    if mode == "nearest":
        return [(numpy.minimum((i.astype(kind) * ratio).astype(int), n - 1), None)]
    middle = i.astype(kind) * ratio if aligned else (i.astype(kind) + kind(0.5)) * ratio - kind(0.5)
    if mode == "nearest-exact":
        index = numpy.floor(numpy.maximum(middle, 0) + kind(0.5)).astype(int)
        return [(numpy.minimum(index, n - 1), None)]
    if mode == "cubic":
        return _cubic(middle, n)
    if n == m:
        return [(i, numpy.ones(m, kind)), (i, numpy.zeros(m, kind))]
    middle = numpy.maximum(middle, 0)
    left = numpy.minimum(middle.astype(int), n - 1)
    far = numpy.clip(middle - left.astype(kind), 0, 1)  # how far from the left one, 0 to 1
    return [(left, 1 - far), (numpy.minimum(left + 1, n - 1), far)]


def _cubic(middle: numpy.ndarray, n: int) -> list[Tap]:
    """Two elements on either side; the curve through them has the slope of its neighbours."""
    left = numpy.floor(middle)
    far = numpy.clip(middle - left, 0, 1)

    def near(t):  # the weight of an element at a distance t of up to 1
        return (1.25 * t - 2.25) * t * t + 1

    def distant(t):  # and of 1 to 2
        return ((-0.75 * t + 3.75) * t - 6) * t + 3

    weights = distant(far + 1), near(far), near(1 - far), distant(2 - far)
    index = left.astype(int)
    return [(numpy.clip(index + k - 1, 0, n - 1), w) for k, w in enumerate(weights)]


def resized(x: numpy.ndarray, axes: tuple[list[Tap], ...]) -> numpy.ndarray:
    """The weighted sums, along one of the last dimensions after the other."""
    if x.itemsize == 2:  # float16, which has 11 bits: rounded once
        return resized(x.astype(numpy.float32), axes).astype(x.dtype)
    for dim, looks in enumerate(axes, x.ndim - len(axes)):
        shape = [1] * x.ndim
        y = None
        for index, weight in looks:
            part = x.take(index, dim)
            if weight is not None:
                shape[dim] = -1
                part *= weight.reshape(shape)
            if y is None:
                y = part
            else:
                y += part
        x = y
    return x


def put_back(dy: numpy.ndarray, axes: tuple[list[Tap], ...], sizes: tuple) -> numpy.ndarray:
    """The opposite: each element gets the sum over all that looked at it."""
    if dy.itemsize == 2:
        return put_back(dy.astype(numpy.float32), axes, sizes).astype(dy.dtype)
    factors = [_factor(looks, n) for looks, n in zip(axes, sizes, strict=True)]
    if len(axes) < 3 and all(factors) and dy.size:  # each element was repeated that often
        rows = dy if len(axes) == 2 else dy[..., None, :]
        factors, sizes = ([1, *factors], (1, *sizes)) if len(axes) == 1 else (factors, sizes)
        windows = [Axis(n * f, f, f, 0, 1, n) for n, f in zip(sizes, factors, strict=True)]
        dx = summed(rows, *windows)
        return dx if len(axes) == 2 else dx[..., 0, :]
    if len(axes) == 2 and max(sizes) <= SMALL and axes[0][0][1] is not None:
        down, across = (_matrix(*each, dy.dtype) for each in zip(axes, sizes, strict=True))
        dx = down.T @ (dy @ across)
        if numpy.isfinite(dx).all():
            return dx  # else infinity times a weight of 0 may have made NaN
    for dim, (looks, n) in enumerate(zip(axes, sizes, strict=True), dy.ndim - len(axes)):
        dx = numpy.zeros((*dy.shape[:dim], n, *dy.shape[dim + 1 :]), dy.dtype)
        for index, weight in looks:
            shape = (-1,) + (1,) * (dy.ndim - dim - 1)
            add_entries(dx, dim, index, dy if weight is None else dy * weight.reshape(shape))
        dy = dx
    return dy


def _matrix(looks: list[Tap], n: int, kind: numpy.dtype) -> numpy.ndarray:
    """The weights of all n elements, a row for each element of the result."""
    m = len(looks[0][0])
    weights = numpy.zeros((m, n), kind)
    for index, weight in looks:
        weights[numpy.arange(m), index] += weight
    return weights


def _factor(looks: list[Tap], n: int) -> int:
    """How often each of n elements was repeated, if all as often; else 0."""
    (index, weight), *more = looks
    if more or weight is not None or len(index) % n:
        return 0
    factor = len(index) // n
    return factor if (index == numpy.arange(n).repeat(factor)).all() else 0
