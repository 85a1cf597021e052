"""What a frame may be: how wide, of what, around how many dimensions."""

from __future__ import annotations

import numpy

from ..tensor import Tensor

MODES = ("constant", "reflect", "replicate", "circular")


def checked_widths(input: Tensor, pad: object, mode: object, value: object) -> tuple:
    """The widths (before, after) of the last dimensions, in the order of the dimensions."""
    if not isinstance(input, Tensor):
        raise TypeError(
            f"pad(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}"
        )
    if not isinstance(pad, (tuple, list)):
        raise TypeError(
            f"pad(): argument 'pad' (position 2) must be tuple of ints, not {type(pad).__name__}: "
            f"one number before and one after each dimension, beginning with the last"
        )
    for i, n in enumerate(pad):
        if type(n) is not int and not isinstance(n, numpy.integer):
            raise TypeError(
                f"pad(): argument 'pad' (position 2) must be tuple of ints, but found element of "
                f"type {type(n).__name__} at pos {i}"
            )
    if not isinstance(mode, str):
        raise TypeError(
            f"pad(): argument 'mode' (position 3) must be str, not {type(mode).__name__}"
        )
    if len(pad) % 2:
        raise RuntimeError(f"Padding length must be divisible by 2, but there are {len(pad)}")
    if len(pad) > 2 * input.dim():
        raise RuntimeError(
            f"Padding length should be less than or equal to two times the input dimension but got "
            f"padding length {len(pad)} and input of dimension {input.dim()}"
        )
    widths = tuple(zip(map(int, pad[::2]), map(int, pad[1::2]), strict=True))[::-1]
    if mode == "constant":
        _check_cut(input.array.shape, widths)
    elif mode not in MODES and not value:
        raise NotImplementedError(f"Unrecognised padding mode {mode}: it is one of {MODES}")
    elif value:
        raise RuntimeError(f'Padding mode "{mode}" doesn\'t take in value argument')
    return widths


def constant(value: object, input: Tensor) -> float:
    """The constant of a frame, as the input's dtype holds it."""
    if value is None:
        return 0
    if isinstance(value, Tensor):
        value = value.item()
    if not isinstance(value, (int, float, numpy.number)):
        raise TypeError(
            f"pad(): argument 'value' (position 4) must be float, not {type(value).__name__}"
        )
    kind = input.array.dtype
    return value if kind.kind in "fb" else numpy.asarray(int(value)).astype(kind)


def check_frame(x: numpy.ndarray, widths: tuple, mode: str) -> None:
    """Errors for frames of the input's own elements: how many dimensions, and how wide."""
    n = len(widths)
    if n not in (1, 2, 3) or x.ndim not in (n + 1, n + 2):
        raise NotImplementedError(
            f"Padding size {2 * n} is not supported for {x.ndim}D input tensor: {mode} padding "
            f"takes 2 numbers for 2D or 3D, 4 for 3D or 4D, 6 for 4D or 5D inputs"
        )
    if mode != "circular":
        if x.dtype.kind == "b":
            raise NotImplementedError(f"{mode} padding is not implemented for bools")
        if 0 in x.shape[x.ndim - n - 1 :]:
            raise RuntimeError(
                f"Expected {n + 1}D or {n + 2}D (batch mode) tensor with possibly 0 batch size and "
                f"other non-zero dimensions for input, but got: {list(x.shape)}"
            )
    for axis, (before, after) in enumerate(widths, x.ndim - n):
        size = x.shape[axis]
        if mode == "reflect" and max(before, after) >= size:
            raise RuntimeError(
                f"Padding size should be less than the corresponding input dimension, but got: "
                f"padding {(before, after)} at dimension {axis} of input {list(x.shape)}: a mirror "
                f"shows {size - 1} elements of {size}, the border itself not again"
            )
        if mode == "circular" and max(before, after) > size + min(before, 0) + min(after, 0):
            raise RuntimeError(
                f"Padding value causes wrapping around more than once: padding {(before, after)} "
                f"at dimension {axis} of input {list(x.shape)}"
            )
    _check_left(x, widths, mode)


def _check_left(x: numpy.ndarray, widths: tuple, mode: str) -> None:
    lead = x.ndim - len(widths)
    sizes = [n + sum(width) for n, width in zip(x.shape[lead:], widths, strict=True)]
    if min(sizes) < 0 or mode != "circular" and max(sizes) < 1:
        axis = lead + sizes.index(min(sizes))
        raise RuntimeError(
            f"input is too small: padding {widths[axis - lead]} leaves {min(sizes)} of dimension "
            f"{axis} of {list(x.shape)}"
        )


def _check_cut(shape: tuple[int, ...], widths: tuple) -> None:
    for axis, (before, after) in enumerate(widths, len(shape) - len(widths)):
        n = shape[axis]
        if n + min(before, 0) < 0 or n + min(before, 0) + min(after, 0) < 0:
            raise RuntimeError(
                f"narrow(): length must be non-negative: padding {(before, after)} cuts off more "
                f"than dimension {axis} of {list(shape)} has"
            )
