"""The same dimensions in another order, the same entries in another order.

To exchange dimensions costs nothing: a *view* walks through the same memory with the strides
exchanged. To reverse or rotate the entries along a dimension needs a copy.
"""

from __future__ import annotations

import operator
import warnings

import numpy

from .._arguments import as_dim, as_dims, as_sizes, spread
from .._formats import like_all
from .._memory import blank_like
from ..autograd import Rule, ViewRule, namespace
from ..autograd.inplace import turn
from ..tensor import Alias, Tensor, tensor_method

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
        return x.swapaxes(dim0, dim1) if x.ndim else x[...]

    @staticmethod
    def backward(ctx, dy):
        return dy.swapaxes(*ctx.dims) if dy.ndim else dy, None, None


class T(ViewRule):
    """y = the transpose of the matrix x        dx = the transpose of dy"""

    @staticmethod
    def forward(ctx, x):
        return x.T

    @staticmethod
    def backward(ctx, dy):
        return dy.T if dy.ndim == 2 else dy


class TransposeInPlace(Transpose, name="TransposeBackward1"):
    """y = x itself, with two dimensions exchanged        dx = dy with them exchanged back"""


class TInPlace(T, name="TBackward1"):
    """y = the matrix x itself, transposed        dx = the transpose of dy"""


class Permute(ViewRule):
    """y's dimension i is x's dimension dims[i]        dx's dimension dims[i] is dy's dimension i"""

    @staticmethod
    def forward(ctx, x, dims):
        ctx.dims = dims
        return x.transpose(dims)

    @staticmethod
    def backward(ctx, dy):
        back = tuple(sorted(range(len(ctx.dims)), key=ctx.dims.__getitem__))
        return dy.permute(back) if isinstance(dy, Tensor) else dy.transpose(back), None


class Flip(Rule):
    """y_i = x_(n-1-i)        dx_i = dy_(n-1-i)"""

    @staticmethod
    def forward(ctx, x, dims):
        ctx.dims = dims
        y = blank_like(x, x.dtype)
        y[...] = numpy.flip(x, dims)
        return y

    @staticmethod
    def backward(ctx, dy):
        return namespace(dy).flip(dy, ctx.dims), None


class Rot90(Rule):
    """y = x turned by k quarters in the plane of two dimensions        dx = dy turned back"""

    @staticmethod
    def forward(ctx, x, k, dims):
        ctx.k, ctx.dims = k, dims
        x = x.copy() if 0 in x.strides else x
        return numpy.rot90(x, k, dims).copy(order="K" if k % 4 else "C")

    @staticmethod
    def backward(ctx, dy):
        return namespace(dy).rot90(dy, -ctx.k, ctx.dims), None, None


class Roll(Rule):
    """y_(i+shift) = x_i        dx_i = dy_(i+shift)"""

    @staticmethod
    def forward(ctx, x, shifts, dims):
        ctx.shifts, ctx.dims = shifts, dims
        return like_all(numpy.roll(x, shifts, dims), () if dims is None else (x,))

    @staticmethod
    def backward(ctx, dy):
        back = tuple(-shift for shift in ctx.shifts)
        return namespace(dy).roll(dy, back, ctx.dims), None, None


# ---- dimensions -----------------------------------------------------------------------------


@tensor_method
def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """The tensor with two dimensions exchanged: a view.

    Args:
        input: the tensor
        dim0: one of the dimensions
        dim1: the other one

    Examples:
        >>> torch.tensor([[1, 2, 3], [4, 5, 6]]).transpose(0, 1)
        tensor([[1, 4],
                [2, 5],
                [3, 6]])
    """
    ndim = input.array.ndim
    return Transpose.apply(input, as_dim(dim0, ndim), as_dim(dim1, ndim))


@tensor_method
def swapaxes(input: Tensor, axis0: int, axis1: int) -> Tensor:
    """``transpose`` by NumPy's name."""
    return transpose(input, axis0, axis1)


@tensor_method
def swapdims(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """``transpose`` by another name."""
    return transpose(input, dim0, dim1)


@tensor_method
def t(input: Tensor) -> Tensor:
    """The transpose of a matrix: a view. A vector stays what it is."""
    _check_matrix(input, "t")
    return T.apply(input)


def _check_matrix(x: Tensor, function: str) -> None:
    if x.array.ndim > 2:
        raise RuntimeError(
            f"{function}() expects a tensor with <= 2 dimensions, but self is {x.array.ndim}D, of "
            f"shape {list(x.array.shape)}: name two dimensions with transpose()"
        )


@tensor_method
@spread("dims")
def permute(input: Tensor, dims: tuple[int, ...]) -> Tensor:
    """The tensor with its dimensions in another order: a view.

    Args:
        input: the tensor
        dims: for each dimension of the result, which one of the input it is

    Examples:
        >>> torch.zeros(2, 3, 4).permute(2, 0, 1).shape
        torch.Size([4, 2, 3])
    """
    ndim = input.array.ndim
    if len(dims) != ndim:
        raise RuntimeError(
            f"permute(): number of dimensions in the tensor input does not match the length of "
            f"dims, i.e. input.dim() = {ndim} is not equal to len(dims) = {len(dims)}"
        )
    dims = tuple(as_dim(dim, ndim) for dim in dims)
    if len(set(dims)) < ndim:
        raise RuntimeError(f"permute(): duplicate dims are not allowed, got {list(dims)}")
    return Permute.apply(input, dims)


@tensor_method
def movedim(
    input: Tensor, source: int | tuple[int, ...], destination: int | tuple[int, ...]
) -> Tensor:
    """The tensor with some dimensions moved, and the others in their order around them: a view.

    Args:
        input: the tensor
        source: the dimensions to move
        destination: where each of them goes

    Examples:
        >>> torch.zeros(2, 3, 4).movedim(0, -1).shape
        torch.Size([3, 4, 2])
    """
    if isinstance(source, (tuple, list)) != isinstance(destination, (tuple, list)):
        raise TypeError("movedim(): source and destination must both be ints, or both be tuples")
    source, destination = as_sizes((source,), "movedim"), as_sizes((destination,), "movedim")
    if len(source) != len(destination):
        raise RuntimeError(
            f"movedim: Invalid source or destination dims: source ({list(source)}) should contain "
            f"the same number of dims as destination ({list(destination)})"
        )
    ndim = input.array.ndim
    source = tuple(as_dim(dim, ndim) for dim in source)
    destination = tuple(as_dim(dim, ndim) for dim in destination)
    for name, dims in (("source", source), ("destination", destination)):
        if len(set(dims)) < len(dims):
            raise RuntimeError(f"movedim: repeated dim in `{name}` ({list(dims)})")
    order = [dim for dim in range(ndim) if dim not in source]
    for to, dim in sorted(zip(destination, source, strict=True)):
        order.insert(to, dim)
    return Permute.apply(input, tuple(order)) if ndim else Alias.apply(input)


@tensor_method
def moveaxis(
    input: Tensor, source: int | tuple[int, ...], destination: int | tuple[int, ...]
) -> Tensor:
    """``movedim`` by NumPy's name."""
    return movedim(input, source, destination)


def _reversed(input: Tensor) -> Tensor:
    """The tensor with its dimensions in reverse order: for a matrix the transpose."""
    ndim = input.array.ndim
    if ndim not in (1, 2):
        warnings.warn(
            f"x.T of {ndim} dimensions, not 2, is deprecated: use x.mT for batches, or permute()",
            stacklevel=2,
        )
    return Permute.apply(input, tuple(range(ndim - 1, -1, -1)))


def _matrix_transposed(input: Tensor) -> Tensor:
    """The tensor with its last two dimensions exchanged: each matrix of a batch transposed."""
    if input.array.ndim == 0:
        warnings.warn("x.mT of a number is that number, and deprecated: leave it out", stacklevel=2)
        return input
    if input.array.ndim == 1:
        raise RuntimeError("tensor.mT is for matrices only. Got 1-D tensor.")
    return Transpose.apply(input, -2, -1)


def _conjugate_transposed(input: Tensor) -> Tensor:
    """The transpose of a matrix; of complex numbers, which we have not, also the conjugate."""
    if input.array.ndim == 0:
        return input
    if input.array.ndim != 2:
        raise RuntimeError(f"tensor.H is for matrices only. Got {input.array.ndim}-D tensor.")
    return Transpose.apply(input, 0, 1)


@tensor_method
def adjoint(input: Tensor) -> Tensor:
    """Each matrix of a batch transposed (complex ones would be conjugated as well): a view."""
    return _matrix_transposed(input) if input.array.ndim else input


tensor_method("T")(property(_reversed))
tensor_method("mT")(property(_matrix_transposed))
tensor_method("H")(property(_conjugate_transposed))
tensor_method("mH")(property(adjoint))


# ---- the tensor itself ----------------------------------------------------------------------


@tensor_method("transpose_", "swapdims_")
def transpose_(self: Tensor, dim0: int, dim1: int) -> Tensor:
    """``transpose`` of the tensor itself."""
    self.check_in_place()
    dims = as_dim(dim0, self.array.ndim), as_dim(dim1, self.array.ndim)
    return turn(self, TransposeInPlace, dims, (Transpose, dims), "transpose_")


@tensor_method
def swapaxes_(self: Tensor, axis0: int, axis1: int) -> Tensor:
    """``transpose_`` by NumPy's name."""
    return transpose_(self, axis0, axis1)


@tensor_method
def t_(self: Tensor) -> Tensor:
    """``t`` of the matrix itself."""
    self.check_in_place()
    _check_matrix(self, "t_")
    return turn(self, TInPlace, (), (T, ()), "t_")


# ---- entries --------------------------------------------------------------------------------


@tensor_method
@spread("dims")
def flip(input: Tensor, dims: tuple[int, ...]) -> Tensor:
    """A copy with the entries along some dimensions in reverse order.

    Args:
        input: the tensor
        dims: the dimensions to reverse

    Examples:
        >>> torch.tensor([[1, 2], [3, 4]]).flip(1)
        tensor([[2, 1],
                [4, 3]])
    """
    ndim = input.array.ndim
    return Flip.apply(input, as_dims(dims, ndim)[:ndim])


@tensor_method
def fliplr(input: Tensor) -> Tensor:
    """``flip`` from left to right: along the second dimension."""
    if input.array.ndim < 2:
        raise RuntimeError(f"Input must be >= 2-d, not {input.array.ndim}-d")
    return flip(input, (1,))


@tensor_method
def flipud(input: Tensor) -> Tensor:
    """``flip`` upside down: along the first dimension."""
    if input.array.ndim < 1:
        raise RuntimeError("Input must be >= 1-d, not 0-d")
    return flip(input, (0,))


@tensor_method
def rot90(input: Tensor, k: int = 1, dims: tuple[int, ...] = (0, 1)) -> Tensor:
    """A copy, turned by quarters from the first of two dimensions towards the second.

    Args:
        input: the tensor
        k: how many quarters. Default: 1
        dims: the two dimensions. Default: the first two

    Examples:
        >>> torch.tensor([[1, 2], [3, 4]]).rot90()
        tensor([[2, 4],
                [1, 3]])
    """
    dims = as_sizes((dims,), "rot90", "dims")
    ndim = input.array.ndim
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if ndim < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {ndim}")
    dims = tuple(as_dim(dim, ndim) for dim in dims)
    if dims[0] == dims[1]:
        raise RuntimeError(f"expected rotation dims to be different, but got both {dims[0]}")
    return Rot90.apply(input, operator.index(k), dims)


@tensor_method
def roll(
    input: Tensor, shifts: int | tuple[int, ...], dims: int | tuple[int, ...] | None = None
) -> Tensor:
    """A copy with the entries moved along; those that leave at one end come in at the other.

    Args:
        input: the tensor
        shifts: how far, for each of the dimensions
        dims: along which dimensions. Default: through all elements, as if they were in one row

    Examples:
        >>> torch.arange(5).roll(2)
        tensor([3, 4, 0, 1, 2])
    """
    shifts = as_sizes((shifts,), "roll", "shifts")
    dims = () if dims is None else as_sizes((dims,), "roll", "dims")
    if not dims and len(shifts) == 1:
        return Roll.apply(input, shifts, None)
    if len(shifts) != len(dims):
        raise RuntimeError(f"as many dims as shifts! shifts: {len(shifts)}, dims:{len(dims)}")
    if not input.array.ndim:
        raise IndexError(f"Dimension specified as {dims[0]} but tensor has no dimensions")
    if not input.array.size:
        return Roll.apply(input, (), ())
    return Roll.apply(input, shifts, tuple(as_dim(dim, input.array.ndim) for dim in dims))
