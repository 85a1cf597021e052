"""DLPack: how libraries lend each other their tensors without copying.

The one that has the tensor packs its address, shape, strides and dtype into a *capsule*, and keeps
the memory alive until the other has let go of it. ``x.__dlpack__()`` packs it, and
``from_dlpack`` unpacks it.
"""

from __future__ import annotations

import enum

import numpy

from .. import devices
from .._arguments import check_device
from .._data import shared, supported
from .._memory import described
from ..creation import Device
from ..ops._making import made
from ..tensor import Tensor, tensor_method

__all__ = ["DLDeviceType", "from_dlpack", "to_dlpack"]


class DLDeviceType(enum.IntEnum):
    """How DLPack numbers the places where memory can be."""

    kDLCPU = 1
    kDLCUDA = 2
    kDLCUDAHost = 3
    kDLOpenCL = 4
    kDLVulkan = 7
    kDLMetal = 8
    kDLVPI = 9
    kDLROCM = 10
    kDLROCMHost = 11
    kDLExtDev = 12
    kDLCUDAManaged = 13
    kDLOneAPI = 14
    kDLWebGPU = 15
    kDLHexagon = 16
    kDLMAIA = 17


class _Capsule:
    """A capsule as an object that hands it over, which is how NumPy wants it."""

    def __init__(self, capsule: object):
        self.capsule = capsule

    def __dlpack__(self, **_: object) -> object:
        return self.capsule

    def __dlpack_device__(self) -> tuple[int, int]:
        return DLDeviceType.kDLCPU, 0


def from_dlpack(ext_tensor: object, *, device: Device = None, copy: bool | None = None) -> Tensor:
    """A tensor that shares the memory of another library's.

    Args:
        ext_tensor: an object with ``__dlpack__``, such as an array; or a capsule
        device: the CPU
        copy: True for a copy. Default: none

    Examples:
        >>> import numpy
        >>> array = numpy.zeros(2)
        >>> x = torch.from_dlpack(array)
        >>> x[0] = 1
        >>> array
        array([1., 0.])
    """
    check_device(device)
    if type(ext_tensor).__name__ == "PyCapsule":
        array = _unpacked(ext_tensor)
    elif hasattr(ext_tensor, "__dlpack__"):
        array = numpy.from_dlpack(ext_tensor)
    else:
        raise RuntimeError(
            f"from_dlpack received an invalid capsule: neither one nor an object with __dlpack__, "
            f"but {type(ext_tensor).__name__}"
        )
    array = supported(array)
    return made(array.copy(order="K") if copy else shared(array))


def _unpacked(capsule: object) -> numpy.ndarray:
    try:
        array = numpy.from_dlpack(_Capsule(capsule))
    except ValueError:
        raise RuntimeError(
            "from_dlpack received an invalid capsule: one can be unpacked only once"
        ) from None
    if array.flags.writeable:
        return array
    return described(array, data=(array.ctypes.data, False))  # no older capsule can say so


def to_dlpack(tensor: Tensor) -> object:
    """A capsule with the tensor, for libraries that do not ask for one themselves."""
    return tensor.array.__dlpack__()


@tensor_method
def __dlpack__(
    self: Tensor,
    *,
    stream: int | None = -1,
    max_version: tuple[int, int] | None = None,
    dl_device: tuple[int, int] | None = None,
    copy: bool | None = None,
) -> object:
    """Packs the tensor for another library. A gradient would get lost there: it must need none."""
    if self.requires_grad:
        raise BufferError("Can't export tensors that require gradient, use tensor.detach()")
    if stream not in (None, -1):
        raise AssertionError("stream should be None on cpu.")
    if dl_device is not None and tuple(dl_device) != (DLDeviceType.kDLCPU, 0):
        raise NotImplementedError(f"the tensor is on the {devices.cpu}, not on {dl_device}")
    array = self.array.copy(order="K") if copy else self.array
    return array.__dlpack__(max_version=max_version)


@tensor_method
def __dlpack_device__(self: Tensor) -> tuple[DLDeviceType, int]:
    """Where the tensor is, in DLPack's numbers."""
    return DLDeviceType.kDLCPU, 0
