"""The transposed convolution: every pixel puts a kernel, times its value, into a larger image.

It is what a convolution does to gradients on their way back, made a layer of its own. So the shapes
are turned round: where a convolution with a stride makes an image smaller, this makes it larger. It
is no inverse, as only the shape comes back.
"""

from __future__ import annotations

from typing import Any

from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..tensor import Tensor
from ._conv_layer import ConvNd
from ._convolving import (
    check_dtypes,
    check_not_empty,
    check_numbers,
    check_rank,
    check_shapes,
    check_tensors,
    integers,
)
from ._windows import Steps
from .conv import ConvTranspose

__all__ = ["ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"]


def conv_transpose1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple = 1,
    padding: int | tuple = 0,
    output_padding: int | tuple = 0,
    groups: int = 1,
    dilation: int | tuple = 1,
) -> Tensor:
    """Puts kernels into a line. Arguments as for ``conv_transpose2d``.

    Shape:
        input (N, C, L) or (C, L), weight (C, O / groups, k), output (N, O, L_out) or (O, L_out)

    Examples:
        >>> x, kernel = torch.tensor([[1.0, 10.0]]), torch.tensor([[[1.0, 2.0, 3.0]]])
        >>> torch.nn.functional.conv_transpose1d(x, kernel, stride=2)
        tensor([[ 1.,  2., 13., 20., 30.]])
    """
    settings = (stride, padding, output_padding, groups, dilation)
    return _transposed("conv_transpose1d", 1, input, weight, bias, settings)


def conv_transpose2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple = 1,
    padding: int | tuple = 0,
    output_padding: int | tuple = 0,
    groups: int = 1,
    dilation: int | tuple = 1,
) -> Tensor:
    """Puts kernels into an image: every output is the sum of w x over all kernels that reach it.

    Args:
        input: images
        weight: one kernel for each pair of an input and an output channel
        bias: one number an output channel; None adds nothing
        stride: how far the kernels of neighbouring pixels are apart
        padding: how much is cut off on all sides
        output_padding: how much larger the result is at its end
        groups: into how many parts the channels are cut, each with kernels of its own
        dilation: how far the weights of a kernel are apart

    Shape:
        input (N, C, H, W) or (C, H, W), weight (C, O / groups, kh, kw), bias (O), output
        (N, O, H_out, W_out) or (O, H_out, W_out), where
        H_out = (H - 1) stride - 2 padding + dilation (kh - 1) + output_padding + 1

    Examples:
        >>> x = torch.tensor([[[1.0, 2.0], [3.0, 4.0]]])
        >>> torch.nn.functional.conv_transpose2d(x, torch.ones(1, 1, 2, 2))
        tensor([[[ 1.,  3.,  2.],
                 [ 4., 10.,  6.],
                 [ 3.,  7.,  4.]]])
    """
    settings = (stride, padding, output_padding, groups, dilation)
    return _transposed("conv_transpose2d", 2, input, weight, bias, settings)


def conv_transpose3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple = 1,
    padding: int | tuple = 0,
    output_padding: int | tuple = 0,
    groups: int = 1,
    dilation: int | tuple = 1,
) -> Tensor:
    """Puts kernels into a volume. Arguments as for ``conv_transpose2d``.

    Shape:
        input (N, C, D, H, W) or (C, D, H, W), weight (C, O / groups, kd, kh, kw), output
        (N, O, D_out, H_out, W_out) or (O, D_out, H_out, W_out)
    """
    settings = (stride, padding, output_padding, groups, dilation)
    return _transposed("conv_transpose3d", 3, input, weight, bias, settings)


def _transposed(
    function: str, n: int, input: Tensor, weight: Tensor, bias: Tensor | None, settings: tuple
) -> Tensor:
    """As ``_convolution``; ``settings`` are stride, padding, output_padding, groups, dilation."""
    check_tensors(function, input, weight, bias)
    check_rank(function, n, input, weight)
    stride, padding, more, groups, dilation = settings
    steps = Steps(
        integers(stride, n, function, "stride"),
        integers(padding, n, function, "padding"),
        integers(dilation, n, function, "dilation"),
        integers(groups, 1, function, "groups")[0],
    )
    more = integers(more, n, function, "output_padding")
    check_numbers(steps, more)
    batch = input if input.array.ndim == n + 2 else input.unsqueeze(0)
    shape, kernel = batch.array.shape, weight.array.shape[2:]
    bias_shape = None if bias is None else bias.array.shape
    check_shapes(shape, weight.array.shape, bias_shape, steps, True)
    check_dtypes(function, input, weight, bias, True)
    check_not_empty(shape)
    smallest = _smallest(shape[2:], kernel, steps)
    sizes = tuple(size + extra for size, extra in zip(smallest, more, strict=True))
    if shape[0] or min(sizes) < 0:
        _check_sizes(shape[2:], kernel, sizes, more, steps)
    y = ConvTranspose.apply(batch, weight, bias, sizes, steps)
    return y if batch is input else y.squeeze(0)


def _smallest(sizes: tuple, kernel: tuple, steps: Steps) -> tuple[int, ...]:
    """The smallest image over which a convolution has so many places."""
    return tuple(
        (n - 1) * stride - 2 * padding + dilation * (k - 1) + 1
        for n, k, stride, padding, dilation in zip(sizes, kernel, *steps[:3], strict=True)
    )


# ---- layers ---------------------------------------------------------------------------------


class Transposing(ConvNd):
    """What the three layers have in common."""

    transposed = True

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | tuple,
        stride: int | tuple = 1,
        padding: int | tuple = 0,
        output_padding: int | tuple = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: int | tuple = 1,
        padding_mode: str = "zeros",
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
    ):
        if padding_mode != "zeros":
            raise ValueError(
                f'Only "zeros" padding mode is supported for {type(self).__name__}, not '
                f"{padding_mode!r}"
            )
        super().__init__()
        sizes: dict[str, Any] = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
        sizes |= {"dilation": dilation, "output_padding": output_padding}
        new = {"device": device, "dtype": dtype}
        self.set_up((in_channels, out_channels), sizes, groups, bias, padding_mode, new)

    def forward(self, input: Tensor, output_size: tuple[int, ...] | None = None) -> Tensor:
        """The sum of all kernels, each times its pixel; ``output_size`` picks one possible size."""
        n, more = self.dimensions, self.output_padding
        if output_size is not None:
            more = self._output_padding(input, tuple(output_size))
        settings = (self.stride, self.padding, more, self.groups, self.dilation)
        return _transposed(f"conv_transpose{n}d", n, input, self.weight, self.bias, settings)

    def _output_padding(self, input: Tensor, wanted: tuple[int, ...]) -> tuple[int, ...]:
        """How much must be added at the end for the output to have the wanted size."""
        n = self.dimensions
        lead = input.dim() - n
        if len(wanted) == lead + n:
            wanted = wanted[lead:]
        if len(wanted) != n:
            raise ValueError(
                f"ConvTranspose{n}D: for {input.dim()}D input, output_size must have {n} or "
                f"{lead + n} elements (got {len(wanted)})"
            )
        steps = Steps(self.stride, self.padding, self.dilation)
        least = _smallest(tuple(input.shape[lead:]), self.kernel_size, steps)
        most = tuple(size + s - 1 for size, s in zip(least, self.stride, strict=True))
        if any(not low <= n <= high for low, n, high in zip(least, wanted, most, strict=True)):
            raise ValueError(
                f"requested an output size of {wanted}, but valid sizes range from {list(least)} "
                f"to {list(most)} (for an input of {tuple(input.shape[lead:])})"
            )
        return tuple(n - low for n, low in zip(wanted, least, strict=True))


class ConvTranspose1d(Transposing):
    """Puts kernels into a line. Arguments as for ConvTranspose2d.

    Shape:
        input (N, in_channels, L) or (in_channels, L), output (N, out_channels, L_out) or
        (out_channels, L_out)
    """

    dimensions = 1


class ConvTranspose2d(Transposing):
    """Puts kernels into an image: every output is the sum of w x over all kernels that reach it.

    Args:
        in_channels: how many channels the images have
        out_channels: how many channels the output has
        kernel_size, stride, padding, output_padding, dilation: one number, or one for each
            dimension
        groups: into how many parts the channels are cut, each with kernels of its own
        bias: whether to add a bias. Default: True
        padding_mode: only ``"zeros"``
        device: only the CPU
        dtype: of the parameters. Default: the default dtype

    Shape:
        input (N, in_channels, H, W) or (in_channels, H, W), output (N, out_channels, H_out, W_out)
        or (out_channels, H_out, W_out), where
        H_out = (H - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1

    Examples:
        >>> up = torch.nn.ConvTranspose2d(16, 8, 3, stride=2, padding=1)
        >>> up(torch.ones(1, 16, 6, 6)).shape
        torch.Size([1, 8, 11, 11])
        >>> up(torch.ones(1, 16, 6, 6), output_size=(12, 12)).shape
        torch.Size([1, 8, 12, 12])
    """

    dimensions = 2


class ConvTranspose3d(Transposing):
    """Puts kernels into a volume. Arguments as for ConvTranspose2d.

    Shape:
        input (N, in_channels, D, H, W) or without N, output (N, out_channels, D_out, H_out, W_out)
        or without N
    """

    dimensions = 3


def _check_sizes(places: tuple, kernel: tuple, sizes: tuple, more: tuple, steps: Steps) -> None:
    for extra, stride, dilation in zip(more, steps.stride, steps.dilation, strict=True):
        if extra >= stride and extra >= dilation:
            raise RuntimeError(
                f"output padding must be smaller than either stride or dilation, but got "
                f"output_padding={more}, stride={steps.stride}, dilation={steps.dilation}"
            )
    if min(sizes) < 1:
        i = next(i for i, size in enumerate(sizes) if size < 1)
        s, p, d = steps.stride[i], steps.padding[i], steps.dilation[i]
        raise RuntimeError(
            f"the output would be empty: dimension {i + 2} would have\n"
            f"    out = (in - 1)*stride - 2*padding + dilation*(kernel - 1) + output_padding + 1\n"
            f"        = ({places[i]} - 1)*{s} - 2*{p} + {d}*({kernel[i]} - 1) + {more[i]} + 1 = "
            f"{sizes[i]}"
        )
