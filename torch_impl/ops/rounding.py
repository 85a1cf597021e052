"""Whole numbers out of others: floor, ceil, trunc, round; what they cut off; ``//`` and ``%``.

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
>>> torch.fmod(torch.tensor([7, -7]), 4), torch.frac(torch.tensor([1.25, -1.25]))
(tensor([ 3, -3]), tensor([ 0.2500, -0.2500]))
"""

from torch import ceil, fix, floor, floor_divide, fmod, frac, remainder, round, trunc

__all__ = [
    "floor",
    "ceil",
    "trunc",
    "fix",
    "round",
    "frac",
    "floor_divide",
    "remainder",
    "fmod",
]
