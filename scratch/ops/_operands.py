"""What every operation on two tensors does first: agree on a dtype; and last: undo broadcasting."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable

import numpy

from .. import dtypes
from ..autograd import namespace
from ..autograd.grad_mode import mode
from ..autograd.variable import Variable, wrap
from ._layout import laid_out_as
from ._sums import total

_NUMBERS = frozenset({int, float, bool})


# ---- one operand --------------------------------------------------------------------------------


def tensor(x, position: int = 1) -> Variable:
    """The tensor itself; TypeError for anything else."""
    if isinstance(x, Variable):
        return x
    raise _not_a_tensor(x, position)


def need_tensors(function: str, **arguments: object) -> None:
    """TypeError unless all these arguments are tensors."""
    for name, x in arguments.items():
        if not isinstance(x, Variable):
            raise TypeError(
                f"{function}(): argument '{name}' must be Tensor, not {type(x).__name__}"
            )


def need_only_tensors(function: str, tensors: Iterable) -> None:
    """TypeError unless all elements of the argument ``tensors`` are tensors."""
    for i, x in enumerate(tensors):
        if not isinstance(x, Variable):
            raise TypeError(
                f"{function}(): argument 'tensors' must be tuple of Tensors, but found element of "
                f"type {type(x).__name__} at pos {i}"
            )


def floating(x) -> Variable:
    """The tensor itself, or, if it holds integers, their values in the default dtype."""
    try:
        if x.array.dtype.kind == "f":
            return x
    except AttributeError:
        raise _not_a_tensor(x) from None
    return wrap(converted(x.array, dtypes.get_default_dtype().numpy))


def numeric(x) -> Variable:
    """The tensor itself; NotImplementedError if it holds bools."""
    try:
        if x.array.dtype.kind != "b":
            return x
    except AttributeError:
        raise _not_a_tensor(x) from None
    name = sys._getframe(1).f_code.co_name
    raise NotImplementedError(f"{name}() is not implemented for bools: convert them to numbers")


def _not_a_tensor(x, position: int = 1) -> TypeError:
    """The error of the function that asked for a tensor. Call it from there, two frames up."""
    function = sys._getframe(2).f_code
    return TypeError(
        f"{function.co_name}(): argument '{function.co_varnames[position - 1]}' (position "
        f"{position}) must be Tensor, not {type(x).__name__}"
    )


# ---- two operands -------------------------------------------------------------------------------


def combine(rule, a, b, floating: bool = False) -> Variable:
    """The rule of two operands, in their common dtype, broadcast against each other.

    Args:
        rule: how to compute it
        a, b: tensors or numbers
        floating: whether integers become the default dtype first, as for a division
    """
    a, b = pair(a, b, floating)
    try:
        y = rule.apply(a, b)
    except ValueError:
        check_broadcast(shape_of(a), shape_of(b))
        raise
    return laid_out_as((a, b), y)


def pair(a, b, floating: bool = False) -> tuple:
    """The operands in their common dtype; beside floating-point tensors, numbers stay numbers."""
    if isinstance(a, Variable):
        kind = a.array.dtype
        if isinstance(b, Variable):
            if b.array.dtype is kind and (not floating or kind.kind == "f"):
                return a, b
        elif kind.kind == "f" and type(b) in _NUMBERS:
            return a, b
    common = dtypes.result_type(a, b)
    if floating and not common.is_floating_point:
        common = dtypes.get_default_dtype()
    if not isinstance(a, Variable) and not isinstance(b, Variable):
        a = wrap(numpy.asarray(a, common.numpy))
    return as_operand(a, common), as_operand(b, common)


def alike(*operands: Variable) -> tuple[Variable, ...]:
    """Any number of tensors in their common dtype: those with dimensions decide, as for two."""
    if len({x.array.dtype for x in operands}) == 1:
        return operands
    ranks = [(x.dtype.category, x.array.ndim > 0) for x in operands]
    deciding = [x.dtype for x, rank in zip(operands, ranks, strict=True) if rank == max(ranks)]
    common = functools.reduce(dtypes.promote_types, deciding)
    return tuple(as_operand(x, common) for x in operands)


def as_operand(x, dtype: dtypes.dtype):
    """A tensor or number in this dtype."""
    if not isinstance(x, Variable):
        x = x.item() if isinstance(x, numpy.generic) else x
        return x if dtype.is_floating_point else wrap(_wrapped(x, dtype.numpy))
    if x.array.dtype == dtype.numpy:
        return x
    y = x.to(dtype) if x._requires_grad else wrap(converted(x.array, dtype.numpy))
    y._version_counter = x._changes  # what a rule saves of y, it saves of x
    return y


def converted(x: numpy.ndarray, kind: numpy.dtype) -> numpy.ndarray:
    """An array in another dtype; what broadcasting repeated is converted once."""
    if 0 not in x.strides or not x.size:
        return x.astype(kind)
    once = x[tuple(slice(None) if step else slice(1) for step in x.strides)]
    return numpy.broadcast_to(once.astype(kind), x.shape)


def _wrapped(x: int, kind: numpy.dtype) -> numpy.ndarray:
    """A Python integer as an array; what is too large wraps round, as in torch."""
    return numpy.asarray(numpy.asarray(x, numpy.int64).astype(kind))


def is_operand(x) -> bool:
    """Whether arithmetic with a tensor can take this."""
    return isinstance(x, (Variable, int, float, numpy.generic))


def operator(function: Callable) -> Callable:
    """The function for an operator's method: it leaves types it does not know to the other operand.

    So it does NumPy arrays: those then take the tensor for an array, and return a tensor again.
    Only == is a tensor's own business, as in torch.
    """

    @functools.wraps(function)
    def method(self, other):
        try:
            return function(self, other)
        except TypeError:
            if isinstance(other, numpy.ndarray) and function.__name__ == "eq":
                return function(self, wrap(other))
            if is_operand(other):
                raise
            return NotImplemented

    return method


def reflected(function: Callable) -> Callable:
    """The function for the method that is asked when the tensor stands on the operator's right."""
    return operator(lambda self, other: function(other, self))


def answer(array) -> Variable:
    """A result that has no gradient: a comparison's, an index, a sum of integers."""
    y = wrap(array)
    if mode.inference:
        y._inference = True
    return y


# ---- broadcasting -------------------------------------------------------------------------------


def shape_of(x) -> tuple | None:
    """The shape of an array; None for a number."""
    return getattr(x, "shape", None)


def unbroadcast(dx, shape: tuple | None):
    """Sums over what broadcasting repeated: the gradient of every copy goes to the one original."""
    if dx.shape == shape or shape is None:
        return dx
    ahead = dx.ndim - len(shape)
    repeated = [i + ahead for i, n in enumerate(shape) if n == 1 and dx.shape[i + ahead] != 1]
    axes = (*range(ahead), *repeated)
    if isinstance(dx, Variable):
        return namespace(dx).sum(dx, axis=axes, keepdims=True).reshape(shape)
    return total(dx, axes, keepdims=True).reshape(shape)


def expand(x, shape: tuple):
    """An array or tensor, repeated to a larger shape."""
    if isinstance(x, Variable):
        return namespace(x).broadcast_to(x, shape)
    if x.size < 4096:
        y = numpy.empty(shape, x.dtype)  # for small arrays the quickest way
        y[...] = x
        return y
    return numpy.broadcast_to(x, shape)


def keep(dy, mask):
    """dy where the mask is True, else 0: even where dy is infinite or NaN, unlike ``dy * mask``."""
    if isinstance(dy, Variable):
        return namespace(dy).where(mask if isinstance(mask, Variable) else wrap(mask), dy, 0.0)
    if dy.itemsize > 8:
        return numpy.where(mask, dy, 0)
    # The bits, read as an integer, times 0 or 1: NumPy's where is slow on masks without a pattern.
    return (dy.view(INTEGERS[dy.itemsize]) * mask).view(dy.dtype)


INTEGERS = {2: numpy.int16, 4: numpy.int32, 8: numpy.int64}


def choose(condition, a, b):
    """a where the condition holds, else b, for arrays or numbers."""
    kind = numpy.result_type(a, b)
    if kind.kind != "f" or condition.size < 1024:
        return numpy.where(condition, a, b)
    # The bits in which they differ, times 0 or 1: NumPy's where is slow on masks without a pattern.
    a, b = (numpy.asarray(x, kind).view(INTEGERS[kind.itemsize]) for x in (a, b))
    y = (a ^ b) * condition
    y ^= b
    return y.view(kind)


def check_broadcast(*shapes: tuple | None) -> None:
    """RuntimeError unless the shapes can be broadcast against each other."""
    shapes = [shape for shape in shapes if shape is not None]
    ndim = max(map(len, shapes), default=0)
    for back in range(1, ndim + 1):
        sizes = [shape[-back] for shape in shapes if len(shape) >= back and shape[-back] != 1]
        if len(set(sizes)) > 1:
            a, b, *_ = dict.fromkeys(sizes)
            raise RuntimeError(
                f"The size of tensor a ({a}) must match the size of tensor b ({b}) at "
                f"non-singleton dimension {ndim - back}: the shapes are "
                f"{' and '.join(str(list(shape)) for shape in shapes)}. Broadcasting lines them up "
                f"at the last dimension, and repeats where a size is 1 or missing."
            )
