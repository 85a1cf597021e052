"""What every reduction takes: the dimensions to reduce, by torch's name or by NumPy's."""

from __future__ import annotations

import functools
from collections.abc import Callable

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


def kept_shape(shape: tuple[int, ...], dim: Dims) -> list[int]:
    """The shape of the result with ``keepdim=True``: what is reduced has size 1."""
    dims = (dim,) if isinstance(dim, int) else dim or range(len(shape))
    reduced = {i % (len(shape) or 1) for i in dims}
    return [1 if i in reduced else n for i, n in enumerate(shape)]
