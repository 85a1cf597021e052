"""What many functions take: sizes, dimensions, a device. Read here once, with torch's errors."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable

from .devices import _chosen, cpu, device
from .dtypes import dtype


def as_sizes(sizes: tuple | list, function: str, name: str = "size") -> tuple[int, ...]:
    """The sizes of ``zeros(2, 3)``, ``zeros((2, 3))`` or ``zeros([2, 3])``: (2, 3)."""
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        sizes = sizes[0]
    try:
        return tuple(map(operator.index, sizes))
    except TypeError:
        kinds = ", ".join(type(n).__name__ for n in sizes)
        raise TypeError(
            f"{function}(): argument '{name}' must be tuple of ints, but it holds: {kinds}"
        ) from None


def as_size(sizes: tuple | list, function: str) -> tuple[int, ...]:
    """The same for a new tensor: none may be negative."""
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        sizes = sizes[0]
    size = as_sizes((sizes,), function)
    if bool in map(type, sizes):
        raise TypeError(f"{function}(): argument 'size' must be tuple of ints, not bool")
    if size and min(size) < 0:
        raise RuntimeError(
            f"Trying to create a tensor of which a dimension is negative, got size {list(size)}"
        )
    return size


def checked_size(size: tuple[int, ...] | list[int], function: str) -> tuple[int, ...]:
    """The size of a new tensor, where it has to be a tuple or list."""
    if not isinstance(size, (tuple, list)):
        raise TypeError(
            f"{function}(): argument 'size' must be tuple of ints, not {type(size).__name__}"
        )
    return as_size((size,), function)


def takes_size(function: Callable) -> Callable:
    """Lets a function of one tuple ``size`` be called with the sizes one by one, or ``size=``."""

    @functools.wraps(function)
    def with_sizes(*sizes, **options):
        if sizes:
            size = as_size(sizes, function.__name__)
        elif "size" in options:
            size = checked_size(options.pop("size"), function.__name__)
        else:
            raise TypeError(f'{function.__name__}() missing 1 required positional argument: "size"')
        try:
            return function(size, **options)
        except (MemoryError, ValueError) as error:
            raise RuntimeError(f"{function.__name__}: no memory for size {list(size)}") from error

    return with_sizes


def spread(name: str) -> Callable:
    """Lets a method's tuple argument be given as separate numbers: ``x.view(2, 3)``.

    Args:
        name: what the argument is called, the second one after the tensor
    """

    def decorate(function: Callable) -> Callable:
        @functools.wraps(function)
        def with_numbers(input, *numbers, **options):
            if name in options:
                numbers = (options.pop(name),)
            elif not numbers and isinstance(options.get("dtype"), dtype):
                return function(input, options["dtype"])
            elif not numbers:
                raise TypeError(
                    f'{function.__name__}() missing 1 required positional argument: "{name}"'
                )
            if len(numbers) == 1 and isinstance(numbers[0], dtype):  # view(torch.int32)
                return function(input, numbers[0], **options)
            return function(input, as_sizes(numbers, function.__name__, name), **options)

        return with_numbers

    return decorate


def as_int(x: object, function: str, name: str) -> int:
    """An integer argument: whatever counts as an index, except True and False."""
    try:
        if isinstance(x, bool):
            raise TypeError
        return operator.index(x)
    except TypeError:
        raise TypeError(
            f"{function}(): argument '{name}' must be int, not {type(x).__name__}"
        ) from None


def as_dim(dim: int, ndim: int) -> int:
    """A dimension counted from the front, though it may be given from the back."""
    dim = operator.index(dim)
    size = ndim or 1  # a tensor without dimensions counts as having one, as in torch
    if not -size <= dim < size:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-size}, {size - 1}], but got "
            f"{dim})"
        )
    return dim % size


def as_dims(dims: tuple, ndim: int) -> tuple[int, ...]:
    """Several dimensions, each once."""
    found = tuple(as_dim(dim, ndim) for dim in dims)
    for dim in found:
        if found.count(dim) > 1:
            raise RuntimeError(f"dim {dim} appears multiple times in the list of dims")
    return found


def check_device(wanted: device | str | int | None) -> None:
    """Raises unless this names the CPU, where all arrays of this library are."""
    if wanted is None:
        wanted = _chosen[-1]
    if wanted is cpu:
        return
    if isinstance(wanted, int):
        raise RuntimeError(
            f"Cannot access accelerator device when none is available: {wanted} was asked for"
        )
    wanted = device(wanted)
    if wanted.type in ("cuda", "xpu"):
        raise AssertionError(
            f"Torch not compiled with {wanted.type.upper()} enabled: {wanted} was asked for, and "
            f"this library computes on the CPU. Leave device= out, or choose it by "
            f"`'cuda' if torch.cuda.is_available() else 'cpu'`."
        )
    if wanted.type != "cpu":
        raise NotImplementedError(f"this library computes on the CPU, and has no device {wanted}")
