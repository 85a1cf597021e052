"""What the benchmarks of layers and of losses time: forward, backward, and gradients forgotten."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

__all__ = ["layer_step", "loss_step"]


def layer_step(
    torch: ModuleType, device: str, layer: Any, size: Sequence[int]
) -> Callable[[], None]:
    """Forward and backward of a layer, from a random input of this size."""
    layer = layer.to(device)
    x = torch.randn(*size).to(device).requires_grad_()
    dy = torch.randn(*layer(x).shape).to(device)
    leaves = [x, *layer.parameters()]

    def step() -> None:
        layer(x).backward(dy)
        for leaf in leaves:
            leaf.grad = None

    return step


def loss_step(loss: Callable[..., Any], x: Any, *others: Any) -> Callable[[], None]:
    """Forward and backward of a loss of x, a leaf; the others are targets, weights and the like."""

    def step() -> None:
        loss(x, *others).backward()
        x.grad = None

    return step
