"""Learning rates that fall along half a wave: slowly at first and at the end."""

from __future__ import annotations

import math

from torch import Tensor
from torch.optim import Optimizer
from torch.optim.lr_scheduler import CosineAnnealingWarmRestarts

from .scheduler import LRScheduler

__all__ = ["CosineAnnealingLR", "CosineAnnealingWarmRestarts"]


class CosineAnnealingLR(LRScheduler):
    """lr = eta_min + (initial lr - eta_min) * (1 + cos(pi * epoch / T_max)) / 2

    Args:
        optimizer: the optimizer whose learning rate changes
        T_max: how many epochs it takes to get down to ``eta_min``; then it rises again
        eta_min: the lowest rate. Default: 0.0
        last_epoch: the epoch to go on from. Default: -1, from the beginning

    Examples:
        >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
        >>> scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=4)
        >>> for epoch in range(4):
        ...     print(f"{scheduler.get_last_lr()[0]:.4f}")
        ...     optimizer.step()
        ...     scheduler.step()
        1.0000
        0.8536
        0.5000
        0.1464
    """

    def __init__(
        self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0, last_epoch: int = -1
    ):
        self.T_max = T_max
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float | Tensor]:
        """The rates at ``last_epoch``, from those before."""
        rates = [group["lr"] for group in self.optimizer.param_groups]
        low, epoch = self.eta_min, self.last_epoch
        if self._is_initial:
            return rates
        if self._step_count == 1 and epoch > 0:
            height = 1 + math.cos(epoch * math.pi / self.T_max)
            return [low + (base - low) * height / 2 for base in self.base_lrs]
        if (epoch - 1 - self.T_max) % (2 * self.T_max) == 0:  # the lowest point: off it again
            height = 1 - math.cos(math.pi / self.T_max)
            return [
                lr + (base - low) * height / 2
                for base, lr in zip(self.base_lrs, rates, strict=True)
            ]
        height = 1 + math.cos(math.pi * epoch / self.T_max)
        before = 1 + math.cos(math.pi * (epoch - 1) / self.T_max)
        return [height / before * (lr - low) + low for lr in rates]

    def _get_closed_form_lr(self):
        height = 1 + math.cos(math.pi * self.last_epoch / self.T_max)
        return [self.eta_min + (base - self.eta_min) * height / 2 for base in self.base_lrs]
