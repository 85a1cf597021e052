"""What all schedulers share, torch's own: they write a new learning rate into the groups.

>>> class Halving(torch.optim.lr_scheduler.LRScheduler):
...     def get_lr(self):
...         return [lr / 2**self.last_epoch for lr in self.base_lrs]
>>> optimizer = torch.optim.SGD([torch.ones(1)], lr=0.8)
>>> scheduler = Halving(optimizer)
>>> for epoch in range(3):
...     print(scheduler.get_last_lr())
...     optimizer.step()
...     scheduler.step()
[0.8]
[0.4]
[0.2]
"""

from torch.optim.lr_scheduler import LRScheduler

__all__ = ["LRScheduler"]
