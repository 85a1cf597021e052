"""Memory that is shared with others: torch's own.

>>> import numpy
>>> array = numpy.zeros(2)
>>> x = torch.asarray(array)
>>> array[0] = 1
>>> x
tensor([1., 0.], dtype=torch.float64)
>>> torch.frombuffer(bytearray([1, 0, 2, 0]), dtype=torch.int16)
tensor([1, 2], dtype=torch.int16)
"""

from torch import (
    asarray,
    frombuffer,
)

__all__ = [
    "asarray",
    "frombuffer",
]
