"""What convolutions and transposed convolutions have in common as layers."""

from __future__ import annotations

import math

from ..creation import empty
from . import init
from ._convolving import per_dimension
from .module import Module
from .parameter import Parameter


class ConvNd(Module):
    """What the layers have in common: parameters, first weights, text."""

    dimensions = 2
    transposed = False

    def set_up(self, channels: tuple, sizes: dict, groups: int, bias: bool, mode: str, new: dict):
        """Checks the arguments, keeps them, and makes the parameters.

        Args:
            channels: in and out
            sizes: kernel_size, stride, padding, dilation, output_padding
            groups, bias, mode: as the layer has them
            new: device and dtype
        """
        sizes = {
            name: x
            if name == "padding" and isinstance(x, str)
            else per_dimension(x, self.dimensions)
            for name, x in sizes.items()
        }
        _check_layer(channels, sizes, groups, mode)
        self.in_channels, self.out_channels = channels
        for name, size in sizes.items():
            setattr(self, name, size)
        self.groups = groups
        self.padding_mode = mode
        first, second = reversed(channels) if not self.transposed else channels
        shape = (first, second // groups, *self.kernel_size)
        self.weight = Parameter(empty(shape, **new))
        if bias:
            self.bias = Parameter(empty(self.out_channels, **new))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draws new parameters."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))  # at most 1/sqrt(fan in)
        if self.bias is not None:
            fan_in = self.weight.size(1) * math.prod(self.kernel_size)
            bound = 1 / math.sqrt(fan_in) if fan_in > 0 else 0
            init.uniform_(self.bias, -bound, bound)

    def extra_repr(self) -> str:
        """Channels and sizes, and what else is not as usual."""
        text = (
            f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, "
            f"stride={self.stride}"
        )
        for name, usual in (("padding", 0), ("dilation", 1), ("output_padding", 0)):
            size = getattr(self, name)
            if size != (usual,) * len(size):
                text += f", {name}={size}"
        text += f", groups={self.groups}" if self.groups != 1 else ""
        text += ", bias=False" if self.bias is None else ""
        return text + (
            f", padding_mode={self.padding_mode}" if self.padding_mode != "zeros" else ""
        )


def _check_layer(channels: tuple, sizes: dict, groups: int, mode: str) -> None:
    if groups <= 0:
        raise ValueError("groups must be a positive integer")
    for name, n in zip(("in_channels", "out_channels"), channels, strict=True):
        if n % groups != 0:
            raise ValueError(f"{name} must be divisible by groups, but {name}={n}, groups={groups}")
    padding = sizes["padding"]
    if isinstance(padding, str):
        if padding not in ("same", "valid"):
            raise ValueError(f"Invalid padding string {padding!r}, should be 'same' or 'valid'")
        if padding == "same" and any(n != 1 for n in sizes["stride"]):
            raise ValueError("padding='same' is not supported for strided convolutions")
    if mode not in ("zeros", "reflect", "replicate", "circular"):
        raise ValueError(
            f"padding_mode must be one of 'zeros', 'reflect', 'replicate' and 'circular', but got "
            f"padding_mode={mode!r}"
        )
