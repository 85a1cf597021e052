"""Grids, pairs and positions: all combinations of what several vectors hold.

What the grids repeat is not copied: a *view* with strides of 0 shows a vector again in every row.
"""

from __future__ import annotations

import itertools
import math
import warnings

import numpy

from .. import dtypes
from .._arguments import as_sizes
from ..autograd.variable import wrap
from ..tensor import Tensor
from ._operands import need_only_tensors, tensor
from .indexing import Index
from .joining import stack
from .splitting import unbind
from .triangles import positions

__all__ = [
    "meshgrid",
    "cartesian_prod",
    "combinations",
    "vander",
    "unravel_index",
]


# ---- of tensors -------------------------------------------------------------------------------


def meshgrid(*tensors: Tensor | list[Tensor], indexing: str | None = None) -> tuple[Tensor, ...]:
    """For each of several vectors a grid, in which it is repeated along the others: views.

    Args:
        tensors: vectors or numbers, one by one or as a list
        indexing: "ij": the first one is a column of the grid, the second one a row; "xy": the first
            one a row, the second one a column. Default: "ij", with a warning

    Examples:
        >>> x, y = torch.meshgrid(torch.tensor([1, 2]), torch.tensor([3, 4, 5]), indexing="ij")
        >>> x
        tensor([[1, 1, 1],
                [2, 2, 2]])
        >>> y
        tensor([[3, 4, 5],
                [3, 4, 5]])
    """
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    need_only_tensors("meshgrid", tensors)
    if not tensors:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    for x in tensors:
        if x.array.ndim > 1:
            raise RuntimeError(
                f"torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got one of shape "
                f"{list(x.array.shape)}"
            )
    if len({x.array.dtype for x in tensors}) > 1:
        raise RuntimeError("torch.meshgrid expects all tensors to have the same dtype")
    if indexing is None:
        warnings.warn(
            "torch.meshgrid: in an upcoming release, it will be required to pass the indexing "
            'argument: say indexing="ij" for what it does now',
            stacklevel=2,
        )
    elif indexing not in ("ij", "xy"):
        raise RuntimeError(
            f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    swapped = indexing == "xy" and len(tensors) >= 2
    if swapped:
        tensors = (tensors[1], tensors[0], *tensors[2:])
    sizes = tuple(x.array.size for x in tensors)
    grids = []
    for i, x in enumerate(tensors):
        ahead, behind = (1,) * i, (1,) * (len(sizes) - i - 1)
        grids.append(x.view((*ahead, -1 if sizes[i] else 0, *behind)).expand(sizes))
    if swapped:
        grids[:2] = grids[1], grids[0]
    return tuple(grids)


def cartesian_prod(*tensors: Tensor) -> Tensor:
    """All ways to choose one element of each vector, a way a row.

    Args:
        tensors: vectors; of a single one, the result is that one

    Examples:
        >>> torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4]))
        tensor([[1, 3],
                [1, 4],
                [2, 3],
                [2, 4]])
    """
    need_only_tensors("cartesian_prod", tensors)
    if not tensors:
        raise RuntimeError("cartesian_prod expects a non-empty list of tensors")
    for x in tensors:
        if x.array.ndim != 1:
            raise RuntimeError(f"Expect a 1D vector, but got shape {list(x.array.shape)}")
    if len(tensors) == 1:
        return tensors[0]
    return stack([x.flatten() for x in meshgrid(*tensors, indexing="ij")], 1)


def combinations(input: Tensor, r: int = 2, with_replacement: bool = False) -> Tensor:
    """All ways to choose r elements of a vector, in their order there, a way a row.

    Args:
        input: the vector
        r: how many. Default: 2
        with_replacement: whether an element may be chosen several times. Default: False

    Examples:
        >>> torch.combinations(torch.tensor([1, 2, 3]))
        tensor([[1, 2],
                [1, 3],
                [2, 3]])
    """
    if tensor(input).array.ndim != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(input.array.shape)}")
    if r < 0:
        raise RuntimeError(f"Expect a non-negative number, but got {r}")
    if r == 0:
        return input.new_empty(0)
    return stack(
        [Index.apply(input, i) for i in _choices(input.array.size, r, with_replacement)], 1
    )


def _choices(n: int, r: int, again: bool) -> numpy.ndarray:
    """All ways to choose r of n numbers in ascending order: a column each."""
    last = numpy.arange(n)
    if r == 1:
        return last[None]
    if r == 2:
        return positions(last if again else last + 1, numpy.full_like(last, n))
    choose = itertools.combinations_with_replacement if again else itertools.combinations
    flat = itertools.chain.from_iterable(choose(range(n), r))
    return numpy.fromiter(flat, numpy.int64).reshape(-1, r).T.copy()


def vander(x: Tensor, N: int | None = None, increasing: bool = False) -> Tensor:
    """The powers of each element of a vector, a row each.

    Args:
        x: the vector
        N: how many powers, beginning with 0. Default: as many as there are elements
        increasing: whether the powers go up from left to right. Default: False

    Examples:
        >>> torch.vander(torch.tensor([1, 2, 3]), increasing=True)
        tensor([[1, 1, 1],
                [1, 2, 4],
                [1, 3, 9]])
    """
    if tensor(x).array.ndim != 1:
        raise RuntimeError("x must be a one-dimensional tensor.")
    N = x.array.size if N is None else N
    if N < 0:
        raise RuntimeError("N must be non-negative.")
    kind = dtypes.promote_types(x.dtype, dtypes.int64)
    y = wrap(numpy.empty((x.array.size, N), kind.numpy))
    if N > 0:
        y.select(1, 0).fill_(1)
    if N > 1:
        powers = y.narrow(1, 1, N - 1).copy_(x.unsqueeze(1).expand(x.array.size, N - 1))
        powers.cumprod_(1)
    return y if increasing else y.flip(1)


# ---- positions --------------------------------------------------------------------------------


def unravel_index(indices: Tensor, shape: int | tuple[int, ...]) -> tuple[Tensor, ...]:
    """From positions in a flattened tensor to positions along each of its dimensions.

    Args:
        indices: a tensor of integers
        shape: the shape before it was flattened

    Examples:
        >>> torch.unravel_index(torch.tensor(5), (2, 3))
        (tensor(1), tensor(2))
    """
    sizes = (shape,) if isinstance(shape, int) else as_sizes((shape,), "unravel_index", "shape")
    if tensor(indices).array.dtype.kind not in "iu":
        raise TypeError(f"expected 'indices' to be an integer dtype, but got {indices.dtype}")
    if any(n < 0 for n in sizes):
        raise ValueError(f"'shape' cannot have negative values, but got {tuple(sizes)}")
    if 0 in sizes and indices.array.size:
        raise RuntimeError(f"there is no position in a tensor of shape {tuple(sizes)}")
    positions = indices.array.astype(numpy.int64)
    y = numpy.empty((*positions.shape, len(sizes)), numpy.int64)
    for i, n in enumerate(sizes):  # by one number NumPy divides quickly, though % takes its time
        counted = positions // max(1, math.prod(sizes[i + 1 :]))
        y[..., i] = counted - counted // max(1, n) * max(1, n)
    return unbind(wrap(y), -1)
