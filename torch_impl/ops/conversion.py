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

import torch
from torch import Tensor, detach, detach_, fill, fill_, zero_

from ..autograd import Rule

__all__ = ["clone", "fill_", "fill", "zero_", "detach", "detach_"]


class Clone(Rule):
    """y = x, in memory of its own        dx = dy"""

    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, dy):
        return dy


class CloneAs(Clone):
    """y = x, in another memory format        dx = dy"""

    @staticmethod
    def forward(ctx, x, memory_format):
        return x.clone(memory_format=memory_format)

    @staticmethod
    def backward(ctx, dy):
        return dy, None


def clone(input: Tensor, *, memory_format: torch.memory_format = torch.preserve_format) -> Tensor:
    """A copy of the tensor, through which gradients flow back to it.

    Args:
        input: the tensor
        memory_format: in which order its elements lie. Default: as before

    Examples:
        >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> torch.clone(x)
        tensor([1., 2.], grad_fn=<CloneBackward>)
    """
    if memory_format is torch.preserve_format or memory_format is None:
        return Clone.apply(input)
    return CloneAs.apply(input, memory_format)
