"""Numbers into bins: histc and histogram count them, searchsorted and bucketize say which one.

Bins are given by their edges, in order. A number on an edge belongs to the bin on the right, except
that the last bin has its right edge too. Counting has no gradient.
"""

from __future__ import annotations

import math
import operator

import numpy

from .. import dtypes
from ..autograd import Rule
from ..autograd.variable import wrap
from ..ranges import linspace
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._operands import answer, tensor
from ._out import deliver, need_tensor
from ._reducing import return_type

__all__ = ["histc", "histogram", "searchsorted", "bucketize"]

HistogramResult = return_type("histogram", "hist", "bin_edges")


class Histogram(Rule, name="torch::autograd::NotImplemented"):
    """y[i] = the sum of the weights of the x in bin i        no gradient"""

    @staticmethod
    def forward(ctx, x, weight, edges, even, density):
        left, right = edges[0], edges[-1]
        x = x.reshape(-1)
        weight = None if weight is None else weight.reshape(-1)
        inside = (x >= left) & (x <= right)
        if not inside.all():
            x = x[inside]
            weight = None if weight is None else weight[inside]
        n = len(edges) - 1
        if even:
            bin = bins_of(x, left, right, n)
            bin -= x < edges[bin]  # rounding may have put a number next to its bin
            bin += x >= edges[bin + 1]
        else:
            bin = numpy.searchsorted(edges, x, "right") - 1
        numpy.minimum(bin, n - 1, out=bin)
        y = numpy.bincount(bin, weight, n).astype(x.dtype)
        if density:
            y /= y.sum()
            y /= numpy.diff(edges)
        return y, edges.copy()

    @staticmethod
    def backward(ctx, *dy):
        raise RuntimeError("the derivative of histogram() is not implemented")


def bins_of(x: numpy.ndarray, left: float, right: float, n: int) -> numpy.ndarray:
    """Which of n bins of equal width each number is in."""
    if left == right:
        return numpy.full(x.shape, min(1, n - 1))  # bins too narrow to tell apart: torch's choice
    y = x - left
    y *= n
    y /= right - left
    return numpy.minimum(y.astype(numpy.int64), n - 1)


# ---- functions ----------------------------------------------------------------------------------


@with_out(cast=False)
@tensor_method
def histc(
    input: Tensor, bins: int = 100, min: float | Tensor = 0, max: float | Tensor = 0
) -> Tensor:
    """How many elements lie in each of some bins of equal width.

    Args:
        input: a tensor of floating-point numbers; what lies outside the bins does not count
        bins: how many
        min, max: where the first one begins and the last one ends. Default: both 0, for the
            smallest and the largest element

    Examples:
        >>> torch.tensor([1.0, 2.0, 1.0, 4.0]).histc(bins=3, min=1, max=4)
        tensor([2., 1., 1.])
    """
    x, bins = tensor(input).array, operator.index(bins)
    _floats(input, "histc")
    low, high = (float(edge) for edge in (min, max))
    if bins <= 0:
        raise RuntimeError(f"histc(): bins must be > 0, but got {bins}")
    if low == high and x.size:
        low, high = float(x.min()), float(x.max())
    if low == high:
        low, high = low - 1, high + 1
    if not (math.isfinite(low) and math.isfinite(high)):
        raise RuntimeError(f"histc(): range of [{low:g}, {high:g}] is not finite")
    if low > high:
        raise RuntimeError("histc(): max must be larger than min")
    x = x.reshape(-1)
    left, right = x.dtype.type(low), x.dtype.type(high)
    inside = (x >= left) & (x <= right)
    if not inside.all():
        x = x[inside]
    return answer(numpy.bincount(bins_of(x, left, right, bins), minlength=bins).astype(x.dtype))


@with_out
@tensor_method
def histogram(
    input: Tensor,
    bins: int | Tensor = 100,
    *,
    range: tuple[float, float] | None = None,
    weight: Tensor | None = None,
    density: bool = False,
) -> tuple[Tensor, Tensor]:
    """How many elements lie in each bin, and the bins' edges.

    Args:
        input: a tensor of floating-point numbers; what lies outside the bins does not count
        bins: how many, of equal width; or their edges, in order
        range: where the first one begins and the last one ends. Default: at the smallest and the
            largest element
        weight: count each element as so many. Default: as one
        density: divide by the total and by the bins' widths, so that the area is 1

    Examples:
        >>> torch.tensor([1.0, 2.0, 1.0, 4.0]).histogram(3)
        torch.return_types.histogram(
        hist=tensor([2., 1., 1.]),
        bin_edges=tensor([1., 2., 3., 4.]))
    """
    x = tensor(input).array
    halves = isinstance(bins, Tensor) or range is not None or not x.size
    _floats(input, "histogram", *[] if halves else (numpy.float32, numpy.float64))
    if weight is not None:
        need_tensor(weight, "histogram(): argument 'weight'")
        if weight.array.size != x.size or weight.array.dtype != x.dtype:
            raise RuntimeError(
                f"histogram(): weight should have the shape and dtype of the input, "
                f"{list(x.shape)} and {input.dtype}, not {list(weight.shape)} and {weight.dtype}"
            )
    if isinstance(bins, Tensor):
        if range is not None:
            raise TypeError("histogram(): edges as bins have their own range: leave range= out")
        edges = _edges(bins, input)
    else:
        n = _number_of_bins(operator.index(bins))
        edges = linspace(*_range(x, range), n + 1, dtype=input.dtype)
    return HistogramResult(*Histogram.apply(input, weight, edges, edges is not bins, bool(density)))


def _edges(bins: Tensor, input: Tensor) -> Tensor:
    if bins.array.ndim != 1 or not bins.array.size:
        raise RuntimeError(
            f"histogram(): bins must be a vector of edges, not of shape {list(bins.shape)}"
        )
    if bins.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"histogram(): input tensor and bins tensors should have the same dtype, not "
            f"{input.dtype} and {bins.dtype}"
        )
    _number_of_bins(bins.array.size - 1)
    return bins


def _number_of_bins(n: int) -> int:
    if n <= 0:
        raise RuntimeError(f"histogram(): bins must be > 0, but got {n}")
    return n


def _range(x: numpy.ndarray, given: tuple[float, float] | None) -> tuple[float, float]:
    if given is not None:
        if len(given) != 2:
            raise RuntimeError(f"histogram(): range should have 2 elements, but got {len(given)}")
        low, high = map(float, given)
    elif x.size:
        low, high = float(x.min()), float(x.max())
    else:
        low, high = 0.0, 1.0
    if not (math.isfinite(low) and math.isfinite(high)):
        raise RuntimeError(f"histogram(): range [{low:g}, {high:g}] is not finite")
    if low > high:
        raise RuntimeError(f"histogram(): min should not exceed max, but got {low:g} and {high:g}")
    return (low - 0.5, high + 0.5) if low == high else (low, high)


def _floats(x: Tensor, function: str, *kinds: type) -> None:
    kind = x.array.dtype
    if kind.kind != "f" or (kinds and kind not in kinds):
        raise NotImplementedError(f"{function}() is not implemented for {x.dtype}")


def searchsorted(
    sorted_sequence: Tensor,
    input: Tensor | float,
    *,
    out_int32: bool = False,
    right: bool = False,
    side: str | None = None,
    sorter: Tensor | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Where numbers would have to be inserted for a sequence to stay in order.

    Args:
        sorted_sequence: numbers in order along the last dimension
        input: what to insert; with the same dimensions but the last, or anything into a vector
        out_int32: give int32, not int64
        right: behind equal elements. Default: False, in front of them
        side: ``"left"`` or ``"right"``, the same in words
        sorter: the indices that would sort the sequence, if it is not in order
        out: the tensor to write the result to

    Examples:
        >>> torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([0, 3, 4]))
        tensor([0, 1, 2])
        >>> torch.searchsorted(torch.tensor([1, 3, 5]), 3, right=True)
        tensor(2)
    """
    if not isinstance(sorted_sequence, Tensor):
        raise TypeError(
            f"searchsorted(): argument 'sorted_sequence' (position 1) must be Tensor, not "
            f"{type(sorted_sequence).__name__}"
        )
    right = _side(side, right)
    edges, values = _common(sorted_sequence, input, "searchsorted")
    if edges.ndim != 1 and edges.shape[:-1] != values.shape[:-1] or not edges.ndim:
        raise RuntimeError(
            f"searchsorted(): the sequence should be 1 dimension, or its first N-1 dimensions and "
            f"those of the values must match, but their shapes are {list(edges.shape)} and "
            f"{list(values.shape)}"
        )
    if edges.ndim != 1 and not values.ndim:
        raise RuntimeError("searchsorted(): one number can only be searched in a vector")
    if sorter is not None:
        edges = numpy.take_along_axis(edges, _sorter(sorter, edges), axis=-1)
    return _delivered(_search(edges, values, right), out_int32, out, "searchsorted")


def bucketize(
    input: Tensor | float,
    boundaries: Tensor,
    *,
    out_int32: bool = False,
    right: bool = False,
    out: Tensor | None = None,
) -> Tensor:
    """Which bucket each number is in, of those between some boundaries: ``searchsorted`` the other
    way round.

    Args:
        input: the numbers
        boundaries: a vector, in order
        out_int32: give int32, not int64
        right: a number on a boundary belongs to the bucket behind it. Default: False
        out: the tensor to write the result to

    Examples:
        >>> ages = torch.tensor([5, 18, 40])
        >>> torch.bucketize(ages, torch.tensor([12, 18, 65]))
        tensor([0, 1, 2])
    """
    need_tensor(boundaries, "bucketize(): argument 'boundaries'")
    if boundaries.array.ndim != 1:
        raise RuntimeError(
            f"bucketize(): boundaries tensor must be 1 dimension, but got shape "
            f"{list(boundaries.shape)}"
        )
    edges, values = _common(boundaries, input, "bucketize")
    return _delivered(_search(edges, values, right), out_int32, out, "bucketize")


def _common(edges: Tensor, values: Tensor | float, function: str) -> tuple:
    """Both as arrays of a dtype in which they can be compared."""
    if not isinstance(values, Tensor):
        if not isinstance(values, (int, float, numpy.generic)):
            raise TypeError(f"{function}(): values must be Tensor or number, not {values!r}")
        values = wrap(numpy.asarray(values, None if isinstance(values, float) else numpy.int64))
    kind = dtypes.result_type(edges, values).numpy
    if kind.kind == "b" and values.array.size:
        raise NotImplementedError(f"{function}() is not implemented for bools")
    if edges.array.dtype == values.array.dtype:
        return edges.array, values.array
    return edges.array.astype(kind), values.array.astype(kind)


def _side(side: str | None, right: bool) -> bool:
    if side not in (None, "left", "right"):
        raise RuntimeError(f"searchsorted(): side can only be 'left' or 'right' but got {side}")
    if side == "left" and right:
        raise RuntimeError(
            "searchsorted(): side and right can't be set to opposites, got side of left while "
            "right was True"
        )
    return right or side == "right"


def _sorter(sorter: Tensor, edges: numpy.ndarray) -> numpy.ndarray:
    need_tensor(sorter, "searchsorted(): argument 'sorter'")
    index = sorter.array
    if index.shape != edges.shape:
        raise RuntimeError(
            f"searchsorted(): sequence and sorter must have the same size, but got "
            f"{list(edges.shape)} and {list(index.shape)}"
        )
    if index.dtype != numpy.int64:
        raise RuntimeError(f"searchsorted(): sorter must be int64, not {sorter.dtype}")
    if index.size and not 0 <= index.min() <= index.max() < edges.shape[-1]:
        raise RuntimeError("searchsorted(): sorter index out of range")
    return index


def _search(edges: numpy.ndarray, values: numpy.ndarray, right: bool) -> numpy.ndarray:
    n = edges.shape[-1]
    if edges.ndim == 1 and not (edges.dtype.kind == "f" and (edges != edges).any()):
        return numpy.searchsorted(edges, values, "right" if right else "left")
    # All searches at once, each halving what is left of its row.
    start = numpy.zeros(values.shape, numpy.int64)
    end = numpy.full(values.shape, n)
    for _ in range(n.bit_length() if values.size else 0):
        open = start < end
        middle = (start + end) // 2
        at = numpy.minimum(middle, n - 1)
        there = edges[at] if edges.ndim == 1 else numpy.take_along_axis(edges, at, axis=-1)
        behind = ~((there > values) if right else (there >= values)) & open
        start = numpy.where(behind, middle + 1, start)
        end = numpy.where(open & ~behind, middle, end)
    return start


def _delivered(y: numpy.ndarray, out_int32: bool, out: Tensor | None, function: str) -> Tensor:
    wanted = numpy.int32 if out_int32 else numpy.int64
    y = answer(numpy.asarray(y, wanted))
    if out is None:
        return y
    need_tensor(out, f"{function}(): argument 'out'")
    if out.array.dtype != wanted:
        raise RuntimeError(
            f"{function}(): out has to be {y.dtype} when out_int32 is {out_int32}, not {out.dtype}"
        )
    return deliver(y, out)
