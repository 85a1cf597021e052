"""What the activations share: functions of arrays or tensors, checks, and writing in place."""

from __future__ import annotations

import functools
from collections.abc import Callable

from ..autograd.inplace import write_over
from ..autograd.variable import Variable
from ..ops import _special


def by_blocks(function: Callable) -> Callable:
    """A function of a tensor or an array; a large array is computed a block at a time.

    So the intermediates of a formula stay in the processor's cache. Arrays of float16 are computed
    in float32.
    """
    whole = _special.blockwise(function)

    @functools.wraps(function)
    def either(x, *args):
        return function(x, *args) if isinstance(x, Variable) else whole(x, *args)

    return either


def erf(x):
    """The error function, of a tensor or an array."""
    return x.erf() if isinstance(x, Variable) else _special.erf(x)


def floating_input(name: str, input) -> Variable:
    """The tensor itself; TypeError if it is none, NotImplementedError if it holds no fractions."""
    if not isinstance(input, Variable):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}")
    if input.array.dtype.kind != "f":
        raise NotImplementedError(
            f"{name}() is not implemented for {input.dtype}: use input.float()"
        )
    return input


def result(input: Variable, y: Variable, inplace: bool, operation: str, name: str = "") -> Variable:
    """``y``, or, in place, the input with ``y`` written over it.

    Args:
        input: what ``y`` was computed from
        y: the freshly computed result
        inplace: whether to write it over the input
        operation: what messages call that, such as ``"elu_"``
        name: what the node in the graph is called then. Default: as otherwise
    """
    if not inplace:
        return y
    node = y._node
    write_over(input, y, operation)
    if name and node is not None:
        node._name = name
    return input
