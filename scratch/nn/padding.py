"""Padding: an image with a frame around it, of constants or of what the image itself holds.

Near the border a kernel would look out of the image. A frame of zeros is the usual way round that;
*reflect* shows the image in a mirror, *replicate* repeats its last pixels, *circular* takes those
of the other side. A negative width cuts off instead of adding.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule
from ..tensor import Tensor
from ._convolving import per_dimension
from ._frames import check_frame, checked_widths, constant
from .module import Module

__all__ = [
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
]


class ConstantPadNd(Rule):
    """y = x within a frame of one number        dx = dy without the frame"""

    @staticmethod
    def forward(ctx, x, widths, value):
        ctx.widths = widths
        return framed_by(value, x, widths)

    @staticmethod
    def backward(ctx, dy):
        back = tuple((-before, -after) for before, after in ctx.widths)
        if isinstance(dy, Tensor):
            return ConstantPadNd.apply(dy, back, 0), None, None
        return framed_by(0, dy, back), None, None


class Pad(Rule):
    """y = x in a frame of x's own elements        dx = dy, the frame added to what it shows"""

    @staticmethod
    def forward(ctx, x, widths, mode):
        ctx.sizes, ctx.widths, ctx.mode = x.shape, widths, mode
        return framed(x, widths, mode)

    @staticmethod
    def backward(ctx, dy):
        if isinstance(dy, Tensor):
            return PadBackward.apply(dy, ctx.sizes, ctx.widths, ctx.mode), None, None
        return unframed(dy, ctx.sizes, ctx.widths, ctx.mode), None, None

    def name(self):
        return graph_name(self) + "Backward0"


class PadBackward(Rule):
    """y = x, its frame added to what it shows        dx = dy in a frame of its own elements"""

    @staticmethod
    def forward(ctx, x, sizes, widths, mode):
        ctx.widths, ctx.mode = widths, mode
        return unframed(x, sizes, widths, mode)

    @staticmethod
    def backward(ctx, dy):
        if isinstance(dy, Tensor):
            return Pad.apply(dy, ctx.widths, ctx.mode), None, None, None
        return framed(dy, ctx.widths, ctx.mode), None, None, None

    def name(self):
        return graph_name(self) + "BackwardBackward0"


def framed_by(value, x, widths):
    """x within a frame of one number."""
    y = numpy.full(framed_sizes(x, widths), value, x.dtype)
    y[middle(widths)] = x[cut(widths)]
    return y


def graph_name(rule) -> str:
    """What torch's graph calls it, which has a rule for each number of dimensions."""
    kinds = {"reflect": "ReflectionPad", "replicate": "ReplicationPad", "circular": "CircularPad"}
    return f"{kinds[rule.mode]}{len(rule.widths)}D"


def framed(x, widths, mode):
    """The image with its frame: one dimension after the other, so that corners fill themselves.

    Where widths are negative, a circle closes over the cut; the others show what is cut off later.
    """
    grown = [(max(before, 0), max(after, 0)) for before, after in widths]
    x = x[cut(widths)] if mode == "circular" else x
    y = numpy.empty(framed_sizes(x, grown), x.dtype)
    y[middle(grown)] = x
    for axis, width in enumerate(grown, x.ndim - len(widths)):
        for here, there in sides(y.shape[axis], *width, mode):
            y[at(axis, here)] = y[at(axis, there)]
    return y if mode == "circular" else numpy.ascontiguousarray(y[cut(widths)])


def unframed(dy, sizes, widths, mode):
    """The gradient of the image: the frame goes back to where it came from, in reverse order."""
    grown = [(max(before, 0), max(after, 0)) for before, after in widths]
    lead = dy.ndim - len(widths)
    if mode == "circular":
        dy = dy.copy()
    else:
        whole = (n + sum(width) for n, width in zip(sizes[lead:], grown, strict=True))
        dy = within((*sizes[:lead], *whole), cut(widths), dy)
    for axis, width in reversed([*enumerate(grown, lead)]):
        for here, there in reversed(sides(dy.shape[axis], *width, mode)):
            edge, shown = dy[at(axis, here)], dy[at(axis, there)]
            shown += edge if shown.shape == edge.shape else edge.sum(axis, keepdims=True)
    dx = dy[middle(grown)]
    return within(sizes, cut(widths), dx) if mode == "circular" else numpy.ascontiguousarray(dx)


def within(sizes, part, x):
    """Zeros, and x in some part of them."""
    y = numpy.zeros(sizes, x.dtype)
    y[part] = x
    return y


def sides(size, before, after, mode):
    """Along a dimension: which part of the frame shows which part of the image, as slices."""
    end = size - after
    if mode == "replicate":
        parts = (slice(before), slice(before, before + 1)), (slice(end, None), slice(end - 1, end))
    elif mode == "circular":
        parts = (
            (slice(before), slice(end - before, end)),
            (slice(end, None), slice(before, before + after)),
        )
    else:
        stop = end - 2 - after
        parts = (
            (slice(before), slice(2 * before, before, -1)),
            (slice(end, None), slice(end - 2, stop if stop >= 0 else None, -1)),
        )
    return [part for part, width in zip(parts, (before, after), strict=True) if width]


def at(axis, part):
    """An index that is a slice along one dimension."""
    return (*(slice(None),) * axis, part)


def framed_sizes(x, widths):
    """The sizes with the frame; negative widths make them smaller."""
    lead = x.ndim - len(widths)
    wider = (n + sum(width) for n, width in zip(x.shape[lead:], widths, strict=True))
    return (*x.shape[:lead], *wider)


def middle(widths):
    """Where in the result the image is."""
    return (..., *(slice(max(a, 0), -b if b > 0 else None) for a, b in widths))


def cut(widths):
    """What negative widths leave of the image."""
    return (..., *(slice(max(-a, 0), b if b < 0 else None) for a, b in widths))


def pad(
    input: Tensor, pad: tuple[int, ...], mode: str = "constant", value: float | None = None
) -> Tensor:
    """A frame around the last dimensions.

    Args:
        input: what to frame
        pad: how many elements before and after, beginning with the *last* dimension: (left, right,
            top, bottom, front, back). Negative numbers cut off
        mode: ``"constant"``, ``"reflect"`` (as in a mirror), ``"replicate"`` (the last one again)
            or ``"circular"`` (those of the other side)
        value: the constant. Default: 0

    Shape:
        Constants go around any number of dimensions. The other modes frame one dimension of 2 or
        3, two of 3 or 4, or three of 4 or 5.

    Examples:
        >>> x = torch.tensor([[1, 2, 3]])
        >>> torch.nn.functional.pad(x, (1, 2), value=9)
        tensor([[9, 1, 2, 3, 9, 9]])
        >>> torch.nn.functional.pad(x, (2, 1), mode="reflect")
        tensor([[3, 2, 1, 2, 3, 2]])
    """
    widths = checked_widths(input, pad, mode, value)
    if mode == "constant":
        return ConstantPadNd.apply(input, widths, constant(value, input))
    check_frame(input.array, widths, mode)
    return Pad.apply(input, widths, mode)


# ---- layers ---------------------------------------------------------------------------------


class Padding(Module):
    """What the layers have in common."""

    dimensions = 1
    mode = "constant"
    value: float | None = None

    def __init__(self, padding: int | tuple[int, ...]):
        super().__init__()
        self.padding = per_dimension(padding, 2 * self.dimensions)

    def forward(self, input: Tensor) -> Tensor:
        """The input with its frame."""
        return pad(input, self.padding, self.mode, self.value)

    def extra_repr(self) -> str:
        """The widths."""
        return f"{self.padding}"


class CircularPad1d(Padding):
    """Frames the last dimension with what is on its other side.

    Args:
        padding: the width, or (left, right)

    Shape:
        input (N, C, W) or (C, W)

    Examples:
        >>> torch.nn.CircularPad1d((1, 2))(torch.tensor([[1, 2, 3]]))
        tensor([[3, 1, 2, 3, 1, 2]])
    """

    mode = "circular"

    def forward(self, input: Tensor) -> Tensor:
        """The input with its frame."""
        n = self.dimensions
        if input.dim() not in (n + 1, n + 2):
            raise ValueError(f"expected {n + 1}D or {n + 2}D input (got {input.dim()}D input)")
        return super().forward(input)


class CircularPad2d(CircularPad1d):
    """Frames images with what is on their other side; ``padding`` is (left, right, top, bottom)."""

    dimensions = 2


class CircularPad3d(CircularPad1d):
    """Frames volumes with what is on their other side; six widths."""

    dimensions = 3


class ConstantPad1d(Padding):
    """Frames the last dimension with a constant.

    Args:
        padding: the width, or (left, right)
        value: the constant

    Examples:
        >>> torch.nn.ConstantPad1d((1, 2), 9)(torch.tensor([[1, 2, 3]]))
        tensor([[9, 1, 2, 3, 9, 9]])
    """

    def __init__(self, padding: int | tuple[int, ...], value: float):
        super().__init__(padding)
        self.value = value

    def extra_repr(self) -> str:
        """The widths and the constant."""
        return f"padding={self.padding}, value={self.value}"


class ConstantPad2d(ConstantPad1d):
    """Frames images with a constant; ``padding`` is (left, right, top, bottom)."""

    dimensions = 2


class ConstantPad3d(ConstantPad1d):
    """Frames volumes with a constant; six widths."""

    dimensions = 3


class ReflectionPad1d(Padding):
    """Frames the last dimension with its own mirror image; the border itself is not repeated.

    Args:
        padding: the width, or (left, right)

    Examples:
        >>> torch.nn.ReflectionPad1d(2)(torch.tensor([[1, 2, 3]]))
        tensor([[3, 2, 1, 2, 3, 2, 1]])
    """

    mode = "reflect"


class ReflectionPad2d(ReflectionPad1d):
    """Frames images with their mirror image; ``padding`` is (left, right, top, bottom)."""

    dimensions = 2


class ReflectionPad3d(ReflectionPad1d):
    """Frames volumes with their mirror image; six widths."""

    dimensions = 3


class ReplicationPad1d(Padding):
    """Frames the last dimension with its first and last element.

    Args:
        padding: the width, or (left, right)

    Examples:
        >>> torch.nn.ReplicationPad1d((1, 2))(torch.tensor([[1, 2, 3]]))
        tensor([[1, 1, 2, 3, 3, 3]])
    """

    mode = "replicate"


class ReplicationPad2d(ReplicationPad1d):
    """Frames images with their outermost pixels; ``padding`` is (left, right, top, bottom)."""

    dimensions = 2


class ReplicationPad3d(ReplicationPad1d):
    """Frames volumes with their outermost elements; six widths."""

    dimensions = 3


class ZeroPad1d(Padding):
    """Frames the last dimension with zeros.

    Args:
        padding: the width, or (left, right)

    Examples:
        >>> torch.nn.ZeroPad1d(1)(torch.tensor([[1, 2, 3]]))
        tensor([[0, 1, 2, 3, 0]])
    """

    value = 0.0


class ZeroPad2d(ZeroPad1d):
    """Frames images with zeros; ``padding`` is (left, right, top, bottom)."""

    dimensions = 2


class ZeroPad3d(ZeroPad1d):
    """Frames volumes with zeros; six widths."""

    dimensions = 3
