"""Elements in order: sort, argsort, msort, topk, kthvalue, mode.

Whatever is picked out of a tensor, sorted or the largest only, gives its gradient back to the place
where it came from: forward gathers, backward scatters, by the same indices. ``kthvalue`` and
``mode`` do it in the same way; they and ``argsort`` and ``msort`` are torch's own:

>>> torch.tensor([3.0, 1.0, 2.0]).argsort()
tensor([1, 2, 0])
>>> torch.kthvalue(torch.tensor([4, 1, 3]), 2).indices
tensor(2)
"""

from __future__ import annotations

import torch
from torch import Tensor, argsort, kthvalue, mode, msort

from ..autograd import Rule
from ._forms import with_out
from ._operands import tensor
from ._reducing import numpy_names

__all__ = ["sort", "argsort", "msort", "topk", "kthvalue", "mode"]


class Sort(Rule):
    """y = x[order], ascending        dx[order] = dy"""

    @staticmethod
    def forward(ctx, x, dim, descending, stable):
        order = torch.sort(x, dim=dim, descending=descending, stable=stable).indices
        return Sort.results(ctx, x, dim, order)

    @staticmethod
    def backward(ctx, dy, dindices):
        (indices,) = ctx.saved_tensors
        dx = torch.zeros(ctx.shape, dtype=dy.dtype, device=dy.device)
        dx = dx.scatter(ctx.dim, indices, dy.reshape(indices.shape))
        return dx, *(None for _ in ctx.needs_input_grad[1:])

    @staticmethod
    def results(ctx, x, dim, indices, keepdim=True):
        """What is at the indices, and these, after what backward needs is kept."""
        ctx.shape, ctx.dim = x.shape, dim
        ctx.save_for_backward(indices)
        y = x.gather(dim, indices)
        if not keepdim:
            y, indices = y.squeeze(dim), indices.squeeze(dim)
        ctx.mark_non_differentiable(indices)
        return y, indices


class Topk(Sort):
    """y = x[the k largest]        dx = 0, but dx[the k largest] = dy"""

    @staticmethod
    def forward(ctx, x, dim, k, largest, sorted):
        return Sort.results(ctx, x, dim, torch.topk(x, k, dim, largest, sorted).indices)


# ---- functions ----------------------------------------------------------------------------------


@with_out
@numpy_names
def sort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool | None = False
) -> tuple[Tensor, Tensor]:
    """The elements along a dimension in order, and where each of them was.

    Args:
        input: a tensor
        dim: the dimension. Default: the last
        descending: the largest first. Default: False
        stable: equal elements stay in order. Default: False, they may stand in any

    Examples:
        >>> values, indices = torch.sort(torch.tensor([3.0, 1.0, 2.0]))
        >>> values, indices
        (tensor([1., 2., 3.]), tensor([1, 2, 0]))
        >>> torch.sort(torch.tensor([3.0, 1.0, 2.0]), descending=True).values
        tensor([3., 2., 1.])
    """
    return torch.return_types.sort(Sort.apply(tensor(input), dim, descending, bool(stable)))


@with_out
@numpy_names
def topk(
    input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
) -> tuple[Tensor, Tensor]:
    """The k largest elements along a dimension, and where they are.

    Args:
        input: a tensor of numbers
        k: how many
        dim: the dimension. Default: the last
        largest: False for the k smallest. Default: True
        sorted: the best first. Default: True; otherwise they may stand in any order

    Examples:
        >>> probabilities = torch.tensor([0.1, 0.6, 0.3])
        >>> torch.topk(probabilities, 2)
        torch.return_types.topk(
        values=tensor([0.6000, 0.3000]),
        indices=tensor([1, 2]))
    """
    return torch.return_types.topk(Topk.apply(tensor(input), dim, k, largest, sorted))
