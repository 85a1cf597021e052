"""The convolution: a small kernel of weights slides over an image, and sums what it sees.

The same weights serve every place, so that what is learnt at one is known at all. One rule covers
lines, images and volumes. Three arrays take part, image x, weights w and output y, and whichever
two are given, a sum of products makes the third: y forwards, and backwards dx and dw. So each of
the three has the other two as its derivatives, and no fourth formula is ever needed. How such a
sum becomes a matrix product is the lesson of [unfold](unfold.md).
"""

from __future__ import annotations

from typing import Any

from ..autograd import Rule
from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..ops._sums import total
from ..tensor import Tensor
from ._conv_layer import ConvNd
from ._convolving import (
    check_dtypes,
    check_fit,
    check_numbers,
    check_rank,
    check_shapes,
    check_tensors,
    integers,
)
from ._windows import Steps, convolved, correlated, transposed
from .padding import pad

__all__ = ["Conv1d", "Conv2d", "Conv3d"]


class Convolution(Rule):
    """y = b + sum of w x        dx = sum of w dy,  dw = sum of dy x,  db = sum of dy

    Each y sums over its window, dx over the windows that see a pixel, dw and db over all of them.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, steps):
        needs_x, needs_weight, ctx.needs_bias, _ = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        ctx.sizes, ctx.kernel, ctx.steps = x.shape[2:], weight.shape[2:], steps
        y = convolved(x, weight, steps)  # N, O, places
        return y if bias is None else add_bias(y, bias)

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        dx = dweight = None
        if weight is not None:
            dx = image_of(dy, weight, ctx.sizes, ctx.steps)
        if x is not None:
            dweight = weight_of(x, dy, ctx.kernel, ctx.steps)
        return dx, dweight, bias_of(dy) if ctx.needs_bias else None, None


class ConvTranspose(Rule, name="ConvolutionBackward0"):
    """y = b + sum of w x        dx = sum of w dy,  dw = sum of x dy,  db = sum of dy

    What a convolution does to gradients, done to values: each x puts a window into y.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, sizes, steps):
        needs_x, needs_weight, ctx.needs_bias, *_ = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        ctx.out, ctx.kernel, ctx.steps = x.shape[2:], weight.shape[2:], steps
        y = transposed(x, weight, sizes, steps)  # N, C, sizes
        return y if bias is None else add_bias(y, bias)

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        dx = dweight = None
        if weight is not None:
            dx = output_of(dy, weight, ctx.out, ctx.steps)
        if x is not None:
            dweight = weight_of(dy, x, ctx.kernel, ctx.steps)
        return dx, dweight, bias_of(dy) if ctx.needs_bias else None, None, None


class ConvolutionBackward(Rule):
    """dw = sum of dy x        dx = sum of w dy,  ddy = sum of w x, where w is the gradient of dw"""

    @staticmethod
    def forward(ctx, x, dy, kernel, steps):
        ctx.save_for_backward(x, dy)
        ctx.sizes, ctx.out, ctx.steps = x.shape[2:], dy.shape[2:], steps
        return correlated(x, dy, kernel, steps)

    @staticmethod
    def backward(ctx, weight):
        x, dy = ctx.saved_tensors
        needs_x, needs_dy, *_ = ctx.needs_input_grad
        dx = image_of(dy, weight, ctx.sizes, ctx.steps) if needs_x else None
        ddy = output_of(x, weight, ctx.out, ctx.steps) if needs_dy else None
        return dx, ddy, None, None


# ---- any of the three from the other two, as arrays or as tensors -------------------------------


def output_of(x, weight, out, steps):
    """The sum of w x in so many windows: output_padding may leave room for more."""
    if isinstance(x, Tensor):
        y = Convolution.apply(x, weight, None, steps)
    else:
        y = convolved(x, weight, steps)
    return y if y.shape[2:] == out else y[(slice(None), slice(None), *map(slice, out))]


def image_of(dy, weight, sizes, steps):
    """The sum of w dy over all windows that see a pixel."""
    if isinstance(dy, Tensor):
        return ConvTranspose.apply(dy, weight, None, sizes, steps)
    return transposed(dy, weight, sizes, steps)


def weight_of(x, dy, kernel, steps):
    """The sum of dy x over all windows."""
    if isinstance(dy, Tensor):
        return ConvolutionBackward.apply(x, dy, kernel, steps)
    return correlated(x, dy, kernel, steps)


def bias_of(dy):
    """The sum of dy over all places of all images."""
    places = (0, *range(2, dy.ndim))
    return dy.sum(places) if isinstance(dy, Tensor) else total(dy, places)


def add_bias(y, bias):
    """y + b, one number a channel."""
    y += bias.reshape((-1, *(1,) * (y.ndim - 2)))
    return y


# ---- functions ------------------------------------------------------------------------------


def conv1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple = 1,
    padding: int | tuple | str = 0,
    dilation: int | tuple = 1,
    groups: int = 1,
) -> Tensor:
    """Slides kernels over lines. Arguments as for ``conv2d``.

    Shape:
        input (N, C, L) or (C, L), weight (O, C / groups, k), output (N, O, L_out) or (O, L_out)

    Examples:
        >>> x, difference = torch.tensor([[1.0, 2.0, 4.0, 8.0]]), torch.tensor([[[-1.0, 1.0]]])
        >>> torch.nn.functional.conv1d(x, difference)
        tensor([[1., 2., 4.]])
    """
    return _convolution("conv1d", 1, input, weight, bias, (stride, padding, dilation, groups))


def conv2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple = 1,
    padding: int | tuple | str = 0,
    dilation: int | tuple = 1,
    groups: int = 1,
) -> Tensor:
    """Slides kernels over images: every output is the sum of w x in its window, plus b.

    Args:
        input: images
        weight: one kernel an output channel
        bias: one number an output channel; None adds nothing
        stride: how far the kernel moves from place to place
        padding: how many zeros are put around the image; ``"same"`` is as many as keep its size,
            ``"valid"`` none
        dilation: how far the weights of a kernel are apart
        groups: into how many parts the channels are cut, each with kernels of its own

    Shape:
        input (N, C, H, W) or (C, H, W), weight (O, C / groups, kh, kw), bias (O), output
        (N, O, H_out, W_out) or (O, H_out, W_out), where
        H_out = floor((H + 2 padding - dilation (kh - 1) - 1) / stride) + 1

    Examples:
        >>> x = torch.arange(16.0).reshape(1, 1, 4, 4)
        >>> torch.nn.functional.conv2d(x, torch.ones(1, 1, 2, 2), stride=2)
        tensor([[[[10., 18.],
                  [42., 50.]]]])
    """
    return _convolution("conv2d", 2, input, weight, bias, (stride, padding, dilation, groups))


def conv3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple = 1,
    padding: int | tuple | str = 0,
    dilation: int | tuple = 1,
    groups: int = 1,
) -> Tensor:
    """Slides kernels over volumes. Arguments as for ``conv2d``.

    Shape:
        input (N, C, D, H, W) or (C, D, H, W), weight (O, C / groups, kd, kh, kw), output
        (N, O, D_out, H_out, W_out) or (O, D_out, H_out, W_out)
    """
    return _convolution("conv3d", 3, input, weight, bias, (stride, padding, dilation, groups))


def _convolution(
    function: str, n: int, input: Tensor, weight: Tensor, bias: Tensor | None, settings: tuple
) -> Tensor:
    """A convolution over n dimensions; ``settings`` are stride, padding, dilation and groups."""
    check_tensors(function, input, weight, bias)
    check_rank(function, n, input, weight)
    stride, padding, dilation, groups = settings
    stride = integers(stride, n, function, "stride")
    dilation = integers(dilation, n, function, "dilation")
    groups = integers(groups, 1, function, "groups")[0]
    batch = input if input.array.ndim == n + 2 else input.unsqueeze(0)
    if isinstance(padding, str):
        batch, padding = _padding_called(padding, batch, weight.shape[2:], stride, dilation)
    steps = Steps(stride, integers(padding, n, function, "padding"), dilation, groups)
    check_numbers(steps)
    shape, kernel = batch.array.shape, weight.array.shape[2:]
    bias_shape = None if bias is None else bias.array.shape
    check_shapes(shape, weight.array.shape, bias_shape, steps, False)
    check_dtypes(function, input, weight, bias, max(dilation) > 1)
    check_fit(shape, kernel, steps)
    y = Convolution.apply(batch, weight, bias, steps)
    return y if input.array.ndim == n + 2 else y.squeeze(0)


def _padding_called(name: str, input: Tensor, kernel: tuple, stride: tuple, dilation: tuple):
    """The input and the padding for ``"same"`` or ``"valid"``; an odd zero comes at the end."""
    if name == "valid":
        return input, (0,) * len(kernel)
    if name != "same":
        raise RuntimeError(f"Invalid padding string: {name!r}, it is 'same' or 'valid'")
    if any(n != 1 for n in stride):
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    zeros = [d * (k - 1) for d, k in zip(dilation, kernel, strict=True)]
    if any(n % 2 for n in zeros):
        input = pad(input, [m for n in reversed(zeros) for m in (0, n % 2)])
    return input, tuple(n // 2 for n in zeros)


# ---- layers ---------------------------------------------------------------------------------


class Convolving(ConvNd):
    """What Conv1d, Conv2d and Conv3d have in common."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | tuple,
        stride: int | tuple = 1,
        padding: int | tuple | str = 0,
        dilation: int | tuple = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
    ):
        super().__init__()
        sizes: dict[str, Any] = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
        sizes |= {"dilation": dilation, "output_padding": 0}
        new = {"device": device, "dtype": dtype}
        self.set_up((in_channels, out_channels), sizes, groups, bias, padding_mode, new)

    def forward(self, input: Tensor) -> Tensor:
        """The weighted sums of all windows."""
        padding = self.padding
        if self.padding_mode != "zeros":
            input, padding = pad(input, self._around(), self.padding_mode), 0
        settings = (self.stride, padding, self.dilation, self.groups)
        function = f"conv{self.dimensions}d"
        return _convolution(function, self.dimensions, input, self.weight, self.bias, settings)

    def _around(self) -> list[int]:
        """The padding before and after each dimension, the last one first, as pad wants it."""
        if self.padding == "valid":
            return [0, 0] * self.dimensions
        if self.padding != "same":
            return [n for n in reversed(self.padding) for _ in range(2)]
        zeros = [d * (k - 1) for d, k in zip(self.dilation, self.kernel_size, strict=True)]
        return [m for n in reversed(zeros) for m in (n // 2, n - n // 2)]


class Conv1d(Convolving):
    """Slides kernels over lines of numbers. Arguments as for Conv2d.

    Shape:
        input (N, in_channels, L) or (in_channels, L), output (N, out_channels, L_out) or
        (out_channels, L_out)

    Examples:
        >>> torch.nn.Conv1d(16, 33, 3, stride=2)(torch.ones(20, 16, 50)).shape
        torch.Size([20, 33, 24])
    """

    dimensions = 1


class Conv2d(Convolving):
    """Slides kernels over images: every output is the sum of w x in its window, plus b.

    Args:
        in_channels: how many channels the images have
        out_channels: how many kernels, and so channels of the output
        kernel_size, stride, padding, dilation: one number, or one for each dimension;
            ``padding`` may be ``"same"`` or ``"valid"``
        groups: into how many parts the channels are cut, each with kernels of its own. With as
            many as in_channels, the convolution is called depthwise
        bias: whether to add a bias. Default: True
        padding_mode: ``"zeros"``, ``"reflect"``, ``"replicate"`` or ``"circular"``
        device: only the CPU
        dtype: of the parameters. Default: the default dtype

    Shape:
        input (N, in_channels, H, W) or (in_channels, H, W), output (N, out_channels, H_out, W_out)
        or (out_channels, H_out, W_out), where
        H_out = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1

    Both parameters begin uniformly random between -1/sqrt(n) and 1/sqrt(n), where n is how many
    numbers a kernel sees.

    Examples:
        >>> torch.nn.Conv2d(16, 33, (3, 5), stride=(2, 1), padding=(4, 2))
        Conv2d(16, 33, kernel_size=(3, 5), stride=(2, 1), padding=(4, 2))
        >>> torch.nn.Conv2d(1, 6, 5)(torch.ones(64, 1, 28, 28)).shape
        torch.Size([64, 6, 24, 24])
    """

    dimensions = 2


class Conv3d(Convolving):
    """Slides kernels over volumes, such as films. Arguments as for Conv2d.

    Shape:
        input (N, in_channels, D, H, W) or without N, output (N, out_channels, D_out, H_out, W_out)
        or without N
    """

    dimensions = 3
