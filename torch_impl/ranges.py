"""Numbers at equal distances, or at equal ratios; and windows: torch's own.

>>> torch.arange(5), torch.linspace(0, 1, 5)
(tensor([0, 1, 2, 3, 4]), tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000]))
>>> torch.logspace(0, 3, 4), torch.hann_window(4)
(tensor([   1.,   10.,  100., 1000.]), tensor([0.0000, 0.5000, 1.0000, 0.5000]))
"""

from torch import (
    arange,
    bartlett_window,
    blackman_window,
    hamming_window,
    hann_window,
    linspace,
    logspace,
    range,
)

__all__ = [
    "arange",
    "range",
    "linspace",
    "logspace",
    "hann_window",
    "hamming_window",
    "bartlett_window",
    "blackman_window",
]
