"""The linear layer: every output is a weighted sum of all inputs.

It is one matrix product a batch, forwards, and two backwards. All other layers of a plain network
only stand between two of these.
"""

from __future__ import annotations

import math
from typing import Any

import numpy

from ..autograd import Rule
from ..creation import empty
from ..devices import device as Device
from ..dtypes import dtype as Dtype
from ..ops._operands import unbroadcast
from ..ops._sums import total
from ..ops.matmul import product
from ..tensor import Tensor
from . import init
from .module import Module
from .parameter import Parameter

__all__ = ["Identity", "Linear"]


class Addmm(Rule):
    """y = x W^T + b        dx = dy W,  dW = dy^T x,  db = sum of dy over the rows"""

    @staticmethod
    def forward(ctx, bias, x, weight):
        needs_bias, needs_x, needs_weight = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        ctx.bias_shape = bias.shape if needs_bias else None
        return product(x, weight.T) + bias  # N, out

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        dx = product(dy, weight) if weight is not None else None
        dweight = product(dy.T, x) if x is not None else None
        dbias = sum_to(dy, ctx.bias_shape) if ctx.bias_shape is not None else None
        return dbias, dx, dweight


class Mm(Rule):
    """y = x W^T        dx = dy W,  dW = dy^T x"""

    @staticmethod
    def forward(ctx, x, weight):
        needs_x, needs_weight = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        return product(x, weight.T)  # N, out

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        dx = product(dy, weight) if weight is not None else None
        dweight = product(dy.T, x) if x is not None else None
        return dx, dweight


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """y = input weight^T + bias

    Args:
        input: any number of vectors
        weight: one row an output
        bias: one number an output; None adds nothing

    Shape:
        input (*, in), weight (out, in), bias (out), output (*, out); * is any number of
        dimensions, none included

    Examples:
        >>> weight = torch.tensor([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
        >>> torch.nn.functional.linear(torch.tensor([[3.0, 4.0]]), weight)
        tensor([[3., 8., 7.]])
    """
    try:
        x, w, b = input.array, weight.array, None if bias is None else bias.array
    except AttributeError:
        raise TypeError(_not_tensors(input, weight, bias)) from None
    if b is not None and x.ndim == w.ndim == 2 and x.shape[1] == w.shape[1]:
        if x.dtype is w.dtype is b.dtype and b.shape == w.shape[:1]:
            return Addmm.apply(bias, input, weight)  # so it is in most calls
    if x.ndim == 0 or w.ndim == 0:
        raise RuntimeError(
            f"both arguments to linear need to be at least 1D, but they are {x.ndim}D and {w.ndim}D"
        )
    if w.ndim != 2 or x.shape[-1] != w.shape[1] or x.dtype != w.dtype:
        _check(x, w, bias)
    if b is not None and (b.ndim != 1 or b.shape[0] != w.shape[0] or b.dtype != w.dtype):
        _check_bias(x, w, b)
    if x.ndim == 2 and w.ndim == 2:
        return Mm.apply(input, weight) if bias is None else Addmm.apply(bias, input, weight)
    if bias is None:
        return input.matmul(weight.t())
    if not x.flags.c_contiguous:
        return input.matmul(weight.t()) + bias
    rows = input.view(math.prod(x.shape[:-1]), x.shape[-1])  # as many vectors in one dimension
    return Addmm.apply(bias, rows, weight).view(*x.shape[:-1], w.shape[0])


class Identity(Module):
    """y = x

    A place holder, for a layer that is to be left out. Takes any arguments and ignores them.

    Examples:
        >>> torch.nn.Identity(54, unused=True)(torch.ones(2))
        tensor([1., 1.])
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__()

    def forward(self, input: Tensor) -> Tensor:
        """Returns ``input``."""
        return input


class Linear(Module):
    """y = x weight^T + bias

    Args:
        in_features: the size of each input vector
        out_features: the size of each output vector
        bias: whether to add a bias. Default: True
        device: only the CPU
        dtype: of the parameters. Default: the default dtype

    Shape:
        input (*, in_features), output (*, out_features)

    Both parameters begin uniformly random between -1/sqrt(in_features) and 1/sqrt(in_features).

    Examples:
        >>> layer = torch.nn.Linear(20, 30)
        >>> layer(torch.ones(128, 20)).shape
        torch.Size([128, 30])
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        device: Device | str | int | None = None,
        dtype: Dtype | None = None,
    ):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(empty(out_features, in_features, device=device, dtype=dtype))
        if bias:
            self.bias = Parameter(empty(out_features, device=device, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draws new parameters."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))  # which is 1/sqrt(in_features)
        if self.bias is not None:
            bound = 1 / math.sqrt(self.in_features) if self.in_features > 0 else 0
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input: Tensor) -> Tensor:
        """The weighted sums."""
        return linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Sizes, and whether there is a bias."""
        return (
            f"in_features={self.in_features}, out_features={self.out_features}, "
            f"bias={self.bias is not None}"
        )


def sum_to(dy, shape):
    """The gradient of a bias of this shape: usually one number an output, so a sum over rows."""
    if shape == dy.shape[1:] and type(dy) is numpy.ndarray:
        return total(dy, 0)
    return unbroadcast(dy, shape)


# ---- what may be wrong ------------------------------------------------------------------------


def _not_tensors(*values: object) -> str:
    names = ("input", "weight", "bias")
    name, value = next(
        (name, x)
        for name, x in zip(names, values, strict=True)
        if x is not None and not isinstance(x, Tensor)
    )
    kind = type(value).__name__
    advice = f": call the layer, as in {kind}()(x)" if isinstance(value, Module) else ""
    return f"linear(): argument '{name}' must be Tensor, not {kind}{advice}"


def _check(x: numpy.ndarray, w: numpy.ndarray, bias: Tensor | None) -> None:
    if w.ndim > 2 or w.ndim == 1 and bias is not None:
        raise RuntimeError(f"linear expects a matrix as weight, and it has shape {list(w.shape)}")
    if x.shape[-1] != w.shape[-1]:
        rows = math.prod(x.shape[:-1])
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({rows}x{x.shape[-1]} and "
            f"{'x'.join(map(str, w.shape[::-1]))}): linear got an input of shape {list(x.shape)}, "
            f"whose last dimension has to be in_features = {w.shape[-1]}{_remedy(x, w.shape[-1])}"
        )
    if x.dtype != w.dtype:
        raise RuntimeError(
            f"mat1 and mat2 must have the same dtype, but got {x.dtype} for the input and "
            f"{w.dtype} for the weight: convert the input with .to(dtype), or the layer"
        )


def _remedy(x: numpy.ndarray, features: int) -> str:
    """The two usual reasons for a wrong shape."""
    if x.ndim == 1 and features == 1:
        return f". For {len(x)} samples of one number each, use x.unsqueeze(1)"
    if x.ndim > 2 and math.prod(x.shape[1:]) == features:
        return f". Flatten each sample first: x.flatten(1) has shape [{len(x)}, {features}]"
    return ""


def _check_bias(x: numpy.ndarray, w: numpy.ndarray, b: numpy.ndarray) -> None:
    shape = (math.prod(x.shape[:-1]), w.shape[0])
    try:
        fits = numpy.broadcast_shapes(b.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise RuntimeError(
            f"the bias of shape {list(b.shape)} cannot be expanded to the output's {list(shape)}: "
            f"it should have out_features = {w.shape[0]} numbers"
        )
    if b.dtype != w.dtype:
        raise RuntimeError(
            f"self and mat2 must have the same dtype, but got {b.dtype} for the bias and {w.dtype} "
            f"for the weight"
        )
