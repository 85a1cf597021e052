"""Being written."""

from torch import gather, scatter, scatter_add, index_select, masked_select, masked_fill, nonzero, argwhere

__all__ = ['gather', 'scatter', 'scatter_add', 'index_select', 'masked_select', 'masked_fill', 'nonzero', 'argwhere']
