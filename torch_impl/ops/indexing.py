"""Being written."""

from torch import select, narrow

__all__ = ['select', 'narrow']
