"""Whole entries along a dimension, picked, added or overwritten: a vector has their numbers.

``index_select(0, k)`` reads the rows ``x[k]``, ``index_add`` adds to them; each is the other's
backward. Both are written out here.
"""

from __future__ import annotations

import torch
from torch import Tensor, index_copy, index_fill, index_put

from ..autograd import Rule
from ._forms import with_out

__all__ = ["index_select", "index_add", "index_copy", "index_fill", "index_put"]


class IndexSelect(Rule):
    """y = x[:, index]        dx = zeros, but dx[:, index] += dy"""

    @staticmethod
    def forward(ctx, x, dim, index):
        ctx.save_for_backward(index)
        ctx.shape, ctx.dim = x.shape, dim
        return x.index_select(dim, index)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        return dy.new_zeros(ctx.shape).index_add(ctx.dim, index, dy), None, None


class IndexAdd(Rule):
    """y = x, but y[k] += alpha source        dx = dy,  dsource = alpha dy[k]"""

    @staticmethod
    def forward(ctx, x, dim, index, source, alpha):
        ctx.save_for_backward(index)
        ctx.dim, ctx.alpha, ctx.shape = dim, alpha, source.shape
        return torch.index_add(x, dim, index, source, alpha=alpha)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        dsource = None
        if ctx.needs_input_grad[3]:
            dsource = dy.index_select(ctx.dim, index).reshape(ctx.shape) * ctx.alpha
        return dy, None, None, dsource, None


@with_out
def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Whole entries along a dimension, in any order: a copy.

    Args:
        input: the tensor
        dim: the dimension
        index: a vector of integers, the entries to take

    Examples:
        >>> torch.index_select(torch.tensor([[1, 2, 3], [4, 5, 6]]), 1, torch.tensor([2, 0]))
        tensor([[3, 1],
                [6, 4]])
    """
    return IndexSelect.apply(input, dim, index)


@with_out(cast=False)
def index_add(
    input: Tensor, dim: int, index: Tensor, source: Tensor, *, alpha: float = 1
) -> Tensor:
    """A copy with the entries of ``source`` added to those that the index names.

    Args:
        input: the tensor
        dim: the dimension
        index: a vector of integers; what is named several times gets it all
        source: what to add, an entry for each number in ``index``
        alpha: a factor for ``source``. Default: 1

    Examples:
        >>> x, rows = torch.zeros(2, 2), torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        >>> torch.index_add(x, 0, torch.tensor([1, 0, 1]), rows)
        tensor([[3., 4.],
                [6., 8.]])
    """
    return IndexAdd.apply(input, dim, index, source, alpha)
