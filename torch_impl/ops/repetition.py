"""Being written."""

from torch import broadcast_to, tile, repeat_interleave

__all__ = ['broadcast_to', 'tile', 'repeat_interleave']
