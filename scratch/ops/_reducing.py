"""What every reduction takes: the dimensions to reduce, by torch's name or by NumPy's."""

from __future__ import annotations

import functools
import math
from collections import namedtuple
from collections.abc import Callable

from .._arguments import as_dim, as_dims

Dims = int | tuple[int, ...] | list[int] | None


def numpy_names(function: Callable) -> Callable:
    """Lets ``dim`` and ``keepdim`` be called ``axis`` and ``keepdims`` too, as torch does."""

    @functools.wraps(function)
    def renamed(*args, **options):
        if "axis" in options:
            _rename(options, "axis", "dim")
        if "keepdims" in options:
            _rename(options, "keepdims", "keepdim")
        return function(*args, **options)

    return renamed


def _rename(options: dict, old: str, new: str) -> None:
    if new in options:
        raise TypeError(f"{old} and {new} mean the same: give one of them")
    options[new] = options.pop(old)


def reduced_dims(dim: Dims, ndim: int) -> tuple[int, ...]:
    """The dimensions to reduce, counted from the front: all of them for None and for ()."""
    if dim is None:
        return tuple(range(ndim))
    if isinstance(dim, (tuple, list)):
        return as_dims(tuple(dim), ndim)[:ndim] if dim else tuple(range(ndim))
    return (as_dim(dim, ndim),)[:ndim]  # without dimensions there is none to reduce


def kept_shape(shape: tuple[int, ...], dims: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of the result with ``keepdim=True``: what is reduced has size 1."""
    return tuple(1 if i in dims else n for i, n in enumerate(shape))


def count(shape: tuple[int, ...], dims: tuple[int, ...]) -> int:
    """How many numbers become one."""
    return math.prod([shape[i] for i in dims])


def return_type(name: str, *fields: str) -> type:
    """A tuple with names: ``values, indices = x.max(dim=0)``, or ``x.max(dim=0).values``."""

    class Result(namedtuple(name, fields)):
        __slots__ = ()

        def __repr__(self) -> str:
            items = (f"{field}={item!r}" for field, item in zip(fields, self, strict=True))
            return f"torch.return_types.{name}(\n" + ",\n".join(items) + ")"

    Result.__name__ = Result.__qualname__ = name
    Result.__module__ = "torch.return_types"
    return Result
