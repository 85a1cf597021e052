"""What every operation on two tensors does first: agree on a dtype; and last: undo broadcasting."""

from __future__ import annotations

import numpy

from .. import dtypes
from ..autograd import namespace
from ..autograd.variable import Variable, wrap

_NUMBERS = (int, float, bool)


def pair(a, b, floating: bool = False) -> tuple:
    """The operands in their common dtype. Python numbers stay numbers where NumPy treats them alike.

    Args:
        a, b: tensors or numbers, at least one of them a tensor
        floating: whether integers become the default dtype first, as for a division
    """
    if isinstance(a, Variable):
        kind = a.array.dtype
        if isinstance(b, Variable):
            if b.array.dtype is kind and (not floating or kind.kind == "f"):
                return a, b
        elif kind.kind == "f" and isinstance(b, _NUMBERS):
            return a, b
    common = dtypes.result_type(a, b)
    if floating and not common.is_floating_point:
        common = dtypes.get_default_dtype()
    return as_operand(a, common), as_operand(b, common)


def as_operand(x, dtype: dtypes.dtype):
    """A tensor or number in this dtype."""
    if not isinstance(x, Variable):
        return x if dtype.is_floating_point else wrap(numpy.asarray(x).astype(dtype.numpy))
    if x.array.dtype == dtype.numpy:
        return x
    if x._requires_grad:
        return x.to(dtype)
    return wrap(x.array.astype(dtype.numpy))


def is_operand(x) -> bool:
    """Whether arithmetic with a tensor can take this."""
    return isinstance(x, (Variable, *_NUMBERS)) or isinstance(x, numpy.generic)


def unbroadcast(dx, shape: tuple):
    """Sums over what broadcasting repeated: the gradient of every copy goes to the one original."""
    if dx.shape == shape:
        return dx
    ahead = dx.ndim - len(shape)
    repeated = [i + ahead for i, n in enumerate(shape) if n == 1 and dx.shape[i + ahead] != 1]
    axes = (*range(ahead), *repeated)
    return namespace(dx).sum(dx, axis=axes, keepdims=True).reshape(shape)


def shape_of(x) -> tuple:
    """The shape of an array; of a number, ()."""
    return getattr(x, "shape", ())
