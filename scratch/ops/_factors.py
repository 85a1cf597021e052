"""The way back through products, where some of the factors are 0, and through running sums."""

from __future__ import annotations

import numpy

from ..autograd import namespace
from ..autograd.variable import Variable
from ._operands import keep
from ._scanning import running


def others(x, y, dim: int):
    """For each element of x the product of all others along a dimension, y being that of all."""
    if (x != 0).all():
        return y / x
    if x.shape[dim] == 1:
        return 1.0
    if isinstance(x, Variable):
        functions, n = namespace(x), x.shape[dim]
        one = functions.ones_like(x.narrow(dim, 0, 1))
        ahead = functions.cat((one, x.narrow(dim, 0, n - 1)), dim).cumprod(dim)
        behind = functions.cat((one, x.narrow(dim, 1, n - 1).flip(dim)), dim).cumprod(dim)
        return ahead * behind.flip(dim)
    rows = x.swapaxes(dim, -1)
    ahead, behind = numpy.ones(rows.shape, x.dtype), numpy.ones(rows.shape, x.dtype)
    ahead[..., 1:] = running(numpy.multiply, rows[..., :-1], -1)
    behind[..., :-1] = running(numpy.multiply, rows[..., 1:], -1, reverse=True)
    return (ahead * behind).swapaxes(dim, -1)


def sum_from_the_end(x, dim: int):
    """The sum of each element and those behind it."""
    if isinstance(x, Variable):
        return x.flip(dim).cumsum(dim).flip(dim) if x.ndim else x
    return running(numpy.add, x, dim, reverse=True)


def log_sum_from_the_end(x, dim: int):
    """ln of the sum of e^ of each element and those behind it."""
    if isinstance(x, Variable):
        return x.flip(dim).logcumsumexp(dim).flip(dim)
    return running(numpy.logaddexp, x, dim, reverse=True)


def past_zeros(dy, x, y, dim: int):
    """The gradient of cumprod where some x are 0.

    Behind the first zero all products are 0, and so are the gradients. The zero itself multiplies
    what the others give: the products with a 1 in its place, up to the next zero.
    """
    zeros = (x == 0).cumsum(dim)
    ahead, first = zeros == 0, (zeros == 1) & (x == 0)
    others = running(numpy.multiply, numpy.where(first, 1, x), dim)
    dx = sum_from_the_end(keep(dy * y, ahead), dim) / numpy.where(ahead, x, 1)
    at_zero = sum_from_the_end(keep(dy * others, zeros == 1), dim)
    return numpy.where(ahead, dx, numpy.where(first, at_zero, 0))


def through_zeros(dy, x, dim: int):
    """The same by definition, to be differentiated again: a table of x, a 1 in place of each."""
    functions = namespace(x)
    n = x.shape[dim]
    rows = x.swapaxes(dim, -1)[..., None, :]
    one_out = functions.eye(n) == 1
    products = functions.where(one_out, 1.0, rows).cumprod(-1)
    later = functions.ones(n, n).triu() == 1
    parts = functions.where(later, products * dy.swapaxes(dim, -1)[..., None, :], 0.0)
    return parts.sum(-1).swapaxes(dim, -1)
