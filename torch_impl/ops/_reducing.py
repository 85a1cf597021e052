"""What every reduction takes: the dimensions to reduce, by torch's name or by NumPy's."""

from __future__ import annotations

import functools
from collections.abc import Callable

Dims = int | tuple[int, ...] | list[int] | None


def numpy_names(function: Callable) -> Callable:
    """Lets ``dim`` and ``keepdim`` be called ``axis`` and ``keepdims`` too, as torch does."""

    @functools.wraps(function)
    def renamed(*args, **options):
        for other, name in (("axis", "dim"), ("keepdims", "keepdim")):
            if other in options:
                if name in options:
                    raise TypeError(f"{function.__name__}(): {other} and {name} mean the same")
                options[name] = options.pop(other)
        return function(*args, **options)

    return renamed


def kept_shape(shape: tuple[int, ...], dim: Dims) -> list[int]:
    """The shape of the result with ``keepdim=True``: what is reduced has size 1."""
    dims = (dim,) if isinstance(dim, int) else dim or range(len(shape))
    reduced = {i % (len(shape) or 1) for i in dims}
    return [1 if i in reduced else n for i, n in enumerate(shape)]
