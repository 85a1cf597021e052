"""The same numbers in another shape.

The gradient of another shape is the gradient in the old shape: nothing is computed. The results are
views, as torch's own are. What torch's own can do besides: be changed in place where a gradient is
wanted. A view that a ``Function`` of one's own returns refuses that.
"""

from __future__ import annotations

import math

from torch import Tensor, atleast_1d, atleast_2d, atleast_3d, ravel, unflatten

from ..autograd import ViewRule
from ._reducing import numpy_names

__all__ = [
    "reshape",
    "flatten",
    "unflatten",
    "ravel",
    "squeeze",
    "unsqueeze",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
]


class View(ViewRule):
    """y = x in another shape        dx = dy in the shape of x"""

    @staticmethod
    def forward(ctx, x, shape):
        ctx.shape = x.shape
        return x.reshape(shape)

    @staticmethod
    def backward(ctx, dy):
        return dy.reshape(ctx.shape), None


def reshape(input: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The tensor in another shape: a view where strides allow it, else a copy.

    Args:
        shape: the sizes; one of them may be -1: whatever is left

    Examples:
        >>> torch.reshape(torch.reshape(torch.arange(6), (2, 3)).t(), (-1,))
        tensor([0, 3, 1, 4, 2, 5])
    """
    return View.apply(input, shape)


def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """The tensor with several neighbouring dimensions made one.

    Args:
        input: the tensor
        start_dim: the first of them. Default: 0
        end_dim: the last of them. Default: -1

    Examples:
        >>> torch.flatten(torch.zeros(2, 3, 4), 1).shape
        torch.Size([2, 12])
    """
    shape = tuple(input.shape) or (1,)
    start, end = _counted(start_dim, len(shape)), _counted(end_dim, len(shape))
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if start == end and input.ndim:
        return input
    merged = math.prod(shape[start : end + 1])
    return reshape(input, (*shape[:start], merged, *shape[end + 1 :]))


@numpy_names
def squeeze(input: Tensor, dim: int | tuple[int, ...] | None = None) -> Tensor:
    """The tensor without dimensions of size 1.

    Args:
        input: the tensor
        dim: the dimension to take away, or several; larger ones stay. Default: all of size 1

    Examples:
        >>> torch.squeeze(torch.zeros(1, 3, 1)).shape
        torch.Size([3])
        >>> torch.squeeze(torch.zeros(1, 3, 1), 0).shape
        torch.Size([3, 1])
    """
    ndim = max(input.ndim, 1)
    if dim is None:
        gone = set(range(ndim))
    else:
        dims = dim if isinstance(dim, (tuple, list)) else (dim,)
        gone = {_counted(d, ndim) for d in dims}
        if len(gone) < len(dims):
            raise RuntimeError("a dim appears multiple times in the list of dims")
    return View.apply(input, [n for i, n in enumerate(input.shape) if n != 1 or i not in gone])


@numpy_names
def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """The tensor with one more dimension, of size 1.

    Args:
        input: the tensor
        dim: where the new dimension will be

    Examples:
        >>> torch.unsqueeze(torch.zeros(2, 3), -1).shape
        torch.Size([2, 3, 1])
    """
    dim = _counted(dim, input.ndim + 1)
    return View.apply(input, (*input.shape[:dim], 1, *input.shape[dim:]))


def _counted(dim: int, ndim: int) -> int:
    """A dimension counted from the front."""
    if not -ndim <= dim < ndim:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], but got "
            f"{dim})"
        )
    return dim % ndim
