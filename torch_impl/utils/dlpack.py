"""DLPack: how libraries lend each other their tensors without copying: torch's own.

>>> import numpy
>>> array = numpy.zeros(2)
>>> x = torch.from_dlpack(array)
>>> x[0] = 1
>>> array, numpy.from_dlpack(x)
(array([1., 0.]), array([1., 0.]))
"""

from torch.utils.dlpack import (
    DLDeviceType,
    from_dlpack,
    to_dlpack,
)

__all__ = [
    "DLDeviceType",
    "from_dlpack",
    "to_dlpack",
]
