"""Running sums, products and maxima of long arrays, quickly.

NumPy's ``accumulate`` takes one element at a time, each waiting for the one before. Here many short
stretches run side by side: the array is cut into blocks, the running result is taken within all of
them at once, and what came before a block is then added to (or multiplied with) its elements.
"""

from __future__ import annotations

import math

import numpy

BLOCK = 32  # so many elements run one after the other
WIDE = 256  # so many running results side by side keep NumPy busy
SMALL = 4096
CACHED = 2**16  # so many elements stay near the processor


def running(ufunc: numpy.ufunc, x: numpy.ndarray, axis: int, reverse: bool = False):
    """``ufunc.accumulate(x, axis)``, or the same from the other end; row by row in memory.

    Sums of float32 numbers are carried from block to block in float64.
    """
    if not x.ndim:
        return x.copy()
    if x.dtype == numpy.float16:
        return running(ufunc, x.astype(numpy.float32), axis, reverse).astype(x.dtype)
    axis %= x.ndim
    x = numpy.ascontiguousarray(x)
    if ufunc is numpy.multiply and x.dtype == numpy.float32:
        return running(ufunc, x.astype(numpy.float64), axis, reverse).astype(x.dtype)
    rows_of_integers = ufunc is numpy.add and x.dtype.kind != "f" and axis == x.ndim - 1
    if x.size < SMALL or x.shape[axis] < 4 or rows_of_integers:
        return _one_by_one(ufunc, x, axis, reverse)
    outer, n = math.prod(x.shape[:axis]), x.shape[axis]
    rows = x.reshape(outer, n, -1)
    y = numpy.empty_like(rows)
    there, here = (rows[:, ::-1], y[:, ::-1]) if reverse else (rows, y)
    if rows.shape[2] >= WIDE:
        _by_rows(ufunc, there, here)
    else:
        few = max(1, CACHED // (n * rows.shape[2]))
        for i in range(0, outer, few):
            if ufunc is numpy.add and rows.shape[2] == 1:
                _by_triangle(rows[i : i + few, :, 0], y[i : i + few, :, 0], reverse)
            else:
                work = _in_blocks if n >= 2 * BLOCK else _transposed
                work(ufunc, there[i : i + few], here[i : i + few])
    if ufunc in CAREFUL and not numpy.isfinite(y).all():
        return _one_by_one(ufunc, x, axis, reverse)
    return y.reshape(x.shape)


# Infinity times 0, and minus infinity, is NaN: blocks that meet these would say so too early.
CAREFUL = {numpy.add, numpy.multiply}


def _one_by_one(ufunc: numpy.ufunc, x: numpy.ndarray, axis: int, reverse: bool):
    kind = numpy.float64 if ufunc in CAREFUL and x.dtype == numpy.float32 else x.dtype
    if reverse:
        x = numpy.flip(x, axis)
    y = ufunc.accumulate(x, axis, kind).astype(x.dtype, copy=False)
    return numpy.flip(y, axis) if reverse else y


def _by_rows(ufunc: numpy.ufunc, x: numpy.ndarray, y: numpy.ndarray) -> None:
    """Along axis 1 of three, where the last is wide: each row from the one before."""
    carried = None
    for start in range(0, x.shape[1], BLOCK):
        block, result = x[:, start : start + BLOCK], y[:, start : start + BLOCK]
        result[:, 0] = block[:, 0]
        for i in range(1, block.shape[1]):
            ufunc(result[:, i - 1], block[:, i], out=result[:, i])
        end = result[:, -1]
        if carried is None:
            carried = end.astype(_exact(x.dtype))
            continue
        end = end.astype(carried.dtype)
        ufunc(carried[:, None].astype(x.dtype, copy=False), result, out=result)
        carried = ufunc(carried, end)


def _transposed(ufunc: numpy.ufunc, x: numpy.ndarray, y: numpy.ndarray) -> None:
    """The same where the last axis is narrow: all others are brought to its side first."""
    wide = numpy.ascontiguousarray(x.transpose(1, 0, 2)).reshape(1, x.shape[1], -1)
    result = numpy.empty_like(wide)
    _by_rows(ufunc, wide, result)
    y[...] = result.reshape(x.shape[1], x.shape[0], x.shape[2]).transpose(1, 0, 2)


def _in_blocks(ufunc: numpy.ufunc, x: numpy.ndarray, y: numpy.ndarray) -> None:
    """The same where few but long ones run: the blocks of each are what runs side by side."""
    outer, n, inner = x.shape
    blocks = n // BLOCK
    cut = x[:, : blocks * BLOCK].reshape(outer, blocks, BLOCK, inner)
    wide = numpy.ascontiguousarray(cut.transpose(2, 0, 1, 3))
    for i in range(1, BLOCK):
        ufunc(wide[i - 1], wide[i], out=wide[i])
    before = running(ufunc, wide[-1].astype(_exact(x.dtype)), 1)
    wide[:, :, 1:] = ufunc(before[:, :-1].astype(x.dtype, copy=False), wide[:, :, 1:])
    y[:, : blocks * BLOCK].reshape(cut.shape)[...] = wide.transpose(1, 2, 0, 3)
    if blocks * BLOCK < n:
        rest = numpy.concatenate(
            (before[:, -1:], x[:, blocks * BLOCK :].astype(before.dtype, copy=False)), 1
        )
        y[:, blocks * BLOCK :] = ufunc.accumulate(rest, 1)[:, 1:]


def _by_triangle(x: numpy.ndarray, y: numpy.ndarray, reverse: bool) -> None:
    """Sums along the rows of a matrix: blocks times a triangle of ones.

    [a b c] times [[1 1 1], [0 1 1], [0 0 1]] is [a  a+b  a+b+c], and nothing multiplies as quickly
    as a matrix product.
    """
    outer, n = x.shape
    block = next((k for k in (16, 20, 24, 12, 25, 10, 8, 32) if n % k == 0), 16)
    blocks = -(-n // block)
    if odd := blocks * block - n:
        x = numpy.pad(x, ((0, 0), (odd, 0) if reverse else (0, odd)))
    triangle = numpy.triu(numpy.ones((block, block), x.dtype))
    sums = None if odd else y.reshape(-1, block)
    sums = numpy.matmul(x.reshape(-1, block), triangle.T if reverse else triangle, out=sums)
    sums = sums.reshape(outer, blocks, block)
    turned = sums[:, ::-1, ::-1] if reverse else sums
    before = turned[:, :, -1].cumsum(1, _exact(x.dtype))
    turned[:, 1:] += before[:, :-1, None].astype(x.dtype, copy=False)
    if odd:
        sums = sums.reshape(outer, -1)
        y[...] = sums[:, odd:] if reverse else sums[:, :n]


def _exact(dtype: numpy.dtype) -> numpy.dtype:
    """What is carried from block to block."""
    return numpy.dtype(numpy.float64) if dtype == numpy.float32 else dtype
