"""Copies: the same numbers in another dtype, in memory of their own, or over another tensor's.

Only ``clone`` is a function; ``to``, ``float``, ``copy_`` and their like are methods, and those are
torch's own. Their gradient is that of a copy, converted back:

>>> x = torch.tensor([1.0, 2.0], requires_grad=True)
>>> y = x.to(torch.float64)
>>> y.backward(torch.tensor([0.5, 3.0], dtype=torch.float64))
>>> x.grad
tensor([0.5000, 3.0000])
"""

from __future__ import annotations

from torch import Tensor

from ..autograd import Rule

__all__ = ["clone"]


class Clone(Rule):
    """y = x, in memory of its own        dx = dy"""

    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, dy):
        return dy


def clone(input: Tensor) -> Tensor:
    """A copy of the tensor, through which gradients flow back to it.

    Examples:
        >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> torch.clone(x)
        tensor([1., 2.], grad_fn=<CloneBackward>)
    """
    return Clone.apply(input)
