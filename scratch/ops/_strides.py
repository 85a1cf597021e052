"""Views that NumPy has no function for: any walk through a tensor's memory."""

from __future__ import annotations

import numpy

from .. import dtypes
from ..tensor import Tensor


def address(x: numpy.ndarray) -> int:
    """Where the first element lies."""
    return x.__array_interface__["data"][0]


def memory(x: numpy.ndarray) -> numpy.ndarray:
    """All the memory that an array and its views share."""
    while isinstance(x.base, numpy.ndarray):
        x = x.base
    return x


def walk(
    x: numpy.ndarray,
    shape: tuple[int, ...],
    steps: tuple[int, ...],
    start: int = 0,
    dtype: numpy.dtype | None = None,
) -> numpy.ndarray:
    """A view of the memory of an array; ValueError if that ends before the view does.

    Args:
        x: the array
        shape: of the view
        steps: bytes from one element to the next along each dimension
        start: bytes from the first element of the array to the first of the view
        dtype: of the view. Default: the array's
    """
    store = memory(x)
    start += address(x) - address(store)
    if not store.flags.c_contiguous:
        store = _in_one_row(store)
    if start < 0 or not store.size and 0 not in shape:
        raise ValueError("a view begins before the memory does, or where there is none")
    return numpy.ndarray(shape, dtype or x.dtype, store, start, steps)


def resized(x: numpy.ndarray, size: tuple[int, ...]) -> numpy.ndarray:
    """The memory of an array from its first element on as one of another size.

    Where it ends too early, the array is copied to new memory; what comes after it may be anything.
    """
    y = numpy.empty(size, x.dtype)
    try:
        return walk(x, size, y.strides)
    except (ValueError, TypeError):
        left = memory(x).nbytes - (address(x) - address(memory(x)))
        known = walk(x, (left // x.itemsize,), (x.itemsize,))
        y.reshape(-1)[: known.size] = known
        return y


def overlaps(shape: tuple[int, ...], steps: tuple[int, ...]) -> bool:
    """Whether several elements may lie at one place."""
    reach = 0
    for step, n in sorted(zip(steps, shape, strict=True)):
        if n > 1 and step <= reach:
            return True
        reach += (n - 1) * step
    return False


def span(shape: tuple[int, ...], steps: tuple[int, ...]) -> int:
    """How many places there are from the first element to the last one."""
    if 0 in shape:
        return 0
    return 1 + sum((n - 1) * step for n, step in zip(shape, steps, strict=True))


def places(shape: tuple[int, ...], steps: tuple[int, ...], start: int) -> numpy.ndarray:
    """Where each element lies, in one row."""
    where = numpy.full(shape, start)
    for axis, (n, step) in enumerate(zip(shape, steps, strict=True)):
        where += (numpy.arange(n) * step).reshape(n, *(1,) * (len(shape) - axis - 1))
    return where.reshape(-1)


def _in_one_row(store: numpy.ndarray) -> numpy.ndarray:
    order = sorted(range(store.ndim), key=lambda axis: -store.strides[axis])
    dense = store.transpose(order)
    if dense.flags.c_contiguous:
        return dense
    reach = span(store.shape, tuple(step // store.itemsize for step in store.strides))
    return numpy.lib.stride_tricks.as_strided(store, (reach,), (store.itemsize,))


def with_last_size(x: Tensor, dtype: dtypes.dtype) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shape and strides of a tensor seen as numbers that take more or fewer bytes."""
    shape, steps = x.array.shape, x.stride()
    what, old, new = f"to view {x.dtype} as {dtype}", x.array.itemsize, dtype.numpy.itemsize
    if not shape:
        raise RuntimeError(f"self.dim() cannot be 0 {what} (different element sizes)")
    if steps[-1] != 1:
        raise RuntimeError(
            f"self.stride(-1) must be 1 {what} (different element sizes), but got {steps[-1]}"
        )
    if new < old:
        times = old // new
        return (*shape[:-1], shape[-1] * times), (*(n * times for n in steps[:-1]), 1)
    times = new // old
    for name, n in (
        ("self.size(-1)", shape[-1]),
        ("self.storage_offset()", x.storage_offset()),
        *((f"self.stride({dim})", n) for dim, n in enumerate(steps[:-1])),
    ):
        if n % times:
            raise RuntimeError(
                f"{name} must be divisible by {times} {what} (different element sizes), but got {n}"
            )
    return (*shape[:-1], shape[-1] // times), (*(n // times for n in steps[:-1]), 1)


def windows(x: numpy.ndarray, dim: int, size: int, step: int) -> numpy.ndarray:
    """Windows of an array, each ``step`` after the one before; a new last dimension looks in."""
    if x.ndim == 0:
        return x.reshape(1)[:size]
    shape, steps = list(x.shape), list(x.strides)
    shape[dim] = (shape[dim] - size) // step + 1
    steps[dim] *= step
    return walk(x, (*shape, size), (*steps, x.strides[dim]))


def folded(dy: numpy.ndarray, shape: tuple, dim: int, size: int, step: int) -> numpy.ndarray:
    """The opposite: each entry is the sum over all windows that show it."""
    dx = numpy.zeros(shape, dy.dtype)
    if not shape:
        return dy.sum().reshape(())
    if step >= size:
        windows(dx, dim, size, step)[...] = dy
        return dx
    rows, seen = dx.swapaxes(dim, -1), dy.swapaxes(dim, -2)
    count = seen.shape[-2]
    if size <= count:
        for k in range(size):
            rows[..., k : k + step * count : step] += seen[..., k]
    else:
        for i in range(count):
            rows[..., i * step : i * step + size] += seen[..., i, :]
    return dx


def copy_with_gaps(x: numpy.ndarray) -> numpy.ndarray:
    """A copy that lies in memory as the original does, unless elements of that overlap."""
    steps = tuple(step // x.itemsize for step in x.strides)
    if x.flags.c_contiguous or overlaps(x.shape, steps):
        return x.copy()
    return walk(walk(x, (span(x.shape, steps),), (x.itemsize,)).copy(), x.shape, x.strides)
