"""What the steps of the optimizers share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from torch import Tensor, enable_grad, float32, float64, get_default_dtype, zeros, zeros_like
from torch.optim import Optimizer

__all__ = ["check_implementation", "check_options", "loss_of", "plan"]


def loss_of(closure: Callable[[], Any] | None) -> Any:
    """What a step's closure returns; it may call ``backward``, wherever the step was called."""
    if closure is None:
        return None
    with enable_grad():
        return closure()


def plan(optimizer: Optimizer, group: dict, names: Sequence[str | None]) -> list[list]:
    """What a step of a group needs: the parameters that have a gradient, the gradients, the numbers
    of their steps, and a list for each name of what is kept under it, None for what is off."""
    params = [p for p in group["params"] if p.grad is not None]
    if params and group.get("capturable"):
        raise AssertionError("capturable=True is for steps recorded on a GPU")
    if params and group["foreach"] and group["differentiable"]:
        raise AssertionError("foreach=True cannot be recorded by autograd; leave it out")
    states = [optimizer.state[p] for p in params]
    wide = get_default_dtype() == float64 and not group.get("fused")
    for p, state in zip(params, states, strict=True):
        if not state:
            state["step"] = zeros((), dtype=float64 if wide else float32)
            state.update({name: zeros_like(p) for name in names if name})
        state["step"] += 1
    ts = [state["step"].item() for state in states]
    kept = [[state[name] if name else None for state in states] for name in names]
    return [params, [p.grad for p in params], ts, *kept]


def check_options(lr: float | Tensor, **others: float) -> None:
    """Raises ValueError for an option below 0. The others' names are those of the messages.

    Args:
        lr: the learning rate, maybe a tensor of one element
        others: numbers of which none may be negative
    """
    if isinstance(lr, Tensor) and lr.numel() != 1:
        raise ValueError("Tensor lr must be 1-element")
    if not lr >= 0.0:
        raise ValueError(f"Invalid learning rate: {lr}; to go uphill there is maximize=True")
    for name, value in others.items():
        if not value >= 0.0:
            raise ValueError(f"Invalid {name} value: {value}: it must not be negative")


def check_implementation(fused: bool | None, foreach: bool | None, differentiable: bool) -> None:
    """Raises RuntimeError for wishes that contradict each other."""
    if fused and differentiable:
        raise RuntimeError("`fused` does not support `differentiable`")
    if fused and foreach:
        raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
