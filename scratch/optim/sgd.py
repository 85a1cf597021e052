"""Stochastic gradient descent: a small step downhill, again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy

from ..autograd._lines import user_line
from ..autograd.grad_mode import enable_grad
from ..autograd.variable import wrap
from ..tensor import Tensor
from ._steps import as_numbers, check_implementation, loss_of
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

    _later = {
        "nesterov": False,
        "maximize": False,
        "foreach": None,
        "differentiable": False,
        "fused": None,
    }

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
        plan = [
            (group, params, xs, gs, self._momenta(group, params), _options(group))
            for group, params, xs, gs in self._with_gradients()
        ]
        by = "SGD.step", *user_line()
        for group, params, xs, gs, ms, options in plan:
            if group["differentiable"]:
                with enable_grad():
                    descend(params, [p.grad for p in params], ms, *options)
            else:
                lr, *others = options
                descend(xs, gs, ms, as_array(lr, xs), *others)
                self._note_changes(params, by)
            if group["momentum"]:
                for p, m in zip(params, ms, strict=True):
                    state = self.state[p]
                    if state.get("momentum_buffer") is None:
                        state["momentum_buffer"] = m if isinstance(m, Tensor) else wrap(m)
        return loss

    def _momenta(self, group: dict, params: list[Tensor]) -> list[Tensor | None]:
        """What is kept of each parameter's last step; None at the first, or without momentum."""
        if not group["momentum"]:
            return [None] * len(params)
        momenta = [self.state[p].get("momentum_buffer") for p in params]
        for p, m in zip(params, momenta, strict=True):
            if m is not None and m.array.shape != p.array.shape:
                raise RuntimeError(
                    f"The size of the momentum_buffer, {list(m.array.shape)}, must match the size "
                    f"of its parameter, {list(p.array.shape)}: is the state of another model?"
                )
        if group["differentiable"]:
            return momenta
        return [m if m is None else m.array for m in momenta]


def descend(xs, gs, ms, lr, momentum, dampening, weight_decay, nesterov, maximize):
    """One step of the parameters xs with the gradients gs, in place; ms holds their momenta, None
    at the first step. All are arrays or, where autograd is to record the step, tensors."""
    for i, (x, g) in enumerate(zip(xs, gs, strict=True)):
        if maximize:
            g = -g
        if weight_decay:
            g = g + weight_decay * x
        if momentum:
            if ms[i] is None:
                ms[i] = g.detach().clone() if isinstance(g, Tensor) else g.copy()
            else:
                ms[i] *= momentum
                ms[i] += g if dampening == 0 else (1 - dampening) * g
            g = g + momentum * ms[i] if nesterov else ms[i]
        x -= lr * g


def as_array(lr: float, xs: list[numpy.ndarray]) -> numpy.ndarray | float:
    """The learning rate as an array without dimensions, by which NumPy multiplies more quickly than
    by a number; where the parameters are not of one dtype it stays a number."""
    dtype = xs[0].dtype if xs else None
    for x in xs:
        if x.dtype is not dtype:
            return lr
    return numpy.asarray(lr, dtype)


def _options(group: dict) -> tuple:
    """The options of a group that ``descend`` takes."""
    numbers = as_numbers(group, "lr", "momentum", "dampening", "weight_decay")
    return (*numbers, group["nesterov"], group["maximize"])
