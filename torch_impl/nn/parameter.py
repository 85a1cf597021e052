"""Tensors that belong to a module, torch's own.

>>> torch.nn.Parameter(torch.ones(2))
Parameter containing:
tensor([1., 1.], requires_grad=True)
>>> isinstance(torch.nn.Buffer(torch.zeros(2)), torch.nn.Buffer)
True
"""

from torch.nn import Buffer, Parameter

__all__ = ["Parameter", "Buffer"]
