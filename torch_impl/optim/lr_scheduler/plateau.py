"""Learning rates that fall when the loss no longer does, torch's own.

>>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
>>> scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=1)
>>> for loss in [3.0, 2.0, 2.0, 2.0]:
...     scheduler.step(loss)
>>> scheduler.get_last_lr()
[0.1]
"""

from torch.optim.lr_scheduler import ReduceLROnPlateau

__all__ = ["ReduceLROnPlateau"]
