"""Random numbers with a tensor's values as parameters, and into a tensor that exists: torch's own.

>>> torch.manual_seed(0).initial_seed()
0
>>> torch.normal(torch.tensor([0.0, 100.0]), 1.0)
tensor([ 1.5410, 99.7066])
>>> torch.bernoulli(torch.tensor([0.9, 0.5, 0.1]))
tensor([1., 0., 0.])
>>> torch.multinomial(torch.tensor([1.0, 2.0, 7.0]), 4, replacement=True)
tensor([1, 0, 1, 2])
>>> torch.zeros(2, 3).uniform_(-1, 1)
tensor([[ 0.0370,  0.3953,  0.6000],
        [-0.6779, -0.4355,  0.3632]])

No gradient goes through a draw: it comes back as zeros.

>>> p = torch.tensor([0.2, 0.7], requires_grad=True)
>>> torch.bernoulli(p).sum().backward()
>>> p.grad
tensor([0., 0.])
"""

from torch import bernoulli, multinomial, normal

__all__ = ["normal", "bernoulli", "multinomial"]
