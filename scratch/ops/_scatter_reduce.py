"""What ``scatter_reduce`` does with all the values that come to one place."""

from __future__ import annotations

import numpy

from ..autograd import namespace
from ..autograd.variable import wrap
from ._places import write

AT = {
    "add": numpy.add,
    "multiply": numpy.multiply,
    "sum": numpy.add,
    "mean": numpy.add,
    "prod": numpy.multiply,
    "amax": numpy.maximum,
    "amin": numpy.minimum,
}


def reduced(
    y: numpy.ndarray, src: numpy.ndarray, places: numpy.ndarray, how: str, include_self: bool
) -> None:
    """Combines each element of ``src`` with what stands at its place in ``y``."""
    if not include_self:
        write(y, places, _nothing(how, y.dtype))
    write(y, places, src, AT[how])
    if how == "mean":
        count = numpy.full(y.shape, include_self, y.dtype)
        write(count, places, numpy.ones((), y.dtype), numpy.add)
        count[count == 0] = 1
        divide = numpy.divide if y.dtype.kind == "f" else numpy.floor_divide
        divide(y, count, out=y)


def _nothing(how: str, kind: numpy.dtype) -> numpy.ndarray:
    """What changes nothing: 0 in a sum, 1 in a product, minus infinity in a maximum."""
    if how in ("sum", "mean", "prod"):
        return numpy.array(how == "prod", kind)
    if kind.kind == "b":
        return numpy.array(how == "amin")
    if kind.kind == "f":
        return numpy.array(numpy.inf if how == "amin" else -numpy.inf, kind)
    limits = numpy.iinfo(kind)
    return numpy.array(limits.max if how == "amin" else limits.min, kind)


def derivatives(dy, x, src, y, places: numpy.ndarray, how: str, include_self: bool) -> tuple:
    """dx and dsrc, from tensors."""
    torch, index = namespace(dy), wrap(places)

    def added(z, values):
        """z, with each of these values added where it goes; z.take(index) reads it there again."""
        return z.put(index, values.to(z.dtype), accumulate=True)

    def product(x, src):
        flat = x.reshape(-1), 0, index.reshape(-1), src.reshape(-1)
        return torch.scatter_reduce(*flat, "prod", include_self=include_self).reshape(x.shape)

    if how == "sum":
        dx, dsrc = dy, dy.take(index)
    elif how == "mean":
        count = added(torch.full_like(dy, float(include_self)), torch.ones_like(src))
        dx = dy / count.clamp(min=1)
        dsrc = dx.take(index)
    elif how == "prod":
        factor = x.masked_fill(x == 0, 1.0)
        dx = dy * product(factor, src) / factor
        zero = src == 0
        dsrc = (dy * y).take(index) / src.masked_fill(zero, 1.0)
        if zero.any():  # where one factor is 0, its gradient is the product of the others
            alone = zero & (added(torch.zeros_like(dy), zero).take(index) == 1)
            others = product(x, src.masked_fill(alone, 1.0))
            dsrc = torch.where(alone, (dy * others).take(index), dsrc)
    else:  # amax, amin: all that are the extreme share its gradient
        mine, theirs = (x == y).to(dy.dtype), (src == y.take(index)).to(dy.dtype)
        share = dy / added(mine, theirs)
        dx, dsrc = mine * share, theirs * share.take(index)
    return dx if include_self else dx.put(index, torch.zeros_like(src)), dsrc
