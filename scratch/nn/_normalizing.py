"""What batch, layer and group normalization have in common: sums over parts of an array, accurate.

All of them look at their input as (A, C, S), three dimensions that lie in memory row by row. What
is normalized together is what lies at one place along C, or along A and C.
"""

from __future__ import annotations

import numpy

from ..ops._sums import total
from ..tensor import Tensor

LONG = 4096  # so many numbers a product of vectors adds accurately
SHORT = 16  # so few are not worth one


def sums(x: numpy.ndarray, axes: tuple) -> numpy.ndarray:
    """The sums along these axes, which are kept with size 1."""
    last = x.ndim - 1
    if last in axes and x.shape[-1] >= SHORT and len(axes) > 1:
        return total(total(x, last, True), axes, True)
    return total(x, axes, True)


def dots(x: numpy.ndarray, y: numpy.ndarray, axes: tuple) -> numpy.ndarray:
    """The sums of the products x y along these axes, which are kept with size 1."""
    last, n = x.ndim - 1, x.shape[-1]
    if last not in axes or n < SHORT or not (x.flags.c_contiguous and y.flags.c_contiguous):
        return total(x * y, axes, True)
    if n > LONG:
        block = next((k for k in range(LONG, SHORT, -1) if n % k == 0), None)
        if block is None:
            return total(x * y, axes, True)
        shape = (*x.shape[:-1], n // block, block)
        products = total(numpy.vecdot(x.reshape(shape), y.reshape(shape)), last, True)
    else:
        products = numpy.vecdot(x, y)[..., None]
    return total(products, axes, True) if len(axes) > 1 else products


def moments(x: numpy.ndarray, axes: tuple, n: int) -> tuple:
    """x - m, the mean m, and the variance, the mean of (x - m)^2.

    m was rounded. Where that shows beside the deviation, the mean of x - m says how much it is off.
    """
    m = sums(x, axes) / n
    d = x - m
    variance = dots(d, d, axes) / n
    if (m * m > 16 * variance).any():
        shift = sums(d, axes) / n
        d -= shift
        m = m + shift
        variance = dots(d, d, axes) / n
    return d, m, variance


def along(values: numpy.ndarray, x: numpy.ndarray) -> numpy.ndarray:
    """Values (1, C, 1) for operations with x (A, C, S): repeated, where S is but short."""
    a, c, s = x.shape
    if 1 < s <= 64 and a > 3:
        return numpy.ascontiguousarray(numpy.broadcast_to(values, (1, c, s)))
    return values


def channels_last(x: numpy.ndarray) -> bool:
    """Whether an image's channels lie side by side, as with memory_format=channels_last."""
    return not x.flags.c_contiguous and numpy.moveaxis(x, 1, -1).flags.c_contiguous


def in_middle(values: numpy.ndarray) -> numpy.ndarray:
    """One number a channel, to be broadcast to (A, C, S)."""
    return wide(values).reshape(1, -1, 1)


def wide(x: numpy.ndarray | None) -> numpy.ndarray | None:
    """float16 as float32, in which it is computed."""
    return x.astype(numpy.float32) if x is not None and x.itemsize == 2 else x


def check_parameters(function: str, x: Tensor, **parameters: Tensor | None) -> None:
    """Raises unless weight, bias and statistics go with the input: have its dtype, or float32
    for an input of float16."""
    kind = x.array.dtype
    if kind.kind != "f":
        raise NotImplementedError(f"{function} is not implemented for {x.dtype}: use .float()")
    found = {p.array.dtype for p in parameters.values() if p is not None}
    if found <= {kind} or kind == numpy.float16 and found == {numpy.dtype(numpy.float32)}:
        return
    names = ", ".join(f"{p.dtype} as {name}" for name, p in parameters.items() if p is not None)
    raise RuntimeError(
        f"mixed dtype (CPU): {function} got an input of {x.dtype}, and {names}. Convert the input "
        f"with .to(dtype), or the layer"
    )


def slopes_of_rows(h: numpy.ndarray, z: numpy.ndarray, s: numpy.ndarray) -> numpy.ndarray:
    """The gradient of x, given h, that of z = (x - m) / s, in each row; z is written over."""
    n = z.shape[1]
    mean = sums(h, (1,)) / n
    z *= -dots(h, z, (1,)) / n
    z += h
    z -= mean
    z *= 1 / s
    return z


def slopes(h, x, eps):
    """The gradient of x, given that of z = (x - m) / s along the last dimension; and z."""
    d = x - x.mean(-1, keepdim=True)
    r = ((d * d).mean(-1, keepdim=True) + eps) ** -0.5  # 1 / s
    z = d * r
    return (h - h.mean(-1, keepdim=True) - z * (h * z).mean(-1, keepdim=True)) * r, z
