"""Gradients that are too large, made smaller before the optimizer sees them.

One bad batch, or one steep place, and a step undoes all that was learned. Clipping by norm shortens
the whole gradient, of all parameters together, and keeps its direction. Clipping by value cuts off
each number of it alone, which turns it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from types import GeneratorType

from torch import Tensor, clamp, no_grad, stack, tensor
from torch.linalg import vector_norm

__all__ = [
    "get_total_norm",
    "clip_grads_with_norm_",
    "clip_grad_norm_",
    "clip_grad_norm",
    "clip_grad_value_",
]


@no_grad()
def get_total_norm(
    tensors: Tensor | Iterable[Tensor],
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """The norm of all elements of all tensors: the norm of the tensors' norms.

    Args:
        tensors: gradients, or a single one
        norm_type: 2 for the ordinary length, 1 for the sum of absolute values, ``float("inf")`` or
            ``"inf"`` for the largest. Default: 2
        error_if_nonfinite: RuntimeError where it is infinite or NaN. Default: False
        foreach: chooses among torch's implementations; here there is one

    Examples:
        >>> torch.nn.utils.get_total_norm([torch.tensor([3.0, 0.0]), torch.tensor(4.0)])
        tensor(5.)
    """
    tensors = [tensors] if isinstance(tensors, Tensor) else list(tensors)
    norm_type = float(norm_type)
    if len(tensors) == 0:
        return tensor(0.0)
    norms = [vector_norm(x, norm_type) for x in tensors]
    total = vector_norm(stack(norms), norm_type)
    if error_if_nonfinite and not total.isfinite():
        raise RuntimeError(
            f"The total norm of order {norm_type} for gradients from `parameters` is non-finite, "
            f"so it cannot be clipped: it is {total.item()}. Look for the step that first made an "
            f"infinity or NaN, or set error_if_nonfinite=False"
        )
    return total


@no_grad()
def clip_grads_with_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    total_norm: Tensor,
    foreach: bool | None = None,
) -> None:
    """grad = grad min(1, max_norm / (total_norm + 1e-6)), in place, for each parameter.

    Args:
        parameters: whose gradients, or a single one; those without a gradient are left out
        max_norm: how long all of them together may be
        total_norm: how long they are, from ``get_total_norm``
        foreach: chooses among torch's implementations; here there is one
    """
    grads = _gradients(parameters)
    max_norm = float(max_norm)
    if len(grads) == 0:
        return
    factor = clamp(max_norm / (total_norm + 1e-6), max=1.0)  # it never makes them longer
    if foreach is not False and factor.dim() > 0:
        raise RuntimeError(
            f"scalar tensor expected to be 0 dim but it has {factor.dim()} dimensions: total_norm "
            f"is one number for all gradients"
        )
    for grad in grads:
        grad.mul_(factor)


@no_grad()
def clip_grad_norm_(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Shortens the gradient of all parameters together to ``max_norm``, in place.

    Call it between ``backward`` and the optimizer's step. Returns how long the gradient was before,
    a number worth watching.

    Args:
        parameters: whose gradients, or a single one; those without a gradient are left out
        max_norm: how long the gradient may be
        norm_type: which norm, see ``get_total_norm``. Default: 2
        error_if_nonfinite: RuntimeError where the norm is infinite or NaN; otherwise an infinite
            norm makes all gradients 0 or NaN, and NaN makes all NaN. Default: False
        foreach: chooses among torch's implementations; here there is one

    Examples:
        >>> w = torch.tensor([1.0, 1.0], requires_grad=True)
        >>> (w * torch.tensor([3.0, 4.0])).sum().backward()
        >>> torch.nn.utils.clip_grad_norm_(w, max_norm=1.0)
        tensor(5.)
        >>> w.grad
        tensor([0.6000, 0.8000])
    """
    if not isinstance(parameters, Tensor):
        used_up = isinstance(parameters, GeneratorType)
        parameters = list(parameters)
        if used_up and len(parameters) == 0:
            warnings.warn(
                "`parameters` is an empty generator, no gradient clipping will occur. A generator "
                "gives its parameters once: call model.parameters() anew",
                stacklevel=3,
            )
    total = get_total_norm(_gradients(parameters), norm_type, error_if_nonfinite, foreach)
    clip_grads_with_norm_(parameters, max_norm, total, foreach)
    return total


def clip_grad_norm(
    parameters: Tensor | Iterable[Tensor],
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """The old name of ``clip_grad_norm_``: it warns."""
    warnings.warn(
        "`torch.nn.utils.clip_grad_norm` is now deprecated in favor of "
        "`torch.nn.utils.clip_grad_norm_`.",
        FutureWarning,
        stacklevel=2,
    )
    return clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite, foreach)


@no_grad()
def clip_grad_value_(
    parameters: Tensor | Iterable[Tensor], clip_value: float, foreach: bool | None = None
) -> None:
    """grad = min(max(grad, -clip_value), clip_value), in place, for each parameter.

    Args:
        parameters: whose gradients, or a single one; those without a gradient are left out
        clip_value: the largest number allowed, and with a minus the smallest
        foreach: chooses among torch's implementations; here there is one

    Examples:
        >>> w = torch.tensor([1.0, 1.0], requires_grad=True)
        >>> (w * torch.tensor([3.0, -0.5])).sum().backward()
        >>> torch.nn.utils.clip_grad_value_(w, 1.0)
        >>> w.grad
        tensor([ 1.0000, -0.5000])
    """
    clip_value = float(clip_value)
    grads = _gradients(parameters)
    if len(grads) == 0:
        raise RuntimeError(
            "clip_grad_value_ got no parameter with a gradient: call it after loss.backward()"
        )
    for grad in grads:
        grad.clamp_(-clip_value, clip_value)


def _gradients(parameters: Tensor | Iterable[Tensor]) -> list[Tensor]:
    """The gradients of the parameters that have one."""
    parameters = [parameters] if isinstance(parameters, Tensor) else parameters
    return [p.grad for p in parameters if p.grad is not None]
