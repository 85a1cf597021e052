"""What the activations share: a check of their input."""

from __future__ import annotations

from torch import Tensor


def floating_input(name: str, input) -> Tensor:
    """The tensor itself; TypeError if it is none, NotImplementedError if it holds no fractions."""
    if not isinstance(input, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}")
    if not input.is_floating_point():
        raise NotImplementedError(
            f"{name}() is not implemented for {input.dtype}: use input.float()"
        )
    return input
