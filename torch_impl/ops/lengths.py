"""How large a vector is, and how far two are apart: norm, dist; and renorm, which makes it shorter.

All torch's own.

>>> x = torch.tensor([3.0, 4.0], requires_grad=True)
>>> x.norm().backward()
>>> x.grad
tensor([0.6000, 0.8000])
>>> torch.dist(torch.tensor([0.0, 1.0]), torch.tensor([3.0, 5.0]))
tensor(5.)
"""

from torch import dist, norm, renorm

__all__ = ["norm", "dist", "renorm"]
