"""Adadelta: steps as long as those before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor, set_grad_enabled

from ._steps import check_options, loss_of, plan
from .optimizer import Optimizer

__all__ = ["Adadelta"]


class Adadelta(Optimizer):
    """Adadelta: the gradient, times how long steps usually are, by how large gradients usually are.

    With p a parameter and g its gradient (what is off is left out)::

        g = -g                                  if maximize
        g = g + weight_decay * p
        v = rho * v + (1 - rho) * g * g         the mean of recent squares
        d = sqrt(u + eps) / sqrt(v + eps) * g
        u = rho * u + (1 - rho) * d * d         the mean of recent steps' squares
        p = p - lr * d

    A step has the unit of the parameter, whatever that of the loss: ``lr`` may stay 1.

    Args:
        params: what to optimize, such as ``model.parameters()``
        lr: a factor for all steps. Default: 1.0
        rho: how much of the means is kept from step to step. Default: 0.9
        eps: how long the first steps are; keeps the division from being by 0. Default: 1e-6
        weight_decay: how strongly parameters are pulled towards 0. Default: 0
        foreach: chooses among torch's implementations; here there is one
        capturable: for steps recorded on a GPU; on the CPU the step raises AssertionError
        maximize: go uphill. Default: False
        differentiable: let autograd record the step. Default: False

    Examples:
        >>> w = torch.tensor([2.0], requires_grad=True)
        >>> optimizer = torch.optim.Adadelta([w], rho=0.75, eps=0.01)
        >>> w.grad = torch.tensor([1000.0])
        >>> optimizer.step()
        >>> w  # by 0.1 / sqrt(0.25)
        tensor([1.8000], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable,
        lr: float | Tensor = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
    ):
        check_options(lr, epsilon=eps, weight_decay=weight_decay)
        if not 0.0 <= rho <= 1.0:
            raise ValueError(f"Invalid rho value: {rho}: it is a share to keep, from 0 to 1")
        defaults = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "capturable": capturable,
            "foreach": foreach,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Goes one step downhill.

        Args:
            closure: computes the loss and its gradients anew, and returns the loss
        """
        loss = loss_of(closure)
        for group in self.param_groups:
            with set_grad_enabled(group["differentiable"]):
                descend(*plan(self, group, _kept(group)), *_options(group))
        return loss


def descend(xs, gs, ts, vs, us, lr, rho, eps, decay, maximize):
    """One step of the parameters xs with the gradients gs, in place, as are the means of squares vs
    and us."""
    for x, g, v, u in zip(xs, gs, vs, us, strict=True):
        if maximize:
            g = -g
        if decay:
            g = g.add(x, alpha=decay)
        v.mul_(rho).addcmul_(g, g, value=1 - rho)
        d = u.add(eps).sqrt().div(v.add(eps).sqrt()).mul(g)
        u.mul_(rho).addcmul_(d, d, value=1 - rho)
        x.add_(d, alpha=-lr)


def _kept(group: dict) -> tuple:
    return "square_avg", "acc_delta"


def _options(group: dict) -> tuple:
    return (*[group[name] for name in ("lr", "rho", "eps", "weight_decay")], group["maximize"])
