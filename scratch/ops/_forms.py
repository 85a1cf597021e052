"""The forms in which torch offers an operation: ``f(x)``, ``x.f()``, ``x.f_()``, ``f(x, out=y)``.

A lesson writes the function; these decorators make the other forms of it.
"""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable, Iterator
from typing import TypeVar

from .. import dtypes
from ..autograd import no_grad
from ..autograd._overlap import refuse_overlap
from ..autograd.grad_mode import mode
from ..autograd.inplace import check_writable
from ..tensor import Tensor, in_place_method, tensor_method
from ._operands import operator
from ._out import deliver, need_tensor

F = TypeVar("F", bound=Callable)
UNARY = {"__neg__", "__abs__", "__invert__"}
TENSOR, NUMBER = (Tensor,), (int, float)  # what an operand of a ufunc may be
EITHER = TENSOR + NUMBER


def pointwise(
    *names: str | Callable,
    cast: bool = True,
    ufunc: Callable | None = None,
    operands: tuple[tuple, ...] | None = None,
    least: int | None = None,
) -> Callable:
    """Makes a function an operation in all four forms: function, method, in place and ``out=``.

    ``@pointwise`` takes the function's name for the methods; ``@pointwise("asin", "arcsin")`` takes
    these. Among the names may be operators, ``"__add__"``, and in-place ones, ``"__iadd__"``.
    ``cast=False`` is for ``with_out``; ``ufunc=``, where the operation is just one of NumPy's, or
    another function of arrays with an ``out``, lets the in-place forms write to the tensor itself.
    ``operands=`` says of each thing it takes besides the tensor whether that is a TENSOR, a NUMBER
    or EITHER, which is what NumPy's own take; ``least=`` how many it needs. Default: all of them.
    """
    if len(names) == 1 and callable(names[0]):
        return pointwise(names[0].__name__)(names[0])
    if operands is None:
        operands = (EITHER,) * (getattr(ufunc, "nin", 1) - 1)
    if least is None:
        least = len(operands)

    def attach(function: F) -> F:
        for name in names:
            if not name.startswith("__"):
                tensor_method(name)(function)
                in_place(function, f"{name}_", ufunc, operands, least)
            elif name in UNARY:
                tensor_method(name)(function)
            elif name.startswith("__i"):
                tensor_method(name)(operator(getattr(Tensor, f"{function.__name__}_")))
            else:
                tensor_method(name)(operator(function))
        return with_out(function, cast=cast)

    return attach


def in_place(
    function: Callable, name: str, ufunc: Callable | None, operands: tuple = (), least: int = 0
) -> None:
    """Makes the in-place method: with a ufunc and nothing to record, one that needs no memory."""
    method = in_place_method(function, name)
    if ufunc is None:
        return

    @functools.wraps(method)
    def direct(self, *args, **kwargs):
        enough = least <= len(args) <= len(operands) and not kwargs
        if not enough or not _stays_itself(self, args, operands):
            return method(self, *args, **kwargs)
        refuse_overlap(self, args, method.__name__)
        self.check_in_place()
        check_writable(self.array)
        ufunc(self.array, *[getattr(y, "array", y) for y in args], out=self.array)
        self._changes.bump(method.__name__)
        return self

    tensor_method(method.__name__, name)(direct)


def _stays_itself(x: Tensor, args: tuple, operands: tuple) -> bool:
    """Whether the result has the shape and dtype of ``x``, and no gradient follows it."""
    if x.array.dtype.kind != "f" or _is_followed(x):
        return False
    for y, kinds in zip(args, operands, strict=False):
        if not isinstance(y, Tensor):
            if type(y) not in kinds:  # a bool or a NumPy number counts in its own way
                return False
        elif Tensor not in kinds or y.array.dtype is not x.array.dtype or _is_followed(y):
            return False
        elif y.array.shape not in (x.array.shape, ()):
            return False
    return True


def _is_followed(x: Tensor) -> bool:
    return mode.enabled and (x.requires_grad or x._base is not None and x._base.requires_grad)


def with_out(function: F | None = None, *, cast: bool = True) -> Callable:
    """Lets the function take ``out=``: the tensor, or tensors, to write its result to.

    ``@with_out(cast=False)`` is for functions that write to no other dtype than their result's.
    """
    if function is None:
        return functools.partial(with_out, cast=cast)
    name = function.__name__

    @functools.wraps(function)
    def form(*args, out=None, **kwargs):
        if out is None:
            return function(*args, **kwargs)
        outs = out if isinstance(out, (tuple, list)) else (out,)
        for each in outs:
            need_tensor(each, f"{name}(): argument 'out'")
        try:
            with no_grad():
                y = function(*args, **kwargs)
        except (RuntimeError, IndexError):
            _refuse_gradients(name, [*outs, *args, *kwargs.values()])  # the first complaint
            raise
        several = isinstance(y, tuple)
        ys = y if several else (y,)
        if several != isinstance(out, (tuple, list)) or len(ys) != len(outs):
            kind = f"a tuple of {len(ys)} Tensors" if several else "a Tensor"
            raise TypeError(f"{name}(): argument 'out' must be {kind}")
        if not all(each.dtype is dtypes.bool for each in ys):
            floating = any(each.dtype.is_floating_point for each in ys)
            _refuse_gradients(name, [*outs, *args, *kwargs.values()] if floating else outs)
        _refuse_cast(name, ys, outs, cast and not several)
        with no_grad():
            written = [_written(*each) for each in zip(ys, outs, strict=True)]
        if not several:
            return out
        return _written_type(type(y))(*written) if hasattr(y, "_fields") else tuple(written)

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


@functools.cache
def _written_type(kind: type) -> type:
    """The type of a result with names, where it was written to ``out=``."""
    return type(f"{kind.__name__}_out", (kind,), {"__slots__": (), "__module__": kind.__module__})


def _refuse_cast(name: str, ys: tuple, outs: tuple, cast: bool) -> None:
    for y, out in zip(ys, outs, strict=True):
        if out.dtype is not y.dtype and not (cast and dtypes.can_cast(y.dtype, out.dtype)):
            raise RuntimeError(
                f"{name}(): result type {y.dtype} can't be cast to the dtype of out=, {out.dtype}: "
                f"give an out= of dtype {y.dtype}"
            )


def _refuse_gradients(name: str, values: list | tuple) -> None:
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
