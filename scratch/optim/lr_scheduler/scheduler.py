"""What all schedulers share: they write a new learning rate into the optimizer's groups."""

from __future__ import annotations

import functools
import warnings
import weakref
from collections.abc import Callable
from typing import Any

from ...tensor import Tensor
from ..optimizer import Optimizer

__all__ = ["LRScheduler"]

EPOCH = (
    "The epoch parameter of scheduler.step() is deprecated: it computes the learning rate of that "
    "epoch from the beginning, where there is a formula for that. Please call `scheduler.step()` "
    "without it, once an epoch."
)
ORDER = (
    "Detected call of `lr_scheduler.step()` before `optimizer.step()`: the first learning rate of "
    "the schedule is skipped. Call `optimizer.step()` first, then `lr_scheduler.step()`."
)
OVERRIDDEN = (
    "`optimizer.step()` has been overridden since the learning rate scheduler was made, so nobody "
    "can tell whether it is called before `lr_scheduler.step()`. Please make sure that it is."
)


class LRScheduler:
    """The base class of schedulers. A subclass defines ``get_lr``.

    Each ``step`` sets ``last_epoch`` one further and writes what ``get_lr`` returns, one rate for
    each group, into ``optimizer.param_groups``. Making a scheduler takes the step to epoch 0. Where
    the rates began is kept in the groups as ``"initial_lr"`` and here as ``base_lrs``.

    Args:
        optimizer: the optimizer whose learning rate changes
        last_epoch: the epoch to go on from; the groups must then have an ``"initial_lr"``.
            Default: -1, from the beginning

    Examples:
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

    _get_lr_called_within_step = False
    _is_initial = False

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1):
        self.optimizer = check_optimizer(optimizer)
        for i, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", copied(group["lr"]))
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{i}]: to go on from "
                    f"last_epoch={last_epoch}, load the optimizer's state_dict first, which has it "
                    f"from the first scheduler. For a fresh start leave last_epoch out"
                )
        self.base_lrs = of_groups(optimizer, "initial_lr")
        self.last_epoch = last_epoch
        _note_steps(optimizer)
        self._initial_step()

    def _initial_step(self) -> None:
        """The step to the first epoch, at which ``get_lr`` has no last rate to go on from."""
        self._step_count = 0
        self._is_initial = True
        try:
            self.step()
        finally:
            self._is_initial = False

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over what ``state_dict`` gave; the optimizer's own state it leaves alone.

        Args:
            state_dict: of a scheduler of the same kind
        """
        vars(self).update(state_dict)

    def get_last_lr(self) -> list[float | Tensor]:
        """The learning rates of the groups, as the last step left them."""
        return self._last_lr

    def get_lr(self) -> list[float | Tensor]:
        """Computes the learning rates of the groups at ``last_epoch``. For users there is
        ``get_last_lr``."""
        raise NotImplementedError(f"{type(self).__name__} has to define get_lr()")

    def step(self, epoch: int | None = None) -> None:
        """Goes on to the next epoch. To be called after the optimizer's step.

        Args:
            epoch: deprecated: go to this one instead
        """
        if self._step_count == 1:
            if not hasattr(self.optimizer.step, "_wrapped_by_lr_sched"):
                warnings.warn(OVERRIDDEN, UserWarning, stacklevel=2)
            elif not getattr(self.optimizer, "_opt_called", False):
                warnings.warn(ORDER, UserWarning, stacklevel=2)
        self._step_count += 1
        if epoch is not None:
            warnings.warn(EPOCH, UserWarning, stacklevel=2)
        self._update_lr(epoch)

    def _update_lr(self, epoch: int | None = None) -> None:
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        if epoch is not None and hasattr(self, "_get_closed_form_lr"):
            self._write(self._get_closed_form_lr)
        else:
            self._write(self.get_lr)

    def _write(self, get_lr: Callable[[], list]) -> None:
        """Writes the rates that ``get_lr()`` computes into the groups."""
        self._get_lr_called_within_step = True
        try:
            rates = get_lr()
        finally:
            self._get_lr_called_within_step = False
        for group, lr in zip(self.optimizer.param_groups, rates, strict=True):
            write(group, "lr", lr)
        self._last_lr = of_groups(self.optimizer, "lr")

    def _advise(self) -> None:
        """Every ``get_lr`` begins here: users who call it mean ``get_last_lr``."""
        if not self._get_lr_called_within_step:
            warnings.warn(
                "To get the last learning rate computed by the scheduler, please use "
                "`get_last_lr()`: get_lr() computes the next one.",
                UserWarning,
                stacklevel=3,
            )


class _LRScheduler(LRScheduler):
    """The base class's old name."""


def check_optimizer(optimizer: object) -> Optimizer:
    """The optimizer, or TypeError if it is something else."""
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
    return optimizer


def copied(value: Any) -> Any:
    """A tensor's clone, so that nobody changes it from elsewhere; anything else as it is."""
    return value.clone() if isinstance(value, Tensor) else value


def of_groups(optimizer: Optimizer, option: str) -> list:
    """An option of each group."""
    return [copied(group[option]) for group in optimizer.param_groups]


def for_groups(name: str, optimizer: Optimizer, value: Any) -> list:
    """A value for each group: of a list as many as there are, or the same for all."""
    count = len(optimizer.param_groups)
    if not isinstance(value, (list, tuple)):
        value = [value] * count
    elif len(value) != count:
        raise ValueError(
            f"{name} must have the same length as optimizer.param_groups: it has {len(value)} "
            f"values, and there are {count} groups"
        )
    return [copied(item) for item in value]


def write(group: dict[str, Any], option: str, value: float | Tensor) -> None:
    """Sets an option of a group. A tensor stays the same tensor, for others may hold it."""
    if isinstance(group[option], Tensor):
        group[option].fill_(value.squeeze() if isinstance(value, Tensor) else value)
    else:
        group[option] = value


def _note_steps(optimizer: Optimizer) -> None:
    """Puts a step in front of the optimizer's that notes that it was called."""
    if hasattr(optimizer.step, "_wrapped_by_lr_sched"):
        return
    known = weakref.ref(optimizer)  # an optimizer that held itself would be freed late
    step = getattr(optimizer.step, "__func__", None) or _without_self(optimizer.step)

    @functools.wraps(optimizer.step)
    def noted(*args, **kwargs):
        self = known()
        self._opt_called = True
        return step(self, *args, **kwargs)

    del noted.__wrapped__
    noted._wrapped_by_lr_sched = True
    optimizer.step = noted


def _without_self(step: Callable) -> Callable:
    return lambda self, *args, **kwargs: step(*args, **kwargs)
