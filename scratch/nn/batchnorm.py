"""Batch normalization: each channel gets mean 0 and variance 1, over the batch.

In training, mean and variance are the batch's own. So a sample's result depends on which others it
came with, and a channel of one value cannot be normalized. A running average of both is kept, and
``eval()`` uses that instead: then each sample is on its own.
"""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule
from ..creation import empty, ones, tensor, zeros
from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..dtypes import int64
from ..tensor import Tensor
from . import init
from ._normalizing import (
    CHANNEL,
    along,
    channels_last,
    check_parameters,
    in_channels,
    in_middle,
    moments,
    out_of_channels,
    quick_slopes_of_channels,
)
from .module import Module
from .parameter import Parameter

__all__ = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d"]


class NativeBatchNorm(Rule):
    """y = w z + b, z = (x - m) / s        dx = w (dy - (z dw + db) / n) / s

    Each channel has n numbers, their mean m, and s = sqrt(variance + eps). Where m and s are the
    running ones, and so do not depend on x, dx = w dy / s. dw = sum of dy z, db = sum of dy.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, mean, variance, training, momentum, eps):
        ctx.training, ctx.eps = training, eps
        ctx.bias_dtype = None if bias is None else bias.dtype
        ctx.last = x.ndim > 3 and channels_last(x)
        a = in_channels(x, ctx.last)  # A, C, S
        if training:
            ctx.save_for_backward(x, weight)
            n = a.shape[0] * a.shape[2]
            y, m, v = moments(a, CHANNEL, n)
            if mean is not None:
                update(mean, m, momentum)
                update(variance, v.astype(float) * n / max(n - 1, 0), momentum)
        else:
            ctx.save_for_backward(x, weight, mean, variance)
            y, m, v = a, in_middle(mean), in_middle(variance)
        s = numpy.sqrt(v + eps)
        ctx.statistics = m, s
        w = 1 / s if weight is None else in_middle(weight) / s
        b = 0 if bias is None else in_middle(bias)
        if training:
            y *= along(w, a)  # y is x - m so far
        else:
            y, b = a * along(w, a), b - m * w
        if training and bias is None:
            return out_of_channels(y, x, ctx.last)
        y += along(b, a)
        return out_of_channels(y, x, ctx.last)

    @staticmethod
    def backward(ctx, dy):
        x, weight, *running = ctx.saved_tensors
        if isinstance(dy, numpy.ndarray):  # the same in fewer passes
            return *quick_slopes_of_channels(ctx, dy, x, weight), *[None] * 5
        return *slopes(dy, x, weight, *running, eps=ctx.eps), *[None] * 5


def update(average: numpy.ndarray, values: numpy.ndarray, momentum: float) -> None:
    """average = (1 - momentum) average + momentum values"""
    old = average.astype(float)
    average[...] = (1 - momentum) * old + momentum * values.astype(float).reshape(average.shape)


def slopes(dy, x, weight, mean=None, variance=None, *, eps):
    """The gradients of x, weight and bias with operations on tensors, recorded if need be."""
    axes = (0, *range(2, x.ndim))
    shape = (1, -1, *[1] * (x.ndim - 2))
    n = x.numel() // x.shape[1]
    if mean is None:
        d = x - x.mean(axes, keepdim=True)
        r = ((d * d).mean(axes, keepdim=True) + eps) ** -0.5  # 1 / s
    else:
        d, r = x - mean.reshape(shape), (variance.reshape(shape) + eps) ** -0.5
    z = d * r
    db, dw = dy.sum(axes, keepdim=True), (dy * z).sum(axes, keepdim=True)
    dx = dy if mean is not None else dy - db / n - z * (dw / n)
    dx = dx * (r if weight is None else r * weight.reshape(shape))
    return dx, None if weight is None else dw.reshape(weight.shape), db.reshape(-1)


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """y = (input - mean) / sqrt(var + eps) * weight + bias, for each channel

    Args:
        input: a batch
        running_mean, running_var: averages of earlier batches; changed in training, used otherwise
        weight, bias: one number a channel. Default: 1 and 0
        training: take mean and variance of the input, not the running ones. Default: False
        momentum: how much of the running averages this batch makes up. Default: 0.1
        eps: keeps the divisor from 0. Default: 1e-5

    Shape:
        input (N, C) or (N, C, ...), everything else (C), output as the input

    Examples:
        >>> x = torch.tensor([[1.0, 10.0], [3.0, 30.0]])
        >>> torch.nn.functional.batch_norm(x, None, None, training=True)
        tensor([[-1.0000, -1.0000],
                [ 1.0000,  1.0000]])
    """
    if training:
        check_batch(input.size())
    if eps < 0 or training and eps == 0:
        least = "positive during training" if training else "non-negative"
        raise ValueError(f"batch_norm eps must be {least}, but got {eps}")
    if not isinstance(input, Tensor):
        raise TypeError(
            f"batch_norm(): argument 'input' must be Tensor, not {type(input).__name__}"
        )
    if not isinstance(momentum, (int, float)):
        raise TypeError(
            f"batch_norm(): argument 'momentum' must be float, not {type(momentum).__name__}"
        )
    if input.array.size == 0:
        y = input.clone()
        y = y if weight is None else y * weight[0]
        return y if bias is None else y + bias[0]
    _check(input, running_mean, running_var, weight, bias, training)
    return NativeBatchNorm.apply(
        input, weight, bias, running_mean, running_var, training, momentum, eps
    )


# ---- layers -------------------------------------------------------------------------------------


class _BatchNorm(Module):
    """What the layers have in common: all but how many dimensions they expect."""

    _version = 2  # with num_batches_tracked in the state_dict
    _dimensions: tuple = ()

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
        *,
        bias: bool = True,
    ):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        kind = {"device": device, "dtype": dtype}
        self.weight = Parameter(empty(num_features, **kind)) if affine else None
        self.bias = Parameter(empty(num_features, **kind)) if affine and bias else None
        tracked = track_running_stats
        self.register_buffer("running_mean", zeros(num_features, **kind) if tracked else None)
        self.register_buffer("running_var", ones(num_features, **kind) if tracked else None)
        count = tensor(0, dtype=int64, device=device) if tracked else None
        self.register_buffer("num_batches_tracked", count)
        self.reset_parameters()

    def reset_running_stats(self) -> None:
        """Forgets the averages: mean 0, variance 1."""
        if self.track_running_stats:
            self.running_mean.zero_()
            self.running_var.fill_(1)
            self.num_batches_tracked.zero_()

    def reset_parameters(self) -> None:
        """Forgets the averages, and sets weight to 1 and bias to 0."""
        self.reset_running_stats()
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """The normalized batch; in training the running averages move on."""
        self._check_input_dim(input)
        momentum = 0.0 if self.momentum is None else self.momentum
        tracked = self.training and self.track_running_stats
        if tracked and self.num_batches_tracked is not None:
            self.num_batches_tracked.add_(1)
            if self.momentum is None:  # the plain average of all batches
                momentum = 1.0 / float(self.num_batches_tracked)
        used = not self.training or self.track_running_stats
        return batch_norm(
            input,
            self.running_mean if used else None,
            self.running_var if used else None,
            self.weight,
            self.bias,
            self.training or (self.running_mean is None and self.running_var is None),
            momentum,
            self.eps,
        )

    def _check_input_dim(self, input: Tensor) -> None:
        if input.dim() not in self._dimensions:
            wanted = " or ".join(f"{n}D" for n in self._dimensions)
            raise ValueError(
                f"expected {wanted} input (got {input.dim()}D input): BatchNorm1d takes (N, C) or "
                f"(N, C, L), BatchNorm2d (N, C, H, W), BatchNorm3d (N, C, D, H, W)"
            )

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            f"bias={self.bias is not None}, track_running_stats={self.track_running_stats}"
        )

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, *lists):
        """Before version 2 no batches were counted: what such a state lacks stays as it is."""
        version = local_metadata.get("version")
        if (version is None or version < 2) and self.track_running_stats:
            state_dict.setdefault(f"{prefix}num_batches_tracked", self.num_batches_tracked)
        super()._load_from_state_dict(state_dict, prefix, local_metadata, *lists)


class BatchNorm1d(_BatchNorm):
    """y = (x - mean) / sqrt(var + eps) * weight + bias, for each channel of vectors or sequences

    Args:
        num_features: the number of channels, C
        eps: keeps the divisor from 0. Default: 1e-5
        momentum: how much of the running averages a batch makes up; None takes the plain average
            of all batches. Default: 0.1
        affine: whether to learn weight and bias. Default: True
        track_running_stats: whether to keep running averages for ``eval()``. Default: True
        device: only the CPU
        dtype: of parameters and averages. Default: the default dtype
        bias: whether to learn a bias. Default: True

    Shape:
        (N, C) or (N, C, L), and the output's is the input's

    Examples:
        >>> layer = torch.nn.BatchNorm1d(2)
        >>> layer(torch.tensor([[1.0, 10.0], [3.0, 30.0]]))
        tensor([[-1.0000, -1.0000],
                [ 1.0000,  1.0000]], grad_fn=<NativeBatchNormBackward0>)
        >>> layer.running_mean
        tensor([0.2000, 2.0000])
    """

    _dimensions = (2, 3)


class BatchNorm2d(_BatchNorm):
    """As BatchNorm1d, for images.

    Args:
        num_features: the number of channels, C
        eps, momentum, affine, track_running_stats, device, dtype, bias: as there

    Shape:
        (N, C, H, W), and the output's is the input's

    Examples:
        >>> layer = torch.nn.BatchNorm2d(3)
        >>> layer(torch.randn(8, 3, 4, 4)).shape
        torch.Size([8, 3, 4, 4])
        >>> list(layer.state_dict())
        ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']
    """

    _dimensions = (4,)


class BatchNorm3d(_BatchNorm):
    """As BatchNorm1d, for volumes.

    Args:
        num_features: the number of channels, C
        eps, momentum, affine, track_running_stats, device, dtype, bias: as there

    Shape:
        (N, C, D, H, W), and the output's is the input's
    """

    _dimensions = (5,)


# ---- what may be wrong --------------------------------------------------------------------------


def check_batch(size: tuple) -> None:
    """ValueError if there is one value a channel: it is its own mean, and has no variance."""
    if size[0] * math.prod(size[2:]) == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {size}: a "
            f"single value is its own mean. To use the network, call model.eval() first; if the "
            f"last batch of a DataLoader has one sample, say drop_last=True"
        )


def _check(
    input: Tensor,
    mean: Tensor | None,
    variance: Tensor | None,
    weight: Tensor | None,
    bias: Tensor | None,
    training: bool,
) -> None:
    channels = input.size(1)
    statistics = {"running_mean": mean, "running_var": variance}
    for name, x in {**statistics, "weight": weight, "bias": bias}.items():
        if x is None:
            if name in statistics and not training:
                raise RuntimeError(f"{name} must be defined in evaluation mode")
        elif x.numel() != channels:
            raise RuntimeError(
                f"{name} should contain {channels} elements not {x.numel()}: the input of shape "
                f"{list(input.shape)} has {channels} channels, its second dimension"
            )
    if (mean is None) != (variance is None):
        raise ValueError("running_mean and running_var must either both be None or neither be None")
    parameters = {"weight": weight, "bias": bias, **statistics}
    check_parameters("batch_norm", input, **parameters)
    for name, x in statistics.items():
        if x is not None and x.requires_grad:
            raise RuntimeError(
                f"batch_norm is not differentiable with respect to argument {name!r}: it cannot "
                f"require a gradient"
            )
