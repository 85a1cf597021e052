"""Products of several matrices: powers, chains, and the exponential. All torch's own.

>>> torch.linalg.matrix_power(torch.tensor([[1, 1], [1, 0]]), 10)
tensor([[89, 55],
        [55, 34]])
>>> torch.linalg.matrix_exp(torch.tensor([[0.0, 1.0], [0.0, 0.0]]))
tensor([[1., 1.],
        [0., 1.]])
"""

from torch.linalg import cross, diagonal, matmul, matrix_exp, matrix_power, multi_dot, vecdot

__all__ = ["matmul", "vecdot", "cross", "diagonal", "multi_dot", "matrix_power", "matrix_exp"]
