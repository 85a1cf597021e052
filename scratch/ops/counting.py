"""What there is and how often: unique, unique_consecutive, bincount, count_nonzero.

Equal elements stand next to each other once they are sorted; so ``unique`` sorts, and starts a new
group wherever one differs from the one before. NaN is not equal to itself: each is its own group.
None of these has a gradient.
"""

from __future__ import annotations

import functools
import operator

import numpy

from .._arguments import as_dim
from ..autograd import Rule
from ..tensor import Tensor, tensor_method
from ._operands import answer, tensor
from ._order import keys, sort_order, stable_order
from ._reducing import Dims, numpy_names, reduced_dims

__all__ = ["unique", "unique_consecutive", "bincount", "count_nonzero"]


class Unique2(Rule):
    """y = the elements of x, each once        no gradient"""

    @staticmethod
    def forward(ctx, x, inverse):
        y, places, counts = _unique(x.reshape(-1), inverse)
        return ctx.results(y, counts, places.reshape(x.shape) if inverse else None)

    @staticmethod
    def backward(ctx, *dy):
        raise NotImplementedError("the derivative of unique() is not implemented: it has none")

    def results(ctx, y, counts, places):
        """The results of forward, of which only the first may require a gradient."""
        if places is None:
            ctx.mark_non_differentiable(counts)
            return y, counts
        ctx.mark_non_differentiable(counts, places)
        return y, counts, places


class UniqueDim(Unique2):
    """y = the slices of x, each once        no gradient"""

    @staticmethod
    def forward(ctx, x, inverse, dim):
        return ctx.slices(x, dim, _row_order)

    def slices(ctx, x, dim, in_order):
        """The first of each group of slices, the groups' sizes, and each slice's group."""
        slices = numpy.moveaxis(x, dim, 0)
        flat = numpy.ascontiguousarray(slices).reshape(len(slices), x.size // max(len(slices), 1))
        order = in_order(flat)
        flat = flat[order]
        new = _differs((flat[1:] != flat[:-1]).any(axis=1), len(flat))
        y = numpy.moveaxis(numpy.ascontiguousarray(slices[order[new]]), 0, dim)
        return ctx.results(y, _sizes(new), _places(new, order))


class UniqueConsecutive(UniqueDim):
    """y = x without those that equal the one before        no gradient"""

    @staticmethod
    def forward(ctx, x, inverse, dim):
        if dim is not None:
            return ctx.slices(x, dim, lambda rows: numpy.arange(len(rows)))
        flat = x.reshape(-1)
        new = _differs(flat[1:] != flat[:-1], flat.size)
        places = _places(new, slice(None)).reshape(x.shape) if inverse else None
        return ctx.results(flat[new], _sizes(new), places)


class Bincount(Rule):
    """y[n] = the sum of the weights where x is n        no gradient"""

    @staticmethod
    def forward(ctx, x, weights, minlength):
        return _bins(x, weights, minlength).astype(weights.dtype)

    @staticmethod
    def backward(ctx, dy):
        raise RuntimeError("the derivative of bincount() is not implemented")


def _unique(x: numpy.ndarray, inverse: bool) -> tuple:
    """The elements of a vector in order, each one's group if wanted, and the groups' sizes."""
    if x.dtype.kind in "bui" and x.size:
        low, high = int(x.min()), int(x.max())
        if high - low < max(2 * x.size, 1000):  # there is room for a table of all that may occur
            table = numpy.bincount(_from(x, low))
            found = numpy.flatnonzero(table)
            places = (numpy.cumsum(table > 0) - 1)[_from(x, low)] if inverse else None
            return (found + low).astype(x.dtype), places, table[found]
    order = slice(None)
    if _sort_decides(x):
        order = sort_order(keys(x, False)[None])[0]
        ordered = x[order]
    elif inverse:
        order = stable_order(keys(x, False)[None])[0]
        ordered = x[order]
    else:
        ordered = numpy.sort(x)
    new = _differs(ordered[1:] != ordered[:-1], x.size)
    return ordered[new], _places(new, order) if inverse else None, _sizes(new)


def _from(x: numpy.ndarray, low: int) -> numpy.ndarray:
    """x - low, for integers of any size."""
    if x.dtype.kind == "b":
        return x.view(numpy.uint8)
    return x.astype(numpy.int64) - low if low else x


def _sort_decides(x: numpy.ndarray) -> bool:
    """Whether x has NaNs to be numbered, or -0.0 and 0.0, of which the first stands for both."""
    if x.dtype.kind != "f" or not x.size:
        return False
    negative = numpy.signbit(x[x == 0])
    return bool(numpy.isnan(x.max()) or (negative.any() and not negative.all()))


def _differs(steps: numpy.ndarray, n: int) -> numpy.ndarray:
    """Where a group begins: at the first of n, and where one differs from the one before."""
    new = numpy.ones(n, bool)
    new[1:] = steps
    return new


def _sizes(new: numpy.ndarray) -> numpy.ndarray:
    """How many elements are in each group."""
    return numpy.diff(numpy.flatnonzero(new), append=len(new))


def _places(new: numpy.ndarray, order) -> numpy.ndarray:
    """Which group each element is in."""
    places = numpy.empty(len(new), numpy.int64)
    places[order] = numpy.cumsum(new)
    places -= 1
    return places


def _row_order(x: numpy.ndarray) -> numpy.ndarray:
    """The indices that sort the rows of a matrix as words are sorted, letter by letter."""
    n, letters = x.shape
    if n < 2 or not letters:
        return numpy.arange(n)
    key = keys(x, False)
    if letters < 8:
        order = numpy.lexsort(key.T[::-1])
    else:  # As bytes, the highest first and the sign turned round, the order is the same.
        key = key ^ numpy.iinfo(key.dtype).min
        words = numpy.ascontiguousarray(key.astype(key.dtype.newbyteorder(">")))
        words = words.view(f"V{words.itemsize * letters}").reshape(-1)
        order = numpy.argsort(words, kind="stable")
    if not _sort_decides(x):
        return order
    rank = numpy.empty(n, numpy.int32)
    rank[order] = numpy.cumsum(_differs((key[order[1:]] != key[order[:-1]]).any(axis=1), n))
    return sort_order(rank[None])[0]


# ---- functions ----------------------------------------------------------------------------------


@tensor_method
def unique(
    input: Tensor,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Tensor | tuple[Tensor, ...]:
    """The different elements of a tensor, each once, in order.

    Args:
        input: a tensor
        sorted: no matter here; they are always in order
        return_inverse: also give, for each element of the input, its index in the result
        return_counts: also give how often each one occurs
        dim: compare whole slices along this dimension. Default: None, single elements

    Examples:
        >>> labels = torch.tensor([3, 1, 3, 7])
        >>> labels.unique()
        tensor([1, 3, 7])
        >>> labels.unique(return_counts=True)
        (tensor([1, 3, 7]), tensor([1, 2, 1]))
        >>> values, inverse = labels.unique(return_inverse=True)
        >>> values[inverse]
        tensor([3, 1, 3, 7])
    """
    x = tensor(input)
    if dim is None:
        results = Unique2.apply(x, bool(return_inverse))
    else:
        results = UniqueDim.apply(x, bool(return_inverse), _slices(x, dim))
    return _chosen(*results, return_inverse=return_inverse, return_counts=return_counts)


@tensor_method
def unique_consecutive(
    input: Tensor,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Tensor | tuple[Tensor, ...]:
    """The elements of a tensor without those that equal the one before.

    Args:
        input: a tensor, read as if it were flat
        return_inverse: also give, for each element of the input, its index in the result
        return_counts: also give how many equal ones stood there
        dim: compare whole slices along this dimension. Default: None, single elements

    Examples:
        >>> torch.tensor([1, 1, 2, 2, 2, 1]).unique_consecutive(return_counts=True)
        (tensor([1, 2, 1]), tensor([2, 3, 1]))
    """
    x = tensor(input)
    dim = None if dim is None else _slices(x, dim)
    results = UniqueConsecutive.apply(x, bool(return_inverse), dim)
    return _chosen(*results, return_inverse=return_inverse, return_counts=return_counts)


def _chosen(y, counts, places=None, *, return_inverse: bool, return_counts: bool):
    if not (return_inverse or return_counts):
        return y
    return (y, *[places] * bool(return_inverse), *[counts] * bool(return_counts))


def _slices(x: Tensor, dim: int) -> int:
    """The dimension, if there are slices along it to compare."""
    shape = x.array.shape
    if not shape:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    dim = as_dim(dim, len(shape))
    if 0 in shape and shape[dim]:
        raise RuntimeError(
            f"unique(): There are 0 sized dimensions, and they aren't selected, so unique cannot "
            f"be applied: the shape is {list(shape)}, and dim is {dim}"
        )
    return dim


@tensor_method
def bincount(input: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
    """How often each of 0, 1, 2 ... occurs in a vector.

    Args:
        input: a vector of integers, none negative
        weights: count each element as so many. Default: as one
        minlength: the smallest size of the result, which goes up to the largest element

    Examples:
        >>> torch.tensor([1, 3, 1]).bincount()
        tensor([0, 2, 0, 1])
        >>> torch.tensor([1, 3, 1]).bincount(weights=torch.tensor([0.5, 1.0, 0.25]))
        tensor([0.0000, 0.7500, 0.0000, 1.0000])
    """
    x, minlength = tensor(input).array, operator.index(minlength)
    if weights is not None and not isinstance(weights, Tensor):
        raise TypeError(
            f"bincount(): argument 'weights' must be Tensor, not {type(weights).__name__}"
        )
    if x.dtype.kind not in "ui":
        raise NotImplementedError(f"bincount() is not implemented for {input.dtype}: use integers")
    if minlength < 0:
        raise RuntimeError(f"bincount(): minlength should be >= 0, not {minlength}")
    if x.ndim != 1:
        raise RuntimeError(_NO_BINS)
    if weights is None or not x.size:
        return answer(_bins(x, None, minlength))
    if weights.array.shape != x.shape:
        raise RuntimeError(
            f"bincount(): weights should be 1-d and have the same length as input: "
            f"{list(weights.array.shape)} and {list(x.shape)}"
        )
    if weights.array.dtype not in (numpy.float32, numpy.float64):
        weights = weights.double()
    return Bincount.apply(input, weights, minlength)


_NO_BINS = "bincount only supports 1-d non-negative integral inputs."


def _bins(x: numpy.ndarray, weights: numpy.ndarray | None, minlength: int) -> numpy.ndarray:
    try:
        return numpy.bincount(x, weights, minlength)
    except ValueError:
        raise RuntimeError(_NO_BINS) from None


@numpy_names
def count_nonzero(input: Tensor, dim: Dims = None) -> Tensor:
    """How many elements are not zero.

    Args:
        input: a tensor
        dim: the dimension or dimensions to count along. Default: None, all

    Examples:
        >>> x = torch.tensor([[0, 5], [7, 0], [0, 1]])
        >>> x.count_nonzero()
        tensor(3)
        >>> x.count_nonzero(dim=0)
        tensor([1, 2])
    """
    x = tensor(input).array
    dims = reduced_dims(dim, x.ndim)
    mask = x if x.dtype == bool else x != 0
    if len(dims) == x.ndim:
        return answer(numpy.int64(numpy.count_nonzero(mask)))
    return answer(numpy.asarray(mask.sum(axis=dims, dtype=numpy.int64), order="C"))


@tensor_method("count_nonzero")
@functools.wraps(count_nonzero)
def _count_nonzero(self: Tensor, *dims: int, **options) -> Tensor:
    """The method, which takes the dimensions one by one too."""
    return count_nonzero(self, *[dims] if len(dims) > 1 else dims, **options)
