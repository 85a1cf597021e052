"""Being written."""

from torch import split, chunk, unbind

__all__ = ['split', 'chunk', 'unbind']
