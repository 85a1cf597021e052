"""Memory formats: in which order new memory is filled, and whether an array is in one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from . import devices
from ._memory import blank_like


def laid_out(
    array: numpy.ndarray,
    memory_format: devices.memory_format | None,
    kind: numpy.dtype | None = None,
) -> numpy.ndarray:
    """New memory for an array's size, in a memory format; what it holds is left open."""
    kind = array.dtype if kind is None else kind
    if memory_format is None or memory_format is devices.preserve_format:
        return blank_like(array, kind)
    return empty_in(array.shape, memory_format, kind)


def empty_in(
    size: tuple[int, ...], memory_format: devices.memory_format, kind: numpy.dtype
) -> numpy.ndarray:
    """New memory of a size, by rows or with the channels last."""
    if memory_format is devices.contiguous_format:
        return numpy.empty(size, kind)
    if not isinstance(memory_format, devices.memory_format):
        raise TypeError(
            f"argument 'memory_format' must be torch.memory_format, not "
            f"{type(memory_format).__name__}"
        )
    if memory_format is devices.preserve_format:
        raise RuntimeError(f"unsupported memory format {memory_format}: there is none to preserve")
    rank = channels_rank(memory_format)
    if len(size) != rank:
        raise RuntimeError(f"required rank {rank} tensor to use {memory_format} format")
    pixels = numpy.empty((size[0], *size[2:], size[1]), kind)
    return pixels.transpose(0, rank - 1, *range(1, rank - 1))


def channels_rank(memory_format: devices.memory_format) -> int:
    """How many dimensions a batch has whose channels come last."""
    return 4 if memory_format is devices.channels_last else 5


def suggested(array: numpy.ndarray) -> devices.memory_format:
    """The format that an array is thought to be in: by rows, unless its channels come last."""
    if not array.flags.c_contiguous:
        for memory_format in (devices.channels_last, devices.channels_last_3d):
            if is_laid_out(array, memory_format):
                return memory_format
    return devices.contiguous_format


def is_laid_out(array: numpy.ndarray, memory_format: devices.memory_format) -> bool:
    """Whether an array's elements lie in the order of this format."""
    if memory_format in (devices.channels_last, devices.channels_last_3d):
        rank = channels_rank(memory_format)
        if array.ndim != rank:
            return False
        return array.transpose(0, *range(2, rank), 1).flags.c_contiguous
    return array.flags.c_contiguous


def like_all(result: numpy.ndarray, arrays: Sequence[numpy.ndarray]) -> numpy.ndarray:
    """A result in the format that all these arrays are in; by rows if theirs differ."""
    if result.flags.c_contiguous and all(x.flags.c_contiguous for x in arrays):
        return result
    formats = {suggested(x) for x in arrays}
    wanted = formats.pop() if len(formats) == 1 else devices.contiguous_format
    if is_laid_out(result, wanted):
        return result
    new = empty_in(result.shape, wanted, result.dtype)
    new[...] = result
    return new
