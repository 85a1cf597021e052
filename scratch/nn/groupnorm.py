"""Normalization over groups of channels, and over neighbouring ones; each sample by itself.

Group normalization does for images what layer normalization does for vectors. It stands between
normalizing every channel by itself (as many groups as channels) and all together (one group).
"""

from __future__ import annotations

import math
import operator

import numpy

from ..autograd import Rule
from ..creation import empty
from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..ops.joining import cat
from ..tensor import Tensor
from . import init
from ._normalizing import (
    along,
    channels_last,
    check_parameters,
    in_groups,
    in_layout,
    in_middle,
    moments,
    quick_slopes_of_groups,
    slopes,
)
from .module import Module
from .parameter import Parameter

__all__ = ["GroupNorm", "LocalResponseNorm"]


class NativeGroupNorm(Rule):
    """y = w z + b, z = (x - m) / s        dx = (h - mean of h - z mean of h z) / s, h = w dy

    m and s are those of a group of channels, w and b belong to one. dw = sum of dy z, db = sum of
    dy.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, groups, eps):
        ctx.save_for_backward(x, weight)
        ctx.groups, ctx.eps = groups, eps
        ctx.bias_dtype = None if bias is None else bias.dtype
        ctx.last = x.ndim > 3 and channels_last(x)
        a = in_groups(x, groups)  # N * groups, numbers in each
        y, m, v = moments(a, (1,), a.shape[1])
        s = numpy.sqrt(v + eps)
        ctx.statistics = m, s
        y *= 1 / s
        y = y.reshape(*x.shape[:2], math.prod(x.shape[2:]))  # N, C, S
        if weight is not None:
            y *= along(in_middle(weight), y)
        if bias is not None:
            y += along(in_middle(bias), y)
        return in_layout(y.reshape(x.shape).astype(x.dtype, copy=False), ctx.last)

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        if isinstance(dy, numpy.ndarray):  # the same in fewer passes
            return *quick_slopes_of_groups(ctx, dy, x, weight), None, None
        return *slopes_of_groups(dy, x, weight, ctx.groups, ctx.eps), None, None


def slopes_of_groups(dy, x, weight, groups, eps):
    """The gradients of x, weight and bias with operations on tensors, recorded if need be."""
    n, c, *rest = x.shape
    g = dy.reshape(n, c, math.prod(rest))
    h = g if weight is None else g * weight.reshape(-1, 1)
    sizes = (n, groups, c // groups * math.prod(rest))
    dx, z = slopes(h.reshape(sizes), x.reshape(sizes), eps)
    dw = None if weight is None else (g * z.reshape(g.shape)).sum((0, 2))
    return dx.reshape(x.shape), dw, g.sum((0, 2))


# ---- functions ----------------------------------------------------------------------------------


def group_norm(
    input: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """y = (input - mean) / sqrt(var + eps) * weight + bias, over groups of channels

    Args:
        input: a batch
        num_groups: how many groups the channels make
        weight, bias: one number a channel. Default: 1 and 0
        eps: keeps the divisor from 0. Default: 1e-5

    Shape:
        input (N, C, ...), weight and bias (C), output as the input
    """
    if input.dim() < 2:
        raise RuntimeError(
            f"Expected at least 2 dimensions for input tensor but received {input.dim()}"
        )
    n, channels, *rest = input.shape
    if n * channels // num_groups * math.prod(rest) == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {input.size()}: "
            f"with {num_groups} groups, a single value is its own mean"
        )
    if num_groups < 0 or channels % num_groups:
        raise RuntimeError(
            f"Expected number of channels in input to be divisible by num_groups, but got input "
            f"of shape {list(input.shape)} and num_groups={num_groups}"
        )
    for name, x in (("weight", weight), ("bias", bias)):
        if x is not None and x.shape != (channels,):
            raise RuntimeError(
                f"Expected {name} to be a vector of size equal to the number of channels in input, "
                f"but got {name} of shape {list(x.shape)} and input of shape {list(input.shape)}"
            )
    check_parameters("group_norm", input, weight=weight, bias=bias)
    return NativeGroupNorm.apply(input, weight, bias, num_groups, eps)


def local_response_norm(
    input: Tensor, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Tensor:
    """y = input / (k + alpha s)^beta, s being the mean square over neighbouring channels

    Args:
        input: a batch
        size: how many channels; beyond the first and the last one are zeros
        alpha, beta, k: as in the formula. Default: 0.0001, 0.75 and 1

    Shape:
        (N, C, L), (N, C, H, W) or more, and the output's is the input's
    """
    if input.dim() < 3:
        raise ValueError(
            f"Expected 3D or higher dimensionality input (got {input.dim()} dimensions)"
        )
    size, channels = operator.index(size), input.size(1)
    if input.numel() == 0:
        return input
    if size <= 0:
        raise RuntimeError(f"local_response_norm: size should be greater than zero, but got {size}")
    squares = input * input
    ahead, behind = (
        squares.new_zeros(squares.shape[0], n, *squares.shape[2:])
        for n in (size // 2, (size - 1) // 2)
    )
    padded = cat((ahead, squares, behind), 1)
    window = padded.narrow(1, 0, channels)
    for start in range(1, size):
        window = window + padded.narrow(1, start, channels)
    mean = window / size if input.is_floating_point() else window // size
    return input / (mean * alpha + k) ** beta


# ---- layers -------------------------------------------------------------------------------------


class GroupNorm(Module):
    """y = (x - mean) / sqrt(var + eps) * weight + bias, over groups of each sample's channels

    Args:
        num_groups: how many groups the channels make; 1 normalizes all together
        num_channels: the number of channels, C
        eps: keeps the divisor from 0. Default: 1e-5
        affine: whether to learn weight and bias, one number a channel. Default: True
        device: only the CPU
        dtype: of the parameters. Default: the default dtype
        bias: whether to learn a bias. Default: True

    Shape:
        (N, C, ...), and the output's is the input's

    Examples:
        >>> layer = torch.nn.GroupNorm(3, 6)
        >>> layer(torch.randn(20, 6, 10, 10)).shape
        torch.Size([20, 6, 10, 10])
    """

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
        *,
        bias: bool = True,
    ):
        super().__init__()
        if num_channels % num_groups != 0:
            raise ValueError(
                f"num_channels ({num_channels}) must be divisible by num_groups ({num_groups})"
            )
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        kind = {"device": device, "dtype": dtype}
        weight = Parameter(empty(num_channels, **kind)) if affine else None
        self.register_parameter("weight", weight)
        has_bias = affine and bias
        self.register_parameter(
            "bias", Parameter(empty(num_channels, **kind)) if has_bias else None
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Sets weight to 1 and bias to 0."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """The normalized samples."""
        return group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine}, "
            f"bias={self.bias is not None}"
        )


class LocalResponseNorm(Module):
    """y = x / (k + alpha s)^beta, s being the mean square over neighbouring channels

    Args:
        size: how many channels
        alpha, beta, k: as in the formula. Default: 0.0001, 0.75 and 1

    Shape:
        (N, C, L), (N, C, H, W) or more, and the output's is the input's
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input: Tensor) -> Tensor:
        """Large neighbours make a number smaller."""
        return local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self) -> str:
        """The options."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"
