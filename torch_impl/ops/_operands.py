"""What every operation on two tensors does first: agree on a dtype; and last: undo broadcasting."""

from __future__ import annotations

import sys

import torch
from torch import Tensor


def tensor(x, position: int = 1) -> Tensor:
    """The tensor itself; TypeError for anything else."""
    if isinstance(x, Tensor):
        return x
    function = sys._getframe(1).f_code
    raise TypeError(
        f"{function.co_name}(): argument '{function.co_varnames[position - 1]}' (position "
        f"{position}) must be Tensor, not {type(x).__name__}"
    )


def floating(x: Tensor) -> Tensor:
    """The tensor itself, or, if it holds integers, their values in the default dtype."""
    return x if x.is_floating_point() else x.to(torch.get_default_dtype())


def pair(a, b, floating: bool = False) -> tuple[Tensor, Tensor]:
    """The operands as tensors in their common dtype.

    Args:
        a, b: tensors or numbers
        floating: whether integers become the default dtype first, as for a division
    """
    common = torch.result_type(a, b)
    if floating and not common.is_floating_point:
        common = torch.get_default_dtype()
    return as_operand(a, common), as_operand(b, common)


def as_operand(x, dtype: torch.dtype) -> Tensor:
    """A tensor or number as a tensor in this dtype."""
    if not isinstance(x, Tensor):
        x = torch.tensor(x, dtype=torch.float64 if isinstance(x, float) else None)
    return x.to(dtype)


def unbroadcast(dx: Tensor, shape: torch.Size) -> Tensor:
    """Sums over what broadcasting repeated: the gradient of every copy goes to the one original."""
    return dx.sum_to_size(shape)
