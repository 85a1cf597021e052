"""Activations that look at more than one number: gates, and softmax in other forms.

A gated unit takes one half of its input as it is, and lets the other half decide how much of it
gets through. ``gumbel_softmax`` draws from classes at random, and yet has a gradient.
"""

from __future__ import annotations

import warnings

from ..autograd import Rule, namespace
from ..creation import empty_like, zeros_like
from ..dtypes import dtype as Dtype
from ..tensor import Tensor
from ._logarithms import sigmoid_of
from ._slopes import floating_input
from .activation import _guessed, softmax
from .module import Module

__all__ = ["GLU", "Softmin", "Softmax2d"]


class Glu(Rule):
    """y = a s(b), x = (a, b)        da = dy s(b);  db = dy a s(b) (1 - s(b)), s the sigmoid"""

    @staticmethod
    def forward(ctx, x, dim):
        ctx.save_for_backward(x)
        ctx.dim = dim
        a, b = halves(x, dim)
        return a * sigmoid_of(b)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        a, b = halves(x, ctx.dim)
        s = sigmoid_of(b)
        da = dy * s
        return namespace(dy).concat((da, da * (1 - s) * a), axis=ctx.dim), None


def halves(x, dim):
    n = x.shape[dim] // 2
    before = (slice(None),) * dim
    return x[(*before, slice(None, n))], x[(*before, slice(n, None))]


# ---- functions ----------------------------------------------------------------------------------


def glu(input: Tensor, dim: int = -1) -> Tensor:
    """y = a sigmoid(b), where a and b are the halves of the input

    Args:
        input: any real numbers, (..., 2 n, ...)
        dim: the dimension to halve. Default: the last

    Examples:
        >>> torch.nn.functional.glu(torch.tensor([1.0, 2.0, 0.0, 100.0]))
        tensor([0.5000, 2.0000])
    """
    if input.dim() == 0:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    if not -input.dim() <= dim < input.dim():
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-input.dim()}, "
            f"{input.dim() - 1}], but got {dim})"
        )
    dim %= input.dim()
    if input.shape[dim] % 2:
        raise RuntimeError(
            f"Halving dimension must be even, but dimension {dim} is size {input.shape[dim]}: one "
            f"half of it is gated by the other"
        )
    return Glu.apply(floating_input("glu", input), dim)


def softmin(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Dtype | None = None
) -> Tensor:
    """y = softmax(-input): the smallest number gets the largest probability

    Args:
        input: any real numbers
        dim: the dimension along which they become probabilities. Leaving it out is deprecated
        dtype: convert ``-input`` to this first. Default: as it is

    Examples:
        >>> torch.nn.functional.softmin(torch.tensor([[0.0, 1.0, 2.0]]), dim=1)
        tensor([[0.6652, 0.2447, 0.0900]])
    """
    dim = _guessed("softmin", input, _stacklevel) if dim is None else dim
    return (-input).softmax(dim, dtype=dtype)


def gumbel_softmax(
    logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1
) -> Tensor:
    """y = softmax((logits + g) / tau), with random g = -ln(a waiting time)

    The largest logit + g is class i with the probability that softmax(logits) gives to i.

    Args:
        logits: scores, any real numbers, (..., classes)
        tau: the smaller, the nearer to one class alone. Default: 1
        hard: return 1 for the largest and 0 for the others, with the gradient of y. Default: False
        eps: has no effect
        dim: the dimension of the classes. Default: the last

    Examples:
        >>> _ = torch.manual_seed(0)
        >>> torch.nn.functional.gumbel_softmax(torch.zeros(3), hard=True)
        tensor([0., 0., 1.])
    """
    if eps != 1e-10:
        warnings.warn("`eps` parameter is deprecated and has no effect.", stacklevel=2)
    waiting = empty_like(logits).contiguous().exponential_()
    y = ((logits - waiting.log()) / tau).softmax(dim)
    if not hard:
        return y
    index = y.max(dim, keepdim=True)[1]
    one = zeros_like(logits).contiguous().scatter_(dim, index, 1.0)
    return one - y.detach() + y


# ---- layers -------------------------------------------------------------------------------------


class GLU(Module):
    """y = a s(b), x = (a, b)        da = dy s(b);  db = dy a s(b) (1 - s(b)), s the sigmoid

    Args:
        dim: the dimension to halve. Default: the last

    Shape:
        (..., 2 n, ...), and the output is (..., n, ...)

    Examples:
        >>> torch.nn.GLU()(torch.tensor([1.0, 2.0, 0.0, 100.0]))
        tensor([0.5000, 2.0000])
    """

    def __init__(self, dim: int = -1):
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """One half, gated by the other."""
        return glu(input, self.dim)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class Softmin(Module):
    """y = softmax(-x)

    Args:
        dim: the dimension along which the outputs add up to 1

    Shape:
        any, and the output's is the input's
    """

    def __init__(self, dim: int | None = None):
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """The probabilities."""
        return softmin(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class Softmax2d(Module):
    """Softmax over the channels of each pixel.

    Shape:
        (N, C, H, W) or (C, H, W), and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """The probabilities."""
        if input.dim() not in (3, 4):
            raise ValueError(
                f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead: its shape "
                f"should be (N, C, H, W) or (C, H, W)"
            )
        return softmax(input, -3, _stacklevel=5)
