"""How far numbers lie from their mean, and how large they are: var, std, norm. All torch's own.

>>> x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
>>> x.var(), x.var(correction=0)
(tensor(1.6667, grad_fn=<VarBackward0>), tensor(1.2500, grad_fn=<VarBackward0>))
>>> x.norm().backward()
>>> x.grad
tensor([0.1826, 0.3651, 0.5477, 0.7303])
"""

from torch import norm, std, var

__all__ = ["var", "std", "norm"]
