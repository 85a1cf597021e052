"""Singular values and eigenvalues. All torch's own.

>>> U, S, Vh = torch.linalg.svd(torch.tensor([[0.0, 2.0], [3.0, 0.0]]))
>>> S
tensor([3., 2.])
>>> torch.linalg.eigvals(torch.tensor([[0.0, -1.0], [1.0, 0.0]])).dtype
torch.complex64
"""

from torch.linalg import eig, eigh, eigvals, eigvalsh, svd, svdvals

__all__ = ["svd", "svdvals", "eigh", "eigvalsh", "eig", "eigvals"]
