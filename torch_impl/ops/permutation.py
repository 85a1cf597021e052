"""The same dimensions in another order, the same entries in another order.

Exchanging dimensions is undone by exchanging them once more, and so is its gradient.
"""

from __future__ import annotations

from torch import (
    Tensor,
    adjoint,
    flip,
    fliplr,
    flipud,
    moveaxis,
    movedim,
    roll,
    rot90,
    swapaxes,
    swapdims,
)

from ..autograd import ViewRule

__all__ = [
    "transpose",
    "swapaxes",
    "swapdims",
    "t",
    "permute",
    "movedim",
    "moveaxis",
    "adjoint",
    "flip",
    "fliplr",
    "flipud",
    "rot90",
    "roll",
]


class Transpose(ViewRule):
    """y = x with two dimensions exchanged        dx = dy with them exchanged back"""

    @staticmethod
    def forward(ctx, x, dim0, dim1):
        ctx.dims = dim0, dim1
        return x.transpose(dim0, dim1)

    @staticmethod
    def backward(ctx, dy):
        return dy.transpose(*ctx.dims), None, None


class T(ViewRule):
    """y = the transpose of the matrix x        dx = the transpose of dy"""

    @staticmethod
    def forward(ctx, x):
        return x.t()

    @staticmethod
    def backward(ctx, dy):
        return dy.t()


class Permute(ViewRule):
    """y's dimension i is x's dimension dims[i]        dx's dimension dims[i] is dy's dimension i"""

    @staticmethod
    def forward(ctx, x, dims):
        ctx.dims = [dim % x.ndim for dim in dims]
        return x.permute(dims)

    @staticmethod
    def backward(ctx, dy):
        back = sorted(range(len(ctx.dims)), key=ctx.dims.__getitem__)
        return dy.permute(back), None


def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """The tensor with two dimensions exchanged: a view.

    Args:
        input: the tensor
        dim0: one of the dimensions
        dim1: the other one

    Examples:
        >>> torch.transpose(torch.tensor([[1, 2, 3], [4, 5, 6]]), 0, 1)
        tensor([[1, 4],
                [2, 5],
                [3, 6]])
    """
    return Transpose.apply(input, dim0, dim1)


def t(input: Tensor) -> Tensor:
    """The transpose of a matrix: a view. A vector stays what it is."""
    return T.apply(input)


def permute(input: Tensor, dims: tuple[int, ...]) -> Tensor:
    """The tensor with its dimensions in another order: a view.

    Args:
        input: the tensor
        dims: for each dimension of the result, which one of the input it is

    Examples:
        >>> torch.permute(torch.zeros(2, 3, 4), (2, 0, 1)).shape
        torch.Size([4, 2, 3])
    """
    return Permute.apply(input, dims)
