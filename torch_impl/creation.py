"""Tensors out of nothing, or out of Python's and NumPy's numbers: torch's own.

There is no gradient here, and little to write out by hand. What is worth trying is which dtype
comes out, and who owns the memory:

>>> torch.tensor([1, 2]).dtype, torch.tensor([1, 2.5]).dtype, torch.tensor([True]).dtype
(torch.int64, torch.float32, torch.bool)
>>> import numpy
>>> array = numpy.zeros(2)
>>> copied, shared = torch.tensor(array), torch.from_numpy(array)
>>> array[0] = 7
>>> copied, shared
(tensor([0., 0.], dtype=torch.float64), tensor([7., 0.], dtype=torch.float64))
"""

import torch
from torch import (
    Tensor,
    as_tensor,
    empty,
    empty_like,
    empty_permuted,
    empty_strided,
    eye,
    from_numpy,
    full,
    full_like,
    ones,
    ones_like,
    scalar_tensor,
    tensor,
    zeros,
    zeros_like,
)

__all__ = [
    "tensor",
    "as_tensor",
    "scalar_tensor",
    "from_numpy",
    "empty",
    "empty_strided",
    "empty_permuted",
    "zeros",
    "ones",
    "full",
    "eye",
    "empty_like",
    "zeros_like",
    "ones_like",
    "full_like",
]


def one_hot(input: Tensor, num_classes: int = -1) -> Tensor:
    """For each label a row of zeros with a single 1, at the place that the label counts.

    Args:
        input: labels, int64, from 0 on
        num_classes: the length of a row. Default: the largest label and one

    Shape:
        (*) to (*, num_classes)

    Examples:
        >>> torch.nn.functional.one_hot(torch.tensor([2, 0]))
        tensor([[0, 0, 1],
                [1, 0, 0]])
    """
    if num_classes == -1:
        num_classes = int(input.max()) + 1
    rows = torch.zeros(*input.shape, num_classes, dtype=torch.int64)
    return rows.scatter_(-1, input.unsqueeze(-1), 1)
