"""Average pooling: of each window that slides over an image, the mean.

The image becomes smaller, and keeps what is the same all over a window. There are no weights. The
gradient of a mean is shared out evenly among all that it was made of. ``LPPool`` stands between
the mean and the largest: the larger its exponent, the more the large numbers count.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule
from ..ops._operands import need_tensors
from ..tensor import Tensor
from ._pooling import divisors, spread, summed
from ._sliding import Axis, Sizes, axes, check_shape, given, numbers, of_one_row
from .activation import relu
from .module import Module
from .pooling import max_pool1d, max_pool2d

__all__ = ["AvgPool1d", "AvgPool2d", "LPPool1d", "LPPool2d"]


class AvgPool2D(Rule):
    """y = the mean of each window        dx = dy / n, summed over the windows that have x"""

    @staticmethod
    def forward(ctx, x, windows, divisor):
        ctx.save_for_backward(x)  # only its shape matters, but torch asks that it be unchanged
        ctx.windows, ctx.divisor = windows, divisor
        return mean_of_windows(x, windows, divisor)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        if isinstance(dy, Tensor):
            return AvgPool2DBackward.apply(dy, x.shape, ctx.windows, ctx.divisor), None, None
        return spread(dy / ctx.divisor, x.shape, *ctx.windows), None, None


class AvgPool2DBackward(Rule):
    """y = x / n, summed over the windows that have it        dx = the mean of each window of dy"""

    @staticmethod
    def forward(ctx, x, shape, windows, divisor):
        ctx.where = windows, divisor
        return spread(x / divisor, shape, *windows)

    @staticmethod
    def backward(ctx, dy):
        if isinstance(dy, Tensor):
            return AvgPool2D.apply(dy, *ctx.where), None, None, None
        return mean_of_windows(dy, *ctx.where), None, None, None


def mean_of_windows(x: numpy.ndarray, windows: tuple[Axis, Axis], divisor) -> numpy.ndarray:
    """The sums of the windows, divided."""
    if x.dtype.kind == "i":  # divided as C does, towards 0
        y = summed(x, *windows)
        return numpy.sign(y) * (abs(y) // abs(divisor)) * numpy.sign(divisor)
    if x.itemsize == 2:  # float16, which has 11 bits: rounded once
        return mean_of_windows(x.astype(numpy.float32), windows, divisor).astype(x.dtype)
    y = summed(x, *windows)
    y /= divisor
    return y


def avg_pool1d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """The mean of each window of a sequence; see ``AvgPool1d``.

    Examples:
        >>> x = torch.tensor([[1.0, 5.0, 2.0, 3.0]])
        >>> torch.nn.functional.avg_pool1d(x, 2)
        tensor([[3.0000, 2.5000]])
    """
    need_tensors("avg_pool1d", input=input)
    check_shape("avg_pool1d", input.array.shape, 1)
    sizes = of_one_row(given("avg_pool1d", 1, kernel_size, stride, padding, 1))
    rows = input.unsqueeze(-2)  # N, C, 1, L: images of one row
    return _pool("avg_pool1d", rows, sizes, ceil_mode, count_include_pad, None).squeeze(-2)


def avg_pool2d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """The mean of each window of an image; see ``AvgPool2d``.

    Examples:
        >>> x = torch.arange(16.0).reshape(1, 4, 4)
        >>> torch.nn.functional.avg_pool2d(x, 2)
        tensor([[[ 2.5000,  4.5000],
                 [10.5000, 12.5000]]])
    """
    need_tensors("avg_pool2d", input=input)
    if input.array.ndim < 3:
        raise IndexError("avg_pool2d() needs an image (C, H, W) or a batch of them (N, C, H, W)")
    check_shape("avg_pool2d", input.array.shape, 2)
    sizes = given("avg_pool2d", 2, kernel_size, stride, padding, 1)
    if divisor_override is not None:
        (divisor_override,) = numbers("avg_pool2d", "divisor_override", divisor_override, 1)
        if not divisor_override:
            raise RuntimeError("avg_pool2d(): divisor_override must not be zero")
    return _pool("avg_pool2d", input, sizes, ceil_mode, count_include_pad, divisor_override)


def lp_pool1d(
    input: Tensor,
    norm_type: float,
    kernel_size: int,
    stride: Sizes | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """The norm of each window of a sequence; see ``LPPool1d``."""
    if abs(norm_type) == numpy.inf:
        largest = max_pool1d(_signed(input.abs(), norm_type), kernel_size, stride, 0, 1, ceil_mode)
        return _signed(largest, norm_type)
    y = avg_pool1d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    # sign(y) |y| is y: torch's detour, whose slope where y = 0 is 0
    return (y.sign() * relu(y.abs())).mul(kernel_size).pow(1.0 / norm_type)


def lp_pool2d(
    input: Tensor,
    norm_type: float,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """The norm of each window of an image; see ``LPPool2d``.

    Examples:
        >>> x = torch.tensor([[[3.0, 0.0], [0.0, 4.0]]])
        >>> torch.nn.functional.lp_pool2d(x, 2, kernel_size=2)
        tensor([[[5.]]])
    """
    height, width = (
        kernel_size if isinstance(kernel_size, (tuple, list)) else (kernel_size, kernel_size)
    )
    if abs(norm_type) == numpy.inf:
        largest = max_pool2d(_signed(input.abs(), norm_type), kernel_size, stride, 0, 1, ceil_mode)
        return _signed(largest, norm_type)
    y = avg_pool2d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return (y.sign() * relu(y.abs())).mul(height * width).pow(1.0 / norm_type)


def _signed(x: Tensor, norm_type: float) -> Tensor:
    return x if norm_type > 0 else -x  # the smallest is the largest of the negative numbers


class _AvgPool(Module):
    """What the layers of all dimensions have in common."""

    def extra_repr(self) -> str:
        """The sizes of the windows."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AvgPool1d(_AvgPool):
    """y[i] = the mean of x[i * stride - padding + k], k = 0 ... kernel_size - 1

    Args:
        kernel_size: how many elements a window has
        stride: from one window to the next. Default: kernel_size
        padding: how many zeros to put before and behind the input. Default: 0
        ceil_mode: whether a last window may reach out of the input. Default: False
        count_include_pad: whether the zeros count in the mean. Default: True

    Shape:
        input (N, C, L) or (C, L), output with floor((L + 2 padding - kernel_size) / stride) + 1 in
        place of L; ceil_mode takes ceil for floor

    Examples:
        >>> torch.nn.AvgPool1d(3, stride=2)(torch.tensor([[1.0, 2.0, 3.0, 4.0, 5.0]]))
        tensor([[2., 4.]])
    """

    def __init__(
        self,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        padding: Sizes = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ):
        super().__init__()
        stride = kernel_size if stride is None else stride
        self.kernel_size, self.stride, self.padding = (
            tuple(x) if isinstance(x, (tuple, list)) else (x,)
            for x in (kernel_size, stride, padding)
        )
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def forward(self, input: Tensor) -> Tensor:
        """The means."""
        sizes = self.kernel_size, self.stride, self.padding
        return avg_pool1d(input, *sizes, self.ceil_mode, self.count_include_pad)


class AvgPool2d(_AvgPool):
    """y[i, j] = the mean of x[i * stride - padding + k, j * stride - padding + l]

    Args:
        kernel_size: height and width of a window, one number if they are the same
        stride: from one window to the next. Default: kernel_size
        padding: how many zeros to put around the input. Default: 0
        ceil_mode: whether last windows may reach out of the input. Default: False
        count_include_pad: whether the zeros count in the mean. Default: True
        divisor_override: by what to divide the sums. Default: None, how many elements a window has

    Shape:
        input (N, C, H, W) or (C, H, W), output with floor((H + 2 padding - kernel_size) / stride)
        + 1 in place of H, and W alike; ceil_mode takes ceil for floor

    Examples:
        >>> torch.nn.AvgPool2d((3, 2), stride=(2, 1))(torch.ones(20, 16, 50, 32)).shape
        torch.Size([20, 16, 24, 31])
    """

    def __init__(
        self,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        padding: Sizes = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def forward(self, input: Tensor) -> Tensor:
        """The means."""
        sizes = self.kernel_size, self.stride, self.padding
        how = self.ceil_mode, self.count_include_pad, self.divisor_override
        return avg_pool2d(input, *sizes, *how)


class _LPPool(Module):
    """What the layers of all dimensions have in common."""

    def __init__(
        self,
        norm_type: float,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        ceil_mode: bool = False,
    ):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def extra_repr(self) -> str:
        """The exponent, and the sizes of the windows."""
        return (
            f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, "
            f"ceil_mode={self.ceil_mode}"
        )


class LPPool1d(_LPPool):
    """y[i] = (sum of x^p over window i)^(1/p)

    Args:
        norm_type: the exponent p; 1 makes sums, infinity the largest absolute values
        kernel_size: how many elements a window has
        stride: from one window to the next. Default: kernel_size
        ceil_mode: whether a last window may reach out of the input. Default: False

    Examples:
        >>> torch.nn.LPPool1d(2, 2)(torch.tensor([[3.0, 4.0, 5.0, 12.0]]))
        tensor([[ 5., 13.]])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The norms."""
        sizes = self.norm_type, self.kernel_size, self.stride
        return lp_pool1d(input, *sizes, self.ceil_mode)


class LPPool2d(_LPPool):
    """y[i, j] = (sum of x^p over window i, j)^(1/p)

    Args:
        norm_type: the exponent p; 1 makes sums, infinity the largest absolute values
        kernel_size: height and width of a window, one number if they are the same
        stride: from one window to the next. Default: kernel_size
        ceil_mode: whether last windows may reach out of the input. Default: False

    Examples:
        >>> torch.nn.LPPool2d(2, (3, 2), stride=(2, 1))(torch.ones(20, 16, 50, 32)).shape
        torch.Size([20, 16, 24, 31])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The norms."""
        sizes = self.norm_type, self.kernel_size, self.stride
        return lp_pool2d(input, *sizes, self.ceil_mode)


def _pool(function: str, x: Tensor, sizes: list, ceil_mode: bool, padded: bool, divisor):
    windows = axes(function, x.array.shape, *sizes, ceil_mode=ceil_mode)
    kind = x.array.dtype
    if kind.kind != "f" and kind != numpy.int64:
        raise NotImplementedError(
            f"{function}() is not implemented for {x.dtype}: a mean needs x.float()"
        )
    if divisor is None:
        rows, columns = windows
        divisor = divisors(rows, columns, padded, kind)
    return AvgPool2D.apply(x, windows, divisor)
