"""How a tensor becomes text, by torch: the options are torch's own, and so is the layout.

torch publishes ``set_printoptions`` and keeps its two companions in ``torch._tensor_str``, where
the layout lives too, in Python. Reading it there after ``scratch/printing.py`` is a good exercise.
"""

from __future__ import annotations

import torch
from torch import set_printoptions
from torch._tensor_str import get_printoptions, printoptions

__all__ = ["set_printoptions", "get_printoptions", "printoptions", "tensor_repr", "tensor_format"]


def tensor_repr(tensor: torch.Tensor) -> str:
    """What ``repr(tensor)``, and so ``print(tensor)``, shows.

    Examples:
        >>> torch.tensor([[1.0, 0.5], [float("nan"), 10.0]], requires_grad=True)
        tensor([[ 1.0000,  0.5000],
                [    nan, 10.0000]], requires_grad=True)
    """
    return torch.Tensor.__repr__(tensor)


def tensor_format(tensor: torch.Tensor, format_spec: str) -> str:
    """What ``f"{tensor:...}"`` shows: a tensor without dimensions formats as its number.

    Examples:
        >>> f"{torch.tensor(3.14159):.2f}"
        '3.14'
    """
    return torch.Tensor.__format__(tensor, format_spec)
