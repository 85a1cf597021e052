"""Where a tensor lives: ``device("cpu")``, ``device("cuda:0")``."""

from __future__ import annotations

import re
from typing import TypeGuard

__all__ = ["device"]

_TYPES = ("cpu", "cuda")


class device:
    """A place that holds tensors: a type and, for a GPU, a number.

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
            f"Expected one of {', '.join(_TYPES)} device type at start of device string: {type}"
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
