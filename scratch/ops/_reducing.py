"""What every reduction takes: the dimensions to reduce, by torch's name or by NumPy's."""

from __future__ import annotations

import functools
import math
from collections import namedtuple
from collections.abc import Callable

from .. import dtypes
from .._arguments import as_dim, as_dims
from ._forms import with_out

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


def in_dtype_of_out(function: Callable) -> Callable:
    """Lets the function take ``out=``, and computes in the dtype which that has."""
    written = with_out(function)

    @functools.wraps(written)
    def form(*args, out=None, **options):
        if out is None:
            return function(*args, **options)
        kind = getattr(out, "dtype", None)
        given = options.get("dtype")
        if given is None:
            options["dtype"] = kind
        elif given != kind:
            raise RuntimeError(
                f"{function.__name__}(): Expected out tensor to have dtype {given}, but got {kind} "
                f"instead"
            )
        return written(*args, out=out, **options)

    return form


def result_dtype(dtype: dtypes.dtype, name: str) -> dtypes.dtype:
    """The dtype itself; TypeError for anything else."""
    if isinstance(dtype, dtypes.dtype):
        return dtype
    raise TypeError(f"{name}(): argument 'dtype' must be torch.dtype, not {type(dtype).__name__}")


def check_keepdim(keepdim: bool, name: str) -> None:
    """TypeError for ``sum(x, 0, 1)``, which means to reduce over two dimensions."""
    if keepdim is not False and keepdim is not True:
        raise TypeError(
            f"{name}(): argument 'keepdim' must be bool, not {type(keepdim).__name__}; several "
            f"dimensions go into one tuple: dim=(0, 1)"
        )


def one_dim(dim: int, ndim: int, name: str) -> int:
    """One dimension counted from the front; TypeError for anything but a number."""
    if isinstance(dim, bool) or not hasattr(dim, "__index__"):
        raise TypeError(f"{name}(): argument 'dim' must be int, not {type(dim).__name__}")
    return as_dim(dim, ndim)


def reduced_dims(dim: Dims, ndim: int) -> tuple[int, ...]:
    """The dimensions to reduce, counted from the front: all of them for None and for ()."""
    if isinstance(dim, bool):
        raise TypeError(f"argument 'dim' must be int or tuple of ints, not bool: {dim}")
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
            return f"torch.return_types.{type(self).__name__}(\n" + ",\n".join(items) + ")"

    Result.__name__ = Result.__qualname__ = name
    Result.__module__ = "torch.return_types"
    return Result
