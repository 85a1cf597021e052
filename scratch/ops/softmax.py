"""``softmax``: numbers become probabilities. ``log_softmax``: their logarithms.

Both subtract the largest number first. That changes nothing in the result, and keeps ``exp`` from
overflowing.
"""

from __future__ import annotations

from .. import dtypes
from ..autograd import Rule, namespace
from ..tensor import Tensor, tensor_method

__all__ = ["softmax", "log_softmax"]


class Softmax(Rule):
    """y = exp(x) / sum of exp(x)        dx = y (dy - sum of dy y)"""

    @staticmethod
    def forward(ctx, x, dim):
        if x.size:
            x = x - x.max(axis=dim, keepdims=True)
        y = namespace(x).exp(x)
        y = y / y.sum(axis=dim, keepdims=True)
        ctx.save_for_backward(y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return y * (dy - (dy * y).sum(axis=ctx.dim, keepdims=True)), None


class LogSoftmax(Rule):
    """y = x - log of sum of exp(x)        dx = dy - exp(y) sum of dy"""

    @staticmethod
    def forward(ctx, x, dim):
        if x.size:
            x = x - x.max(axis=dim, keepdims=True)
        functions = namespace(x)
        y = x - functions.log(functions.exp(x).sum(axis=dim, keepdims=True))
        ctx.save_for_backward(y)
        ctx.dim = dim
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return dy - namespace(y).exp(y) * dy.sum(axis=ctx.dim, keepdims=True), None


@tensor_method
def softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """y = exp(input) / sum of exp(input) along ``dim``: positive numbers whose sum is 1.

    Args:
        input: any real numbers
        dim: the dimension along which they become probabilities
        dtype: convert ``input`` to this first. Default: as it is

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.softmax(torch.tensor([0.0, 1.0, 2.0]), dim=0)
        tensor([0.0900, 0.2447, 0.6652])
    """
    return Softmax.apply(*_checked(input, dim, dtype, "softmax"))


@tensor_method
def log_softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """y = log(softmax(input)), in a way that stays finite where the softmax rounds to 0.

    Args:
        input: any real numbers
        dim: the dimension along which they become logarithms of probabilities
        dtype: convert ``input`` to this first. Default: as it is

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.log_softmax(torch.tensor([0.0, 1.0, 1000.0]), dim=0)
        tensor([-1000.,  -999.,     0.])
    """
    return LogSoftmax.apply(*_checked(input, dim, dtype, "log_softmax"))


def _checked(x: Tensor, dim: int, dtype: dtypes.dtype | None, name: str) -> tuple:
    """The input in the wanted dtype, and the axis; of a number, no axis at all."""
    if not isinstance(x, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(x).__name__}")
    if dtype is not None:
        x = x.to(dtype)
    if x.array.dtype.kind != "f":
        raise NotImplementedError(
            f"{name} is not implemented for {x.dtype}: say dtype=torch.float32, or use .float()"
        )
    ndim = x.array.ndim
    if not -ndim <= dim < ndim and dim not in (-1, 0):
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-max(ndim, 1)}, "
            f"{max(ndim, 1) - 1}], but got {dim}): the input of {name} has shape "
            f"{list(x.array.shape)}"
        )
    return x, dim if ndim else ()
