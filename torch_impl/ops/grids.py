"""Grids, pairs and positions: torch's own ways to combine what several vectors hold.

>>> x, y = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
>>> x.stride(), y.stride()
((1, 0), (0, 1))
"""

from torch import cartesian_prod, combinations, meshgrid, unravel_index, vander

__all__ = [
    "meshgrid",
    "cartesian_prod",
    "combinations",
    "vander",
    "unravel_index",
]
