"""Tensors out of nothing, or out of Python's and NumPy's numbers: torch's own.

There is no gradient here, and so nothing to write out by hand. What is worth trying is which dtype
comes out, and who owns the memory:

>>> torch.tensor([1, 2]).dtype, torch.tensor([1, 2.5]).dtype, torch.tensor([True]).dtype
(torch.int64, torch.float32, torch.bool)
>>> import numpy
>>> array = numpy.zeros(2)
>>> copied, shared = torch.tensor(array), torch.from_numpy(array)
>>> array[0] = 7
>>> copied, shared
(tensor([0., 0.], dtype=torch.float64), tensor([7., 0.], dtype=torch.float64))
>>> torch.arange(5), torch.linspace(0, 1, 5)
(tensor([0, 1, 2, 3, 4]), tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000]))
"""

from torch import (
    arange,
    as_tensor,
    empty,
    empty_like,
    eye,
    from_numpy,
    full,
    full_like,
    linspace,
    ones,
    ones_like,
    tensor,
    zeros,
    zeros_like,
)

__all__ = [
    "tensor",
    "as_tensor",
    "from_numpy",
    "empty",
    "zeros",
    "ones",
    "full",
    "eye",
    "arange",
    "linspace",
    "empty_like",
    "zeros_like",
    "ones_like",
    "full_like",
]
