"""The linear layer: every output is a weighted sum of all inputs.

It is one matrix product a batch, forwards, and two backwards. All other layers of a plain network
only stand between two of these.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, empty
from torch import device as Device
from torch import dtype as Dtype

from ..autograd import Rule
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
        return torch.addmm(bias, x, weight.T)  # N, out

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        dx = dy @ weight if weight is not None else None
        dweight = dy.T @ x if x is not None else None
        dbias = dy.sum_to_size(ctx.bias_shape) if ctx.bias_shape is not None else None
        return dbias, dx, dweight


class Mm(Rule):
    """y = x W^T        dx = dy W,  dW = dy^T x"""

    @staticmethod
    def forward(ctx, x, weight):
        needs_x, needs_weight = ctx.needs_input_grad
        ctx.save_for_backward(x if needs_weight else None, weight if needs_x else None)
        return x @ weight.T  # N, out

    @staticmethod
    def backward(ctx, dy):
        x, weight = ctx.saved_tensors
        dx = dy @ weight if weight is not None else None
        dweight = dy.T @ x if x is not None else None
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
    if not isinstance(input, Tensor):
        raise TypeError(f"linear(): argument 'input' must be Tensor, not {type(input).__name__}")
    if input.dim() == 0:
        raise RuntimeError("both arguments to linear need to be at least 1D, but the input is 0D")
    if input.dim() == 2 and weight.dim() == 2:
        return Mm.apply(input, weight) if bias is None else Addmm.apply(bias, input, weight)
    if bias is None:
        return input.matmul(weight.t())
    if not input.is_contiguous():
        return input.matmul(weight.t()) + bias
    rows = input.view(math.prod(input.shape[:-1]), input.shape[-1])  # in one dimension
    return Addmm.apply(bias, rows, weight).view(*input.shape[:-1], weight.shape[0])


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
        device: where the parameters are. Default: the CPU
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
