"""Where the windows of a pooling lie: one ``Axis`` a dimension, and what may be wrong with them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from .._arguments import as_int

Sizes = int | tuple[int, ...]


class Axis(NamedTuple):
    """The windows along one dimension: ``count`` of them, each ``stride`` after the one before.

    The first begins ``padding`` before the input does. A window has ``kernel`` elements, each
    ``dilation`` after the one before; those outside the input do not count.
    """

    size: int
    kernel: int
    stride: int
    padding: int
    dilation: int
    count: int

    def taps(self) -> Iterator[tuple[int, slice, slice]]:
        """For element 0, 1, ... of all windows: in which windows it is inside, and where it is."""
        for k in range(self.kernel):
            start = k * self.dilation - self.padding  # where window 0 has it
            first = max(0, -(start // self.stride))
            count = min(self.count, (self.size - 1 - start) // self.stride + 1)
            if first < count:
                stop = start + (count - 1) * self.stride + 1
                yield k, slice(first, count), slice(start + first * self.stride, stop, self.stride)

    def starts(self) -> range:
        """Where each window begins."""
        return range(-self.padding, self.count * self.stride - self.padding, self.stride)

    def counts(self, padded: bool) -> list[int]:
        """How many elements each window has inside the input; or in its padding as well."""
        low, high = (-self.padding, self.size + self.padding) if padded else (0, self.size)
        return [min(i + self.kernel, high) - max(i, low) for i in self.starts()]


def axis(size: int, kernel: int, stride: int, padding: int, dilation: int, ceil: bool) -> Axis:
    """The windows that fit in; with ``ceil``, one more that begins inside but ends behind."""
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    count = (room + (stride - 1 if ceil else 0)) // stride + 1
    if ceil and (count - 1) * stride >= size + padding:
        count -= 1  # it would begin behind the input
    return Axis(size, kernel, stride, padding, dilation, count)


def axes(
    function: str,
    shape: tuple[int, ...],
    kernel: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    ceil_mode: bool,
) -> tuple[Axis, ...]:
    """The windows along the last dimensions of an input of this shape, checked."""
    for name, values in (("kernel_size", kernel), ("stride", stride), ("dilation", dilation)):
        if min(values) <= 0:
            raise RuntimeError(f"{function}() {name} must be greater than zero, but got {values}")
    for k, p in zip(kernel, padding, strict=True):
        if not 0 <= p <= k // 2:
            raise RuntimeError(
                f"{function}() padding must be between 0 and half of kernel_size, {k} // 2, but "
                f"got {p}: else windows would lie in the padding alone"
            )
    sizes = shape[-len(kernel) :]
    found = tuple(
        axis(*numbers, ceil_mode)
        for numbers in zip(sizes, kernel, stride, padding, dilation, strict=True)
    )
    for each in found:
        if each.count < 1:
            raise RuntimeError(f"{function}(): {_no_window(each, shape, ceil_mode)}")
    return found


def _no_window(a: Axis, shape: tuple[int, ...], ceil_mode: bool) -> str:
    rounded = "ceil" if ceil_mode else "floor"
    return (
        f"Output size is too small: an input of shape {list(shape)} has no room for a window. "
        f"The size {a.size} becomes {rounded}((size + 2 * padding - dilation * (kernel_size - 1) "
        f"- 1) / stride) + 1 = {rounded}(({a.size} + 2 * {a.padding} - {a.dilation} * "
        f"({a.kernel} - 1) - 1) / {a.stride}) + 1 = {a.count}. Take a smaller kernel_size, more "
        f"padding, or pool less often before"
    )


def numbers(function: str, name: str, value: object, n: int) -> tuple[int, ...]:
    """n integers, one a dimension; a single one counts for all."""
    if not isinstance(value, (tuple, list)):
        return (as_int(value, function, name),) * n
    found = tuple(as_int(x, function, name) for x in value)
    if len(found) == 1:
        return found * n
    if len(found) != n:
        raise RuntimeError(f"{function}(): argument '{name}' should contain {n} ints, got {found}")
    return found


def check_shape(function: str, shape: tuple[int, ...], n: int) -> None:
    """RuntimeError unless this is one sample or a batch of them; only a batch may be empty."""
    form = "C, L" if n == 1 else "C, H, W"
    if len(shape) not in (n + 1, n + 2):
        raise RuntimeError(
            f"{function}(): Expected {n + 1}D or {n + 2}D (batch mode) tensor: ({form}) or "
            f"(N, {form}), but got a shape of {len(shape)} dimensions: {list(shape)}"
        )
    if not math.prod(shape[-n - 1 :]):
        raise RuntimeError(
            f"{function}(): only the batch may be empty, but got an input of shape {list(shape)}"
        )


def given(
    function: str, n: int, kernel_size: Sizes, stride: Sizes | None, padding: Sizes, dilation: Sizes
) -> list[tuple[int, ...]]:
    """Kernel size, stride, padding and dilation: a number a dimension each."""
    kernel = numbers(function, "kernel_size", kernel_size, n)
    no_stride = stride is None or stride in ((), [])
    return [
        kernel,
        kernel if no_stride else numbers(function, "stride", stride, n),
        numbers(function, "padding", padding, n),
        numbers(function, "dilation", dilation, n),
    ]


def of_one_row(sizes: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The same for a sequence that is an image of one row."""
    return [(neutral, *each) for neutral, each in zip((1, 1, 0, 1), sizes, strict=True)]
