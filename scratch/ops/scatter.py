"""Elements picked and overwritten one by one: where each of them is, another tensor says.

Along dimension 1, say, ``gather`` reads ``y[i][j] = x[i][index[i][j]]``, and ``scatter`` writes
``y[i][index[i][j]] = src[i][j]``. ``take`` and ``put`` count the elements row by row instead, as if
there were one dimension. Reading is the backward of writing, and adding that of reading.
"""

from __future__ import annotations

import warnings

import numpy

from .._arguments import as_dim
from .._data import number, scalar
from ..autograd import Rule
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._forms import with_out
from ._index_checks import broadcast, counted, named, part
from ._operands import need_tensors
from ._places import read, write
from ._scatter_reduce import AT, derivatives, reduced
from ._writing import WritingRule, by_tensors, writes

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
        ctx.save_for_backward(x)  # only its shape matters, but torch asks that it be unchanged
        ctx.places = index
        return read(x, index)

    @staticmethod
    def backward(ctx, dy):
        shape = ctx.saved_tensors[0].shape
        if isinstance(dy, Tensor):
            zeros = wrap(numpy.zeros(shape, dy.array.dtype))
            return Put.apply(zeros, dy, ctx.places, True), None
        dx = numpy.zeros(shape, dy.dtype)
        write(dx, ctx.places, dy, numpy.add)
        return dx, None


class Gather(Take):
    """y_ij = x[i, k_ij]        dx = zeros, but dx[i, k_ij] += dy_ij"""


class Put(WritingRule):
    """y = x, but y[k_i] = src_i, or += src_i

    dx = dy, but dx[k_i] = 0 where a value took its place;  dsrc_i = dy[k_i]
    """

    order, guards = "K", True

    @staticmethod
    def _write(y, src, places, adding):
        src = src.reshape(places.shape) if src.ndim else src
        write(y, places, src, numpy.add if adding else None)

    @staticmethod
    def backward(ctx, dy):
        places, adding = ctx.where
        needs_dx, needs_dsrc = ctx.needs_input_grad[:2]
        dx = dsrc = None
        if needs_dx:
            dx = dy if adding else without(dy, places)
        if needs_dsrc:
            dsrc = Take.apply(dy, places) if isinstance(dy, Tensor) else read(dy, places)
            dsrc = dsrc.reshape(ctx.saved_tensors[0].shape if ctx.guards else ctx.shape)
        return dx, dsrc, None, None


class Scatter(Put):
    """y = x, but y[i, k_ij] = src_ij        dx = dy, but dx[i, k_ij] = 0;  dsrc_ij = dy[i, k_ij]"""

    order, guards = "C", False


class ScatterNumber(Scatter, name="ScatterBackward1"):
    """y = x, but y[i, k_ij] = value        dx = dy, but dx[i, k_ij] = 0"""


class ScatterAdd(Scatter):
    """y = x, but y[i, k_ij] += src_ij        dx = dy,  dsrc_ij = dy[i, k_ij]"""


class ScatterReduce(WritingRule):
    """y = x, but y[i, k_ij] = the sum, mean, product, maximum or minimum of it and of src_ij

    dx, dsrc: as of that sum, mean, product, maximum or minimum, over all that come to one place
    """

    @staticmethod
    def forward(ctx, x, src, *where):
        y = WritingRule.forward(ctx, x, src, *where)
        ctx.save_for_backward(x, src, y)
        return y

    _write = staticmethod(reduced)

    @staticmethod
    @by_tensors
    def backward(ctx, dy, x, src, y):
        return *derivatives(dy, x, src, y, *ctx.where), *(None for _ in ctx.where)


class ScatterWithoutGradient(WritingRule, name="torch::autograd::NotImplemented"):
    """y = x, but y[i, k_ij] += src_ij or *= src_ij, by ``reduce="add"`` or ``"multiply"``

    no gradient: scatter_add and scatter_reduce have one
    """

    @staticmethod
    def _write(y, src, places, how):
        write(y, places, src, how)

    @staticmethod
    def backward(ctx, dy):
        raise RuntimeError(
            "derivative for aten::scatter with reduce= is not implemented: use scatter_reduce"
        )


def without(dy, places):
    """dy with zeros at these places."""
    if isinstance(dy, Tensor):
        return ScatterNumber.apply(dy, numpy.zeros((), dy.array.dtype), places, False)
    dx = numpy.array(dy)
    write(dx, places, numpy.zeros((), dy.dtype))
    return dx


# ---- reading --------------------------------------------------------------------------------


@with_out(cast=False)
@tensor_method
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
        >>> scores.gather(1, torch.tensor([[0], [2]]))
        tensor([[1],
                [6]])
    """
    need_tensors("gather", input=input, index=index)
    return Gather.apply(input, named(input, dim, index, "gather"))


@with_out(cast=False)
@tensor_method
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
    need_tensors("take", input=input, index=index)
    return Take.apply(input, counted(input, index, "take"))


@with_out(cast=False)
@tensor_method
def take_along_dim(input: Tensor, indices: Tensor, dim: int | None = None) -> Tensor:
    """As ``gather``, with input and indices broadcast against each other in other dimensions.

    Args:
        input: the tensor to read from
        indices: what ``argmax`` with ``keepdim`` or ``argsort`` returned for the same dimension
        dim: the dimension. Default: none, the elements are counted row by row

    Examples:
        >>> x = torch.tensor([[10, 30, 20], [60, 40, 50]])
        >>> torch.take_along_dim(x, x.argsort(1), dim=1)
        tensor([[10, 20, 30],
                [40, 50, 60]])
    """
    need_tensors("take_along_dim", input=input, indices=indices)
    if indices.array.dtype != numpy.int64:
        raise RuntimeError(
            f"take_along_dim(): dtype of indices should be int64, not {indices.dtype}"
        )
    if dim is None:
        return gather(input.reshape(-1), 0, indices.reshape(-1))
    shape, given = input.array.shape, indices.array.shape
    if len(shape) != len(given):
        raise RuntimeError(
            f"take_along_dim(): input and indices should have the same number of dimensions, but "
            f"their shapes are {list(shape)} and {list(given)}"
        )
    dim = as_dim(dim, len(shape))
    if not shape:
        raise IndexError("take_along_dim(): a tensor without dimensions has none to count along")
    common = broadcast(shape[:dim] + shape[dim + 1 :], given[:dim] + given[dim + 1 :])
    wide, wide_index = (
        x.expand(*common[:dim], x.array.shape[dim], *common[dim:]) for x in (input, indices)
    )
    return gather(wide, dim, wrap(wide_index.array % max(shape[dim], 1)))


# ---- writing --------------------------------------------------------------------------------


@with_out(cast=False)
@writes()
def scatter(
    input: Tensor,
    dim: int,
    index: Tensor,
    src: Tensor | float | None = None,
    *,
    value: float | None = None,
    reduce: str = "",
) -> Tensor:
    """A copy of the tensor with the elements that ``index`` names along a dimension overwritten.

    Args:
        input: the tensor
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor, as for ``gather``
        src: what to write, a number, or a tensor that is no smaller than ``index``
        value: a number to write, by its own name
        reduce: "add" or "multiply", to combine with what is there; without a gradient

    Examples:
        >>> labels = torch.tensor([[0], [2]])
        >>> torch.zeros(2, 3).scatter_(1, labels, 1)
        tensor([[1., 0., 0.],
                [0., 0., 1.]])
    """
    src = value if src is None else src
    if not isinstance(index, Tensor) or not isinstance(reduce, str) or isinstance(src, str):
        raise TypeError(
            "scatter(): takes a dimension, an index tensor, what to write, and perhaps reduce="
        )
    if reduce and reduce not in ("add", "multiply"):
        raise RuntimeError(f"reduce argument must be either add or multiply, not {reduce!r}")
    if isinstance(src, Tensor):
        if reduce:
            warnings.warn(
                "The reduce argument of torch.scatter with Tensor src is deprecated: use "
                "scatter_reduce, which has a gradient",
                stacklevel=4,
            )
        places = named(input, dim, index, "scatter", src)
        rule, src = Scatter, part(index, src)
    else:
        src = number(src, "scatter", "value")
        src = scalar(src if index.array.size else 0, input.array.dtype)
        rule, places = ScatterNumber, named(input, dim, index, "scatter")
    if reduce:
        return ScatterWithoutGradient, src, places, AT[reduce]
    return rule, src, places, False


@with_out(cast=False)
@writes()
def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """As ``scatter``, but adds; an element that is named several times gets it all.

    Args:
        input: the tensor
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor, as for ``gather``
        src: what is added at the places that ``index`` names

    Examples:
        >>> torch.zeros(3).scatter_add(0, torch.tensor([1, 1, 2]), torch.tensor([1.0, 2.0, 4.0]))
        tensor([0., 3., 4.])
    """
    need_tensors("scatter_add", index=index, src=src)
    places = named(input, dim, index, "scatter_add", src)
    return ScatterAdd, part(index, src), places, True


@with_out(cast=False)
@writes()
def scatter_reduce(
    input: Tensor, dim: int, index: Tensor, src: Tensor, reduce: str, *, include_self: bool = True
) -> Tensor:
    """As ``scatter_add``, for other reductions than the sum.

    Args:
        input: the tensor
        dim: the dimension that the numbers in ``index`` count
        index: an integer tensor, as for ``gather``
        src: what comes to the places that ``index`` names
        reduce: "sum", "prod", "mean", "amax" or "amin"
        include_self: whether what the input holds at a place counts too. Default: True

    Examples:
        >>> x, groups = torch.zeros(3), torch.tensor([0, 0, 2, 0])
        >>> values = torch.tensor([1.0, 5.0, 7.0, 3.0])
        >>> x.scatter_reduce(0, groups, values, "mean", include_self=False)
        tensor([3., 0., 7.])
    """
    need_tensors("scatter_reduce", index=index, src=src)
    if not isinstance(reduce, str):
        raise TypeError(
            f"scatter_reduce(): argument 'reduce' must be str, not {type(reduce).__name__}"
        )
    if reduce not in AT or reduce in ("add", "multiply"):
        raise RuntimeError(
            f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}"
        )
    places = named(input, dim, index, "scatter_reduce", src)
    if reduce == "mean" and input.array.dtype == bool:
        raise NotImplementedError("scatter_reduce(): there is no mean of bools")
    return ScatterReduce, part(index, src), places, reduce, include_self


def _check_sizes(input: Tensor, index: Tensor, source: Tensor, *others, **named) -> None:
    need_tensors("put", index=index, source=source)
    if source.array.dtype != input.array.dtype:
        raise RuntimeError(
            f"put(): self and source expected to have the same dtype, but got {input.dtype} and "
            f"{source.dtype}"
        )
    if index.array.dtype == numpy.int64 and source.array.size != index.array.size:
        raise IndexError(
            f"put(): expected source and index to have the same number of elements, but they have "
            f"{source.array.size} and {index.array.size}"
        )
    if index.array.size and not input.array.size:
        raise IndexError("put(): tried to put elements into an empty tensor")


@writes(expanded=True, first=_check_sizes)
def put(input: Tensor, index: Tensor, source: Tensor, accumulate: bool = False) -> Tensor:
    """A copy with the elements of these numbers, counted row by row, overwritten.

    Args:
        input: the tensor
        index: an integer tensor
        source: what to write, with as many elements as ``index``
        accumulate: add instead. Default: False

    Examples:
        >>> torch.zeros(2, 2).put(torch.tensor([1, -1]), torch.tensor([5.0, 6.0]))
        tensor([[0., 5.],
                [0., 6.]])
    """
    _check_sizes(input, index, source)
    return Put, source, counted(input, index, "put", source), bool(accumulate)
