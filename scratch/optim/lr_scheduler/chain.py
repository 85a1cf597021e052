"""Several schedulers for one optimizer: one after the other, or all at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from ..optimizer import Optimizer
from .plateau import ReduceLROnPlateau
from .scheduler import LRScheduler, of_groups, write

__all__ = ["SequentialLR", "ChainedScheduler"]


class SequentialLR(LRScheduler):
    """One scheduler after the other: each begins at a milestone, at its own epoch 0.

    Args:
        optimizer: the optimizer whose learning rate changes
        schedulers: made for this optimizer, in the order in which they run
        milestones: the epochs at which the second one begins, the third one, and so on
        last_epoch: the epoch to go on from. Default: -1, from the beginning

    Examples:
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
    """

    def __init__(
        self,
        optimizer: Optimizer,
        schedulers: list[LRScheduler],
        milestones: list[int],
        last_epoch: int = -1,
    ):
        _check(self, schedulers, optimizer)
        if len(milestones) != len(schedulers) - 1:
            raise ValueError(
                f"Sequential Schedulers expects one scheduler more than milestones, which are "
                f"where one follows the other, but got {len(schedulers)} schedulers and "
                f"{len(milestones)} milestones"
            )
        self._schedulers = schedulers
        self._milestones = milestones
        self.last_epoch = last_epoch + 1
        self.optimizer = optimizer
        # Each scheduler took its first step when it was made. That is undone, but for one of them.
        for group in optimizer.param_groups:
            write(group, "lr", group["initial_lr"])
        self.recursive_undo()
        first = schedulers[bisect_right(milestones, 0)]
        first._initial_step()
        self._last_lr = first.get_last_lr()

    def recursive_undo(self, sched: LRScheduler | None = None) -> None:
        """Sets the schedulers, and those within them, back by an epoch.

        Args:
            sched: whose. Default: this one's
        """
        sched = self if sched is None else sched
        if hasattr(sched, "_schedulers"):
            for inner in sched._schedulers:
                self.recursive_undo(inner)
        elif hasattr(sched, "last_epoch"):
            sched.last_epoch -= 1

    def step(self) -> None:
        """Goes on to the next epoch, of the scheduler whose turn it is."""
        self.last_epoch += 1
        i = bisect_right(self._milestones, self.last_epoch)
        scheduler = self._schedulers[i]
        if i > 0 and self._milestones[i - 1] == self.last_epoch:
            scheduler._update_lr(0)
        else:
            scheduler.step()
        self._last_lr = scheduler.get_last_lr()

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer; of each scheduler its ``state_dict``."""
        return _with_states(super().state_dict())

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over what ``state_dict`` gave.

        Args:
            state_dict: of a scheduler made of the same kinds of schedulers
        """
        _load(self, state_dict)


class ChainedScheduler(LRScheduler):
    """All schedulers at once: each goes on from the rate that the one before it has left.

    Args:
        schedulers: made for the same optimizer; each has to go on from the last rate
        optimizer: the optimizer. Default: the first scheduler's

    Examples:
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

    def __init__(self, schedulers: Sequence[LRScheduler], optimizer: Optimizer | None = None):
        if schedulers and hasattr(schedulers[0], "optimizer"):
            optimizer = optimizer or schedulers[0].optimizer
        _check(self, schedulers, optimizer)
        self._schedulers = schedulers
        self.optimizer = optimizer
        self._last_lr = of_groups(optimizer, "lr")

    def step(self) -> None:
        """Goes on to the next epoch, of every scheduler."""
        for scheduler in self._schedulers:
            scheduler.step()
        self._last_lr = of_groups(self.optimizer, "lr")

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer; of each scheduler its ``state_dict``."""
        return _with_states(super().state_dict())

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over what ``state_dict`` gave.

        Args:
            state_dict: of a scheduler made of the same kinds of schedulers
        """
        _load(self, state_dict)


def _check(self: LRScheduler, schedulers: Sequence, optimizer: Optimizer | None) -> None:
    name = type(self).__name__
    if len(schedulers) < 1:
        raise ValueError(f"{name} expects at least one scheduler, but got no scheduler.")
    for i, scheduler in enumerate(schedulers):
        kind = type(scheduler).__name__
        if isinstance(scheduler, ReduceLROnPlateau):
            raise ValueError(
                f"{name} does not support the `ReduceLROnPlateau` at index {i}, whose step has to "
                f"be given a loss: step it by itself"
            )
        if not hasattr(scheduler, "optimizer"):
            raise TypeError(f"{name}: the {kind} at index {i} should have an `optimizer`")
        if scheduler.optimizer != optimizer:
            raise ValueError(
                f"{name} expects all schedulers to belong to the same optimizer, but the {kind} at "
                f"index {i} belongs to another one"
            )


def _with_states(state: dict[str, Any]) -> dict[str, Any]:
    schedulers = state.pop("_schedulers")
    state["_schedulers"] = [scheduler.state_dict() for scheduler in schedulers]
    return state


def _load(self: LRScheduler, state: dict[str, Any]) -> None:
    vars(self).update({name: value for name, value in state.items() if name != "_schedulers"})
    for scheduler, inner in zip(self._schedulers, state["_schedulers"], strict=False):
        scheduler.load_state_dict(inner)
