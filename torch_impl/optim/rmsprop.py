"""RMSprop: gradients divided by how large they usually are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor, set_grad_enabled

from ._steps import check_options, loss_of, plan
from .optimizer import Optimizer

__all__ = ["RMSprop"]


class RMSprop(Optimizer):
    """RMSprop: divides each gradient by the root of the mean of its squares.

    With p a parameter and g its gradient (what is off is left out)::

        g = -g                                  if maximize
        g = g + weight_decay * p
        v = alpha * v + (1 - alpha) * g * g     the mean of recent squares
        a = alpha * a + (1 - alpha) * g         if centered: the mean of recent gradients
        s = sqrt(v) + eps                       or sqrt(v - a * a) + eps  if centered
        b = momentum * b + g / s                if momentum
        p = p - lr * g / s,   or  p - lr * b    with momentum

    Args:
        params: what to optimize, such as ``model.parameters()``
        lr: the learning rate. Default: 0.01
        alpha: how much of the mean of squares is kept from step to step. Default: 0.99
        eps: keeps the division from being by 0. Default: 1e-8
        weight_decay: how strongly parameters are pulled towards 0. Default: 0
        momentum: how much of the last step's direction is kept. Default: 0
        centered: divide by the gradients' deviation from their mean. Default: False
        capturable: for steps recorded on a GPU; on the CPU the step raises AssertionError
        foreach: chooses among torch's implementations; here there is one
        maximize: go uphill. Default: False
        differentiable: let autograd record the step. Default: False

    Examples:
        >>> w = torch.tensor([2.0, 2.0], requires_grad=True)
        >>> optimizer = torch.optim.RMSprop([w], lr=0.1, alpha=0.75)
        >>> (torch.tensor([1.0, 1000.0]) * w).sum().backward()
        >>> optimizer.step()
        >>> w  # each by lr * g / sqrt(0.25 * g * g)
        tensor([1.8000, 1.8000], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable,
        lr: float | Tensor = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ):
        check_options(lr, epsilon=eps, momentum=momentum, weight_decay=weight_decay, alpha=alpha)
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
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


def descend(xs, gs, ts, vs, bs, means, lr, alpha, eps, decay, momentum, maximize):
    """One step of the parameters xs with the gradients gs, in place, as are the means of squares
    vs, the momenta bs and, if centered, the means of gradients."""
    for x, g, v, b, mean in zip(xs, gs, vs, bs, means, strict=True):
        if maximize:
            g = -g
        if decay:
            g = g.add(x, alpha=decay)
        v.mul_(alpha).addcmul_(g, g, value=1 - alpha)
        if mean is not None:
            mean.lerp_(g, 1 - alpha)
            v = v.addcmul(mean, mean, value=-1)
        s = v.sqrt().add(eps)
        if b is not None:
            b.mul_(momentum).addcdiv_(g, s)
            x.add_(b, alpha=-lr)
        else:
            x.addcdiv_(g, s, value=-lr)


def _kept(group: dict) -> tuple:
    momentum = "momentum_buffer" if group["momentum"] > 0 else None
    return "square_avg", momentum, "grad_avg" if group["centered"] else None


def _options(group: dict) -> tuple:
    numbers = [group[name] for name in ("lr", "alpha", "eps", "weight_decay", "momentum")]
    return (*numbers, group["maximize"])
