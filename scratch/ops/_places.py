"""Places: where elements stand if a tensor's rows are laid end to end, as a single number each.

NumPy reads and writes by one list of numbers several times quicker than by one list a dimension.
"""

from __future__ import annotations

import math

import numpy


def along(shape: tuple[int, ...], dim: int, index: numpy.ndarray, own: bool) -> numpy.ndarray:
    """The places of the elements that ``index`` names along a dimension, each at its own place
    along the others.

    Args:
        own: whether it has to be a new array, even where the index says it all
    """
    if index.ndim == 1:
        return numpy.array(index, numpy.int64, copy=own or None)
    step = math.prod(shape[dim + 1 :])
    others = _others(shape, dim, index.shape)
    if step == 1:
        return index + others
    places = index * numpy.int64(step)
    places += others
    return places


def entries(shape: tuple[int, ...], dim: int, index: numpy.ndarray) -> numpy.ndarray:
    """The places of all elements of the entries that a vector names along a dimension."""
    steps = index * numpy.int64(math.prod(shape[dim + 1 :]))
    sizes = (*shape[:dim], len(index), *shape[dim + 1 :])
    ones = [1] * len(shape)
    return steps.reshape(*ones[:dim], -1, *ones[dim + 1 :]) + _others(shape, dim, sizes)


def _others(shape: tuple[int, ...], dim: int, sizes: tuple[int, ...]) -> numpy.ndarray:
    """What the dimensions other than ``dim`` add to a place."""
    sums = None
    for i, n in enumerate(sizes):
        if i != dim and n != 1:
            steps = numpy.arange(n) * math.prod(shape[i + 1 :])
            steps = steps.reshape(-1, *[1] * (len(sizes) - i - 1))
            sums = steps if sums is None else sums + steps
    return numpy.int64(0) if sums is None else sums


def of_index(shape: tuple[int, ...], index: tuple) -> numpy.ndarray:
    """The places of what ``x[index]`` gives in NumPy, for an x of this shape."""
    arrays = [i for i, part in enumerate(index) if isinstance(part, numpy.ndarray)]
    if len(arrays) == 1 and index[arrays[0]].dtype != bool and _only_slices(index, arrays[0]):
        dim, entry = arrays[0], index[arrays[0]]
        named = numpy.where(entry < 0, entry + shape[dim], entry).reshape(-1)
        return entries(shape, dim, named).reshape(shape[:dim] + entry.shape + shape[dim + 1 :])
    return numpy.arange(math.prod(shape)).reshape(shape)[index]


def _only_slices(index: tuple, but: int) -> bool:
    return all(i == but or part == slice(None) for i, part in enumerate(index))


def outside(index: numpy.ndarray, low: int, size: int) -> int | None:
    """One of the numbers that are not from low up to below size, if there is any."""
    if not index.size:
        return None
    if not low and index.dtype.kind == "i" and index.flags.c_contiguous:
        # Read without its sign, a negative number is larger than any size.
        worst = index.view(f"u{index.itemsize}").max()
        return None if worst < size else int(worst.astype(index.dtype))
    for wrong in (index.min(), index.max()):
        if not low <= wrong < size:
            return int(wrong)
    return None


def read(x: numpy.ndarray, places: numpy.ndarray) -> numpy.ndarray:
    """The elements at places that are known to be inside."""
    return x.reshape(-1).take(places, mode="wrap")  # of all modes the quickest


def write(x: numpy.ndarray, places: numpy.ndarray, values: numpy.ndarray, how=None) -> None:
    """Overwrites the elements at these places, in order; or combines them by a ufunc's ``at``."""
    rows = x if x.flags.c_contiguous else x.copy()
    flat = rows.reshape(-1)
    if how is None:
        flat[places] = values
    else:
        values = numpy.broadcast_to(values, places.shape)
        how.at(flat, places.reshape(-1), values.reshape(-1))
    if rows is not x:
        x[...] = rows


def add_entries(x: numpy.ndarray, dim: int, index: numpy.ndarray, source: numpy.ndarray) -> None:
    """x[index] += source along a dimension; an entry that is named several times gets it all."""
    if x.ndim == 1:
        write(x, index, source, numpy.add)
        return
    ahead = (slice(None),) * dim
    if source.size >= 16 * len(index):
        # NumPy adds whole entries quickly, as long as none of them is named twice: so first those
        # that are named for the first time, then for the second, and so on.
        for _ in range(8):
            if not len(index):
                return
            order = numpy.arange(len(index))
            first = numpy.empty(x.shape[dim], numpy.int64)
            first[index[::-1]] = order[::-1]
            now = first[index] == order
            if now.all():
                x[(*ahead, index)] += source
                return
            x[(*ahead, index[now])] += source.take(order[now], dim)
            index, source = index[~now], source.take(order[~now], dim)
    if len(index):
        write(x, entries(x.shape, dim, index), source, numpy.add)


def sum_rows(rows: int, index: numpy.ndarray, source: numpy.ndarray) -> numpy.ndarray:
    """A matrix of zeros, but y[index[i]] += source[i], with the bits of a plain loop over i.

    Quicker than ``add_entries`` where many are added to the same row. Sorted by row number, all
    that goes to one row lies together. Then the second ones of all rows are added to the first
    ones, then the third ones, and so on, many rows at a time; and when few rows are left, each on
    its own.
    """
    width = source.shape[1]
    y = numpy.zeros((rows, width), source.dtype)
    if not source.size:
        return y
    if width == 1:
        numpy.add.at(y.reshape(-1), index, source.reshape(-1))
        return y
    order = index.argsort(kind="stable")
    index = index[order]
    starts = numpy.flatnonzero(numpy.diff(index, prepend=-1))
    counts = numpy.diff(starts, append=len(index))
    by_count = (-counts).argsort(kind="stable")
    starts, counts = starts[by_count], counts[by_count]
    left = numpy.searchsorted(-counts, -numpy.arange(1, counts[0] + 1), "right")
    sums = source[order[starts]]
    sums += 0.0  # makes 0 of -0, as adding to zeros does
    for done in range(1, counts[0]):
        some = left[done]  # so many rows have another one
        if some <= counts[0] - done:
            for i in range(some):
                own = source[order[starts[i] + done : starts[i] + counts[i]]]
                own[0] += sums[i]
                numpy.add.reduce(own, 0, out=sums[i])  # along rows NumPy adds one by one
            break
        sums[:some] += source[order[starts[:some] + done]]
    y[index[starts]] = sums
    return y
