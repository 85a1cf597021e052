"""Unfold: every window of an image as a column, which makes a convolution a matrix product.

    conv2d(x, w) = (w as a matrix) (unfold(x)), reshaped to an image

Fold puts the columns back, and adds up where windows overlap. Each is the other's derivative.
"""

from __future__ import annotations

import math
from typing import Any

import numpy

from ..autograd import Rule
from ..tensor import Tensor
from ._convolving import integers
from ._windows import Steps, enlarged, inner, padded, places, put_back, windows
from .module import Module

__all__ = ["Fold", "Unfold"]


class Im2Col(Rule):
    """y = windows of x, one a column        dx = columns of dy, put back and added up"""

    @staticmethod
    def forward(ctx, x, kernel, steps):
        ctx.sizes, ctx.kernel, ctx.steps = x.shape[-2:], kernel, steps
        return unfolded(x, kernel, steps)

    @staticmethod
    def backward(ctx, dy):
        rule = Col2Im.apply if isinstance(dy, Tensor) else folded
        arguments = (ctx.sizes, ctx.kernel, ctx.steps)
        dx = rule(dy, *arguments)
        return dx, None, None


class Col2Im(Rule):
    """y = columns of x, put back and added up        dx = windows of dy, one a column"""

    @staticmethod
    def forward(ctx, x, sizes, kernel, steps):
        ctx.kernel, ctx.steps = kernel, steps
        return folded(x, sizes, kernel, steps)

    @staticmethod
    def backward(ctx, dy):
        rule = Im2Col.apply if isinstance(dy, Tensor) else unfolded
        dx = rule(dy, ctx.kernel, ctx.steps)
        return dx, None, None, None


def unfolded(x, kernel, steps):
    """All windows as columns: (N, C, H, W) to (N, C kh kw, places), or both without N."""
    if x.ndim == 3:
        return unfolded(x[None], kernel, steps)[0]
    out = places(x.shape[2:], kernel, steps)
    seen = windows(padded(x, steps.padding), kernel, out, steps, 2)  # N, C, kh, kw, H_out, W_out
    columns = numpy.ascontiguousarray(seen) if any(steps.padding) else seen.copy()
    return columns.reshape((len(x), x.shape[1] * math.prod(kernel), math.prod(out)))


def folded(columns, sizes, kernel, steps):
    """The columns put back and added up: (N, C kh kw, places) to (N, C, H, W), or without N."""
    if columns.ndim == 2:
        return folded(columns[None], sizes, kernel, steps)[0]
    out = places(sizes, kernel, steps)
    channels = columns.shape[1] // math.prod(kernel)
    image = numpy.zeros((len(columns), channels, *enlarged(sizes, steps.padding)), columns.dtype)
    put_back(columns.reshape((len(columns), channels, *kernel, *out)), image, steps, 2)
    return numpy.ascontiguousarray(image[(..., *inner(steps.padding))])


def unfold(
    input: Tensor,
    kernel_size: int | tuple[int, int],
    dilation: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    stride: int | tuple[int, int] = 1,
) -> Tensor:
    """Every window of an image as a column.

    Args:
        input: images
        kernel_size: the size of a window
        dilation: how far a window's elements are apart
        padding: how many zeros are put around the image
        stride: how far the window moves from place to place

    Shape:
        input (N, C, H, W) or (C, H, W), output (N, C kh kw, places) or (C kh kw, places)

    Examples:
        >>> x = torch.arange(9.0).reshape(1, 3, 3)
        >>> torch.nn.functional.unfold(x, 2)
        tensor([[0., 1., 3., 4.],
                [1., 2., 4., 5.],
                [3., 4., 6., 7.],
                [4., 5., 7., 8.]])
    """
    kernel, steps = _settings("im2col", input, kernel_size, dilation, padding, stride)
    shape = input.array.shape
    if len(shape) not in (3, 4) or 0 in shape[-3:]:
        if len(shape) < 3 and 0 not in shape[1:]:
            raise IndexError(f"unfold expects images, (N, C, H, W) or (C, H, W), not {list(shape)}")
        raise RuntimeError(
            f"Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero "
            f"dimensions for input, but got: {list(shape)}"
        )
    out = places(shape[-2:], kernel, steps)
    if min(out) < 1:
        raise RuntimeError(
            f"Given input with spatial size {shape[-2:]}, kernel_size={kernel}, "
            f"dilation={steps.dilation}, padding={steps.padding}, calculated shape of the array of "
            f"sliding blocks as {out}, but its components must be at least one."
        )
    _check_dtype("unfold", input)
    return Im2Col.apply(input, kernel, steps)


def fold(
    input: Tensor,
    output_size: int | tuple[int, int],
    kernel_size: int | tuple[int, int],
    dilation: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    stride: int | tuple[int, int] = 1,
) -> Tensor:
    """Puts columns back as windows into an image, and adds up where windows overlap.

    Args:
        input: the columns
        output_size: the size of the image
        kernel_size, dilation, padding, stride: as for ``unfold``

    Shape:
        input (N, C kh kw, places) or (C kh kw, places), output (N, C, H, W) or (C, H, W)

    Examples:
        >>> columns = torch.nn.functional.unfold(torch.ones(1, 3, 3), 2)
        >>> torch.nn.functional.fold(columns, 3, 2)  # how many windows see each pixel
        tensor([[[1., 2., 1.],
                 [2., 4., 2.],
                 [1., 2., 1.]]])
    """
    kernel, steps = _settings("col2im", input, kernel_size, dilation, padding, stride)
    sizes = _pair("output_size", output_size, "col2im")
    shape = input.array.shape
    if len(shape) not in (2, 3) or 0 in shape[-2:]:
        raise RuntimeError(
            f"Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and "
            f"non-zero dimensions for input, but got: {list(shape)}"
        )
    if shape[-2] % math.prod(kernel):
        raise RuntimeError(
            f"Expected size of input's dimension 1 to be divisible by the product of kernel_size, "
            f"but got input.size(1)={shape[-2]} and kernel_size={kernel}."
        )
    out = places(sizes, kernel, steps)
    if min(*sizes, *out) < 1 or math.prod(out) != shape[-1]:
        raise RuntimeError(
            f"Given output_size={sizes}, kernel_size={kernel}, dilation={steps.dilation}, "
            f"padding={steps.padding}, stride={steps.stride}, expected size of input's dimension "
            f"2 to match the calculated number of sliding blocks {out[0]} * {out[1]} = "
            f"{math.prod(out)}, but got input.size(2)={shape[-1]}."
        )
    _check_dtype("fold", input)
    return Col2Im.apply(input, sizes, kernel, steps)


class Fold(Module):
    """Puts columns back as windows into an image, and adds up where windows overlap.

    Args:
        output_size: the size of the image
        kernel_size, dilation, padding, stride: as for Unfold

    Shape:
        input (N, C kh kw, places) or (C kh kw, places), output (N, C, H, W) or (C, H, W)
    """

    def __init__(
        self,
        output_size: int | tuple[int, int],
        kernel_size: int | tuple[int, int],
        dilation: int | tuple[int, int] = 1,
        padding: int | tuple[int, int] = 0,
        stride: int | tuple[int, int] = 1,
    ):
        super().__init__()
        self.output_size: Any = output_size
        self.kernel_size: Any = kernel_size
        self.dilation: Any = dilation
        self.padding: Any = padding
        self.stride: Any = stride

    def forward(self, input: Tensor) -> Tensor:
        """The images."""
        sizes = (self.output_size, self.kernel_size, self.dilation, self.padding, self.stride)
        return fold(input, *sizes)

    def extra_repr(self) -> str:
        """All sizes."""
        return (
            f"output_size={self.output_size}, kernel_size={self.kernel_size}, "
            f"dilation={self.dilation}, padding={self.padding}, stride={self.stride}"
        )


class Unfold(Module):
    """Every window of an image as a column.

    Args:
        kernel_size: the size of a window
        dilation: how far a window's elements are apart
        padding: how many zeros are put around the image
        stride: how far the window moves from place to place

    Shape:
        input (N, C, H, W) or (C, H, W), output (N, C kh kw, places) or (C kh kw, places)

    Examples:
        >>> torch.nn.Unfold((2, 3))(torch.ones(2, 5, 3, 4)).shape
        torch.Size([2, 30, 4])
    """

    def __init__(
        self,
        kernel_size: int | tuple[int, int],
        dilation: int | tuple[int, int] = 1,
        padding: int | tuple[int, int] = 0,
        stride: int | tuple[int, int] = 1,
    ):
        super().__init__()
        self.kernel_size: Any = kernel_size
        self.dilation: Any = dilation
        self.padding: Any = padding
        self.stride: Any = stride

    def forward(self, input: Tensor) -> Tensor:
        """The columns."""
        return unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)

    def extra_repr(self) -> str:
        """All sizes."""
        return (
            f"kernel_size={self.kernel_size}, dilation={self.dilation}, padding={self.padding}, "
            f"stride={self.stride}"
        )


def _settings(function: str, input: object, kernel, dilation, padding, stride) -> tuple:
    """The size of a window, and how it goes over the image; errors where that makes no sense."""
    if not isinstance(input, Tensor):
        kind = type(input).__name__
        raise TypeError(f"{function}(): argument 'input' (position 1) must be Tensor, not {kind}")
    kernel, dilation, padding, stride = (
        _pair(name, x, function)
        for name, x in (
            ("kernel_size", kernel),
            ("dilation", dilation),
            ("padding", padding),
            ("stride", stride),
        )
    )
    for name, sizes in (("kernel size", kernel), ("dilation", dilation), ("stride", stride)):
        if min(sizes) < 1:
            raise RuntimeError(f"{name} should be greater than zero, but got {sizes}")
    if min(padding) < 0:
        raise RuntimeError(f"padding should be non-negative, but got {padding}")
    return kernel, Steps(stride, padding, dilation)


def _pair(name: str, x, function: str) -> tuple[int, int]:
    if isinstance(x, (tuple, list)) and len(x) != 2:
        raise RuntimeError(f"It is expected {name} equals to 2, but got size {len(x)}")
    return integers(x, 2, function, name)


def _check_dtype(function: str, input: Tensor) -> None:
    if input.array.dtype.kind not in "fb":
        raise NotImplementedError(f"{function}() is not implemented for {input.dtype}")
