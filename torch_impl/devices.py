"""Where a tensor lives, and in which order: torch's own.

>>> torch.device("cuda:1")
device(type='cuda', index=1)
>>> torch.device("cpu") == torch.ones(3).device
True
>>> x = torch.ones(2, 3, 4, 5)
>>> x.layout, x.contiguous(memory_format=torch.channels_last).stride()
(torch.strided, (60, 1, 15, 3))
"""

from torch import (
    channels_last,
    channels_last_3d,
    contiguous_format,
    device,
    get_default_device,
    layout,
    memory_format,
    preserve_format,
    set_default_device,
    sparse_coo,
    strided,
)

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
