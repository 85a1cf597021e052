"""A tensor's shape."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable

from ._names import Named


class Size(tuple, metaclass=Named):
    """A tensor's shape: a tuple of sizes, one a dimension.

    Examples:
        >>> torch.ones(2, 3).shape
        torch.Size([2, 3])
        >>> torch.ones(2, 3).shape.numel()
        6
    """

    __slots__ = ()
    shown = "torch.Size"

    def __new__(cls, sizes: Iterable[int] = ()) -> Size:
        sizes = tuple(sizes)
        try:
            return super().__new__(cls, map(operator.index, sizes))
        except TypeError:
            raise TypeError(f"torch.Size() takes an iterable of 'int', not {sizes}") from None

    def numel(self) -> int:
        """The number of elements in a tensor of this shape."""
        count = 1
        for size in self:
            count *= size
        return count

    def __repr__(self) -> str:
        return f"torch.Size({list(self)})"

    def __getitem__(self, index):
        item = super().__getitem__(index)
        return size_of(item) if isinstance(index, slice) else item

    def __add__(self, other: tuple) -> Size:
        return size_of(super().__add__(other))

    def __radd__(self, other: tuple) -> Size:
        return Size(other.__add__(self)) if isinstance(other, tuple) else NotImplemented

    def __mul__(self, times: int) -> Size:
        return size_of(super().__mul__(times))

    __rmul__ = __mul__


size_of = functools.partial(tuple.__new__, Size)  # of a tuple of ints, without a look at them
