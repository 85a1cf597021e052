"""Stochastic gradient descent: a small step downhill, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor, enable_grad, set_grad_enabled

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
        if fused and differentiable:
            raise RuntimeError("`fused` does not support `differentiable`")
        if fused and foreach:
            raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
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
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        for group in self.param_groups:
            lr, *options = _options(group)
            for p in group["params"]:
                if p.grad is None:
                    continue
                m = self.state[p].get("momentum_buffer") if group["momentum"] else None
                with set_grad_enabled(group["differentiable"]):
                    new = descend(p, p.grad, m, lr, *options)
                if m is None and new is not None:
                    self.state[p]["momentum_buffer"] = new
        return loss


def descend(x, g, m, lr, momentum, dampening, weight_decay, nesterov, maximize):
    """One step of one parameter, in place; returns its momentum."""
    if maximize:
        g = -g
    if weight_decay != 0:
        g = g.add(x, alpha=weight_decay)
    if momentum != 0:
        if m is None:
            m = g.detach().clone()
        else:
            m.mul_(momentum)
            m.add_(g, alpha=1 - dampening)
        g = g.add(m, alpha=momentum) if nesterov else m
    x.add_(g, alpha=-lr)
    return m


def _options(group: dict) -> tuple:
    """The options of a group that ``descend`` takes, as numbers."""
    lr, weight_decay = group["lr"], group["weight_decay"]
    return (
        float(lr),
        group["momentum"],
        group["dampening"],
        float(weight_decay),
        group["nesterov"],
        group["maximize"],
    )
