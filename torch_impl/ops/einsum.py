"""Any sum of products, written as its indices: torch's own ``einsum``.

>>> a, b = torch.arange(4.0).reshape(2, 2), torch.tensor([[1.0, 2.0], [3.0, 4.0]])
>>> torch.einsum("ij,jk->ik", a, b)
tensor([[ 3.,  4.],
        [11., 16.]])
>>> torch.einsum("ii", a), torch.einsum("ij->j", a)
(tensor(3.), tensor([2., 4.]))
"""

from torch import einsum

__all__ = ["einsum"]
