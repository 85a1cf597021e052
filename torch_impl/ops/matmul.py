"""Being written."""

from torch import matmul, mm, mv, dot, bmm, outer, addmm

__all__ = ['matmul', 'mm', 'mv', 'dot', 'bmm', 'outer', 'addmm']
