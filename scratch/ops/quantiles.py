"""The middle of a tensor, and what a share of it lies below: median, quantile; also without NaN.

``median`` is an element of the tensor: of an even number of elements, the lower of the two in the
middle. ``quantile(0.5)`` takes the mean of these two.
"""

from __future__ import annotations

import numpy

from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._operands import tensor
from ._order import Parts, keys, nth_index, selected_first
from ._reducing import numpy_names, return_type
from .extremum import Max
from .sorting import Sort, along, dim_of, flag, not_empty, rows, with_two_outs

__all__ = ["median", "nanmedian", "quantile", "nanquantile"]

MedianResult = return_type("median", "values", "indices")
NanmedianResult = return_type("nanmedian", "values", "indices")
INTERPOLATIONS = ("linear", "lower", "higher", "midpoint", "nearest")


class Median(Max, name="MedianBackward0"):
    """y = the middle of all x        dx = dy / m at the m elements that are y, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = _middle(x.ravel("K"))
        ctx.save_for_backward(x, y)
        return y


class Nanmedian(Median, name="NanmedianBackward0"):
    """y = the middle of all x but NaN        dx = dy / m at the m elements that are y, else 0"""

    @staticmethod
    def forward(ctx, x):
        y = _middle(x.ravel("K"), ignore_nan=True)
        ctx.save_for_backward(x, y)
        return y


class MedianDim(Sort, name="MedianBackward1"):
    """y = x[i], in the middle along a dimension        dx = 0, but dx[i] = dy"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        row, whole = rows(x, dim)
        nth = numpy.full(len(row), (row.shape[1] - 1) // 2)
        index = nth_index(keys(row, False), nth, quick=False)
        unknown = row != row
        if unknown.any():
            index = numpy.where(unknown.any(axis=-1), unknown.argmax(axis=-1), index)
        return ctx.results(x, dim, along(index[:, None], whole, dim), keepdim)


class NanmedianDim(Sort, name="NanmedianBackward1"):
    """y = x[i], in the middle of all but NaN        dx = 0, but dx[i] = dy"""

    @staticmethod
    def forward(ctx, x, dim, keepdim):
        row, whole = rows(x, dim)
        known = numpy.count_nonzero(row == row, axis=-1)
        index = nth_index(keys(row, False), numpy.maximum((known - 1) // 2, 0), quick=False)
        index[known == 0] = selected_first(row.shape[1])
        return ctx.results(x, dim, along(index[:, None], whole, dim), keepdim)


def _middle(x: numpy.ndarray, ignore_nan: bool = False) -> numpy.ndarray:
    """The element in the middle; NaN if there is one, unless that is to be ignored."""
    if not x.size:
        return numpy.array(numpy.nan).astype(x.dtype)  # the least integer, if any
    n = x.size
    if x.dtype.kind == "f":
        unknown = numpy.isnan(x.max())
        if unknown and not ignore_nan:
            return x.dtype.type(numpy.nan)
        n -= numpy.count_nonzero(x != x) if unknown else 0
    nth = max((n - 1) // 2, 0)
    y = numpy.partition(x, nth)[nth]
    if y == 0 and x.dtype.kind == "f":  # -0.0 or 0.0?
        parts = Parts(keys(x, False)[None])
        parts.introselect(numpy.array([nth]))
        y = x[parts.order[nth]]
    return y


# ---- functions ----------------------------------------------------------------------------------


@with_two_outs
@tensor_method
@numpy_names
def median(
    input: Tensor, dim: int | None = None, keepdim: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """The element in the middle; or the one along a dimension, with its index.

    Args:
        input: a tensor of numbers
        dim: the dimension. Default: None, all
        keepdim: keep it, with size 1. Default: False

    Examples:
        >>> torch.tensor([4.0, 1.0, 3.0, 2.0]).median()
        tensor(2.)
        >>> torch.tensor([[4, 1, 3], [2, 9, 5]]).median(dim=1)
        torch.return_types.median(
        values=tensor([3, 5]),
        indices=tensor([2, 2]))
    """
    if dim is None:
        return Median.apply(_all_of(tensor(input), "median", keepdim))
    return MedianResult(*_along(MedianDim, tensor(input), dim, keepdim, "median"))


@with_two_outs
@tensor_method
@numpy_names
def nanmedian(
    input: Tensor, dim: int | None = None, keepdim: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """As ``median``, of the elements that are not NaN.

    Args:
        input: a tensor of numbers
        dim: the dimension. Default: None, all
        keepdim: keep it, with size 1. Default: False

    Examples:
        >>> x = torch.tensor([4.0, float("nan"), 3.0])
        >>> x.median(), x.nanmedian()
        (tensor(nan), tensor(3.))
    """
    if dim is None:
        return Nanmedian.apply(_all_of(tensor(input), "nanmedian", keepdim))
    return NanmedianResult(*_along(NanmedianDim, tensor(input), dim, keepdim, "nanmedian"))


def _all_of(input: Tensor, name: str, keepdim: bool) -> Tensor:
    if keepdim:
        raise TypeError(f"{name}(): keepdim needs a dim")
    if input.array.dtype == bool and input.array.size:
        raise _no_bools(name)
    return input


def _along(rule: type[Sort], input: Tensor, dim: int, keepdim: bool, name: str) -> tuple:
    if isinstance(dim, (tuple, list)):
        raise TypeError(f"{name}(): argument 'dim' must be int, not {type(dim).__name__}")
    dim, _ = dim_of(input, dim, name)
    not_empty(input, dim, name)
    if input.array.dtype == bool:
        raise _no_bools(name)
    return rule.apply(input, dim, flag(keepdim, name, "keepdim"))


def _no_bools(name: str) -> NotImplementedError:
    return NotImplementedError(f"{name}() is not implemented for bools: convert them with .int()")


@with_out(cast=False)
@tensor_method
@numpy_names
def quantile(
    input: Tensor,
    q: float | Tensor,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
) -> Tensor:
    """The value below which a share q of the elements lies.

    In order, the elements are numbered 0 to n - 1, and the one wanted is number (n - 1) q. Between
    two numbers ``interpolation`` decides.

    Args:
        input: a tensor of floating-point numbers
        q: the share, from 0 to 1; or several in a vector, which is the result's first dimension
        dim: the dimension. Default: None, all
        keepdim: keep it, with size 1. Default: False
        interpolation: ``"linear"``, ``"lower"``, ``"higher"``, ``"midpoint"`` or ``"nearest"``

    Examples:
        >>> x = torch.tensor([0.0, 10.0, 20.0, 40.0])
        >>> x.quantile(0.5)
        tensor(15.)
        >>> x.quantile(torch.tensor([0.25, 1.0]))
        tensor([ 7.5000, 40.0000])
        >>> x.quantile(0.5, interpolation="lower")
        tensor(10.)
    """
    return _quantile(input, q, dim, keepdim, interpolation, False, "quantile")


@with_out(cast=False)
@tensor_method
@numpy_names
def nanquantile(
    input: Tensor,
    q: float | Tensor,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
) -> Tensor:
    """As ``quantile``, of the elements that are not NaN.

    Args:
        input: a tensor of floating-point numbers
        q: the share, from 0 to 1; or several in a vector, which is the result's first dimension
        dim: the dimension. Default: None, all
        keepdim: keep it, with size 1. Default: False
        interpolation: ``"linear"``, ``"lower"``, ``"higher"``, ``"midpoint"`` or ``"nearest"``

    Examples:
        >>> torch.tensor([1.0, float("nan"), 2.0]).nanquantile(0.5)
        tensor(1.5000)
    """
    return _quantile(input, q, dim, keepdim, interpolation, True, "nanquantile")


def _quantile(input, q, dim, keepdim, interpolation: str, ignore_nan: bool, name: str) -> Tensor:
    x, q = _checked(tensor(input), q, interpolation, name)
    final = list(x.shape)
    if dim is None:
        x = x.flatten()
        final = [1] * len(final)
    else:
        dim, _ = dim_of(x, dim, name)
        if dim != x.array.ndim - 1:
            x = x.unsqueeze(-1).transpose(dim, -1)
        final[dim : dim + 1] = [1] if final else []
    if not keepdim:
        final = [] if dim is None else [*final[:dim], *final[dim + 1 :]]
    ordered = x.sort().values.view(*final, -1)
    rank = _rank(ordered.array, q, ignore_nan)
    if interpolation in ("lower", "higher", "nearest"):
        kind = {"lower": numpy.floor, "higher": numpy.ceil, "nearest": numpy.rint}[interpolation]
        y = ordered.gather(-1, wrap(kind(rank.array).astype(numpy.int64)))
    else:
        below = numpy.floor(rank.array)
        weight = 0.5 if interpolation == "midpoint" else rank - wrap(below)
        y = ordered.gather(-1, wrap(below.astype(numpy.int64)))
        above = ordered.gather(-1, wrap(numpy.ceil(rank.array).astype(numpy.int64)))
        y.lerp_(above, weight)
    if q.array.ndim:
        y.unsqueeze_(0).transpose_(0, -1)
    return y.squeeze_(-1)


def _rank(ordered: numpy.ndarray, q: Tensor, ignore_nan: bool) -> Tensor:
    """The number in order of each quantile; of one that is NaN, the last, where NaN is."""
    last = ordered.shape[-1] - 1
    q = q.reshape(-1)
    if ignore_nan:
        known = numpy.count_nonzero(ordered == ordered, axis=-1, keepdims=True) - 1
        return q * wrap(numpy.maximum(known, 0).astype(ordered.dtype))
    unknown = ordered[..., -1:] != ordered[..., -1:]
    rank = q * float(last)
    rank = rank.expand(*ordered.shape[:-1], rank.numel())
    return rank.masked_fill(wrap(unknown), float(last)) if unknown.any() else rank


def _checked(x: Tensor, q: float | Tensor, interpolation: str, name: str) -> tuple[Tensor, Tensor]:
    kind = x.array.dtype
    if not x.array.size:
        raise RuntimeError(f"{name}(): input tensor must be non-empty")
    if kind not in (numpy.float32, numpy.float64):
        raise RuntimeError(f"{name}(): input tensor must be either float or double dtype")
    if interpolation not in INTERPOLATIONS:
        raise RuntimeError(
            f"{name}(): interpolation must be one of {', '.join(INTERPOLATIONS)}, but got "
            f"{interpolation}"
        )
    if not isinstance(q, Tensor):
        if not isinstance(q, (int, float, numpy.generic)):
            raise TypeError(
                f"{name}(): argument 'q' must be float or Tensor, not {type(q).__name__}"
            )
        if not 0 <= q <= 1:
            raise RuntimeError(f"{name}(): q must be in the range [0, 1] but got {q:g}")
        return x, wrap(numpy.array(float(q), kind))
    if q.array.ndim > 1:
        raise RuntimeError(f"{name}(): q must be a scalar or 1D tensor")
    if q.array.dtype != kind:
        raise RuntimeError(f"{name}(): q tensor must be same dtype as the input tensor")
    if not ((q.array >= 0) & (q.array <= 1)).all():
        raise RuntimeError(f"{name}(): q values must be in the range [0, 1]")
    return x, q
