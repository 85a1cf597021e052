"""What batch, layer and group normalization have in common: sums over parts of an array, accurate.

All of them look at their input as (A, C, S), three dimensions that lie in memory row by row, or as
a matrix. What is normalized together is what lies at one place along C, or in one row.

The lessons show the gradients as formulas, and those are what create_graph=True records. For
arrays the quick slopes below compute the same, in fewer passes over memory: they use the mean and s
that forward found, skip what is not needed, and write over their own intermediates.
"""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule
from ..ops._sums import total
from ..tensor import Tensor

LONG = 4096  # so many numbers a product of vectors adds accurately
SHORT = 16  # so few are not worth one
CHANNEL = (0, 2)  # of (A, C, S), what belongs to one channel


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


def slopes(h, x, eps):
    """The gradient of x, given that of z = (x - m) / s along the last dimension; and z."""
    d = x - x.mean(-1, keepdim=True)
    r = ((d * d).mean(-1, keepdim=True) + eps) ** -0.5  # 1 / s
    z = d * r
    return (h - h.mean(-1, keepdim=True) - z * (h * z).mean(-1, keepdim=True)) * r, z


# ---- the layouts --------------------------------------------------------------------------------


def in_channels(x: numpy.ndarray, last: bool) -> numpy.ndarray:
    """(N, C, H, W) as (N, C, H W), or as (N H W, C, 1) where the channels come last."""
    if last:
        return wide(numpy.ascontiguousarray(numpy.moveaxis(x, 1, -1)).reshape(-1, x.shape[1], 1))
    return wide(numpy.ascontiguousarray(x).reshape(*x.shape[:2], -1))


def out_of_channels(y: numpy.ndarray, x: numpy.ndarray, last: bool) -> numpy.ndarray:
    """What in_channels made, in the shape, layout and dtype of x again."""
    y = y.astype(x.dtype, copy=False)
    n, c, *rest = x.shape
    return numpy.moveaxis(y.reshape(n, *rest, c), -1, 1) if last else y.reshape(x.shape)


def in_samples(x: numpy.ndarray, ndim: int) -> numpy.ndarray:
    """The array as a matrix, a row for each sample, in at least float32."""
    size = math.prod(x.shape[x.ndim - ndim :])
    count = math.prod(x.shape[: x.ndim - ndim])
    return wide(numpy.ascontiguousarray(x).reshape(count, size))


def in_groups(x: numpy.ndarray, groups: int) -> numpy.ndarray:
    """The array as a matrix, a row for each sample's group, in at least float32."""
    n, channels, *rest = x.shape
    size = channels // groups * math.prod(rest)
    return wide(numpy.ascontiguousarray(x).reshape(n * groups, size))


def in_layout(y: numpy.ndarray, last: bool) -> numpy.ndarray:
    """The array, with its channels side by side in memory if they are to be last."""
    if not last:
        return y
    return numpy.moveaxis(numpy.ascontiguousarray(numpy.moveaxis(y, 1, -1)), -1, 1)


# ---- the slopes of arrays -----------------------------------------------------------------------


def quick_slopes_of_channels(
    ctx: Rule, dy: numpy.ndarray, x: numpy.ndarray, weight: numpy.ndarray | None
) -> tuple:
    """NativeBatchNorm's dx, dw and db, those that are needed.

    In training the sums dw and db give dx too: dy less what it has of z and of 1.
    """
    needs_dx, needs_dw, needs_db, *_ = ctx.needs_input_grad
    (m, s), w = ctx.statistics, 1 if weight is None else in_middle(weight)
    g, a = in_channels(dy, ctx.last), in_channels(x, ctx.last)  # A, C, S
    n = a.shape[0] * a.shape[2]
    dx = dw = db = None
    centred = needs_dx and ctx.training
    if needs_db or centred:
        db = sums(g, CHANNEL)
    if needs_dw or centred:
        d = a - along(m, a)
        dw = dots(g, d, CHANNEL) / s
    if centred:
        d *= along(-dw / (n * s), a)  # what dy has of z: so dx has none
        d += g
        d -= along(db / n, a)
        d *= along(w / s, a)
        dx = d
    elif needs_dx:
        dx = g * along(w / s, a)
    return (
        out_of_channels(dx, x, ctx.last) if needs_dx else None,
        dw.reshape(weight.shape).astype(weight.dtype, copy=False) if needs_dw else None,
        db.reshape(-1).astype(ctx.bias_dtype, copy=False) if needs_db else None,
    )


def quick_slopes_of_layers(
    ctx: Rule, dy: numpy.ndarray, x: numpy.ndarray, weight: numpy.ndarray | None
) -> tuple:
    """NativeLayerNorm's dx, dw and db, those that are needed."""
    needs_dx, needs_dw, needs_db, *_ = ctx.needs_input_grad
    kept, (m, s) = x.shape[x.ndim - ctx.ndim :], ctx.statistics
    g = in_samples(dy, ctx.ndim)
    dx = dw = db = None
    if needs_db:
        db = total(g, 0).reshape(kept).astype(ctx.bias_dtype, copy=False)
    if needs_dx or needs_dw:
        z = in_samples(x, ctx.ndim) - m
        z *= 1 / s
    if needs_dw:
        dw = total(g * z, 0).reshape(kept).astype(weight.dtype, copy=False)
    if needs_dx:
        h = g if weight is None else g * wide(weight).reshape(-1)
        dx = slopes_of_rows(h, z, s).reshape(x.shape).astype(x.dtype, copy=False)
    return dx, dw, db


def quick_slopes_of_groups(
    ctx: Rule, dy: numpy.ndarray, x: numpy.ndarray, weight: numpy.ndarray | None
) -> tuple:
    """NativeGroupNorm's dx, dw and db, those that are needed."""
    needs_dx, needs_dw, needs_db, *_ = ctx.needs_input_grad
    m, s = ctx.statistics
    g = in_groups(dy, ctx.groups).reshape(*x.shape[:2], math.prod(x.shape[2:]))  # N, C, S
    dx = dw = db = None
    if needs_db:
        db = sums(g, CHANNEL).reshape(-1).astype(ctx.bias_dtype, copy=False)
    if needs_dx or needs_dw:
        z = in_groups(x, ctx.groups) - m
        z *= 1 / s
    if needs_dw:
        dw = dots(g, z.reshape(g.shape), CHANNEL).reshape(-1).astype(weight.dtype, copy=False)
    if needs_dx:
        h = g if weight is None else g * along(in_middle(weight), g)
        dx = slopes_of_rows(h.reshape(z.shape), z, s).reshape(x.shape)
        dx = in_layout(dx.astype(x.dtype, copy=False), ctx.last)
    return dx, dw, db


def quick_slopes_of_rms(
    dy: numpy.ndarray, x: numpy.ndarray, s: numpy.ndarray, axes: tuple
) -> numpy.ndarray:
    """The gradient of x, given that of x / s, s being the root of the mean square along axes."""
    n = math.prod(x.shape[axes[0] :])
    dx = x * (-dots(dy, x, axes) / n / (s * s))
    dx += dy
    dx *= 1 / s
    return dx


def slopes_of_rows(h: numpy.ndarray, z: numpy.ndarray, s: numpy.ndarray) -> numpy.ndarray:
    """The gradient of x, given h, that of z = (x - m) / s, in each row; z is written over."""
    n = z.shape[1]
    mean = sums(h, (1,)) / n
    z *= -dots(h, z, (1,)) / n
    z += h
    z -= mean
    z *= 1 / s
    return z
