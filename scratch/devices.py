"""Where a tensor lives, and in which order: ``device("cpu")``, ``strided``, ``channels_last``.

Every tensor here is in the computer's memory, and reached by strides. The other names are there so
that programs can ask for them, and are told what is missing.
"""

from __future__ import annotations

import re
from typing import TypeGuard

from ._names import Named

__all__ = [
    "device",
    "get_default_device",
    "set_default_device",
    "layout",
    "strided",
    "sparse_coo",
    "memory_format",
    "contiguous_format",
    "preserve_format",
    "channels_last",
    "channels_last_3d",
]

_TYPES = (
    *("cpu", "cuda", "ipu", "xpu", "mkldnn", "opengl", "opencl", "ideep", "hip", "ve", "fpga"),
    *("maia", "xla", "lazy", "vulkan", "mps", "meta", "hpu", "mtia", "privateuseone"),
)


class device(metaclass=Named):
    """A place that holds tensors: a type and, for a GPU, a number.

    In ``with torch.device("cpu"):`` it is where new tensors are made.

    Args:
        type: ``"cpu"``, ``"cuda"``, ``"cuda:1"``, another device, or the number of a GPU
        index: the number of the GPU, when ``type`` does not name it

    Examples:
        >>> torch.device("cuda:1")
        device(type='cuda', index=1)
        >>> torch.device("cpu").type
        'cpu'
    """

    __slots__ = ("index", "type")
    shown = "torch.device"
    type: str
    index: int | None

    def __new__(cls, type: str | int | device, index: int | None = None) -> device:
        if isinstance(type, device) and index is None:
            return type
        self = object.__new__(cls)
        name, number = _parse(type, index)
        object.__setattr__(self, "type", name)
        object.__setattr__(self, "index", number)
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a device cannot be changed: {name} is not writable")

    def __repr__(self) -> str:
        number = "" if self.index is None else f", index={self.index}"
        return f"device(type={self.type!r}{number})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, device):
            return NotImplemented
        return (self.type, self.index) == (other.type, other.index)

    def __hash__(self) -> int:
        return hash((self.type, self.index))

    def __reduce__(self) -> tuple:
        return device, (self.type, self.index)

    def __enter__(self) -> device:
        _chosen.append(self)
        return self

    def __exit__(self, *exception: object) -> None:
        _chosen.pop()


def _parse(type: str | int | device, index: int | None) -> tuple[str, int | None]:
    if _is_number(type) and index is None:
        return _parse("cuda", type)
    if not isinstance(type, str):
        raise TypeError(f"a device is named by a string or a number, not {type!r}")
    if not _is_number(index) and index is not None:
        raise TypeError(f"the index of a device is a number, not {index!r}")
    name, colon, number = type.partition(":")
    if name not in _TYPES:
        raise RuntimeError(
            f"Expected one of {', '.join(_TYPES)} device type at start of device string: {type}. "
            f"A graphics card is 'cuda' (a Mac's 'mps'), the processor 'cpu'"
        )
    if colon and index is not None:
        raise RuntimeError(
            f"the device {type!r} names its number already: index={index} is one more"
        )
    if colon:
        if not re.fullmatch("0|[1-9][0-9]*", number):
            raise RuntimeError(f"Invalid device string: {type!r}")
        index = int(number)
    if index is not None and index < 0:
        raise RuntimeError(f"Device index must not be negative, got {index}")
    return name, index


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


cpu = device("cpu")
_chosen = [cpu]  # where tensors are made that name no device; the last one counts


def get_default_device() -> device:
    """Where tensors are made that name no device: the CPU, unless it was set otherwise."""
    return _chosen[-1]


def set_default_device(device: device | str | int | None) -> None:
    """Says where tensors are to be made that name no device; None for the CPU."""
    _chosen[0] = cpu if device is None else _device(device)


_device = device


# ---- in which order -----------------------------------------------------------------------------


class _Name(metaclass=Named):
    """One of a few names, of which there is one object each."""

    name: str

    def __new__(cls, *_: object):
        raise TypeError(f"cannot create 'torch.{cls.__name__}' instances: take one of its names")

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        return self.name  # pickled by name, as a dtype is


class layout(_Name):
    """How elements are found: ``strided``, by strides. There are no sparse tensors here.

    Examples:
        >>> torch.ones(2).layout
        torch.strided
    """

    shown = "torch.layout"


class memory_format(_Name):
    """The order of a tensor's elements in memory.

    ``contiguous_format`` is row by row, ``preserve_format`` that of the tensor one starts from.
    ``channels_last`` keeps the channels of each pixel of an (N, C, H, W) batch side by side, and
    ``channels_last_3d`` those of (N, C, D, H, W). Shapes and values do not depend on it.

    Examples:
        >>> torch.ones(2, 3, 4, 5).contiguous(memory_format=torch.channels_last).stride()
        (60, 1, 15, 3)
    """

    shown = "torch.memory_format"


def _named(kind: type, name: str):
    self = object.__new__(kind)
    self.name = name
    return self


strided = _named(layout, "strided")
sparse_coo = _named(layout, "sparse_coo")
contiguous_format = _named(memory_format, "contiguous_format")
preserve_format = _named(memory_format, "preserve_format")
channels_last = _named(memory_format, "channels_last")
channels_last_3d = _named(memory_format, "channels_last_3d")
