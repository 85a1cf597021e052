"""The forms in which torch offers an operation: ``f(x)``, ``x.f()``, ``x.f_()``, ``f(x, out=y)``.

A lesson writes the function; these decorators make the other forms of it.
"""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable, Iterator
from typing import TypeVar

from ..autograd import no_grad
from ..autograd.grad_mode import mode
from ..tensor import Tensor, in_place_method, tensor_method
from ._operands import operator
from ._out import deliver, need_tensor

F = TypeVar("F", bound=Callable)
UNARY = {"__neg__", "__abs__", "__invert__"}


def pointwise(*names: str | Callable) -> Callable:
    """Makes a function an operation in all four forms: function, method, in place and ``out=``.

    ``@pointwise`` takes the function's name for the methods; ``@pointwise("asin", "arcsin")`` takes
    these. Among the names may be operators, ``"__add__"``, and in-place ones, ``"__iadd__"``.
    """
    if len(names) == 1 and callable(names[0]):
        return pointwise(names[0].__name__)(names[0])

    def attach(function: F) -> F:
        for name in names:
            if not name.startswith("__"):
                tensor_method(name)(function)
                in_place_method(function, f"{name}_")
            elif name in UNARY:
                tensor_method(name)(function)
            elif name.startswith("__i"):
                in_place_method(function, name)
            else:
                tensor_method(name)(operator(function))
        return with_out(function)

    return attach


def with_out(function: F) -> F:
    """Lets the function take ``out=``: the tensor, or tensors, to write its result to."""

    @functools.wraps(function)
    def form(*args, out=None, **kwargs):
        if out is None:
            return function(*args, **kwargs)
        outs = out if isinstance(out, (tuple, list)) else (out,)
        for each in outs:
            need_tensor(each, f"{function.__name__}(): argument 'out'")
        _refuse_gradients(function.__name__, [*args, *kwargs.values(), *outs])
        with no_grad():
            y = function(*args, **kwargs)
            if not isinstance(y, tuple):
                return _written(y, out)
            written = [_written(*each) for each in zip(y, outs, strict=True)]
            return y._make(written) if hasattr(y, "_make") else tuple(written)

    form.__signature__ = _with_keyword(inspect.signature(function))
    return form


def _written(y: Tensor, out: Tensor) -> Tensor:
    if out.shape != y.shape and out.numel():
        warnings.warn(
            f"An output with one or more elements was resized since it had shape "
            f"{list(out.shape)}, which does not match the required output shape {list(y.shape)}: "
            f"give an out= of that shape, or an empty one",
            stacklevel=4,
        )
    return deliver(y, out)


def _refuse_gradients(name: str, values: list) -> None:
    if mode.enabled and any(x.requires_grad for x in _tensors(values)):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            f"but one of the arguments requires grad: leave out= away, or use torch.no_grad()"
        )


def _tensors(values: list | tuple) -> Iterator[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _tensors(value)


def _with_keyword(signature: inspect.Signature) -> inspect.Signature:
    """The signature with ``out=None`` as its last keyword."""
    out = inspect.Parameter("out", inspect.Parameter.KEYWORD_ONLY, default=None)
    return signature.replace(parameters=[*signature.parameters.values(), out])
