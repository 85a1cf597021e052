"""Sums of arrays that stay accurate when they are long.

A float32 has 24 bits. Added one by one, ten thousand numbers lose the last six or so: the running
sum grows, and each further number is rounded to the sum's spacing. So add in blocks, and then the
blocks' sums: every number takes part in few additions only. NumPy does that along the dimension in
which memory is contiguous, and adds one by one along the others.

Large contiguous blocks are summed as a product with a vector of ones, which is quicker than a sum.
"""

from __future__ import annotations

import math

import numpy

SHORT = 64  # so many numbers may be added one by one
BLOCKS = 32
LARGE = 8192  # so many numbers are worth a product
WIDTH = 512  # so many numbers a product adds, several at a time
ONES = {numpy.dtype(kind): numpy.ones(WIDTH, kind) for kind in ("float32", "float64")}


def total(x: numpy.ndarray, axis: int | tuple | None = None, keepdims: bool = False):
    """``x.sum(axis, keepdims=keepdims)`` of floating-point numbers, but accurate; row by row."""
    if axis is None:
        terms = x.size
    elif type(axis) is int:
        terms = x.shape[axis]
    else:
        terms = math.prod([x.shape[i] for i in axis])
    if terms > SHORT or x.itemsize == 2 or x.size >= LARGE:
        y = _long(x, axis, terms, keepdims)
    else:
        y = numpy.add.reduce(x, axis, None, None, keepdims)
    return y if x.flags.c_contiguous else numpy.asarray(y, order="C")


def total_of_squares(x: numpy.ndarray, axis: tuple, keepdims: bool = False):
    """``total(x * x, axis, keepdims)``, without an array of squares where that can be helped."""
    if x.size < LARGE or x.itemsize == 2 or not x.flags.c_contiguous:
        return total(x * x, axis, keepdims)
    if len(axis) == x.ndim:
        n = x.size // 1024 * 1024
        flat = x.reshape(-1)
        blocks = flat[:n].reshape(-1, 1024)
        y = numpy.vecdot(blocks, blocks).sum() + numpy.vecdot(flat[n:], flat[n:])
        return y.reshape((1,) * x.ndim) if keepdims else y
    if axis == (x.ndim - 1,) and SHORT <= x.shape[-1] <= 4096:
        y = numpy.vecdot(x, x)
        return y[..., None] if keepdims else y
    return total(x * x, axis, keepdims)


def _long(x: numpy.ndarray, axis: int | tuple | None, terms: int, keepdims: bool):
    if x.itemsize == 2:  # float16, which has 11 bits
        return total(x.astype(numpy.float32), axis, keepdims).astype(x.dtype)
    axes = range(x.ndim) if axis is None else (axis,) if type(axis) is int else axis
    axes = {i % x.ndim for i in axes}
    if len(axes) == x.ndim:
        y = _rows(x.ravel("K"))  # "K": in the order of memory, without a copy
        return y.reshape((1,) * x.ndim) if keepdims else y
    shape = [n if i not in axes else 1 for i, n in enumerate(x.shape) if keepdims or i not in axes]
    if len(axes) > 1 and x.flags.c_contiguous:
        x, axes = _merged(x, axes)
    contiguous = _contiguous_axis(x)
    one_by_one = terms // x.shape[contiguous] if contiguous in axes else terms
    if axes == {contiguous}:
        return _rows(numpy.moveaxis(x, contiguous, -1)).reshape(shape)
    if one_by_one <= SHORT:
        return numpy.add.reduce(x, tuple(axes)).reshape(shape)
    if contiguous in axes:
        x = numpy.add.reduce(x, contiguous, keepdims=True)
    for i in axes - {contiguous}:
        x = _in_blocks(x.swapaxes(0, i))[None].swapaxes(0, i)
    return x.reshape(shape)


def _rows(x: numpy.ndarray):
    """The sum along the last axis."""
    n = x.shape[-1]
    if x.size < LARGE or x.strides[-1] != x.itemsize or x.dtype not in ONES:
        return numpy.add.reduce(x, -1)
    ones = ONES[x.dtype]
    if n <= WIDTH:
        return x @ ones[:n]
    if x.ndim == 1:
        whole = n // WIDTH * WIDTH
        return numpy.add.reduce(x[:whole].reshape(-1, WIDTH) @ ones) + numpy.add.reduce(x[whole:])
    block = next((k for k in range(WIDTH, 15, -1) if n % k == 0), None)
    if block is None or not x.flags.c_contiguous:
        return numpy.add.reduce(x, -1)
    return numpy.add.reduce((x.reshape(-1, block) @ ones[:block]).reshape(*x.shape[:-1], -1), -1)


def _merged(x: numpy.ndarray, axes: set) -> tuple:
    """The array with neighbouring axes as one, where all or none of them are summed over."""
    sizes, summed = [], []
    for i, n in enumerate(x.shape):
        if summed and summed[-1] == (i in axes):
            sizes[-1] *= n
        else:
            sizes.append(n)
            summed.append(i in axes)
    return x.reshape(sizes), {i for i, yes in enumerate(summed) if yes}


def _contiguous_axis(x: numpy.ndarray) -> int | None:
    """The axis along which neighbours are nearest in memory, if there is one."""
    steps = [(abs(step), -i) for i, step in enumerate(x.strides) if step and x.shape[i] > 1]
    return -min(steps)[1] if steps else None


def _in_blocks(x: numpy.ndarray) -> numpy.ndarray:
    """The sum along the first axis.

    Cut into 32 blocks, n numbers become n / 32: the sum of the blocks' first numbers, the sum of
    their second ones, and so on. Those additions run over whole rows of memory, so they are quick.
    """
    if len(x) <= SHORT:
        return numpy.add.reduce(x)
    n = len(x) // BLOCKS
    y = _in_blocks(numpy.add.reduce(x[: n * BLOCKS].reshape(BLOCKS, n, *x.shape[1:])))
    rest = x[n * BLOCKS :]
    return y + numpy.add.reduce(rest) if len(rest) else y
