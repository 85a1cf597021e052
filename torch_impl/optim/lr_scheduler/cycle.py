"""Learning rates that rise and then fall, with momentum the other way round, torch's own.

>>> optimizer = torch.optim.Adam([torch.ones(1)])
>>> scheduler = torch.optim.lr_scheduler.OneCycleLR(
...     optimizer, max_lr=1.0, total_steps=6, pct_start=0.5, anneal_strategy="linear"
... )
>>> rates = []
>>> for step in range(5):
...     rates.append(f"{scheduler.get_last_lr()[0]:.2f}")
...     optimizer.step()
...     scheduler.step()
>>> rates
['0.04', '0.52', '1.00', '0.67', '0.33']

>>> optimizer = torch.optim.SGD([torch.ones(1)], momentum=0.9)
>>> scheduler = torch.optim.lr_scheduler.CyclicLR(optimizer, 0.0, 1.0, step_size_up=2)
>>> rates = []
>>> for step in range(5):
...     rates.append(scheduler.get_last_lr()[0])
...     optimizer.step()
...     scheduler.step()
>>> rates
[0.0, 0.5, 1.0, 0.5, 0.0]
"""

from torch.optim.lr_scheduler import CyclicLR, OneCycleLR

__all__ = ["OneCycleLR", "CyclicLR"]
