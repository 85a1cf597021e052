"""Elements picked and overwritten one by one: where each of them is, another tensor says.

What is picked passes its gradient back to where it came from: the backward of ``gather`` is a
``scatter_add``, and the other way round. ``take`` and ``put`` count all elements row by row.
"""

from __future__ import annotations

from torch import Tensor, put, scatter, scatter_reduce, take_along_dim

from ..autograd import Rule
from ._forms import with_out

__all__ = [
    "gather",
    "take",
    "take_along_dim",
    "scatter",
    "scatter_add",
    "scatter_reduce",
    "put",
]


class Take(Rule):
    """y_i = x[k_i]        dx = zeros, but dx[k_i] += dy_i"""

    @staticmethod
    def forward(ctx, x, index):
        ctx.save_for_backward(index)
        ctx.shape = x.shape
        return x.take(index)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        return dy.new_zeros(ctx.shape).put(index, dy, accumulate=True), None


class Gather(Rule):
    """y_ij = x[i, k_ij]        dx = zeros, but dx[i, k_ij] += dy_ij"""

    @staticmethod
    def forward(ctx, x, dim, index):
        ctx.save_for_backward(index)
        ctx.shape, ctx.dim = x.shape, dim
        return x.gather(dim, index)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        return dy.new_zeros(ctx.shape).scatter_add(ctx.dim, index, dy), None, None


class ScatterAdd(Rule):
    """y = x, but y[i, k_ij] += src_ij        dx = dy,  dsrc_ij = dy[i, k_ij]"""

    @staticmethod
    def forward(ctx, x, dim, index, src):
        ctx.save_for_backward(index)
        ctx.shape, ctx.dim = src.shape, dim
        return x.scatter_add(dim, index, src)

    @staticmethod
    def backward(ctx, dy):
        (index,) = ctx.saved_tensors
        dsrc = None
        if ctx.needs_input_grad[3]:
            part = dy.gather(ctx.dim, index)
            dsrc = part.reshape(ctx.shape) if part.numel() == ctx.shape.numel() else None
            if dsrc is None:  # the index was smaller than src
                dsrc = dy.new_zeros(ctx.shape)
                dsrc[tuple(slice(n) for n in index.shape)] = part
        return dy, None, None, dsrc


@with_out(cast=False)
def gather(input: Tensor, dim: int, index: Tensor, *, sparse_grad: bool = False) -> Tensor:
    """For each element of ``index``, the element of ``input`` that it names along a dimension.

    Args:
        input: the tensor to read from
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor with as many dimensions, the other ones no larger than the input's
        sparse_grad: no matter here; gradients are dense

    Shape:
        the result has the shape of ``index``

    Examples:
        >>> scores = torch.tensor([[1, 2, 3], [4, 5, 6]])
        >>> torch.gather(scores, 1, torch.tensor([[0], [2]]))
        tensor([[1],
                [6]])
    """
    return Gather.apply(input, dim, index)


@with_out(cast=False)
def take(input: Tensor, index: Tensor) -> Tensor:
    """The elements of these numbers, counted row by row; -1 is the last.

    Args:
        input: the tensor to read from
        index: an int64 tensor

    Shape:
        the result has the shape of ``index``

    Examples:
        >>> x = torch.tensor([[4, 3, 5], [6, 7, 8]])
        >>> torch.take(x, torch.tensor([0, 2, 5]))
        tensor([4, 5, 8])
    """
    return Take.apply(input, index)


@with_out(cast=False)
def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """As ``scatter``, but adds; an element that is named several times gets it all.

    Args:
        input: the tensor
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor, as for ``gather``
        src: what is added at the places that ``index`` names

    Examples:
        >>> index, src = torch.tensor([1, 1, 2]), torch.tensor([1.0, 2.0, 4.0])
        >>> torch.scatter_add(torch.zeros(3), 0, index, src)
        tensor([0., 3., 4.])
    """
    return ScatterAdd.apply(input, dim, index, src)
