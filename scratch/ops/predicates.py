"""Questions about a tensor, and what complex numbers would need: on real ones, nothing happens.

``x.is_floating_point()`` and what else a program asks before it decides. Tensors here are real, so
that ``real``, ``conj`` and their kin return the very tensor, as torch does with real ones.
"""

from __future__ import annotations

from ..tensor import Tensor, tensor_method
from ._operands import tensor

__all__ = [
    "is_complex",
    "is_conj",
    "is_neg",
    "is_signed",
    "is_nonzero",
    "is_same_size",
    "is_inference",
    "is_distributed",
    "get_device",
    "real",
    "imag",
    "conj",
    "resolve_conj",
    "resolve_neg",
]


@tensor_method
def is_complex(input: Tensor) -> bool:
    """Whether the elements are complex numbers: never."""
    tensor(input)
    return False


@tensor_method
def is_conj(input: Tensor) -> bool:
    """Whether the elements are still to be conjugated: never."""
    tensor(input)
    return False


@tensor_method
def is_neg(input: Tensor) -> bool:
    """Whether the elements are still to be negated: never."""
    tensor(input)
    return False


@tensor_method
def is_signed(input: Tensor) -> bool:
    """Whether the elements can be negative.

    Examples:
        >>> torch.is_signed(torch.ones(2)), torch.is_signed(torch.ones(2, dtype=torch.uint8))
        (True, False)
    """
    return tensor(input).array.dtype.kind in "if"


@tensor_method
def is_nonzero(input: Tensor) -> bool:
    """Whether the only element is not 0; RuntimeError where there are several."""
    return bool(tensor(input))


@tensor_method
def is_same_size(input: Tensor, other: Tensor) -> bool:
    """Whether two tensors have the same shape."""
    return tensor(input).array.shape == tensor(other, 2).array.shape


def is_inference(input: Tensor) -> bool:
    """Whether a tensor was made under ``inference_mode``."""
    return tensor(input).is_inference()


@tensor_method
def is_distributed(input: Tensor) -> bool:
    """Whether several computers hold parts of the tensor: never."""
    tensor(input)
    return False


@tensor_method
def get_device(input: Tensor) -> int:
    """The number of the GPU that has the tensor; -1 on the CPU."""
    tensor(input)
    return -1


def real(input: Tensor) -> Tensor:
    """The real parts: of real numbers, the very tensor."""
    return tensor(input)


def imag(input: Tensor) -> Tensor:
    """The imaginary parts: RuntimeError, as real numbers have none."""
    raise RuntimeError(f"imag is not implemented for tensors of {tensor(input).dtype}: not complex")


@tensor_method
def conj(input: Tensor) -> Tensor:
    """The conjugates: of real numbers, the very tensor."""
    return tensor(input)


@tensor_method
def resolve_conj(input: Tensor) -> Tensor:
    """The tensor, conjugated if that was still to be done: the very tensor."""
    return tensor(input)


@tensor_method
def resolve_neg(input: Tensor) -> Tensor:
    """The tensor, negated if that was still to be done: the very tensor."""
    return tensor(input)


@tensor_method
def is_shared(self: Tensor) -> bool:
    """Whether other processes see this memory: never."""
    return False


@tensor_method
def share_memory_(self: Tensor) -> Tensor:
    """Nothing to do: processes that are forked see the memory as it was."""
    return self


@tensor_method
def is_pinned(self: Tensor) -> bool:
    """Whether the memory is pinned for copies to a GPU: never."""
    return False


@tensor_method
def pin_memory(self: Tensor) -> Tensor:
    """Refuses, as torch does where it has no GPU to copy to."""
    raise RuntimeError("Cannot access accelerator device when none is available: nothing to pin")


Tensor.real, Tensor.imag = property(real), property(imag)
