"""What a convolution is called with: numbers made tuples, and everything that may be wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy

from ..tensor import Tensor
from ._windows import Steps, enlarged, places


def per_dimension(x: object, n: int) -> tuple:
    """A layer's argument as a tuple: one number stands for all n dimensions."""
    return tuple(x) if isinstance(x, Iterable) else (x,) * n


def integers(x: object, n: int, function: str, name: str) -> tuple[int, ...]:
    """A function's argument as n integers; TypeError or RuntimeError where it is not that."""
    numbers = tuple(x) if isinstance(x, (tuple, list)) else (x,)
    for number in numbers:
        if not _is_integer(number):
            raise TypeError(
                f"{function}(): argument '{name}' must be int or tuple of ints, not "
                f"{type(number).__name__}"
            )
    numbers = tuple(map(int, numbers))
    if len(numbers) not in (1, n):
        raise RuntimeError(
            f"expected {name} to be a single integer value or a list of {n} values to match the "
            f"convolution dimensions, but got {name}={list(numbers)}"
        )
    return numbers * n if len(numbers) == 1 else numbers


def _is_integer(x: object) -> bool:
    if isinstance(x, Tensor):
        return x.numel() == 1 and x.array.dtype.kind in "iu"
    return type(x) is int or isinstance(x, numpy.integer)


def check_numbers(steps: Steps, extra: tuple[int, ...] = ()) -> None:
    """RuntimeError for what makes no sense whatever the input."""
    if steps.groups <= 0:
        raise RuntimeError(f"non-positive groups is not supported: groups={steps.groups}")
    for name, numbers, least in (
        ("stride", steps.stride, 1),
        ("padding", steps.padding, 0),
        ("dilation", steps.dilation, 1),
        ("output_padding", extra, 0),
    ):
        if any(n < least for n in numbers):
            sign = "negative" if least == 0 else "non-positive"
            raise RuntimeError(f"{sign} {name} is not supported: {name}={numbers}")


def check_tensors(function: str, input: object, weight: object, bias: object) -> None:
    """TypeError unless they are tensors."""
    for name, x in (("input", input), ("weight", weight), ("bias", bias)):
        if not isinstance(x, Tensor) and (x is not None or name != "bias"):
            raise TypeError(
                f"{function}() received an invalid combination of arguments: '{name}' must be "
                f"Tensor, not {type(x).__name__}"
            )


def check_dtypes(function: str, x: Tensor, weight: Tensor, bias: Tensor | None, rare: bool) -> None:
    """RuntimeError unless they are of one dtype; NotImplementedError for dtypes torch lacks.

    Args:
        function: its name
        x, weight, bias: the tensors
        rare: whether it is transposed or dilated, where of the integers only int64 is taken
    """
    for name, other in (("weight", weight), ("bias", bias)):
        if other is not None and other.dtype is not x.dtype:
            raise RuntimeError(
                f"Input type ({x.dtype}) and {name} type ({other.dtype}) should be the same: "
                f"convert the input with .to(dtype), or the layer"
            )
    kind = x.array.dtype
    if kind.kind == "b" or rare and kind.kind in "iu" and kind.itemsize < 8:
        raise NotImplementedError(f"{function}() is not implemented for {x.dtype}: convert it")


def check_rank(function: str, n: int, input: Tensor, weight: Tensor) -> None:
    """RuntimeError unless the input has n spatial dimensions, and the weight as many."""
    if input.array.ndim not in (n + 1, n + 2):
        dims = ", ".join("L" if n == 1 else "DHW"[-n:])
        raise RuntimeError(
            f"Expected {n + 1}D (unbatched) or {n + 2}D (batched) input to {function}, but got "
            f"input of size: {list(input.shape)}. The dimensions are (N, C, {dims}) or "
            f"(C, {dims}), and x.unsqueeze(dim) adds one of size 1"
        )
    if weight.array.ndim != n + 2:
        raise RuntimeError(
            f"{function} expects a weight of {n + 2} dimensions, but got one of shape "
            f"{list(weight.shape)}"
        )


def _other_places(x: tuple, channels: int) -> str:
    """How an input without its channels there may be meant."""
    if x[-1] == channels:
        return f". If they are the last dimension, use x.movedim(-1, {1 - len(x)})"
    if channels == 1:
        return f". If it has one channel and no dimension for it, use x.unsqueeze({1 - len(x)})"
    return ""


def check_shapes(x: tuple, weight: tuple, bias: tuple | None, steps: Steps, turned: bool) -> None:
    """RuntimeError unless channels, groups and bias fit each other.

    Args:
        x, weight, bias: their shapes
        steps: for the groups
        turned: whether it is a transposed convolution
    """
    groups = steps.groups
    kind = "transposed=1" if turned else f"groups={groups}"
    channels = weight[0] if turned else weight[1] * groups
    outputs = weight[1] * groups if turned else weight[0]
    if weight[0] < groups or weight[0] % groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, "
            f"but got weight of size {list(weight)} instead"
        )
    if x[1] != channels:
        per_group = "" if turned or groups == 1 else f" ({groups} groups of {weight[1]})"
        raise RuntimeError(
            f"Given {kind}, weight of size {list(weight)}, expected input{list(x)} to have "
            f"{channels} channels, but got {x[1]} channels instead: the layer's in_channels is "
            f"{channels}{per_group}, and dimension 1 of a batch holds the channels"
            + _other_places(x, channels)
        )
    if bias is not None and bias != (outputs,):
        raise RuntimeError(
            f"Given {kind}, weight of size {list(weight)}, expected bias to be 1-dimensional with "
            f"{outputs} elements, but got bias of size {list(bias)} instead"
        )
    if 0 in weight[2:]:
        raise RuntimeError(f"a kernel of size {list(weight[2:])} sees nothing")


def check_fit(x: tuple, kernel: tuple, steps: Steps) -> None:
    """RuntimeError if the kernel is larger than the padded image: with the sum done in words."""
    sizes = x[2:]
    out = places(sizes, kernel, steps)
    if min(out) < 1:
        i = next(i for i, n in enumerate(out) if n < 1)
        n, p, d, k, s = sizes[i], steps.padding[i], steps.dilation[i], kernel[i], steps.stride[i]
        raise RuntimeError(
            f"Calculated padded input size per channel: "
            f"({' x '.join(map(str, enlarged(sizes, steps.padding)))}). Kernel size: "
            f"({' x '.join(map(str, kernel))}). Kernel size can't be greater than actual input "
            f"size: dimension {i + 2} of the input {list(x)} would give\n"
            f"    out = floor((in + 2*padding - dilation*(kernel - 1) - 1) / stride) + 1\n"
            f"        = floor(({n} + 2*{p} - {d}*({k} - 1) - 1) / {s}) + 1 = {out[i]}"
        )
    check_not_empty(x)


def check_not_empty(x: tuple) -> None:
    """RuntimeError for images without pixels."""
    if x[0] and x[1] and not math.prod(x[2:]):
        raise RuntimeError(
            f"Only zero batch or zero channel inputs are supported, but got input shape: {list(x)}"
        )
