"""The graph, torch's own: its nodes are C++ objects that Python can walk, name and hook.

>>> x = torch.ones(2, requires_grad=True)
>>> node = (x * 2 + 1).sum().grad_fn
>>> while node.next_functions:
...     print(node.name())
...     node = node.next_functions[0][0]
SumBackward0
AddBackward0
MulBackward0
>>> node.variable is x
True
"""

from torch.autograd.graph import Node

__all__ = ["Node"]
