"""AdamW: Adam whose weight decay is not divided by anything."""

from __future__ import annotations

from collections.abc import Iterable

from ..tensor import Tensor
from .adam import Adam

__all__ = ["AdamW"]


class AdamW(Adam):
    """Adam with decoupled weight decay.

    Adam adds ``weight_decay * p`` to the gradient, and then divides it by the size of the gradients
    as well: parameters with large gradients hardly decay. AdamW lets all decay alike::

        p = p - lr * weight_decay * p
        p = p - lr * m' / (sqrt(v') + eps)      as Adam, whose gradient knows of no decay

    Args:
        params, lr, betas, eps, amsgrad, maximize, foreach, capturable, differentiable, fused:
            as for Adam
        weight_decay: how strongly parameters are pulled towards 0. Default: 0.01

    Examples:
        >>> w = torch.tensor([2.0], requires_grad=True)
        >>> optimizer = torch.optim.AdamW([w], lr=0.5, weight_decay=0.1)
        >>> (0 * w).sum().backward()
        >>> optimizer.step()
        >>> w  # no slope: nothing but the decay, 2 * (1 - 0.5 * 0.1)
        tensor([1.9000], requires_grad=True)
    """

    def __init__(
        self,
        params: Iterable,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ):
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            foreach=foreach,
            maximize=maximize,
            capturable=capturable,
            differentiable=differentiable,
            fused=fused,
            decoupled_weight_decay=True,
        )

    def __setstate__(self, state: dict) -> None:
        super().__setstate__(state)
        for group in self.param_groups:  # even when it was saved by Adam
            group["decoupled_weight_decay"] = True
