"""What operations have in common that write into some places of a tensor.

Such an operation is told by what it writes, and where. ``@writes`` makes of that the function,
whose result is a changed copy, and the in-place method, which changes the tensor itself: just those
places of it, unless a gradient has to be recorded.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable

import numpy

from .._data import number, scalar
from .._memory import copied
from ..autograd import Rule
from ..autograd._overlap import refuse_shared_memory
from ..autograd.grad_mode import mode
from ..autograd.inplace import check_writable, write_over
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._operands import need_tensors


class WritingRule(Rule):
    """A rule whose result is x, with a value written into it by ``_write(y, value, *where)``."""

    order = "C"  # how the result lies in memory: by rows, or "K" for as x does
    apart = True  # whether in place nothing that is read may lie in the memory of x
    guards = False  # whether backward refuses, as in torch, if the value was changed meanwhile

    @staticmethod
    def forward(ctx, x, value, *where):
        ctx.shape, ctx.where = getattr(value, "shape", None), where
        if ctx.guards and ctx.needs_input_grad[1]:
            ctx.save_for_backward(value)
        y = copied(x) if ctx.order == "K" else x.copy()
        ctx._write(y, value, *where)
        return y


def writes(expanded: bool = False, first: Callable | None = None) -> Callable:
    """Makes operations of a function that says what is written: a rule, the value, and where.

    Args:
        expanded: whether the in-place form takes, with a warning, an expanded tensor
        first: what the in-place form checks before it refuses to read the memory it writes to.
            Default: everything
    """

    def attach(function: Callable) -> Callable:
        name = function.__name__

        @functools.wraps(function)
        def changed(input, *args, **kwargs):
            need_tensors(name, input=input)
            rule, *rest = function(input, *args, **kwargs)
            return rule.apply(input, *rest)

        def method(self, *args, **kwargs):
            read = [x for x in (*args, *kwargs.values()) if isinstance(x, Tensor)]
            self.check_in_place(any(x.requires_grad for x in read))
            if first is not None:
                first(self, *args, **kwargs)
                refuse_shared_memory(self, *read)
            rule, value, *where = function(self, *args, **kwargs)
            if rule.apart:
                refuse_shared_memory(self, *read)
            return over(self, rule, value, where, f"{name}_", expanded)

        tensor_method(name)(changed)
        method.__name__, method.__doc__ = f"{name}_", f"In-place version of ``{name}``."
        tensor_method(f"{name}_")(method)
        return changed

    return attach


def over(x: Tensor, rule: type, value, where: list | tuple, name: str, expanded: bool) -> Tensor:
    """Writes into x itself."""
    array = value.array if isinstance(value, Tensor) else value
    if mode.enabled and (x.requires_grad or getattr(value, "requires_grad", False)):
        return write_over(x, rule.apply(x, value, *where), name)
    target = writable(x.array, name, expanded)
    arrays = [each.array if isinstance(each, Tensor) else each for each in where]
    try:
        rule._write(target, array, *arrays)
    except ValueError as error:
        raise RuntimeError(f"{name}: shape {list(x.array.shape)} cannot hold it: {error}") from None
    x._changes.bump(name)
    return x


def writable(x: numpy.ndarray, name: str, expanded: bool = True) -> numpy.ndarray:
    """The array, if it may be written to; where torch only warns, an expanded one too."""
    if not expanded or 0 not in x.strides or not repeats(x):
        check_writable(x)
        return x
    warnings.warn(
        f"Use of {name} on expanded tensors is deprecated: several elements are one place in "
        f"memory, and it is left open which value that gets. Change a clone() instead",
        stacklevel=5,
    )
    y = x[...]
    y.flags.writeable = True
    return y


def repeats(x: numpy.ndarray) -> bool:
    """Whether several elements are one place in memory, since the array was expanded."""
    steps = zip(x.strides, x.shape, strict=True)
    return x.size > 0 and any(not step and n > 1 for step, n in steps)


def one_value(x: Tensor, value: object, function: str) -> Tensor | numpy.ndarray:
    """A number in the tensor's dtype, or a tensor without dimensions, to be written to it."""
    if not isinstance(value, Tensor):
        return scalar(number(value, function, "value"), x.array.dtype)
    if value.array.ndim:
        raise RuntimeError(
            f"{function}_ only supports a 0-dimensional value tensor, but got tensor with "
            f"{value.array.ndim} dimension(s)."
        )
    return value if value.array.dtype == x.array.dtype else value.to(x.dtype)


def by_tensors(backward: Callable) -> Callable:
    """Lets a backward be written with tensors: ``backward(ctx, dy, *saved)``."""

    @functools.wraps(backward)
    def over_tensors(ctx, dy):
        if isinstance(dy, Tensor):
            return backward(ctx, dy, *ctx.saved_tensors)
        dxs = backward(ctx, wrap(dy), *map(wrap, ctx.saved_tensors))
        return tuple(dx.array if isinstance(dx, Tensor) else dx for dx in dxs)

    return over_tensors
