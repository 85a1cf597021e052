"""In which order torch leaves equal elements: that of the C++ standard library, swap by swap.

Distinct values have one order only, and NumPy finds it quickest. Where some are equal, torch's
``sort`` and ``topk`` leave them as introsort, introselect or a heap come to do; these run here on
all rows, and on all parts into which a row falls, at once.

Everything works on *keys*: integers that ascend as the elements are to stand, equal where torch
takes elements for equal.
"""

from __future__ import annotations

import numpy

from .._introselect import Selection
from ._operands import INTEGERS

QUICK = 2**17


def keys(x: numpy.ndarray, descending: bool) -> numpy.ndarray:
    """Integers in the order of x: -0.0 and 0.0 are equal, and NaN is the largest."""
    if x.dtype.kind == "f":
        key = (x + 0).view(INTEGERS[x.itemsize])  # -0.0 + 0 is 0.0
        # Read as integers, negative numbers come before the others, but backwards.
        key ^= (key >> (8 * x.itemsize - 1)) & numpy.iinfo(key.dtype).max
        unknown = x != x
        if unknown.any():
            key[unknown] = numpy.iinfo(key.dtype).max
    elif x.dtype.kind in "bu":
        key = x.astype(numpy.int16)
    else:
        key = x if descending else x.copy()
    return ~key if descending else key


def stable_order(key: numpy.ndarray) -> numpy.ndarray:
    """The indices that sort each row; equal elements stay in order."""
    if key.itemsize <= 2 or key.size < 64:
        return numpy.argsort(key, axis=-1, kind="stable")  # a radix sort, for long rows
    bits = key.shape[1].bit_length()
    low = int(key.min())
    span = int(key.max()) - low
    if span < 2**16 <= key.shape[1]:
        return numpy.argsort((key - low).astype(numpy.uint16), axis=-1, kind="stable")
    if span < 2 ** (63 - bits):
        # Key and index in one number: all are distinct, for NumPy's quickest sort.
        packed = key.astype(numpy.int64)
        packed -= low
        return _unpacked(packed, numpy.arange(key.shape[1]), bits)
    order = numpy.argsort(key, axis=-1)
    there = numpy.take_along_axis(key, order, axis=-1)
    new = numpy.ones(there.shape, bool)
    numpy.not_equal(there[:, 1:], there[:, :-1], out=new[:, 1:])
    if not new.all():
        group = numpy.cumsum(new, axis=-1)
        return _unpacked(group, order, bits)
    return order


def _unpacked(high: numpy.ndarray, low: numpy.ndarray, bits: int) -> numpy.ndarray:
    """The low parts in the order of the high ones, and where these are equal, of themselves."""
    high <<= bits
    high |= low
    high.sort(axis=-1)
    high &= 2**bits - 1
    return high


def sort_order(key: numpy.ndarray, quick: int = QUICK) -> numpy.ndarray:
    """The indices that sort each row, as introsort would.

    Where rows with equal elements have more than ``quick`` elements, these stay in order: torch
    leaves open which order it gives, and following it is several times slower than sorting.
    """
    rows, n = key.shape
    order = stable_order(key)
    if n <= 16:
        return order
    there = numpy.take_along_axis(key, order, axis=-1)
    same = there[:, 1:] == there[:, :-1]
    again = numpy.flatnonzero(same.any(axis=-1))
    if not 0 < len(again) * n <= quick:
        return order
    tied = numpy.zeros((len(again), n), bool)
    tied[:, 1:] = same[again]
    tied[:, :-1] |= same[again]
    is_tied = numpy.empty_like(tied)
    numpy.put_along_axis(is_tied, order[again], tied, axis=-1)
    parts = Parts(key[again])
    parts.introsort(is_tied)
    last = stable_order(parts.keys.reshape(len(again), n))
    order[again] = numpy.take_along_axis(parts.order.reshape(len(again), n), last, axis=-1)
    return order


def top_order(x: numpy.ndarray, k: int, largest: bool, sorted: bool) -> numpy.ndarray:
    """The indices of the k largest or smallest of each row: a heap finds few, introselect many."""
    rows, n = x.shape
    heap = k * 64 <= n
    if not k:
        return numpy.empty((rows, 0), numpy.int64)
    if not (sorted or heap):
        return _selected(keys(x, largest), k, sorted=False)
    order, tied = (_first_of_many if heap and n >= 256 else _first)(x, k, largest)
    if tied.any():
        rows = numpy.flatnonzero(tied)
        if heap:
            order[rows] = [_heap_top(x[row], k, largest) for row in rows]
        else:
            order[rows] = _selected(keys(x[rows], largest), k, sorted)
    return order


def _first(x: numpy.ndarray, k: int, largest: bool) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The indices of the k first of each row, and of each row whether that is ambiguous."""
    n = x.shape[1]
    if k == n:
        some = numpy.broadcast_to(numpy.arange(k), x.shape)
    elif largest:
        some = numpy.argpartition(x, n - k - 1, axis=-1)[:, n - k - 1 :]
    else:
        some = numpy.argpartition(x, k, axis=-1)[:, : k + 1]
    return _in_order(some, keys(numpy.take_along_axis(x, some, axis=-1), largest), k)


def _in_order(some: numpy.ndarray, near: numpy.ndarray, k: int) -> tuple:
    """The k of these indices whose keys come first, and whether that is ambiguous."""
    by_key = numpy.argsort(near, axis=-1)
    near = numpy.take_along_axis(near, by_key, axis=-1)[:, : k + 1]
    order = numpy.take_along_axis(some, by_key, axis=-1)[:, :k]
    return order, (near[:, 1:] == near[:, :-1]).any(axis=-1)


def _first_of_many(x: numpy.ndarray, k: int, largest: bool) -> tuple:
    """The same for long rows, most of which is no better than the best but k of m groups."""
    rows, n = x.shape
    m = max(8 * k, min(1024, n // 8))
    whole = n // m * m
    groups = x[:, :whole].reshape(rows, n // m, m)
    best = groups.max(axis=1) if largest else groups.min(axis=1)
    tail = x[:, whole:]
    if (best != best).any() or (tail != tail).any():  # NaN
        return _first(x, k, largest)
    kth = m - k - 1 if largest else k
    bound = numpy.partition(best, kth, axis=-1)[:, kth, None]
    flat = numpy.flatnonzero(x >= bound if largest else x <= bound)
    if flat.size > x.size // 4:
        return _first(x, k, largest)
    row = flat // n
    counts = numpy.bincount(row, minlength=rows)
    column = numpy.arange(flat.size) - numpy.repeat(numpy.cumsum(counts) - counts, counts)
    key = keys(x.reshape(-1)[flat], largest)
    some = numpy.zeros((rows, counts.max(initial=k)), numpy.int64)
    near = numpy.full(some.shape, numpy.iinfo(key.dtype).max)  # behind the last of each row
    some[row, column], near[row, column] = flat - row * n, key
    return _in_order(some, near, k)


def _selected(key: numpy.ndarray, k: int, sorted: bool) -> numpy.ndarray:
    parts = Parts(key)
    parts.introselect(k - 1)
    order = parts.order.reshape(key.shape)[:, :k]
    if sorted:  # the last one is in its place already
        again = sort_order(parts.keys.reshape(key.shape)[:, : k - 1])
        order[:, : k - 1] = numpy.take_along_axis(order[:, : k - 1], again, axis=-1)
    return order


def _heap_top(x: numpy.ndarray, k: int, largest: bool) -> list[int]:
    """The indices of the k first, as a heap of the k first so far comes to sort them."""
    places, best, seen = [numpy.arange(k)], x[:k], k
    while seen < len(x):  # only what is better than the last in the heap can enter it
        until = max(2 * seen, 1024)
        some, worst = x[seen:until], best[keys(best, largest).argmax()]
        new = seen + numpy.flatnonzero(~(some <= worst if largest else some >= worst))
        best = numpy.concatenate((best, x[new]))
        if len(best) > k:
            best = best[numpy.argpartition(keys(best, largest), k - 1)[:k]]
        places.append(new)
        seen = until
    place = numpy.concatenate(places)
    heap = Selection(())
    heap.items = list(zip((~keys(x[place], largest)).tolist(), place.tolist(), strict=True))
    heap.heap_select(0, k, len(place))
    heap.sort_heap(0, k)
    return [index for _, index in heap.items[:k]]


def nth_index(key: numpy.ndarray, n: numpy.ndarray, quick: bool) -> numpy.ndarray:
    """The index of the element of each row that stands at the row's place n in order.

    Args:
        key: the rows
        n: a place for each row
        quick: of equal ones the one that quickselect finds; otherwise they count as in order
    """
    places = sorted({int(place) for place in n})
    parted = numpy.partition(key, places, axis=-1) if places else key
    y = numpy.take_along_axis(parted, n[:, None], axis=-1)
    mask = key == y
    index = mask.argmax(axis=-1)
    tied = numpy.flatnonzero(numpy.count_nonzero(mask, axis=-1) > 1)
    if quick and len(tied):
        parts = Parts(key[tied])
        parts.quickselect(n[tied])
        index[tied] = parts.order[parts.first + n[tied]]
    for row in [] if quick else tied:
        less = numpy.count_nonzero(key[row] < y[row])
        index[row] = numpy.flatnonzero(mask[row])[n[row] - less]
    return index


def selected_first(n: int) -> int:
    """Which of n equal elements introselect brings to the front."""
    parts = Parts(numpy.zeros((1, n), numpy.int8))
    parts.introselect(numpy.zeros(1, numpy.int64))
    return int(parts.order[0])


class Parts:
    """Rows of keys, one behind the other, and where each came from; reordered part by part."""

    def __init__(self, key: numpy.ndarray):
        rows, n = key.shape
        self.shape = rows, n
        self.keys = key.reshape(-1).copy()
        self.order = numpy.tile(numpy.arange(n), rows)
        self.first = numpy.arange(rows) * n
        self.last = self.first + n

    def swap(self, a: numpy.ndarray, b: numpy.ndarray) -> None:
        for items in (self.keys, self.order):
            items[a], items[b] = items[b], items[a]

    def introsort(self, tied: numpy.ndarray) -> None:
        """Quicksort down to sixteen elements, leaving parts alone that have only one order."""
        tied, n = tied.reshape(-1), self.shape[1]
        first, last = self.first, self.last
        for _ in range(2 * (n.bit_length() - 1)):
            sums = numpy.concatenate(([0], numpy.cumsum(tied[self.order + self._row_starts()])))
            open = (last - first > 16) & (sums[last] - sums[first] > 1)
            first, last = first[open], last[open]
            if not len(first):
                return
            cut = self.partition(first, last)
            first, last = numpy.concatenate((first, cut)), numpy.concatenate((cut, last))
        for a, b in zip(first, last, strict=True):
            if b - a > 16:  # the pivots were unlucky: a heap takes over
                part = Selection((~self.keys[a:b]).tolist())
                part.heap_select(0, b - a, b - a)
                part.sort_heap(0, b - a)
                self._rearrange(a, b, part)

    def introselect(self, nth: numpy.ndarray) -> None:
        """Brings to place nth of each row what a sort would, and in front of it what is less."""
        n = self.shape[1]
        nth = self.first + nth
        first, last = self.first, self.last
        active = nth < last
        for _ in range(2 * (n.bit_length() - 1)):
            open = active & (last - first > 3)
            if not open.any():
                break
            cut = self.partition(first[open], last[open])
            left = cut <= nth[open]
            first, last = first.copy(), last.copy()
            first[open] = numpy.where(left, cut, first[open])
            last[open] = numpy.where(left, last[open], cut)
        for a, b, k in zip(first[active], last[active], nth[active], strict=True):
            part = Selection((~self.keys[a:b]).tolist())
            if b - a > 3:
                part.heap_select(0, k + 1 - a, b - a)
                part.swap(0, k - a)
            else:
                part.insertion_sort(0, b - a)
            self._rearrange(a, b, part)

    def partition(self, first: numpy.ndarray, last: numpy.ndarray) -> numpy.ndarray:
        """Splits parts around the median of three; returns where their second halves begin."""
        a, b, c = first + 1, first + (last - first) // 2, last - 1
        ka, kb, kc = self.keys[a], self.keys[b], self.keys[c]
        up = numpy.where(kb < kc, b, numpy.where(ka < kc, c, a))
        down = numpy.where(ka < kc, a, numpy.where(kb < kc, c, b))
        self.swap(first, numpy.where(ka < kb, up, down))
        return self.exchange(a, last, self.keys[first])[0]

    def exchange(
        self, first: numpy.ndarray, last: numpy.ndarray, pivot: numpy.ndarray, meet: bool = False
    ) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Swaps what is on the wrong side, from the left what is no less than the pivot with, from
        the right, what is no greater, until the two meet.

        Args:
            first, last, pivot: of each part
            meet: whether both go on when they meet at the same element

        Returns:
            where, from the left and from the right, each part's next stop is
        """
        sizes = last - first
        bounds = numpy.concatenate(([0], numpy.cumsum(sizes)))
        shift = first - bounds[:-1]
        if len(first) == 1:
            places = slice(first[0], last[0])
        else:
            places = numpy.arange(bounds[-1]) + numpy.repeat(shift, sizes)
            pivot = numpy.repeat(pivot, sizes)
        part = self.keys[places]
        low, high = numpy.flatnonzero(part >= pivot), numpy.flatnonzero(part <= pivot)
        # The stops of part p are low[low_at[p] : low_at[p + 1]], and likewise high. The first from
        # the left swaps with the first from the right, the second with the second ...
        low_at, high_at = numpy.searchsorted(low, bounds), numpy.searchsorted(high, bounds)
        pairs = numpy.minimum(numpy.diff(low_at), numpy.diff(high_at))
        p = numpy.repeat(numpy.arange(len(first)), pairs)
        i = numpy.arange(len(p)) - numpy.repeat(numpy.cumsum(pairs) - pairs, pairs)
        a, b = low[low_at[p] + i], high[high_at[p + 1] - 1 - i]
        apart = a < b
        swaps = numpy.bincount(p[apart], minlength=len(first))
        steps = numpy.bincount(p[a <= b], minlength=len(first)) if meet else swaps
        a, b, p = a[apart] + shift[p[apart]], b[apart] + shift[p[apart]], None
        self.swap(a, b)
        left = _stops(low, low_at[:-1] + steps, low_at[1:] - 1, shift, last)
        right = _stops(high, high_at[1:] - 1 - steps, high_at[:-1], shift, first - 1, back=True)
        # What was swapped is a stop as well, for the pointer that comes from the other side.
        done = swaps > 0
        ends = numpy.cumsum(swaps)[done] - 1
        left[done] = numpy.minimum(left[done], b[ends])
        right[done] = numpy.maximum(right[done], a[ends])
        return left, right

    def quickselect(self, k: numpy.ndarray) -> None:
        """As introselect, but as torch's own ``kthvalue`` does it."""
        k = self.first + k
        left, right = self.first.copy(), self.last - 1
        while True:
            pair = right == left + 1
            self._put_in_order(left[pair], right[pair])
            open = right > left + 1
            if not open.any():
                return
            a, b = left[open], right[open]
            self.swap(a + (b - a) // 2, a + 1)
            for low, high in ((a + 1, b), (a, b), (a + 1, a)):
                self._put_in_order(low, high)
            i, j = self.exchange(a + 2, b, self.keys[a], meet=True)
            self.swap(a, j)
            right = numpy.where(open, right, left)
            left[open] = numpy.where(j <= k[open], i, a)
            right[open] = numpy.where(j >= k[open], j - 1, b)

    def _put_in_order(self, a: numpy.ndarray, b: numpy.ndarray) -> None:
        wrong = self.keys[a] > self.keys[b]
        self.swap(a[wrong], b[wrong])

    def _row_starts(self) -> numpy.ndarray:
        rows, n = self.shape
        return numpy.repeat(numpy.arange(rows) * n, n)

    def _rearrange(self, a: int, b: int, part: Selection) -> None:
        places = [a + i for _, i in part.items]
        self.keys[a:b], self.order[a:b] = self.keys[places], self.order[places]


def _stops(stops, i, end, shift, none, back=False):
    """Where stop i is, or ``none`` if it is past the end."""
    there = i >= end if back else i <= end
    found = none.copy()
    found[there] = stops[i[there]] + shift[there]
    return found
