"""Adam: steps as long where gradients are small as where they are large."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, set_grad_enabled

from ._steps import check_implementation, check_options, loss_of, plan
from .optimizer import Optimizer

__all__ = ["Adam"]


class Adam(Optimizer):
    """Adam: momentum, divided by how large the gradients usually are.

    With p a parameter, g its gradient, t the number of the step (what is off is left out)::

        g = -g                                  if maximize
        g = g + weight_decay * p                or p = p - lr * weight_decay * p, if decoupled
        m = beta1 * m + (1 - beta1) * g         the mean of recent gradients
        v = beta2 * v + (1 - beta2) * g * g     the mean of their squares
        v = max of all v so far                 for the next line only, if amsgrad
        p = p - lr * m' / (sqrt(v') + eps)      m' = m / (1 - beta1^t),  v' = v / (1 - beta2^t)

    m and v begin at 0 and are too small at first; the division by 1 - beta^t makes up for that.

    Args:
        params: what to optimize, such as ``model.parameters()``
        lr: the learning rate: about how far each parameter goes in a step. Default: 0.001
        betas: how much of the means is kept from step to step. Default: (0.9, 0.999)
        eps: keeps the division from being by 0. Default: 1e-8
        weight_decay: how strongly parameters are pulled towards 0. Default: 0
        amsgrad: divide by the largest v there was, so that steps do not grow again. Default: False
        foreach, fused: choose among torch's implementations; here there is one
        maximize: go uphill. Default: False
        capturable: for steps recorded on a GPU; on the CPU the step raises AssertionError
        differentiable: let autograd record the step. Default: False
        decoupled_weight_decay: pull the parameter and not the gradient (see AdamW). Default: False

    Examples:
        >>> w = torch.tensor([2.0, 2.0], requires_grad=True)
        >>> optimizer = torch.optim.Adam([w], lr=0.5)
        >>> (torch.tensor([1.0, 1000.0]) * w).sum().backward()
        >>> optimizer.step()
        >>> w  # one slope was a thousand times as steep
        tensor([1.5000, 1.5000], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
    ):
        if foreach and not capturable:
            for option in (lr, *betas):
                if isinstance(option, Tensor):
                    raise ValueError("foreach=True takes no tensors as lr or betas: give numbers")
        check_options(lr, epsilon=eps)
        for i, beta in enumerate(betas[:2]):
            if not 0.0 <= beta < 1.0:
                raise ValueError(
                    f"Invalid beta parameter at index {i}: {beta}: it is a share to keep, from 0 "
                    f"to just below 1"
                )
        check_options(lr, weight_decay=weight_decay)
        for kind in (float, Tensor):
            if isinstance(betas[0], kind) and isinstance(betas[1], kind):
                break
        else:
            raise ValueError("betas must be either both floats or both Tensors")
        for i, beta in enumerate(betas):
            if isinstance(beta, Tensor) and beta.numel() != 1:
                raise ValueError(f"Tensor betas[{i}] must be 1-element")
        defaults = {
            "lr": lr,
            "betas": tuple(b.squeeze() if isinstance(b, Tensor) else b for b in betas),
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        super().__init__(params, defaults)
        check_implementation(fused, foreach, differentiable)

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


def descend(xs, gs, ts, ms, vs, tops, lr, betas, eps, decay, decoupled, maximize):
    """One step of the parameters xs with the gradients gs, in place, as are their means ms and vs
    and, with amsgrad, the largest means, tops; ts holds the numbers of the step."""
    beta1, beta2 = betas
    for x, g, t, m, v, top in zip(xs, gs, ts, ms, vs, tops, strict=True):
        if maximize:
            g = -g
        if decay and decoupled:
            x.mul_(1 - lr * decay)
        elif decay:
            g = g.add(x, alpha=decay)
        m.lerp_(g, 1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        if top is not None:
            v = top.copy_(torch.maximum(top, v))
        root = (1 - beta2**t) ** 0.5
        x.addcdiv_(m.clone(), v.sqrt().div(root).add(eps), value=-lr / (1 - beta1**t))


def _kept(group: dict) -> tuple:
    return "exp_avg", "exp_avg_sq", "max_exp_avg_sq" if group["amsgrad"] else None


def _options(group: dict) -> tuple:
    numbers = [group[name] for name in ("lr", "betas", "eps", "weight_decay")]
    return (*numbers, group["decoupled_weight_decay"], group["maximize"])
