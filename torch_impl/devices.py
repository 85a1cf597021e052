"""Where a tensor lives: torch's own ``device``.

>>> torch.device("cuda:1")
device(type='cuda', index=1)
>>> torch.device("cpu") == torch.ones(3).device
True
"""

from torch import device

__all__ = ["device"]
