"""What does not belong to one kind of lesson: sharing memory with other libraries."""

from typing import Any

import torch

from . import dlpack

__all__ = ["dlpack"]


def __getattr__(name: str) -> Any:
    """What is not written out here is torch's own."""
    return getattr(torch.utils, name)
