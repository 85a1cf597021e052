"""How large vectors and matrices are. All torch's own.

>>> x = torch.tensor([[3.0, 0.0], [0.0, 4.0]])
>>> torch.linalg.norm(x), torch.linalg.norm(x, 2), torch.linalg.norm(x, "nuc")
(tensor(5.), tensor(4.), tensor(7.))
"""

from torch.linalg import cond, matrix_norm, matrix_rank, norm, vector_norm

__all__ = ["norm", "vector_norm", "matrix_norm", "cond", "matrix_rank"]
