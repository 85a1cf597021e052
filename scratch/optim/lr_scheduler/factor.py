"""Learning rates by a function of your own: the beginning's times a factor, or the last one's."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from ...tensor import Tensor
from ..optimizer import Optimizer
from .scheduler import LRScheduler, of_groups

__all__ = ["LambdaLR", "MultiplicativeLR"]


class LambdaLR(LRScheduler):
    """lr = initial lr * lr_lambda(epoch)

    Args:
        optimizer: the optimizer whose learning rate changes
        lr_lambda: a function of the epoch, or a list with one for each group
        last_epoch: the epoch to go on from. Default: -1, from the beginning

    Examples:
        >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
        >>> scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.5**epoch)
        >>> for epoch in range(2):
        ...     optimizer.step()
        ...     scheduler.step()
        >>> scheduler.get_last_lr()
        [0.25]
    """

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Callable[[int], float] | list[Callable[[int], float]],
        last_epoch: int = -1,
    ):
        self.optimizer = optimizer
        self.lr_lambdas = _functions(lr_lambda, optimizer)
        super().__init__(optimizer, last_epoch)

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer; of callable objects their attributes, of functions None."""
        return _without_functions(super().state_dict())

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over what ``state_dict`` gave.

        Args:
            state_dict: of a scheduler made with the same functions
        """
        _load(self, state_dict)

    def get_lr(self) -> list[float | Tensor]:
        """The rates at ``last_epoch``."""
        self._advise()
        return [
            base * function(self.last_epoch)
            for function, base in zip(self.lr_lambdas, self.base_lrs, strict=True)
        ]


class MultiplicativeLR(LRScheduler):
    """lr = last lr * lr_lambda(epoch)

    Args:
        optimizer: the optimizer whose learning rate changes
        lr_lambda: a function of the epoch, or a list with one for each group
        last_epoch: the epoch to go on from. Default: -1, from the beginning

    Examples:
        >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
        >>> scheduler = torch.optim.lr_scheduler.MultiplicativeLR(optimizer, lambda epoch: 0.5)
        >>> for epoch in range(2):
        ...     optimizer.step()
        ...     scheduler.step()
        >>> scheduler.get_last_lr()
        [0.25]
    """

    def __init__(
        self,
        optimizer: Optimizer,
        lr_lambda: Callable[[int], float] | list[Callable[[int], float]],
        last_epoch: int = -1,
    ):
        self.optimizer = optimizer
        self.lr_lambdas = _functions(lr_lambda, optimizer)
        for function in self.lr_lambdas:
            if not callable(function):
                raise TypeError(f"lr_lambda should be a function, but got {type(function)}")
        super().__init__(optimizer, last_epoch)

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimizer; of callable objects their attributes, of functions None."""
        return _without_functions(super().state_dict())

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Takes over what ``state_dict`` gave.

        Args:
            state_dict: of a scheduler made with the same functions
        """
        _load(self, state_dict)

    def get_lr(self) -> list[float | Tensor]:
        """The rates at ``last_epoch``."""
        self._advise()
        rates = of_groups(self.optimizer, "lr")
        if self._is_initial:
            return rates
        return [
            lr * function(self.last_epoch)
            for function, lr in zip(self.lr_lambdas, rates, strict=True)
        ]


def _functions(given: Any, optimizer: Optimizer) -> list[Callable[[int], float]]:
    count = len(optimizer.param_groups)
    if not isinstance(given, (list, tuple)):
        return [given] * count
    if len(given) != count:
        raise ValueError(f"Expected {count} lr_lambdas, one for each group, but got {len(given)}")
    return list(given)


def _without_functions(state: dict[str, Any]) -> dict[str, Any]:
    functions = state.pop("lr_lambdas")
    state["lr_lambdas"] = [
        None if isinstance(f, types.FunctionType) else f.__dict__.copy() for f in functions
    ]
    return state


def _load(scheduler: LambdaLR | MultiplicativeLR, state: dict[str, Any]) -> None:
    others = {name: value for name, value in state.items() if name != "lr_lambdas"}
    vars(scheduler).update(others)
    for function, attributes in zip(scheduler.lr_lambdas, state["lr_lambdas"], strict=False):
        if attributes is not None:
            function.__dict__.update(attributes)
