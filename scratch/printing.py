"""How a tensor becomes text: a matrix laid out on a line printer.

A line printer has one size of letters and lines of 80. Three decisions put a matrix on its paper:

1. **The style of the numbers**, one for the whole tensor, so that its columns align. Whole numbers
   are printed as ``3.``, others with ``precision`` digits as ``3.1416``. Where that would hide
   digits or waste paper (largest / smallest > 1000, largest > 1e8, or a fraction below 1e-4) every
   number is printed in scientific notation, ``3.1416e+00``.
2. **The width of a column**: that of the longest finite number other than zero.
3. **The breaks**: a row that is too long for a line goes on in the next one; a tensor of more than
   ``threshold`` numbers shows only the first and last ``edgeitems`` of each dimension.

What the numbers do not tell follows them: device, size, dtype, and where gradients come from.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from typing import Any

import numpy

from . import dtypes
from .tensor import Tensor, tensor_method

__all__ = ["set_printoptions", "get_printoptions", "printoptions", "tensor_repr", "tensor_format"]

_PROFILES: dict[Any, dict[str, Any]] = {
    "default": {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80},
    "short": {"precision": 2, "threshold": 1000, "edgeitems": 2, "linewidth": 80},
    "full": {"precision": 4, "threshold": math.inf, "edgeitems": 3, "linewidth": 80},
}
_options: dict[str, Any] = {**_PROFILES["default"], "sci_mode": None}


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Changes how tensors are printed. What is None stays as it is, except ``sci_mode``.

    Args:
        precision: digits after the decimal point. Default: 4
        threshold: a tensor of more numbers than this is summarised. Default: 1000
        edgeitems: numbers shown at each end of a summarised dimension. Default: 3
        linewidth: letters in a line. Default: 80
        profile: ``"default"``, ``"short"`` or ``"full"``; the options above override its values
        sci_mode: scientific notation always (True), never (False), or where needed (None)

    Examples:
        >>> torch.set_printoptions(precision=2)
        >>> torch.tensor([1.2345])
        tensor([1.23])
        >>> torch.set_printoptions(profile="default")
        >>> torch.tensor([1.2345])
        tensor([1.2345])
    """
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    _options.update(_PROFILES.get(profile, {}))  # an unknown profile changes nothing, as in torch
    _options.update({name: value for name, value in given.items() if value is not None})
    _options["sci_mode"] = sci_mode  # each call decides this one anew, as in torch


def get_printoptions() -> dict[str, Any]:
    """The options in force, by name; a copy."""
    return dict(_options)


@contextlib.contextmanager
def printoptions(**kwargs: Any) -> Iterator[None]:
    """``set_printoptions`` for the length of a ``with`` block."""
    before = get_printoptions()
    set_printoptions(**kwargs)
    try:
        yield
    finally:
        set_printoptions(**before)


@tensor_method("__repr__")
def tensor_repr(tensor: Tensor) -> str:
    """What ``repr(tensor)``, and so ``print(tensor)``, shows.

    Examples:
        >>> torch.tensor([[1.0, 0.5], [float("nan"), 10.0]], requires_grad=True)
        tensor([[ 1.0000,  0.5000],
                [    nan, 10.0000]], requires_grad=True)
        >>> torch.tensor([1, 2], dtype=torch.int32)
        tensor([1, 2], dtype=torch.int32)
    """
    prefix = _kind(tensor) + "("
    text = prefix + _contents(numpy.asarray(tensor.array), len(prefix))
    column = len(text) - (text.rfind("\n") + 1) + 2  # 2 letters more than the line has, as in torch
    for suffix in _suffixes(tensor):
        if column + len(", ") + len(suffix) > _options["linewidth"]:
            text += ",\n" + " " * len(prefix) + suffix
            column = len(prefix) + len(suffix)
        else:
            text += ", " + suffix
            column += len(", ") + len(suffix)
    return text + ")"


@tensor_method("__format__")
def tensor_format(tensor: Tensor, format_spec: str) -> str:
    """What ``f"{tensor:...}"`` shows: a tensor without dimensions formats as its number.

    Examples:
        >>> f"{torch.tensor(3.14159):.2f}"
        '3.14'
        >>> f"{torch.tensor([3.14159])}"
        'tensor([3.1416])'
    """
    if tensor.array.ndim == 0 and type(tensor) is Tensor:  # not for a subclass
        return tensor.item().__format__(format_spec)
    try:
        return object.__format__(tensor, format_spec)
    except TypeError as error:
        shape = tuple(tensor.array.shape)
        raise TypeError(
            f"{error}: {format_spec!r} formats one number, this is a {type(tensor).__name__} of "
            f"shape {shape}. Format one of its elements, such as tensor.mean().item()"
        ) from None


def _kind(tensor: Tensor) -> str:
    """The word before the parenthesis: a subclass shows its own name, but for nn.Parameter."""
    name = type(tensor).__name__
    return "tensor" if name in ("Tensor", "Parameter") else name


def _contents(array: numpy.ndarray, indent: int) -> str:
    """The numbers, in brackets; the first one is to stand ``indent`` letters from the left."""
    edgeitems = _options["edgeitems"]
    if array.size == 0:
        return "[]"
    shown = array
    if array.size > _options["threshold"] and array.ndim > 0:
        if not edgeitems:
            return "[...]"
        shown = array[numpy.ix_(*(_ends(length, edgeitems) for length in array.shape))]

    texts, width = _cells(shown)
    padded = [text.rjust(width) for text in texts]
    if array.ndim == 0:
        return padded[0]
    room = _options["linewidth"] - (indent + array.ndim - 1)  # for a row, inside its brackets
    per_line = max(1, math.floor(room / (width + len(", "))))
    cells = numpy.array(padded, dtype=object).reshape(shown.shape)
    return _block(cells, array.shape, indent, per_line)


def _ends(length: int, edgeitems: int) -> list[int]:
    """The indices shown of a dimension."""
    if edgeitems < 0:
        raise RuntimeError(f"edgeitems must not be negative, it is {edgeitems}")
    if length > 2 * edgeitems:
        return [*range(length)[:edgeitems], *range(length)[-edgeitems:]]
    return list(range(length))


def _block(cells: numpy.ndarray, shape: tuple[int, ...], indent: int, per_line: int) -> str:
    """A row in its brackets, or the blocks of a higher dimension one below the other.

    ``shape`` is that of the whole tensor: where ``cells`` has less, dots stand for the rest.
    """
    if cells.ndim == 1:
        items = list(cells)
    else:
        items = [_block(inner, shape[1:], indent + 1, per_line) for inner in cells]
    if len(items) < shape[0]:
        items.insert(_options["edgeitems"], " ..." if cells.ndim == 1 else "...")
    if cells.ndim == 1:  # its lines
        items = [", ".join(items[i : i + per_line]) for i in range(0, len(items), per_line)]
    # Matrices are set apart by one empty line, stacks of matrices by two, and so on.
    newlines = "\n" * max(1, cells.ndim - 1)
    return "[" + ("," + newlines + " " * (indent + 1)).join(items) + "]"


def _cells(array: numpy.ndarray) -> tuple[list[str], int]:
    """Every number's text, and the width of a column."""
    values = array.ravel().tolist()
    if array.dtype.kind != "f":  # integers and bools
        texts = [str(value) for value in values]
        return texts, max(map(len, texts))

    measured = (numpy.isfinite(array) & (array != 0)).ravel()  # these decide style and width
    style = _style(array.ravel()[measured])
    texts = [_number(value, style) for value in values]
    return texts, max((len(texts[i]) for i in numpy.flatnonzero(measured)), default=1)


def _style(numbers: numpy.ndarray) -> str:
    """``"whole"``, ``"fixed"`` or ``"scientific"``, from finite numbers other than zero."""
    if numbers.size == 0:
        return "whole"
    whole = bool((numbers == numpy.ceil(numbers)).all())
    sizes = abs(numbers)
    smallest, largest = float(sizes.min()), float(sizes.max())
    scientific = _options["sci_mode"]
    if scientific is None:
        scientific = largest / smallest > 1000 or largest > 1e8 or smallest < 1e-4
    if scientific:
        return "scientific"
    return "whole" if whole else "fixed"


def _number(value: float, style: str) -> str:
    if style == "scientific":
        return f"{value:.{_options['precision']}e}"
    if style == "fixed":
        return f"{value:.{_options['precision']}f}"
    return f"{value:.0f}." if math.isfinite(value) else f"{value:.0f}"


def _suffixes(tensor: Tensor) -> Iterator[str]:
    """What follows the numbers: whatever they do not say by themselves."""
    array = tensor.array
    if tensor.device.type != "cpu":
        yield f"device='{tensor.device}'"
    if array.ndim != 1 if array.size == 0 else not _options["edgeitems"]:
        yield f"size={tuple(array.shape)}"
    # The dtypes of 1.5, 1 and True go without saying; of none at all only the first.
    obvious = [dtypes.get_default_dtype()] + [dtypes.int64, dtypes.bool] * (array.size > 0)
    if tensor.dtype not in obvious:
        yield f"dtype={tensor.dtype}"
    try:
        node = tensor.grad_fn
    except RuntimeError:  # a view that autograd has lost track of
        yield "grad_fn=<Invalid>"
        return
    if node is not None:
        yield f"grad_fn=<{node.name().rpartition('::')[2]}>"
    elif tensor.requires_grad:
        yield "requires_grad=True"
