"""Unfold: every window of an image as a column, which makes a convolution a matrix product.

    conv2d(x, w) = (w as a matrix) (unfold(x)), reshaped to an image

Fold puts the columns back, and adds up where windows overlap. Each is the other's derivative.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from ..autograd import Rule
from ._asking import integers, torch_agrees
from ._windows import Steps, places, put_back, windows
from .module import Module

__all__ = ["Fold", "Unfold"]


class Im2Col(Rule):
    """y = windows of x, one a column        dx = columns of dy, put back and added up"""

    @staticmethod
    def forward(ctx, x, kernel, steps):
        ctx.sizes, ctx.kernel, ctx.steps = x.shape[2:], kernel, steps
        return unfolded(x, kernel, steps)

    @staticmethod
    def backward(ctx, dy):
        return Col2Im.apply(dy, ctx.sizes, ctx.kernel, ctx.steps), None, None


class Col2Im(Rule):
    """y = columns of x, put back and added up        dx = windows of dy, one a column"""

    @staticmethod
    def forward(ctx, x, sizes, kernel, steps):
        ctx.kernel, ctx.steps = kernel, steps
        return folded(x, sizes, kernel, steps)

    @staticmethod
    def backward(ctx, dy):
        return Im2Col.apply(dy, ctx.kernel, ctx.steps), None, None, None


def unfolded(x, kernel, steps):
    """All windows as columns: (N, C, H, W) to (N, C kh kw, places)."""
    seen = windows(x, kernel, steps)  # N, C, kh, kw, H_out, W_out
    out = places(x.shape[2:], kernel, steps)
    columns = seen.clone(memory_format=torch.contiguous_format)
    return columns.reshape(len(x), x.shape[1] * math.prod(kernel), math.prod(out)).data  # no view


def folded(columns, sizes, kernel, steps):
    """The columns put back and added up: (N, C kh kw, places) to (N, C, H, W)."""
    out = places(sizes, kernel, steps)
    channels = columns.shape[1] // math.prod(kernel)
    return put_back(columns.reshape(len(columns), channels, *kernel, *out), sizes, steps)


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
    torch_agrees("unfold", input, kernel_size, dilation, padding, stride)
    kernel = integers(kernel_size, 2)
    steps = Steps(integers(stride, 2), integers(padding, 2), integers(dilation, 2))
    if input.dim() == 4:
        return Im2Col.apply(input, kernel, steps)
    return Im2Col.apply(input.unsqueeze(0), kernel, steps).squeeze(0)


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
    torch_agrees("fold", input, output_size, kernel_size, dilation, padding, stride)
    sizes, kernel = integers(output_size, 2), integers(kernel_size, 2)
    steps = Steps(integers(stride, 2), integers(padding, 2), integers(dilation, 2))
    if input.dim() == 3:
        return Col2Im.apply(input, sizes, kernel, steps)
    return Col2Im.apply(input.unsqueeze(0), sizes, kernel, steps).squeeze(0)


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
