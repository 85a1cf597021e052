"""Random numbers with a tensor's values as parameters, and into a tensor that exists: torch's own.

>>> torch.manual_seed(0).initial_seed()
0
>>> torch.normal(torch.tensor([0.0, 100.0]), 1.0)
tensor([ 1.5410, 99.7066])
>>> torch.bernoulli(torch.tensor([0.9, 0.5, 0.1]))
tensor([0., 0., 0.])
>>> torch.multinomial(torch.tensor([1.0, 2.0, 7.0]), 4, replacement=True)
tensor([2, 2, 2, 2])
>>> torch.zeros(2, 3).uniform_(-1, 1)
tensor([[-0.3701, -0.2101, -0.1204],
        [ 0.2693,  0.5871,  0.1181]])

No gradient goes through a draw: it comes back as zeros.

>>> p = torch.tensor([0.2, 0.7], requires_grad=True)
>>> torch.bernoulli(p).sum().backward()
>>> p.grad
tensor([0., 0.])
"""

from torch import bernoulli, multinomial, normal

__all__ = ["normal", "bernoulli", "multinomial"]
