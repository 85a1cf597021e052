"""The form in which torch offers a function besides the plain one: ``f(x, out=y)``."""

import functools
import inspect
from collections.abc import Callable
from typing import TypeVar

import torch
from torch import Tensor

F = TypeVar("F", bound=Callable)


def with_out(function: F | None = None, *, cast: bool = True) -> F | Callable[[F], F]:
    """Lets the function take ``out=``: the tensor, or tensors, to write its result to.

    ``@with_out(cast=False)`` is for functions that write to no other dtype than their result's.
    """
    if function is None:
        return functools.partial(with_out, cast=cast)

    @functools.wraps(function)
    def form(*args, out=None, **kwargs):
        y = function(*args, **kwargs)
        if out is None:
            return y
        if not isinstance(y, tuple):
            return _written(y, out, cast)
        return tuple(_written(*each, cast) for each in zip(y, out, strict=True))

    signature = inspect.signature(function)
    keyword = inspect.Parameter("out", inspect.Parameter.KEYWORD_ONLY, default=None)
    form.__signature__ = signature.replace(parameters=[*signature.parameters.values(), keyword])
    return form


def _written(y: Tensor, out: Tensor, cast: bool) -> Tensor:
    if torch.is_grad_enabled() and (y.requires_grad or out.requires_grad):
        raise RuntimeError(
            "functions with out=... arguments don't support automatic differentiation"
        )
    if not torch.can_cast(y.dtype, out.dtype) or not cast and out.dtype != y.dtype:
        raise RuntimeError(f"result type {y.dtype} can't be cast to the output type {out.dtype}")
    return out.resize_(y.shape).copy_(y)
