"""The form in which torch offers a function besides the plain one: ``f(x, out=y)``."""

import functools
import inspect
import warnings
from collections.abc import Callable, Iterator
from typing import TypeVar

import torch
from torch import Tensor

F = TypeVar("F", bound=Callable)


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
        if not all(isinstance(each, Tensor) for each in outs):
            raise TypeError(f"{name}(): argument 'out' must be Tensor, or several of them")
        with torch.no_grad():
            y = function(*args, **kwargs)
        several = isinstance(y, tuple)
        ys = y if several else (y,)
        if several != isinstance(out, (tuple, list)) or len(ys) != len(outs):
            kind = f"a tuple of {len(ys)} Tensors" if several else "a Tensor"
            raise TypeError(f"{name}(): argument 'out' must be {kind}")
        if not all(each.dtype is torch.bool for each in ys):
            floating = any(each.is_floating_point() for each in ys)
            _refuse_gradients(name, [*outs, *args, *kwargs.values()] if floating else outs)
        _refuse_cast(name, ys, outs, cast and not several)
        with torch.no_grad():
            written = [_written(*each) for each in zip(ys, outs, strict=True)]
        return tuple(written) if several else out

    signature = inspect.signature(function)
    keyword = inspect.Parameter("out", inspect.Parameter.KEYWORD_ONLY, default=None)
    form.__signature__ = signature.replace(parameters=[*signature.parameters.values(), keyword])
    return form


def _written(y: Tensor, out: Tensor) -> Tensor:
    if out.shape != y.shape and out.numel():
        warnings.warn("An output with one or more elements was resized", stacklevel=4)
    return out.resize_(y.shape).copy_(y)


def _refuse_cast(name: str, ys: tuple, outs: tuple, cast: bool) -> None:
    for y, out in zip(ys, outs, strict=True):
        if out.dtype != y.dtype and not (cast and torch.can_cast(y.dtype, out.dtype)):
            raise RuntimeError(f"{name}(): result type {y.dtype} can't be cast to {out.dtype}")


def _refuse_gradients(name: str, values: list | tuple) -> None:
    if torch.is_grad_enabled() and any(x.requires_grad for x in _tensors(values)):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation"
        )


def _tensors(values: list | tuple) -> Iterator[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _tensors(value)
