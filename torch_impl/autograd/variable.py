"""What autograd knows of a tensor: in torch, the part of ``Tensor`` that C++ calls AutogradMeta.

``Variable`` was a class of its own until version 0.4; it is still there, and every tensor is one.
"""

from torch.autograd import Variable

__all__ = ["Variable"]
