"""What does not belong to one kind of lesson: sharing memory with other libraries."""

from . import dlpack

__all__ = ["dlpack"]
