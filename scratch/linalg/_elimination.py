"""Gaussian elimination over arrays, for what ``numpy.linalg`` does not hand out.

``eliminate`` is the factorization P A = L U itself, ``substitute`` solves with a triangular matrix.
Both cut a matrix into halves until the parts are small, so that nearly all arithmetic happens in
products of matrices, which are quick.
"""

from __future__ import annotations

import math

import numpy
from numpy import ndarray

from ..autograd import namespace

SMALL = 16  # columns that are eliminated one by one
BLOCK = 64  # rows of a triangle that LAPACK solves for in one call


# ---- triangles ----------------------------------------------------------------------------------


def substitute(a: ndarray, b: ndarray, upper: bool, unit: bool = False) -> ndarray:
    """The x of a x = b for a triangular matrix; only that triangle of ``a`` is looked at.

    An upper triangle is solved from below: the last row has one unknown, the row above it one more.
    A 0 on the diagonal gives infinity or NaN.
    """
    n = a.shape[-1]
    if n <= 1:
        return b.copy() if unit or not n else b / a
    if n <= BLOCK:
        try:
            return numpy.linalg.solve(triangle(a, upper, unit), b)
        except numpy.linalg.LinAlgError:
            pass  # a 0 on the diagonal
    k = n // 2
    if upper:
        last = substitute(a[..., k:, k:], b[..., k:, :], upper, unit)
        rest = b[..., :k, :] - a[..., :k, k:] @ last
        first = substitute(a[..., :k, :k], rest, upper, unit)
    else:
        first = substitute(a[..., :k, :k], b[..., :k, :], upper, unit)
        rest = b[..., k:, :] - a[..., k:, :k] @ first
        last = substitute(a[..., k:, k:], rest, upper, unit)
    return numpy.concatenate((first, last), -2)


def triangle(a: ndarray, upper: bool, unit: bool = False) -> ndarray:
    """One triangle of a matrix, zeros in the other; ``unit`` puts ones on the diagonal."""
    if not unit:
        return numpy.triu(a) if upper else numpy.tril(a)
    t = numpy.triu(a, 1) if upper else numpy.tril(a, -1)
    places = numpy.arange(min(t.shape[-2:]))
    t[..., places, places] = 1
    return t


def mask(rows: int, columns: int, upper: bool, unit: bool = False) -> ndarray:
    """Where a triangle has its numbers; with ``unit`` the diagonal is fixed, and none of them."""
    if upper:
        return ~numpy.tri(rows, columns, 0 if unit else -1, dtype=bool)
    return numpy.tri(rows, columns, -1 if unit else 0, dtype=bool)


def constant(x, array: ndarray):
    """The array in the dtype of x; as a tensor, if x is one."""
    if type(x) is ndarray:
        return array.astype(x.dtype)
    return namespace(x).from_numpy(array.astype(x.array.dtype))


def solve_triangle(a, b, upper: bool, unit: bool = False):
    """The same for arrays and tensors."""
    if type(a) is ndarray:
        return substitute(a, b, upper, unit)
    return namespace(a).linalg.solve_triangular(a, b, upper=upper, unitriangular=unit)


# ---- P A = L U ----------------------------------------------------------------------------------


def eliminate(a: ndarray) -> tuple[ndarray, ndarray, ndarray]:
    """L and U in one matrix, the row each step exchanged its own with, and where U has its first 0.

    Rows and that last number count from 1, as LAPACK does; 0 says that there is no 0.
    """
    lu = numpy.array(a, order="C")
    *batch, m, n = lu.shape
    steps = min(m, n)
    flat = lu.reshape(math.prod(batch), m, n)
    swaps = numpy.zeros((len(flat), steps), numpy.int32)
    if flat.size:
        _eliminate(flat, swaps, 0, steps)
    if flat.size and n > m:
        flat[:, :, m:] = substitute(flat[:, :, :m], flat[:, :, m:], False, unit=True)
    zero = numpy.diagonal(flat, 0, 1, 2) == 0
    first = zero.argmax(1) + 1 if steps else 0
    info = numpy.where(zero.any(1), first, 0).astype(numpy.int32)
    return lu, swaps.reshape(*batch, steps), info.reshape(batch)


def _eliminate(lu: ndarray, swaps: ndarray, first: int, last: int) -> None:
    """Columns first to last. What lies right of them is only exchanged along."""
    if last - first > SMALL:
        half = (first + last) // 2
        _eliminate(lu, swaps, first, half)
        above, below = slice(first, half), slice(half, None)
        right = slice(half, last)
        lu[:, above, right] = substitute(lu[:, above, above], lu[:, above, right], False, unit=True)
        lu[:, below, right] -= lu[:, below, above] @ lu[:, above, right]
        _eliminate(lu, swaps, half, last)
        return
    every = numpy.arange(len(lu))
    for k in range(first, last):
        row = numpy.abs(lu[:, k:, k]).argmax(1) + k  # the largest pivot loses the fewest digits
        swaps[:, k] = row + 1
        lu[every, k], lu[every, row] = lu[every, row], lu[every, k]
        pivot = lu[:, k, k, None]
        lu[:, k + 1 :, k] /= numpy.where(pivot == 0, 1, pivot)
        lu[:, k + 1 :, k + 1 : last] -= lu[:, k + 1 :, k, None] * lu[:, k, None, k + 1 : last]


def permutation(swaps: ndarray, m: int) -> ndarray:
    """The order in which all those exchanges leave the rows."""
    batch = swaps.shape[:-1]
    flat = swaps.reshape(math.prod(batch), swaps.shape[-1])
    order = numpy.tile(numpy.arange(m), (len(flat), 1))
    every = numpy.arange(len(flat))
    for k, row in enumerate(flat.T - 1):
        order[every, k], order[every, row] = order[every, row], order[every, k]
    return order.reshape(*batch, m)


# ---- solving ------------------------------------------------------------------------------------


def solved(a: ndarray, b: ndarray) -> tuple[ndarray, ndarray]:
    """The x of a x = b, and for each matrix 0, or the number of the pivot that was 0.

    Singular matrices give the infinities that dividing by that pivot gives.
    """
    shape = numpy.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    if not a.size:
        x = numpy.broadcast_to(b, (*shape, *b.shape[-2:])).copy()
        return x, numpy.zeros(a.shape[:-2], numpy.int32)
    try:
        return numpy.linalg.solve(a, b), numpy.zeros(a.shape[:-2], numpy.int32)
    except numpy.linalg.LinAlgError:
        lu, swaps, info = eliminate(a)
        order = permutation(swaps, a.shape[-1])[..., None]
        b = numpy.broadcast_to(b, (*shape, *b.shape[-2:]))
        order = numpy.broadcast_to(order, b.shape)
        y = substitute(lu, numpy.take_along_axis(b, order, -2), False, unit=True)
        return substitute(lu, y, True), info


def solve(a, b):
    """The x of a x = b alone, for arrays and tensors: what backward needs."""
    if type(a) is ndarray:
        return solved(a, b)[0]
    return namespace(a).linalg.solve_ex(a, b)[0]


def inverted(a: ndarray) -> tuple[ndarray, ndarray]:
    """The inverse, and for each matrix 0, or the number of the pivot that was 0."""
    try:
        return numpy.linalg.inv(a), numpy.zeros(a.shape[:-2], numpy.int32)
    except numpy.linalg.LinAlgError:
        return solved(a, numpy.eye(a.shape[-1], dtype=a.dtype))


def inverse(a):
    """The inverse alone, for arrays and tensors: what backward needs."""
    return inverted(a)[0] if type(a) is ndarray else namespace(a).linalg.inv_ex(a)[0]
