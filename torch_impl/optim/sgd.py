"""Stochastic gradient descent: a small step downhill, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor, set_grad_enabled

from ._steps import check_implementation, loss_of
from .optimizer import Optimizer

__all__ = ["SGD"]


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum if wanted.

    With p a parameter and g its gradient (what is off is left out)::

        g = -g                                       if maximize
        g = g + weight_decay * p
        m = momentum * m + (1 - dampening) * g       if momentum; at the first step m = g
        g = m,   or  g + momentum * m  if nesterov
        p = p - lr * g

    Args:
        params: what to optimize, such as ``model.parameters()``
        lr: the learning rate: how far to go. Default: 0.001
        momentum: how much of the last step's direction is kept. Default: 0
        dampening: how much of the new gradient momentum leaves out. Default: 0
        weight_decay: how strongly parameters are pulled towards 0. Default: 0
        nesterov: look ahead to where the momentum leads. Default: False
        maximize: go uphill. Default: False
        foreach, fused: choose among torch's implementations; here there is one
        differentiable: let autograd record the step. Default: False

    Examples:
        >>> w = torch.tensor([2.0], requires_grad=True)
        >>> optimizer = torch.optim.SGD([w], lr=0.25)
        >>> for _ in range(3):
        ...     optimizer.zero_grad()
        ...     (w * w).sum().backward()
        ...     optimizer.step()
        >>> w
        tensor([0.2500], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable,
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float | Tensor = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ):
        if isinstance(lr, Tensor) and lr.numel() != 1:
            raise ValueError("Tensor lr must be 1-element")
        if lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}; to go uphill there is maximize=True")
        if momentum < 0.0:
            raise ValueError(f"Invalid momentum value: {momentum}")
        if weight_decay < 0.0:
            raise ValueError(f"Invalid weight_decay value: {weight_decay}")
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        check_implementation(fused, foreach, differentiable)
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Goes one step downhill.

        Args:
            closure: computes the loss and its gradients anew, and returns the loss
        """
        loss = loss_of(closure)
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            gs = [p.grad for p in params]
            ms = self._momenta(group, params)
            with set_grad_enabled(group["differentiable"]):
                descend(params, gs, ms, *_options(group))
            if group["momentum"]:
                for p, m in zip(params, ms, strict=True):
                    self.state[p]["momentum_buffer"] = m
        return loss

    def _momenta(self, group: dict, params: list[Tensor]) -> list[Tensor | None]:
        """What is kept of each parameter's last step; None at the first, or without momentum."""
        if not group["momentum"]:
            return [None] * len(params)
        return [self.state[p].get("momentum_buffer") for p in params]


def descend(xs, gs, ms, lr, momentum, dampening, weight_decay, nesterov, maximize):
    """One step of the parameters xs with the gradients gs, in place; ms holds their momenta, None
    at the first step."""
    for i, (x, g) in enumerate(zip(xs, gs, strict=True)):
        if maximize:
            g = -g
        if weight_decay:
            g = g.add(x, alpha=weight_decay)
        if momentum:
            if ms[i] is None:
                ms[i] = g.detach().clone()
            else:
                ms[i].mul_(momentum)
                ms[i].add_(g, alpha=1 - dampening)
            g = g.add(ms[i], alpha=momentum) if nesterov else ms[i]
        x.add_(g, alpha=-lr)


def _options(group: dict) -> tuple:
    """The options of a group that ``descend`` takes. Numbers become Python's: what is no number
    raises TypeError here, before anything changes."""
    numbers = group["lr"], group["momentum"], group["dampening"], group["weight_decay"]
    for number in numbers:
        if type(number) is not float and type(number) is not int:
            numbers = [float(number + 0.0) for number in numbers]
            break
    return (*numbers, group["nesterov"], group["maximize"])
