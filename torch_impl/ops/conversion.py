"""Being written."""

from torch import clone

__all__ = ['clone']
