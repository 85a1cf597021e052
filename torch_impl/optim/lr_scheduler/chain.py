"""Several schedulers for one optimizer, torch's own: one after the other, or all at once.

>>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
>>> warmup = torch.optim.lr_scheduler.LinearLR(optimizer, 0.5, total_iters=2)
>>> decay = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
>>> scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [warmup, decay], [2])
>>> rates = []
>>> for epoch in range(5):
...     rates.append(scheduler.get_last_lr()[0])
...     optimizer.step()
...     scheduler.step()
>>> rates
[0.5, 0.75, 1.0, 0.5, 0.25]

>>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
>>> falling = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
>>> rising = torch.optim.lr_scheduler.LinearLR(optimizer, 0.5, total_iters=2)
>>> scheduler = torch.optim.lr_scheduler.ChainedScheduler([falling, rising])
>>> rates = []
>>> for epoch in range(3):
...     rates.append(scheduler.get_last_lr()[0])
...     optimizer.step()
...     scheduler.step()
>>> rates
[0.5, 0.375, 0.25]
"""

from torch.optim.lr_scheduler import ChainedScheduler, SequentialLR

__all__ = ["SequentialLR", "ChainedScheduler"]
