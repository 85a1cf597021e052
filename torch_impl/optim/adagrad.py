"""Adagrad: the more a parameter was moved already, the shorter its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor, full_like, set_grad_enabled, tensor

from ._steps import check_implementation, check_options, loss_of, plan
from .optimizer import Optimizer

__all__ = ["Adagrad"]


class Adagrad(Optimizer):
    """Adagrad: divides each gradient by the root of the sum of all its squares.

    With p a parameter, g its gradient, t the number of the step (what is off is left out)::

        g = -g                                  if maximize
        g = g + weight_decay * p
        v = v + g * g                           begins at initial_accumulator_value
        p = p - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(v) + eps)

    Args:
        params: what to optimize, such as ``model.parameters()``
        lr: the learning rate: how far the first step goes. Default: 0.01
        lr_decay: how much shorter steps get by themselves. Default: 0
        weight_decay: how strongly parameters are pulled towards 0. Default: 0
        initial_accumulator_value: where the sum of squares begins. Default: 0
        eps: keeps the division from being by 0. Default: 1e-10
        foreach, fused: choose among torch's implementations; here there is one
        maximize: go uphill. Default: False
        differentiable: let autograd record the step. Default: False

    Examples:
        >>> w = torch.tensor([2.0], requires_grad=True)
        >>> optimizer = torch.optim.Adagrad([w], lr=1.0)
        >>> for _ in range(2):
        ...     optimizer.zero_grad()
        ...     (3 * w).sum().backward()
        ...     optimizer.step()
        >>> w  # 2 - 1 - 1 / sqrt(2)
        tensor([0.2929], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable,
        lr: float | Tensor = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ):
        check_options(
            lr,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            epsilon=eps,
        )
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        check_implementation(fused, foreach, differentiable)
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p] = {
                    "step": tensor(0.0),
                    "sum": full_like(p, initial_accumulator_value),
                }

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


def descend(xs, gs, ts, sums, lr, lr_decay, eps, decay, maximize):
    """One step of the parameters xs with the gradients gs, in place, as are the sums of squares; ts
    holds the numbers of the step."""
    for x, g, t, v in zip(xs, gs, ts, sums, strict=True):
        if maximize:
            g = -g
        if decay:
            g = g.add(x, alpha=decay)
        v.addcmul_(g, g)
        x.addcdiv_(g, v.sqrt().add(eps), value=-lr / (1 + (t - 1) * lr_decay))


def _kept(group: dict) -> tuple:
    return ("sum",)


def _options(group: dict) -> tuple:
    return (*[group[name] for name in ("lr", "lr_decay", "eps", "weight_decay")], group["maximize"])
