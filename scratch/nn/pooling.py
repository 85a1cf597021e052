"""Max pooling: of each window that slides over an image, the largest number.

The image becomes smaller, and small shifts of what it shows matter less. There are no weights. The
gradient goes to the one element that was the largest; all others could change without effect.
"""

from __future__ import annotations

from ..autograd import Rule
from ..ops._operands import need_tensors
from ..tensor import Tensor
from ._pooling import gathered, largest, largest_and_place, scattered
from ._sliding import Sizes, axes, check_shape, given, of_one_row
from .module import Module

__all__ = ["MaxPool1d", "MaxPool2d"]


class MaxPool2DWithIndices(Rule):
    """y = the largest x of each window        dx = dy, summed where the largest x was, else 0"""

    @staticmethod
    def forward(ctx, x, windows, return_indices):
        if not return_indices and not ctx.needs_input_grad[0]:
            return largest(x, *windows)
        y, indices = largest_and_place(x, *windows)
        ctx.save_for_backward(x, indices)
        ctx.mark_non_differentiable(indices)
        return (y, indices) if return_indices else y

    @staticmethod
    def backward(ctx, dy, dindices=None):
        x, indices = ctx.saved_tensors
        if isinstance(dy, Tensor):
            return MaxPool2DWithIndicesBackward.apply(dy, indices, x.shape), None, None
        return scattered(dy, indices, x.shape), None, None


class MaxPool2DWithIndicesBackward(Rule):
    """y = zeros, but y[k_i] += x_i        dx_i = dy[k_i]"""

    @staticmethod
    def forward(ctx, x, indices, shape):
        ctx.save_for_backward(indices)
        return scattered(x, indices, shape)

    @staticmethod
    def backward(ctx, dy):
        (indices,) = ctx.saved_tensors
        if isinstance(dy, Tensor):
            places = indices.reshape(*indices.shape[:-2], -1)
            return dy.flatten(-2).gather(-1, places).reshape(indices.shape), None, None
        return gathered(dy, indices), None, None


def max_pool1d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """The largest of each window of a sequence; see ``MaxPool1d``.

    Examples:
        >>> x = torch.tensor([[1.0, 5.0, 2.0, 3.0]])
        >>> torch.nn.functional.max_pool1d(x, 2)
        tensor([[5., 3.]])
    """
    need_tensors("max_pool1d", input=input)
    check_shape("max_pool1d", input.array.shape, 1)
    sizes = given("max_pool1d", 1, kernel_size, stride, padding, dilation)
    rows = input.unsqueeze(-2)  # N, C, 1, L: images of one row
    found = _pool("max_pool1d", rows, of_one_row(sizes), ceil_mode, return_indices)
    return tuple(y.squeeze(-2) for y in found) if return_indices else found.squeeze(-2)


def max_pool2d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """The largest of each window of an image; see ``MaxPool2d``.

    Examples:
        >>> x = torch.arange(16.0).reshape(1, 4, 4)
        >>> torch.nn.functional.max_pool2d(x, 2)
        tensor([[[ 5.,  7.],
                 [13., 15.]]])
    """
    need_tensors("max_pool2d", input=input)
    check_shape("max_pool2d", input.array.shape, 2)
    sizes = given("max_pool2d", 2, kernel_size, stride, padding, dilation)
    return _pool("max_pool2d", input, sizes, ceil_mode, return_indices)


def max_pool1d_with_indices(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """``max_pool1d`` with ``return_indices=True``, whatever is said here."""
    return max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """``max_pool2d`` with ``return_indices=True``, whatever is said here."""
    return max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode, True)


class _MaxPool(Module):
    """What the layers of all dimensions have in common."""

    def __init__(
        self,
        kernel_size: Sizes,
        stride: Sizes | None = None,
        padding: Sizes = 0,
        dilation: Sizes = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def extra_repr(self) -> str:
        """The sizes of the windows."""
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, "
            f"dilation={self.dilation}, ceil_mode={self.ceil_mode}"
        )


class MaxPool1d(_MaxPool):
    """y[i] = the largest of x[i * stride - padding + k * dilation], k = 0 ... kernel_size - 1

    Args:
        kernel_size: how many elements a window has
        stride: from one window to the next. Default: kernel_size, so that each has its own elements
        padding: how much before and behind the input counts as -infinity. Default: 0
        dilation: from one element of a window to the next. Default: 1
        return_indices: whether to return the places of the largest as well. Default: False
        ceil_mode: whether a last window may reach out of the input. Default: False

    Shape:
        input (N, C, L) or (C, L), output with floor((L + 2 padding - dilation (kernel_size - 1)
        - 1) / stride) + 1 in place of L; ceil_mode takes ceil for floor

    Examples:
        >>> torch.nn.MaxPool1d(3, stride=2)(torch.ones(20, 16, 50)).shape
        torch.Size([20, 16, 24])
    """

    def forward(self, input: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """The largest of each window, and the indices if wanted."""
        sizes = self.kernel_size, self.stride, self.padding, self.dilation
        return max_pool1d(input, *sizes, self.ceil_mode, self.return_indices)


class MaxPool2d(_MaxPool):
    """y[i, j] = the largest of x[i s - p + k d, j s - p + l d], k and l = 0 ... kernel_size - 1

    with s = stride, p = padding and d = dilation.

    Args:
        kernel_size: height and width of a window, one number if they are the same
        stride: from one window to the next. Default: kernel_size, so that each has its own elements
        padding: how much around the input counts as -infinity. Default: 0
        dilation: from one element of a window to the next. Default: 1
        return_indices: whether to return the places of the largest as well, each counted row by
            row in its image. Default: False
        ceil_mode: whether last windows may reach out of the input. Default: False

    Shape:
        input (N, C, H, W) or (C, H, W), output with floor((H + 2 padding - dilation (kernel_size
        - 1) - 1) / stride) + 1 in place of H, and W alike; ceil_mode takes ceil for floor

    Examples:
        >>> torch.nn.MaxPool2d(2)(torch.ones(20, 16, 50, 32)).shape
        torch.Size([20, 16, 25, 16])
    """

    def forward(self, input: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """The largest of each window, and the indices if wanted."""
        sizes = self.kernel_size, self.stride, self.padding, self.dilation
        return max_pool2d(input, *sizes, self.ceil_mode, self.return_indices)


def _pool(function: str, x: Tensor, sizes: list, ceil_mode: bool, return_indices: bool):
    windows = axes(function, x.array.shape, *sizes, ceil_mode=ceil_mode)
    kind = x.array.dtype.kind
    if kind == "b" or kind != "f" and function == "max_pool1d" and not return_indices:
        raise NotImplementedError(
            f"{function}() is not implemented for {x.dtype}: convert it with .float()"
        )
    return MaxPool2DWithIndices.apply(x, windows, return_indices)
