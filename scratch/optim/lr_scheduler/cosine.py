"""Learning rates that fall along half a wave: slowly at first and at the end."""

from __future__ import annotations

import math

from ...tensor import Tensor
from ..optimizer import Optimizer
from .scheduler import LRScheduler, of_groups

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
        self._advise()
        rates, low, epoch = of_groups(self.optimizer, "lr"), self.eta_min, self.last_epoch
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


class CosineAnnealingWarmRestarts(LRScheduler):
    """lr = eta_min + (initial lr - eta_min) * (1 + cos(pi * T_cur / T_i)) / 2

    with T_cur the epochs since the last restart and T_i those between this one and the next.

    Args:
        optimizer: the optimizer whose learning rate changes
        T_0: after how many epochs it starts again from the top
        T_mult: how many times as long each period is as the one before. Default: 1
        eta_min: the lowest rate. Default: 0.0
        last_epoch: the epoch to go on from. Default: -1, from the beginning

    Examples:
        >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
        >>> Restarts = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts
        >>> scheduler = Restarts(optimizer, T_0=2, T_mult=2)
        >>> for epoch in range(4):
        ...     print(f"{scheduler.get_last_lr()[0]:.4f}")
        ...     optimizer.step()
        ...     scheduler.step()
        1.0000
        0.5000
        1.0000
        0.8536
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_0: int,
        T_mult: int = 1,
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ):
        if T_0 <= 0 or not isinstance(T_0, int):
            raise ValueError(f"Expected positive integer T_0, but got {T_0}")
        if T_mult < 1 or not isinstance(T_mult, int):
            raise ValueError(f"Expected integer T_mult >= 1, but got {T_mult}")
        if not isinstance(eta_min, (float, int)):
            raise ValueError(
                f"Expected float or int eta_min, but got {eta_min} of type {type(eta_min)}"
            )
        self.T_0 = T_0
        self.T_i = T_0
        self.T_mult = T_mult
        self.eta_min = eta_min
        self.T_cur = last_epoch
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float | Tensor]:
        """The rates at ``T_cur``."""
        self._advise()
        height = 1 + math.cos(math.pi * self.T_cur / self.T_i)
        return [self.eta_min + (base - self.eta_min) * height / 2 for base in self.base_lrs]

    def step(self, epoch: float | None = None) -> None:
        """Goes on to the next epoch, or to the one given, which may be a fraction: that of the
        batches done.

        Args:
            epoch: where to go. Default: the next one
        """
        if epoch is None and self.last_epoch < 0:
            epoch = 0
        if epoch is None:
            epoch = self.last_epoch + 1
            self.T_cur += 1
            if self.T_cur >= self.T_i:
                self.T_cur %= self.T_i
                self.T_i *= self.T_mult
        elif epoch < 0:
            raise ValueError(f"Expected non-negative epoch, but got {epoch}")
        elif epoch < self.T_0:
            self.T_i, self.T_cur = self.T_0, epoch
        elif self.T_mult == 1:
            self.T_cur = epoch % self.T_0
        else:  # n periods, together T_0 (T_mult^n - 1) / (T_mult - 1) long, lie behind
            n = int(math.log(epoch / self.T_0 * (self.T_mult - 1) + 1, self.T_mult))
            self.T_cur = epoch - self.T_0 * (self.T_mult**n - 1) / (self.T_mult - 1)
            self.T_i = self.T_0 * self.T_mult**n
        self.last_epoch = math.floor(epoch)
        self._write(self.get_lr)
