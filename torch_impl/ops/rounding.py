"""Whole numbers out of others: floor, ceil, trunc, round, and the division with remainder ``// %``.

What a rounding returns is constant almost everywhere, so its gradient is zero: nothing is learned
through it. These are torch's own.

>>> x = torch.tensor([-1.5, 0.5, 1.5], requires_grad=True)
>>> torch.round(x)
tensor([-2.,  0.,  2.], grad_fn=<RoundBackward0>)
>>> torch.floor(x).sum().backward()
>>> x.grad
tensor([0., 0., 0.])
>>> torch.tensor([7, -7]) // 4, torch.tensor([7, -7]) % 4
(tensor([ 1, -2]), tensor([3, 1]))
"""

from torch import ceil, floor, floor_divide, remainder, round, trunc

__all__ = ["floor", "ceil", "trunc", "round", "floor_divide", "remainder"]
