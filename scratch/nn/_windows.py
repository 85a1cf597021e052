"""A kernel slides over an image: what it sees at every place, and what three products make of it.

What a kernel sees are *windows*: a view of the image with the kernel's dimensions added, which
repeats most elements without copying them. Written out, with one window a column, they turn a
convolution into a matrix product. Its three factors are the image x, the weights w and the output
y; each two of them give the third, or its gradient:

    y = w columns(x)        dx = put back (w^T dy)        dw = dy columns(x)^T

All of it works for any number of dimensions. Columns are written for a few images at a time, which
stay in the processor's cache. These images come last in memory there: neighbours are then copied in
one go, even where rows are short.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy
from numpy.lib.stride_tricks import as_strided

IMAGES = 8  # so many at a time, and more where they are small
SMALL = 1 << 18  # elements of their columns, that is
LARGE = 1 << 20  # so many elements are too many at a time: then take some of the image's rows


class Steps(NamedTuple):
    """How a kernel goes over an image: one number a dimension, but for the groups."""

    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    groups: int = 1


def places(sizes: tuple, kernel: tuple, steps: Steps) -> tuple[int, ...]:
    """How many places a kernel has in an image, for each dimension."""
    return tuple(
        (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
        for n, k, stride, padding, dilation in zip(sizes, kernel, *steps[:3], strict=True)
    )


def windows(x: numpy.ndarray, kernel: tuple, out: tuple, steps: Steps, first: int):
    """A view whose kernel dimensions, and then places, stand where the image's were.

    Args:
        x: an image, padded already
        kernel, out: the sizes of the kernel, and how many places it has
        steps: stride and dilation
        first: the first of the image's dimensions
    """
    last = first + len(kernel)
    far = x.strides[first:last]
    shape = (*x.shape[:first], *kernel, *out, *x.shape[last:])
    within = [step * d for step, d in zip(far, steps.dilation, strict=True)]
    between = [step * s for step, s in zip(far, steps.stride, strict=True)]
    strides = (*x.strides[:first], *within, *between, *x.strides[last:])
    return as_strided(x, shape, strides)


def put_back(columns: numpy.ndarray, x: numpy.ndarray, steps: Steps, first: int) -> None:
    """Adds windows to the elements of the image x that they show: what overlaps adds up.

    Args:
        columns: as ``windows`` returns them
        x: the image, padded
        steps: stride and dilation
        first: the first of the image's dimensions
    """
    n = len(steps.stride)
    kernel, out = columns.shape[first : first + n], columns.shape[first + n : first + 2 * n]
    lead = (slice(None),) * first
    for offset in itertools.product(*map(range, kernel)):
        shown = [
            slice(k * dilation, k * dilation + (count - 1) * stride + 1, stride)
            for k, count, stride, dilation in zip(
                offset, out, steps.stride, steps.dilation, strict=True
            )
        ]
        here = x[(*lead, *shown)]
        here += columns[(*lead, *offset)]


def padded(x: numpy.ndarray, padding: tuple[int, ...]) -> numpy.ndarray:
    """Zeros around the last dimensions."""
    if not any(padding):
        return x
    lead = x.shape[: x.ndim - len(padding)]
    y = numpy.zeros((*lead, *enlarged(x.shape[len(lead) :], padding)), x.dtype)
    y[(..., *inner(padding))] = x
    return y


def enlarged(sizes: tuple, padding: tuple) -> tuple[int, ...]:
    """The sizes with the padding on both sides."""
    return tuple(n + 2 * p for n, p in zip(sizes, padding, strict=True))


def inner(padding: tuple) -> tuple[slice, ...]:
    """Where in the padded image the image is."""
    return tuple(slice(p, -p or None) for p in padding)


# ---- the three products ---------------------------------------------------------------------


def in_float32(product: Callable) -> Callable:
    """A product that is computed in float32 where its factors are float16, which has 11 bits."""

    @functools.wraps(product)
    def rounded_once(a, b, *arguments):
        if a.dtype != numpy.float16:
            return product(a, b, *arguments)
        wide = product(a.astype(numpy.float32), b.astype(numpy.float32), *arguments)
        return wide.astype(numpy.float16)

    return rounded_once


@in_float32
def convolved(x: numpy.ndarray, weight: numpy.ndarray, steps: Steps) -> numpy.ndarray:
    """y = w columns(x)"""
    out = places(x.shape[2:], weight.shape[2:], steps)
    matrix = as_matrix(weight, steps)  # groups, O, C k
    y = numpy.empty((len(x), len(weight), *out), x.dtype)
    if is_pointwise(weight.shape[2:], steps):
        return numpy.matmul(matrix, as_matrix(x[seen(steps)], steps, 1)).reshape(y.shape)
    for some, rows, columns in column_blocks(x, weight.shape[2:], out, steps):
        hole = numpy.moveaxis(y[some, :, rows], 0, -1)  # O, rows, ..., images
        hole[...] = numpy.matmul(matrix, columns).reshape(hole.shape)
    return y


@in_float32
def transposed(dy: numpy.ndarray, weight: numpy.ndarray, sizes: tuple, steps: Steps):
    """dx = put back (w^T dy), an image of these sizes"""
    kernel, out = weight.shape[2:], dy.shape[2:]
    channels = weight.shape[1] * steps.groups
    matrix = as_matrix(weight, steps).swapaxes(1, 2)  # groups, C k, O
    dx = numpy.empty((len(dy), channels, *sizes), dy.dtype)
    if is_pointwise(weight.shape[2:], steps):
        product = numpy.matmul(matrix, as_matrix(dy, steps, 1)).reshape((len(dy), channels, *out))
        if sizes == out:
            return product
        dx[...] = 0
        dx[seen(steps)][(..., *map(slice, out))] = product
        return dx
    images, rows_at_once = sizes_of_blocks(channels * math.prod(kernel), out)
    for some in blocks(len(dy), images):
        hole = numpy.moveaxis(dx[some], 0, -1)  # C, H, ..., images
        count = hole.shape[-1]
        image = numpy.zeros((channels, *enlarged(sizes, steps.padding), count), dx.dtype)
        for rows in blocks(out[0], rows_at_once):
            values = images_last(dy[some, :, rows], steps)  # groups, O, places
            one = values.shape[1] == 1  # depthwise: a product of numbers, no sum
            columns = matrix * values if one else numpy.matmul(matrix, values)
            shape = (channels, *kernel, rows.stop - rows.start, *out[1:], count)
            put_back(columns.reshape(shape), image[:, seen_from(rows, kernel, steps)], steps, 1)
        hole[...] = image[(slice(None), *inner(steps.padding))]
    return dx


@in_float32
def correlated(x: numpy.ndarray, dy: numpy.ndarray, kernel: tuple, steps: Steps):
    """dw = dy columns(x)^T"""
    groups, outputs = steps.groups, dy.shape[1]
    shape = (outputs, x.shape[1] // groups, *kernel)
    if is_pointwise(kernel, steps) and math.prod(dy.shape[2:]) >= outputs:
        x = x[seen(steps)][(..., *map(slice, dy.shape[2:]))]
        rows = as_matrix(x, steps, 1).swapaxes(2, 3)  # N, groups, places, C
        return numpy.matmul(as_matrix(dy, steps, 1), rows).sum(0).reshape(shape)
    dweight = numpy.zeros((groups, outputs // groups, math.prod(shape[1:])), x.dtype)
    for some, rows, columns in column_blocks(x, kernel, dy.shape[2:], steps):
        dweight += numpy.matmul(images_last(dy[some, :, rows], steps), columns.swapaxes(1, 2))
    return dweight.reshape(shape)


# ---- columns, some at a time ----------------------------------------------------------------


def column_blocks(x: numpy.ndarray, kernel: tuple, out: tuple, steps: Steps) -> Iterator[tuple]:
    """All windows of a batch as columns: which images, which rows of places, and the columns."""
    height = x.shape[1] * math.prod(kernel)
    images, rows_at_once = sizes_of_blocks(height, out)
    most = height * min(rows_at_once, out[0]) * math.prod(out[1:]) * min(images, len(x))
    memory = numpy.empty(0, x.dtype)
    for some in blocks(len(x), images):
        image = padded_images_last(x[some], steps.padding)  # C, H, ..., images
        for rows in blocks(out[0], rows_at_once):
            part = image[:, seen_from(rows, kernel, steps)]
            view = windows(part, kernel, (rows.stop - rows.start, *out[1:]), steps, 1)
            columns = view
            if not view.flags.c_contiguous:
                memory = memory if memory.size else numpy.empty(most, x.dtype)
                columns = memory[: view.size].reshape(view.shape)
                columns[...] = view
            count = math.prod(view.shape[1 + len(kernel) :])
            yield some, rows, columns.reshape(steps.groups, height // steps.groups, count)


def sizes_of_blocks(height: int, out: tuple) -> tuple[int, int]:
    """How many images at a time, and how many rows of them, if columns have this height."""
    row = max(1, height * math.prod(out[1:]))
    images = max(IMAGES, SMALL // (row * out[0]))
    return images, max(1, LARGE // (row * images))


def blocks(count: int, at_once: int) -> Iterator[slice]:
    """Slices that cut so many things into pieces."""
    for start in range(0, count, at_once):
        yield slice(start, min(start + at_once, count))


def seen_from(rows: slice, kernel: tuple, steps: Steps) -> slice:
    """The rows of the image that are seen from these rows of places."""
    stride, reach = steps.stride[0], steps.dilation[0] * (kernel[0] - 1)
    return slice(rows.start * stride, (rows.stop - 1) * stride + reach + 1)


def padded_images_last(x: numpy.ndarray, padding: tuple) -> numpy.ndarray:
    """Images with zeros around them, their channels first and the batch last."""
    channels_first = numpy.moveaxis(x, 0, -1)
    if not any(padding):
        return numpy.ascontiguousarray(channels_first)
    y = numpy.zeros((x.shape[1], *enlarged(x.shape[2:], padding), len(x)), x.dtype)
    y[(slice(None), *inner(padding))] = channels_first
    return y


def images_last(dy: numpy.ndarray, steps: Steps) -> numpy.ndarray:
    """One row a channel, with the images' places beside each other: groups, O, places."""
    rows = numpy.moveaxis(dy, 0, -1)
    return rows.reshape(steps.groups, len(rows) // steps.groups, -1)


def as_matrix(x: numpy.ndarray, steps: Steps, first: int = 0) -> numpy.ndarray:
    """Weights, or from ``first`` on images, as a matrix for each group."""
    groups, channels = steps.groups, x.shape[first]
    across = math.prod(x.shape[first + 1 :])
    return x.reshape((*x.shape[:first], groups, channels // groups, across))


def is_pointwise(kernel: tuple, steps: Steps) -> bool:
    """Whether every place sees one pixel: then the image is its own columns."""
    return set(kernel) == {1} and not any(steps.padding)


def seen(steps: Steps) -> tuple:
    """The pixels that are seen then: all, or every other one, and so on."""
    return (..., *(slice(None, None, stride) for stride in steps.stride))
