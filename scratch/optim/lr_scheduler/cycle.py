"""Learning rates that rise and then fall, with momentum the other way round."""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from ...tensor import Tensor
from ..optimizer import Optimizer
from .scheduler import LRScheduler, check_optimizer, for_groups, write

__all__ = ["OneCycleLR", "CyclicLR"]


class OneCycleLR(LRScheduler):
    """Up from max_lr / div_factor to max_lr, then down to the first rate / final_div_factor.

    Between any two of these, after a share s of the steps from a to b::

        lr = b + (a - b) / 2 * (1 + cos(pi * s))       anneal_strategy "cos"
        lr = a + (b - a) * s                           anneal_strategy "linear"

    Momentum, or Adam's beta1, goes from max_momentum down to base_momentum and up again. The
    scheduler steps after every batch, not every epoch.

    Args:
        optimizer: the optimizer whose learning rate changes
        max_lr: the highest rate, or a list with one for each group
        total_steps: how many steps the cycle has
        epochs, steps_per_epoch: or these two, whose product that is
        pct_start: the share of the steps in which the rate rises. Default: 0.3
        anneal_strategy: ``"cos"`` or ``"linear"``. Default: "cos"
        cycle_momentum: whether momentum changes as well. Default: True
        base_momentum: the lowest momentum, or a list. Default: 0.85
        max_momentum: the highest momentum, or a list. Default: 0.95
        div_factor: how many times lower the first rate is than the highest. Default: 25
        final_div_factor: how many times lower the last is than the first. Default: 1e4
        three_phase: fall to the first rate as quickly as it rose, then to the last. Default: False
        last_epoch: the step to go on from. Default: -1, from the beginning

    Examples:
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
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | list[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: Literal["cos", "linear"] = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.85,
        max_momentum: float | list[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ):
        self.optimizer = check_optimizer(optimizer)
        if total_steps is not None:
            self.total_steps = _positive("total_steps", total_steps)
        elif epochs is not None and steps_per_epoch is not None:
            self.total_steps = _positive("epochs", epochs)
            self.total_steps *= _positive("steps_per_epoch", steps_per_epoch)
        else:
            raise ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)")
        rise = float(pct_start * self.total_steps) - 1
        self._schedule_phases = [_phase(rise, "initial_lr", "max_lr", "max", "base")]
        if three_phase:
            fall = float(2 * pct_start * self.total_steps) - 2
            self._schedule_phases += [
                _phase(fall, "max_lr", "initial_lr", "base", "max"),
                _phase(self.total_steps - 1, "initial_lr", "min_lr", "max", "max"),
            ]
        else:
            self._schedule_phases += [
                _phase(self.total_steps - 1, "max_lr", "min_lr", "base", "max")
            ]
        if pct_start < 0 or pct_start > 1 or not isinstance(pct_start, float):
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(
                f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}"
            )
        self._anneal_func_type = anneal_strategy
        highest = for_groups("max_lr", optimizer, max_lr)
        if last_epoch == -1:
            for group, lr in zip(optimizer.param_groups, highest, strict=True):
                group["initial_lr"] = lr / div_factor
                group["max_lr"] = lr
                group["min_lr"] = group["initial_lr"] / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self.use_beta1 = _has_betas(optimizer)
            highest = for_groups("max_momentum", optimizer, max_momentum)
            lowest = for_groups("base_momentum", optimizer, base_momentum)
            if last_epoch == -1:
                _begin(self, highest, lowest)
        super().__init__(optimizer, last_epoch)

    def _anneal_func(self, start, end, share):
        if self._anneal_func_type == "cos":
            return end + (start - end) / 2.0 * (math.cos(math.pi * share) + 1)
        return (end - start) * share + start

    def get_lr(self) -> list[float | Tensor]:
        """The rates at step ``last_epoch``; momentum is set as well."""
        self._advise()
        step = self.last_epoch
        if step > self.total_steps:
            raise ValueError(
                f"Tried to step {step} times. The specified number of total steps is "
                f"{self.total_steps}: the scheduler steps after every batch, is that counted in?"
            )
        start = 0.0
        for phase in self._schedule_phases:
            end = phase["end_step"]
            if step <= end or phase is self._schedule_phases[-1]:
                break
            start = end
        share = (step - start) / (end - start)
        rates = []
        for group in self.optimizer.param_groups:
            rates.append(self._anneal_func(group[phase["start_lr"]], group[phase["end_lr"]], share))
            if self.cycle_momentum:
                ends = group[phase["start_momentum"]], group[phase["end_momentum"]]
                _set_momentum(self, group, self._anneal_func(*ends, share))
        return rates


class CyclicLR(LRScheduler):
    """lr = base_lr + (max_lr - base_lr) * height * scale

    Height rises from 0 to 1 in step_size_up steps and falls to 0 in step_size_down, again and
    again. Scale is 1, or 1/2^(cycle - 1), or gamma^step, by the mode.

    Args:
        optimizer: the optimizer whose learning rate changes
        base_lr: the lowest rate, or a list with one for each group
        max_lr: the highest rate, or a list
        step_size_up: how many steps it rises. Default: 2000
        step_size_down: how many steps it falls. Default: as many
        mode: ``"triangular"``, ``"triangular2"`` or ``"exp_range"``. Default: "triangular"
        gamma: of mode "exp_range". Default: 1.0
        scale_fn: a function of your own in place of the mode's
        scale_mode: whether it is one of the ``"cycle"`` or of ``"iterations"``. Default: "cycle"
        cycle_momentum: whether momentum changes the other way round. Default: True
        base_momentum: the lowest momentum, or a list. Default: 0.8
        max_momentum: the highest momentum, or a list. Default: 0.9
        last_epoch: the step to go on from. Default: -1, from the beginning

    Examples:
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

    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: float | list[float],
        max_lr: float | list[float],
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: Literal["triangular", "triangular2", "exp_range"] = "triangular",
        gamma: float = 1.0,
        scale_fn: Callable[[float], float] | None = None,
        scale_mode: Literal["cycle", "iterations"] = "cycle",
        cycle_momentum: bool = True,
        base_momentum: float = 0.8,
        max_momentum: float = 0.9,
        last_epoch: int = -1,
    ):
        self.optimizer = check_optimizer(optimizer)
        base_lrs = for_groups("base_lr", optimizer, base_lr)
        if last_epoch == -1:
            for group, lr in zip(optimizer.param_groups, base_lrs, strict=True):
                write(group, "lr", lr)
        self.max_lrs = for_groups("max_lr", optimizer, max_lr)
        up = float(step_size_up)
        down = up if step_size_down is None else float(step_size_down)
        self.total_size = up + down
        self.step_ratio = up / self.total_size
        if mode not in ("triangular", "triangular2", "exp_range") and scale_fn is None:
            raise ValueError(
                f"mode is invalid and scale_fn is None: there is no mode {mode!r}; the modes are "
                f"'triangular', 'triangular2' and 'exp_range'"
            )
        self.mode = mode
        self.gamma = gamma
        self._scale_fn_custom = scale_fn
        self.scale_mode = scale_mode
        self._init_scale_fn()
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self.use_beta1 = _has_betas(optimizer)
            self.base_momentums = for_groups("base_momentum", optimizer, base_momentum)
            self.max_momentums = for_groups("max_momentum", optimizer, max_momentum)
            if last_epoch == -1:
                _begin(self, self.max_momentums, self.base_momentums)
        super().__init__(optimizer, last_epoch)
        self.base_lrs = base_lrs

    def _init_scale_fn(self) -> None:
        if self._scale_fn_custom is not None:
            return
        functions = {"triangular": _same, "triangular2": _halved}
        self._scale_fn_ref = functions.get(self.mode) or partial(_powers, self.gamma)
        self.scale_mode = "cycle" if self.mode in functions else "iterations"

    def scale_fn(self, x: float) -> float:
        """How high a cycle goes, as a share of the whole height.

        Args:
            x: the number of the cycle, from 1, or of the step, by ``scale_mode``
        """
        if self._scale_fn_custom is not None:
            return self._scale_fn_custom(x)
        return self._scale_fn_ref(x)

    def get_lr(self) -> list[float | Tensor]:
        """The rates at step ``last_epoch``; momentum is set as well."""
        self._advise()
        cycle = math.floor(1 + self.last_epoch / self.total_size)
        x = 1.0 + self.last_epoch / self.total_size - cycle
        if x <= self.step_ratio:
            height = x / self.step_ratio
        else:
            height = (x - 1) / (self.step_ratio - 1)
        scale = self.scale_fn(cycle if self.scale_mode == "cycle" else self.last_epoch)
        if self.cycle_momentum:
            ends = zip(self.base_momentums, self.max_momentums, strict=True)
            for group, (low, high) in zip(self.optimizer.param_groups, ends, strict=True):
                _set_momentum(self, group, high - (high - low) * height * scale)
        return [
            low + (high - low) * height * scale
            for low, high in zip(self.base_lrs, self.max_lrs, strict=True)
        ]

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer; of a callable object as ``scale_fn`` its attributes."""
        state = super().state_dict()
        state.pop("_scale_fn_ref", None)
        function = state.pop("_scale_fn_custom")
        plain = function is None or isinstance(function, types.FunctionType)
        state["_scale_fn_custom"] = None if plain else function.__dict__.copy()
        return state

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over what ``state_dict`` gave.

        Args:
            state_dict: of a scheduler made with the same ``scale_fn``
        """
        attributes = state_dict["_scale_fn_custom"]
        others = {name: x for name, x in state_dict.items() if name != "_scale_fn_custom"}
        super().load_state_dict(others)
        if attributes is not None:
            self._scale_fn_custom.__dict__.update(attributes)
        self._init_scale_fn()


def _same(cycle):
    return 1.0


def _halved(cycle):
    return 1 / 2.0 ** (cycle - 1)


def _powers(gamma, step):
    return gamma**step


def _positive(name: str, value: int) -> int:
    if value <= 0 or not isinstance(value, int):
        raise ValueError(f"Expected positive integer {name}, but got {value}")
    return value


def _phase(end: float, start_lr: str, end_lr: str, start: str, stop: str) -> dict[str, Any]:
    """A stretch of the cycle: up to which step, and the options of a group it goes between."""
    return {
        "end_step": end,
        "start_lr": start_lr,
        "end_lr": end_lr,
        "start_momentum": f"{start}_momentum",
        "end_momentum": f"{stop}_momentum",
    }


def _has_betas(optimizer: Optimizer) -> bool:
    """Whether the optimizer's momentum is called beta1; ValueError if it has none."""
    if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
        raise ValueError(
            f"optimizer must support momentum or beta1 with `cycle_momentum` option enabled, and "
            f"{type(optimizer).__name__} has neither: pass cycle_momentum=False"
        )
    return "betas" in optimizer.defaults


def _begin(self: OneCycleLR | CyclicLR, highest: list, lowest: list) -> None:
    for group, high, low in zip(self.optimizer.param_groups, highest, lowest, strict=True):
        _set_momentum(self, group, high)
        group["max_momentum"] = high
        group["base_momentum"] = low


def _set_momentum(self: OneCycleLR | CyclicLR, group: dict[str, Any], value: float) -> None:
    if self.use_beta1:
        group["betas"] = (value, *group["betas"][1:])
    else:
        group["momentum"] = value
