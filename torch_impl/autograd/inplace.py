"""In-place operations and views, torch's own.

torch's C++ does here what ``scratch`` writes out: a result that shares memory with an input is a
view of it, version counters are shared along with memory, and writing to a view gives the base a
``CopySlices`` node.
"""

import torch

from .function import Function

__all__ = ["ViewRule", "write_over"]

ViewRule = Function  # torch sees by itself that a result shares its input's memory


def write_over(x: torch.Tensor, result: torch.Tensor, operation: str) -> torch.Tensor:
    """Writes the result of an operation on ``x`` over ``x``, memory and history both.

    Args:
        x: the tensor to change
        result: what it becomes
        operation: what to call this in error messages; torch names its own
    """
    return x.copy_(result)
