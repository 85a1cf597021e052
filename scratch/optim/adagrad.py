"""Adagrad: the more a parameter was moved already, the shorter its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy

from ..autograd.function import namespace
from ..autograd.variable import wrap
from ..tensor import Tensor
from ._steps import (
    as_arrays,
    as_numbers,
    check_implementation,
    check_options,
    loss_of,
    new_count,
    run,
)
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

    _later = {"foreach": None, "maximize": False, "differentiable": False, "fused": None}

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
                self.state[p] = self._new_state(p, group, ["sum"])

    def _new_state(self, p: Tensor, group: dict, names: list[str]) -> dict[str, Any]:
        """The sum begins where the option says, even if a parameter's group is added later."""
        start = self.defaults["initial_accumulator_value"]
        return {"step": new_count(group), "sum": wrap(numpy.full_like(p.array, start, subok=False))}

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Goes one step downhill.

        Args:
            closure: computes the loss and its gradients anew, and returns the loss
        """
        loss = loss_of(closure)
        run(self, descend, _kept, _options)
        return loss


def descend(xs, gs, ts, sums, lr, lr_decay, eps, decay, maximize):
    """One step of the parameters xs with the gradients gs, in place, as are the sums of squares; ts
    holds the numbers of the step. All are arrays or, where autograd is to record the step,
    tensors."""
    known = None
    for x, g, t, v in zip(xs, gs, ts, sums, strict=True):
        if known != (t, x.dtype):  # mostly they are the same for all
            known = t, x.dtype
            pull, stride, small = as_arrays(x, decay, lr / (1 + (t - 1) * lr_decay), eps)
        if maximize:
            g = -g
        if decay:
            g = g + pull * x
        v += g * g
        x -= stride * g / (namespace(v).sqrt(v) + small)


def _kept(group: dict) -> tuple:
    return ("sum",)


def _options(group: dict) -> tuple:
    return (*as_numbers(group, "lr", "lr_decay", "eps", "weight_decay"), group["maximize"])
