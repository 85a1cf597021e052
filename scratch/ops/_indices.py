"""What stands between the brackets of ``x[...]``, taken apart into what NumPy needs."""

from __future__ import annotations

import operator
import warnings

import numpy

from .._data import as_array
from ..autograd.variable import Variable

WHOLE = slice(None)


def parsed(shape: tuple[int, ...], index: object) -> tuple[str, tuple, tuple]:
    """An index in two steps: first numbers, slices and None, which make a view; then arrays.

    Returns:
        what the first step is, in torch's words: "Select", "Slice", "Unsqueeze", or "Alias" if it
        changes nothing; its index; and the second step's index, () if there is none
    """
    parts = index if type(index) is tuple else (index,)
    items = parts if all(type(part) in _PLAIN for part in parts) else _items(index)
    kind, basic, picks, dim = "Alias", [], [], 0
    for item in _completed(items, shape):
        if type(item) is int:
            size = shape[dim]
            if not -size <= item < size:
                if not -(2**63) <= item < 2**63:
                    raise ValueError(f"Overflow when unpacking long long: {item} is no index")
                raise IndexError(
                    f"index {item} is out of bounds for dimension {dim} with size {size}"
                )
            kind = "Select"
            basic.append(item)
            dim += 1
        elif item is WHOLE:
            basic.append(item)
            picks.append(item)
            dim += 1
        elif type(item) is slice:
            start, stop, step = item.indices(shape[dim])
            if step <= 0:
                raise ValueError(f"step must be greater than zero, got {step}: use flip()")
            cut = (item.start or 0) != 0 or (item.stop or 0) < 0 or (stop, step) != (shape[dim], 1)
            if cut or item is index:
                kind = "Slice"
            basic.append(slice(start, stop, step))
            picks.append(WHOLE)
            dim += 1
        elif item is None or type(item) is bool:
            kind = "Unsqueeze"
            basic.append(None)
            picks.append(WHOLE if item is None else numpy.zeros(int(item), numpy.int64))
        else:
            taken = _dimensions(item)
            basic += [WHOLE] * taken
            picks.append(item)
            dim += taken
    advanced = any(pick is not WHOLE for pick in picks)
    return kind, (*basic, ...), tuple(picks) if advanced else ()


_PLAIN = {int, slice, type(None), type(...)}  # they need no conversion


def _items(index: object) -> list:
    """The parts of an index: ints, slices, None, ..., booleans, and arrays with dimensions."""
    if isinstance(index, list) and len(index) < 32 and any(map(_is_no_number, index)):
        warnings.warn(
            "Using a non-tuple sequence for multidimensional indexing is deprecated; use "
            "x[tuple(seq)] instead of x[seq], or x[torch.tensor(seq)] to pick entries.",
            stacklevel=4,
        )
        index = tuple(index)
    return [_item(part) for part in index] if isinstance(index, tuple) else [_item(index)]


def _is_no_number(x: object) -> bool:
    return x is None or x is ... or isinstance(x, (slice, list, tuple, numpy.ndarray, Variable))


def _item(part: object) -> object:
    kind = type(part)
    if kind is int or kind is slice or kind is bool or part is None or part is ...:
        return part
    if isinstance(part, Variable):
        array = part.array
        if not array.ndim and array.dtype.kind == "f":
            raise _not_for_indices(array)
    elif isinstance(part, (list, tuple, range, str, bytes, numpy.ndarray)):
        array = _array(part)
    elif isinstance(part, numpy.bool):
        raise _no_index(part)
    else:
        try:
            return operator.index(part)
        except TypeError:
            raise _no_index(part) from None
    if array.dtype == numpy.uint8:
        if array.ndim:
            warnings.warn(
                "indexing with dtype torch.uint8 is now deprecated, please use a dtype torch.bool "
                "instead: such a tensor counts as a mask",
                stacklevel=5,
            )
        array = array.astype(bool)
    return array if array.ndim else array.item()


_INDEX_TYPES = [numpy.dtype(name) for name in ("int64", "int32", "bool", "uint8")]


def picked_shape(shape: tuple[int, ...], picks: tuple) -> tuple[tuple, tuple, tuple]:
    """The shape of ``x[picks]`` in three parts: the sizes of the dimensions in front of those that
    arrays pick from, of what is picked, and of the dimensions behind.

    IndexError unless the arrays are masks that fit the tensor, or integers for dimensions that have
    entries.
    """
    sizes, chosen, places, dim = [], [], [], 0
    for place, pick in enumerate(picks):
        if pick is WHOLE:
            sizes.append(shape[dim])
            dim += 1
            continue
        taken = _dimensions(pick)
        if pick.dtype not in _INDEX_TYPES:
            raise _not_for_indices(pick)
        if pick.dtype != bool and pick.size and not shape[dim]:
            raise IndexError(f"index is out of bounds for dimension {dim} with size 0")
        if pick.dtype == bool and pick.shape != shape[dim : dim + taken]:
            raise IndexError(
                f"The shape of the mask {list(pick.shape)} at index {dim} does not match the shape "
                f"of the indexed tensor {list(shape)} at index {dim}"
            )
        chosen.append((numpy.count_nonzero(pick),) if pick.dtype == bool else pick.shape)
        places.append(place)
        dim += taken
    at = places[0] if places[-1] - places[0] < len(places) else 0  # else they come first
    try:
        return tuple(sizes[:at]), numpy.broadcast_shapes(*chosen), tuple(sizes[at:])
    except ValueError as error:
        raise IndexError(f"indexing tensors could not be broadcast together: {error}") from None


def check_expands(value: numpy.ndarray, parts: tuple[tuple, ...]) -> None:
    """RuntimeError unless the value can be expanded to what is indexed."""
    shape = sum(parts, ())
    ones = (1,) * (len(shape) - value.ndim)
    if value.ndim > len(shape) or any(
        n not in (1, m) for n, m in zip(ones + value.shape, shape, strict=True)
    ):
        raise RuntimeError(
            f"shape mismatch: value tensor of shape {list(value.shape)} cannot be broadcast to "
            f"indexing result of shape {list(shape)}"
        )


def _not_for_indices(array: numpy.ndarray) -> IndexError:
    return IndexError(
        f"tensors used as indices must be long, int, byte or bool tensors, not {array.dtype}"
    )


def _array(part: object) -> numpy.ndarray:
    """The index that a sequence of numbers stands for: whatever they are, they become integers."""
    array = part if isinstance(part, numpy.ndarray) else as_array(part)
    if array.dtype in (bool, numpy.uint8) and array.size:
        return array
    if array.dtype.kind not in "iufb":
        raise TypeError(f"an array of {array.dtype} is no index")
    return array.astype(numpy.int64)


def _no_index(part: object) -> IndexError:
    return IndexError(
        f"only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
        f"indices (got {type(part).__name__})"
    )


def has_bytes(index: object) -> bool:
    """Whether some part of an index is a mask of dtype uint8."""
    arrays = (
        getattr(part, "array", part) for part in (index if isinstance(index, tuple) else (index,))
    )
    return any(isinstance(a, numpy.ndarray) and a.dtype == numpy.uint8 and a.ndim for a in arrays)


def _completed(items: list | tuple, shape: tuple[int, ...]) -> list:
    """The parts with slices in place of the ellipsis, or at the end, for all that is not named."""
    named = sum(map(_dimensions, items))
    if named > len(shape):
        if not shape:
            raise IndexError(
                "invalid index of a 0-dim tensor. Use `tensor.item()` to convert it to a number"
            )
        raise IndexError(
            f"too many indices for tensor of dimension {len(shape)}: {named}, for shape "
            f"{list(shape)}"
        )
    if not any(item is ... for item in items):
        return [*items, *[WHOLE] * (len(shape) - named)]
    completed: list = []
    for item in items:
        if item is not ...:
            completed.append(item)
        elif named is not None:
            completed += [WHOLE] * (len(shape) - named)
            named = None  # a second ellipsis stands for nothing
    return completed


def _dimensions(item: object) -> int:
    """How many dimensions of the tensor this part of an index is about."""
    if type(item) is int or type(item) is slice:
        return 1
    if item is None or item is ... or type(item) is bool:
        return 0
    return item.ndim if item.dtype == bool else 1
