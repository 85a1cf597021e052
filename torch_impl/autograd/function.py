"""The node of the graph, torch's own: ``torch.autograd.Function``.

In torch a rule sees tensors, with recording switched off while ``forward`` runs; ``ctx`` is the
node. Every rule in this package is one, so ``Rule`` is that class under the name of ``scratch``.
"""

from torch.autograd import Function
from torch.autograd.function import once_differentiable

__all__ = ["Function", "Rule", "once_differentiable"]

Rule = Function
