"""Adaptive pooling: the size of the output is given, and the windows are made to fit it.

So a network takes images of any size: whatever the convolutions leave, ``AdaptiveAvgPool2d(1)``
makes one number a channel of it. Output i sees the elements from floor(i n / m) up to
ceil((i + 1) n / m), for n elements in and m out.
"""

from __future__ import annotations

from torch import Tensor

from ..autograd import Rule
from ._adaptive import Shares, largest_of_shares, means_of_shares, means_put_back
from ._sliding import need_tensors, numbers
from .module import Module
from .pooling import MaxPool2DWithIndicesBackward

__all__ = [
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
]

Size = int | tuple[int | None, ...] | None


class AdaptiveAvgPool2D(Rule):
    """y = the mean of each window        dx = dy / n, summed over the windows that have x"""

    @staticmethod
    def forward(ctx, x, windows):
        ctx.save_for_backward(x)  # torch asks that it be unchanged
        ctx.windows = windows
        return means_of_shares(x, *windows)

    @staticmethod
    def backward(ctx, dy):
        _refuse_empty_gradient(dy)
        _ = ctx.saved_tensors  # the error if x was changed in place
        return AdaptiveAvgPool2DBackward.apply(dy, ctx.windows), None


class AdaptiveAvgPool2DBackward(Rule):
    """y = x / n, summed over the windows that have it        dx = the mean of each window of dy"""

    @staticmethod
    def forward(ctx, x, windows):
        ctx.windows = windows
        return means_put_back(x, *windows)

    @staticmethod
    def backward(ctx, dy):
        return AdaptiveAvgPool2D.apply(dy, ctx.windows), None


class AdaptiveMaxPool2D(Rule):
    """y = the largest x of each window        dx = dy, summed where the largest x was, else 0"""

    @staticmethod
    def forward(ctx, x, windows):
        y, indices = largest_of_shares(x, *windows)
        ctx.save_for_backward(x, indices)
        ctx.mark_non_differentiable(indices)
        return y, indices

    @staticmethod
    def backward(ctx, dy, dindices):
        _refuse_empty_gradient(dy)
        x, indices = ctx.saved_tensors
        return AdaptiveMaxPool2DBackward.apply(dy, indices, x.shape), None


class AdaptiveMaxPool2DBackward(MaxPool2DWithIndicesBackward):
    """y = zeros, but y[k_i] += x_i        dx_i = dy[k_i]"""


def adaptive_avg_pool1d(input: Tensor, output_size: int | tuple[int]) -> Tensor:
    """So many means of a sequence; see ``AdaptiveAvgPool1d``.

    Examples:
        >>> torch.nn.functional.adaptive_avg_pool1d(torch.tensor([[1.0, 2.0, 3.0, 4.0]]), 2)
        tensor([[1.5000, 3.5000]])
    """
    need_tensors("adaptive_avg_pool1d", input=input)
    (size,) = numbers("adaptive_avg_pool1d", "output_size", output_size, 1)
    _check_sequence("adaptive_avg_pool1d", input)
    rows = input.unsqueeze(-2)  # N, C, 1, L: images of one row
    return adaptive_avg_pool2d(rows, (1, size)).squeeze(-2)


def adaptive_avg_pool2d(input: Tensor, output_size: Size) -> Tensor:
    """So many means of an image; see ``AdaptiveAvgPool2d``.

    Examples:
        >>> x = torch.arange(16.0).reshape(1, 4, 4)
        >>> torch.nn.functional.adaptive_avg_pool2d(x, (2, 1))
        tensor([[[ 3.5000],
                 [11.5000]]])
    """
    sizes = _filled("adaptive_avg_pool2d", output_size, input.size())
    if min(sizes) < 0:
        raise RuntimeError(f"adaptive_avg_pool2d(): output_size cannot be negative, got {sizes}")
    if sizes == (1, 1):
        return input.mean((-1, -2), keepdim=True)
    _check_image("adaptive_avg_pool2d", input, 2)
    if input.numel() and 0 not in sizes:
        _check_floating("adaptive_avg_pool2d", input)
    return AdaptiveAvgPool2D.apply(input, _windows(input, sizes))


def adaptive_max_pool1d(
    input: Tensor, output_size: int | tuple[int], return_indices: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """So many maxima of a sequence; see ``AdaptiveMaxPool1d``.

    Examples:
        >>> torch.nn.functional.adaptive_max_pool1d(torch.tensor([[1.0, 2.0, 4.0, 3.0]]), 2)
        tensor([[2., 4.]])
    """
    need_tensors("adaptive_max_pool1d", input=input)
    (size,) = numbers("adaptive_max_pool1d", "output_size", output_size, 1)
    _check_sequence("adaptive_max_pool1d", input)
    if 0 in input.shape[1:]:
        _refuse_empty("adaptive_max_pool1d", input)
    rows = input.unsqueeze(-2)  # N, C, 1, L: images of one row
    y, indices = adaptive_max_pool2d(rows, (1, size), True)
    return (y.squeeze(-2), indices.squeeze(-2)) if return_indices else y.squeeze(-2)


def adaptive_max_pool2d(
    input: Tensor, output_size: Size, return_indices: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """So many maxima of an image; see ``AdaptiveMaxPool2d``.

    Examples:
        >>> x = torch.arange(16.0).reshape(1, 4, 4)
        >>> torch.nn.functional.adaptive_max_pool2d(x, (2, 1))
        tensor([[[ 7.],
                 [15.]]])
    """
    sizes = _filled("adaptive_max_pool2d", output_size, input.size())
    _check_image("adaptive_max_pool2d", input, input.ndim - 1)
    _check_floating("adaptive_max_pool2d", input)
    if min(sizes) < 0:
        raise RuntimeError(f"adaptive_max_pool2d(): output_size cannot be negative, got {sizes}")
    y, indices = AdaptiveMaxPool2D.apply(input, _windows(input, sizes))
    return (y, indices) if return_indices else y


def adaptive_max_pool1d_with_indices(
    input: Tensor, output_size: int | tuple[int], return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """``adaptive_max_pool1d`` with ``return_indices=True``, whatever is said here."""
    return adaptive_max_pool1d(input, output_size, True)


def adaptive_max_pool2d_with_indices(
    input: Tensor, output_size: Size, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """``adaptive_max_pool2d`` with ``return_indices=True``, whatever is said here."""
    return adaptive_max_pool2d(input, output_size, True)


class _AdaptiveAvgPool(Module):
    def __init__(self, output_size: Size):
        super().__init__()
        self.output_size = output_size

    def extra_repr(self) -> str:
        """The size of the output."""
        return f"output_size={self.output_size}"


class AdaptiveAvgPool1d(_AdaptiveAvgPool):
    """y[i] = the mean of x[floor(i n / m)], ... before x[ceil((i + 1) n / m)]

    Args:
        output_size: how many means to make of a sequence

    Shape:
        input (N, C, n) or (C, n), output (N, C, m) or (C, m) with m = output_size

    Examples:
        >>> torch.nn.AdaptiveAvgPool1d(5)(torch.ones(1, 64, 8)).shape
        torch.Size([1, 64, 5])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The means."""
        return adaptive_avg_pool1d(input, self.output_size)


class AdaptiveAvgPool2d(_AdaptiveAvgPool):
    """y[i, j] = the mean of rows floor(i H / h) to ceil((i + 1) H / h) - 1, of columns alike

    Args:
        output_size: height and width of the output, one number if they are the same; None leaves
            a size as it is

    Shape:
        input (N, C, H, W) or (C, H, W), output with the given sizes h and w in place of H and W

    Examples:
        >>> torch.nn.AdaptiveAvgPool2d((None, 7))(torch.ones(1, 64, 10, 9)).shape
        torch.Size([1, 64, 10, 7])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The means."""
        return adaptive_avg_pool2d(input, self.output_size)


class _AdaptiveMaxPool(Module):
    def __init__(self, output_size: Size, return_indices: bool = False):
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

    def extra_repr(self) -> str:
        """The size of the output."""
        return f"output_size={self.output_size}"


class AdaptiveMaxPool1d(_AdaptiveMaxPool):
    """y[i] = the largest of x[floor(i n / m)], ... before x[ceil((i + 1) n / m)]

    Args:
        output_size: how many maxima to take of a sequence
        return_indices: whether to return their places as well. Default: False

    Shape:
        input (N, C, n) or (C, n), output (N, C, m) or (C, m) with m = output_size

    Examples:
        >>> torch.nn.AdaptiveMaxPool1d(5)(torch.ones(1, 64, 8)).shape
        torch.Size([1, 64, 5])
    """

    def forward(self, input: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """The largest of each window, and the indices if wanted."""
        return adaptive_max_pool1d(input, self.output_size, self.return_indices)


class AdaptiveMaxPool2d(_AdaptiveMaxPool):
    """y[i, j] = the largest of rows floor(i H / h) to ceil((i + 1) H / h) - 1, of columns alike

    Args:
        output_size: height and width of the output, one number if they are the same; None leaves
            a size as it is
        return_indices: whether to return the places of the largest as well. Default: False

    Shape:
        input (N, C, H, W) or (C, H, W), output with the given sizes h and w in place of H and W

    Examples:
        >>> torch.nn.AdaptiveMaxPool2d((None, 7))(torch.ones(1, 64, 10, 9)).shape
        torch.Size([1, 64, 10, 7])
    """

    def forward(self, input: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """The largest of each window, and the indices if wanted."""
        return adaptive_max_pool2d(input, self.output_size, self.return_indices)


# ---- what may be wrong --------------------------------------------------------------------------


def _windows(x: Tensor, sizes: tuple[int, ...]) -> tuple[Shares, Shares]:
    height, width = x.shape[-2:]
    return Shares(height, sizes[0]), Shares(width, sizes[1])


def _filled(function: str, output_size: Size, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Two sizes; None is the input's."""
    if not isinstance(output_size, (tuple, list)):
        return numbers(function, "output_size", output_size, 2)
    if len(output_size) >= len(shape):
        raise ValueError(
            f"{function}(): the input should have at least {len(output_size) + 1} dimensions, but "
            f"it has shape {list(shape)}"
        )
    if len(output_size) != 2:
        raise RuntimeError(f"{function}(): output_size should be two numbers, got {output_size}")
    sizes = [own if n is None else n for n, own in zip(output_size, shape[-2:], strict=True)]
    return numbers(function, "output_size", sizes, 2)


def _check_sequence(function: str, x: Tensor) -> None:
    if x.ndim not in (2, 3):
        raise RuntimeError(
            f"{function}(): Expected 2 to 3 dimensions, (C, L) or (N, C, L), but got a tensor of "
            f"shape {list(x.shape)}"
        )


def _check_image(function: str, x: Tensor, full: int) -> None:
    """RuntimeError unless it is one, or several, and the last so many dimensions are not empty."""
    shape = x.shape
    if len(shape) not in (3, 4):
        raise RuntimeError(
            f"{function}(): Expected 3D or 4D tensor, (C, H, W) or (N, C, H, W), but got a shape "
            f"of {len(shape)} dimensions: {list(shape)}"
        )
    if 0 in shape[-full:]:
        _refuse_empty(function, x)


def _check_floating(function: str, x: Tensor) -> None:
    if not x.dtype.is_floating_point:
        raise NotImplementedError(
            f"{function}() is not implemented for {x.dtype}: convert it with .float()"
        )


def _refuse_empty(function: str, x: Tensor) -> None:
    raise RuntimeError(
        f"{function}(): Expected input to have non-zero size for non-batch dimensions, but it has "
        f"shape {list(x.shape)}"
    )


def _refuse_empty_gradient(dy) -> None:
    if 0 in dy.shape[1:]:
        raise RuntimeError(
            f"adaptive pooling: there is no gradient to send back, as the output of shape "
            f"{list(dy.shape)} is empty: check output_size"
        )
