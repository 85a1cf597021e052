"""The largest k of a row, in torch's order: by value, and equal ones as C++ leaves them.

Distinct values have one order only, and NumPy finds it quickest. For equal ones torch's
order is whatever the C++ standard library's selection comes to, so that is followed here, swap by
swap: introselect and introsort, or a heap where only few are wanted.
"""

from __future__ import annotations

import numpy


def largest(rows: numpy.ndarray, k: int) -> numpy.ndarray:
    """The indices of the k largest of each row, the largest first."""
    if k == 1:
        return rows.argmax(axis=-1, keepdims=True)
    order = numpy.argsort(-rows, axis=-1)[:, : k + 1]
    top = numpy.take_along_axis(rows, order, axis=-1)
    order = order[:, :k].copy()
    for i in numpy.flatnonzero((top[:, 1:] == top[:, :-1]).any(axis=-1)):
        order[i] = Selection(rows[i].tolist()).largest(k)
    return order


class Selection:
    """A list of values and their indices, sorted in place; `before` says whose turn is first."""

    def __init__(self, values: list[float]):
        self.items = list(zip(values, range(len(values)), strict=True))

    def largest(self, k: int) -> list[int]:
        n = len(self.items)
        if k * 64 <= n:
            self.heap_select(0, k, n)
            self.sort_heap(0, k)
        else:
            self.select(0, k - 1, n)
            self.sort(0, k - 1)
        return [index for _, index in self.items[:k]]

    @staticmethod
    def before(a: tuple, b: tuple) -> bool:
        return a[0] > b[0]

    def swap(self, i: int, j: int) -> None:
        self.items[i], self.items[j] = self.items[j], self.items[i]

    # Quicksort's step: who comes before the pivot to the front

    def partition(self, first: int, last: int) -> int:
        """Splits around the median of three; returns where the second part begins."""
        items, before = self.items, self.before
        a, b, c = first + 1, first + (last - first) // 2, last - 1
        if before(items[a], items[b]):
            median = b if before(items[b], items[c]) else c if before(items[a], items[c]) else a
        else:
            median = a if before(items[a], items[c]) else c if before(items[b], items[c]) else b
        self.swap(first, median)
        pivot, low, high = items[first], first + 1, last
        while True:
            while before(items[low], pivot):
                low += 1
            high -= 1
            while before(pivot, items[high]):
                high -= 1
            if low >= high:
                return low
            self.swap(low, high)
            low += 1

    def select(self, first: int, nth: int, last: int) -> None:
        """Brings to place nth what a sort would, and in front of it what comes before."""
        if nth == last:
            return
        depth = 2 * ((last - first).bit_length() - 1)
        while last - first > 3:
            if depth == 0:
                self.heap_select(first, nth + 1, last)
                self.swap(first, nth)
                return
            depth -= 1
            cut = self.partition(first, last)
            if cut <= nth:
                first = cut
            else:
                last = cut
        self.insertion_sort(first, last)

    def sort(self, first: int, last: int) -> None:
        if last - first > 1:
            self.quicksort(first, last, 2 * ((last - first).bit_length() - 1))
            self.insertion_sort(first, last)

    def quicksort(self, first: int, last: int, depth: int) -> None:
        """Sorts down to runs of sixteen; a heap takes over where the pivots were unlucky."""
        while last - first > 16:
            if depth == 0:
                self.heap_select(first, last, last)
                self.sort_heap(first, last)
                return
            depth -= 1
            cut = self.partition(first, last)
            self.quicksort(cut, last, depth)
            last = cut

    def insertion_sort(self, first: int, last: int) -> None:
        for i in range(first + 1, last):
            item, hole = self.items[i], i
            while hole > first and self.before(item, self.items[hole - 1]):
                self.items[hole] = self.items[hole - 1]
                hole -= 1
            self.items[hole] = item

    # A heap: the last in order on top

    def heap_select(self, first: int, middle: int, last: int) -> None:
        """Leaves in [first, middle), as a heap, those that come before all others."""
        n = middle - first
        for parent in range(n // 2 - 1, -1, -1):
            self.sift(first, parent, n, self.items[first + parent])
        for i in range(middle, last):
            if self.before(self.items[i], self.items[first]):
                item, self.items[i] = self.items[i], self.items[first]
                self.sift(first, 0, n, item)

    def sort_heap(self, first: int, last: int) -> None:
        while last - first > 1:
            last -= 1
            item, self.items[last] = self.items[last], self.items[first]
            self.sift(first, 0, last - first, item)

    def sift(self, first: int, hole: int, n: int, item: tuple) -> None:
        """Lets the hole sink to a leaf, and the item rise from there to its place."""
        items, top, child = self.items, hole, hole
        while child < (n - 1) // 2:
            child = 2 * (child + 1)
            if self.before(items[first + child], items[first + child - 1]):
                child -= 1
            items[first + hole] = items[first + child]
            hole = child
        if n % 2 == 0 and child == (n - 2) // 2:
            child = 2 * (child + 1)
            items[first + hole] = items[first + child - 1]
            hole = child - 1
        parent = (hole - 1) // 2
        while hole > top and self.before(items[first + parent], item):
            items[first + hole] = items[first + parent]
            hole, parent = parent, (parent - 1) // 2
        items[first + hole] = item
