"""The form in which torch offers a function besides the plain one: ``f(x, out=y)``."""

import functools
import inspect
from collections.abc import Callable
from typing import TypeVar

import torch
from torch import Tensor

F = TypeVar("F", bound=Callable)


def with_out(function: F) -> F:
    """Lets the function take ``out=``: the tensor, or tensors, to write its result to."""

    @functools.wraps(function)
    def form(*args, out=None, **kwargs):
        y = function(*args, **kwargs)
        if out is None:
            return y
        if not isinstance(y, tuple):
            return _written(y, out)
        return tuple(_written(*each) for each in zip(y, out, strict=True))

    signature = inspect.signature(function)
    keyword = inspect.Parameter("out", inspect.Parameter.KEYWORD_ONLY, default=None)
    form.__signature__ = signature.replace(parameters=[*signature.parameters.values(), keyword])
    return form


def _written(y: Tensor, out: Tensor) -> Tensor:
    if torch.is_grad_enabled() and (y.requires_grad or out.requires_grad):
        raise RuntimeError(
            "functions with out=... arguments don't support automatic differentiation"
        )
    if not torch.can_cast(y.dtype, out.dtype):
        raise RuntimeError(f"result type {y.dtype} can't be cast to the output type {out.dtype}")
    return out.resize_(y.shape).copy_(y)
