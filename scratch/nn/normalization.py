"""Layer and RMS normalization: each sample by itself, whatever else is in the batch.

So they do in training what they do later, and with a batch of one as well. Layer normalization
takes mean and variance over a sample's last dimensions. RMS normalization leaves the mean alone:
it only divides by the root of the mean square.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Integral

import numpy

from ..autograd import Rule
from ..creation import empty
from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..dtypes import finfo, float16
from ..tensor import Tensor
from . import init
from ._normalizing import (
    check_parameters,
    dots,
    in_samples,
    moments,
    quick_slopes_of_layers,
    quick_slopes_of_rms,
    slopes,
    wide,
)
from .module import Module
from .parameter import Parameter

__all__ = ["LayerNorm", "RMSNorm"]


class NativeLayerNorm(Rule):
    """y = w z + b, z = (x - m) / s        dx = (h - mean of h - z mean of h z) / s, h = w dy

    m is the mean and s = sqrt(variance + eps) of each sample. dw = sum of dy z, db = sum of dy.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, ndim, eps):
        ctx.save_for_backward(x, weight)
        ctx.ndim, ctx.eps = ndim, eps
        ctx.bias_dtype = None if bias is None else bias.dtype
        a = in_samples(x, ndim)  # samples, numbers in each
        y, m, v = moments(a, (1,), a.shape[1])
        s = numpy.sqrt(v + eps)
        ctx.statistics = m, s
        y *= 1 / s
        if weight is not None:
            y *= wide(weight).reshape(-1)
        if bias is not None:
            y += wide(bias).reshape(-1)
        return y.reshape(x.shape).astype(x.dtype, copy=False)

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        if isinstance(dy, numpy.ndarray):  # the same in fewer passes
            return *quick_slopes_of_layers(ctx, dy, x, weight), None, None
        return *slopes_of_layers(dy, x, weight, ctx.ndim, ctx.eps), None, None


class Rms(Rule, name="MulBackward0"):
    """y = x / s, s = sqrt(mean of x^2 + eps)        dx = (dy - y mean of dy y) / s"""

    @staticmethod
    def forward(ctx, x, ndim, eps):
        ctx.save_for_backward(x)
        ctx.axes, ctx.eps = tuple(range(x.ndim - ndim, x.ndim)), eps
        n = math.prod(x.shape[x.ndim - ndim :])
        ctx.s = numpy.sqrt(dots(x, x, ctx.axes) / n + eps)
        return x * (1 / ctx.s)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        if isinstance(dy, numpy.ndarray):  # the same in fewer passes
            return quick_slopes_of_rms(dy, x, ctx.s, ctx.axes), None, None
        r = ((x * x).mean(ctx.axes, keepdim=True) + ctx.eps) ** -0.5
        y = x * r
        return (dy - y * (dy * y).mean(ctx.axes, keepdim=True)) * r, None, None


def slopes_of_layers(dy, x, weight, ndim, eps):
    """The gradients of x, weight and bias with operations on tensors, recorded if need be."""
    kept = x.shape[x.ndim - ndim :]
    sizes = (math.prod(x.shape[: x.ndim - ndim]), math.prod(kept))
    g, a = dy.reshape(sizes), x.reshape(sizes)
    dx, z = slopes(g if weight is None else g * weight.reshape(-1), a, eps)
    dw = None if weight is None else (g * z).sum(0).reshape(kept)
    return dx.reshape(x.shape), dw, g.sum(0).reshape(kept)


# ---- functions ----------------------------------------------------------------------------------


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """y = (input - mean) / sqrt(var + eps) * weight + bias, over the last dimensions

    Args:
        input: any number of samples
        normalized_shape: the sizes of the dimensions to normalize over
        weight, bias: of this shape. Default: 1 and 0
        eps: keeps the divisor from 0. Default: 1e-5

    Shape:
        input (*, normalized_shape), and the output's is the input's

    Examples:
        >>> torch.nn.functional.layer_norm(torch.tensor([[1.0, 3.0], [10.0, 30.0]]), (2,))
        tensor([[-1.0000,  1.0000],
                [-1.0000,  1.0000]])
    """
    shape = _checked_shape("layer_norm", input, normalized_shape, weight=weight, bias=bias)
    check_parameters("layer_norm", input, weight=weight, bias=bias)
    return NativeLayerNorm.apply(input, weight, bias, len(shape), eps)


def rms_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    eps: float | None = None,
) -> Tensor:
    """y = input / sqrt(mean of input^2 + eps) * weight, over the last dimensions

    Args:
        input: any number of samples
        normalized_shape: the sizes of the dimensions to normalize over
        weight: of this shape. Default: 1
        eps: keeps the divisor from 0. Default: the machine epsilon

    Examples:
        >>> torch.nn.functional.rms_norm(torch.tensor([[3.0, 3.0], [1.0, 7.0]]), (2,))
        tensor([[1.0000, 1.0000],
                [0.2000, 1.4000]])
    """
    if isinstance(input, Tensor) and input.dim() < len(normalized_shape):
        raise ValueError(
            f"Input tensor must have at least {len(normalized_shape)} dimensions, those of "
            f"normalized_shape={list(normalized_shape)}, but got {input.dim()}"
        )
    shape = _checked_shape("rms_norm", input, normalized_shape, weight=weight)
    if not input.is_floating_point():
        raise NotImplementedError(f"rms_norm is not implemented for {input.dtype}: use .float()")
    x = input.float() if input.dtype == float16 else input
    y = Rms.apply(x, len(shape), finfo(x.dtype).eps if eps is None else eps)
    y = y if weight is None else y * weight
    return y.contiguous().to(input.dtype)


# ---- layers -------------------------------------------------------------------------------------


class LayerNorm(Module):
    """y = (x - mean) / sqrt(var + eps) * weight + bias, over each sample's last dimensions

    Args:
        normalized_shape: their sizes; one size may be given as a number
        eps: keeps the divisor from 0. Default: 1e-5
        elementwise_affine: whether to learn weight and bias. Default: True
        bias: whether to learn a bias. Default: True
        device: only the CPU
        dtype: of the parameters. Default: the default dtype

    Shape:
        (*, normalized_shape), and the output's is the input's

    Examples:
        >>> layer = torch.nn.LayerNorm(2)
        >>> layer(torch.tensor([[1.0, 3.0], [10.0, 30.0]]))
        tensor([[-1.0000,  1.0000],
                [-1.0000,  1.0000]], grad_fn=<NativeLayerNormBackward0>)
        >>> layer
        LayerNorm((2,), eps=1e-05, elementwise_affine=True, bias=True)
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
    ):
        super().__init__()
        self.normalized_shape = _as_shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        kind = {"device": device, "dtype": dtype}
        shape = self.normalized_shape
        weight = Parameter(empty(shape, **kind)) if elementwise_affine else None
        self.register_parameter("weight", weight)
        has_bias = elementwise_affine and bias
        self.register_parameter("bias", Parameter(empty(shape, **kind)) if has_bias else None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Sets weight to 1 and bias to 0."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """The normalized samples."""
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, "
            f"elementwise_affine={self.elementwise_affine}, bias={self.bias is not None}"
        )


class RMSNorm(Module):
    """y = x / sqrt(mean of x^2 + eps) * weight, over each sample's last dimensions

    Args:
        normalized_shape: their sizes; one size may be given as a number
        eps: keeps the divisor from 0. Default: the machine epsilon
        elementwise_affine: whether to learn a weight. Default: True
        device: only the CPU
        dtype: of the weight. Default: the default dtype

    Shape:
        (*, normalized_shape), and the output's is the input's

    Examples:
        >>> torch.nn.RMSNorm(2)(torch.tensor([1.0, 7.0]))
        tensor([0.2000, 1.4000], grad_fn=<MulBackward0>)
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float | None = None,
        elementwise_affine: bool = True,
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
    ):
        super().__init__()
        self.normalized_shape = _as_shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        weight = None
        if elementwise_affine:
            weight = Parameter(empty(self.normalized_shape, device=device, dtype=dtype))
        self.register_parameter("weight", weight)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Sets the weight to 1."""
        if self.weight is not None:
            init.ones_(self.weight)

    def forward(self, x: Tensor) -> Tensor:
        """The samples, divided by their size."""
        return rms_norm(x, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
        )


# ---- helpers ------------------------------------------------------------------------------------


def _as_shape(normalized_shape: int | Sequence[int]) -> tuple:
    one = isinstance(normalized_shape, Integral)
    return (normalized_shape,) if one else tuple(normalized_shape)


def _checked_shape(
    function: str, input: Tensor, shape: Sequence[int], **parameters: Tensor | None
) -> tuple[int, ...]:
    """The dimensions to normalize over, if input and parameters have them; else torch's errors."""
    if not isinstance(input, Tensor):
        raise TypeError(
            f"{function}(): argument 'input' must be Tensor, not {type(input).__name__}"
        )
    if not isinstance(shape, (tuple, list)) or not all(isinstance(n, Integral) for n in shape):
        raise TypeError(
            f"{function}(): argument 'normalized_shape' must be tuple of ints, not {shape!r}"
        )
    if not shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, but got normalized_shape = []"
        )
    shape = tuple(shape)
    for name, x in parameters.items():
        if x is not None and tuple(x.shape) != shape:
            raise RuntimeError(
                f"Expected {name} to be of same shape as normalized_shape, but got {name} of shape "
                f"{list(x.shape)} and normalized_shape = {list(shape)}"
            )
    if tuple(input.shape[-len(shape) :]) != shape:
        sizes = ", ".join(map(str, shape))
        raise RuntimeError(
            f"Given normalized_shape=[{sizes}], expected input with shape [*, {sizes}], but got "
            f"input of size {list(input.shape)}: normalized_shape is what its last dimensions are"
        )
    return shape
