"""Tensors that belong to a module.

A module keeps whatever ``Parameter`` is assigned to one of its attributes, and hands all of them to
the optimizer. A ``Buffer`` is kept as well, for saving and for moving along, but not trained.
"""

from __future__ import annotations

import numpy

from .._names import Named
from ..autograd.variable import wrap
from ..dtypes import get_default_dtype
from ..tensor import Tensor

__all__ = ["Parameter", "Buffer"]


class Parameter(Tensor, metaclass=Named):
    """A tensor to be learned: it requires a gradient, and modules register it.

    Args:
        data: the tensor whose memory it takes over. Default: an empty one
        requires_grad: whether it is to be trained. Default: True

    Examples:
        >>> torch.nn.Parameter(torch.ones(2))
        Parameter containing:
        tensor([1., 1.], requires_grad=True)
    """

    shown = "torch.nn.parameter.Parameter"

    def __new__(cls, data: Tensor | None = None, requires_grad: bool = True):
        if data is None:
            data = _nothing()
        if not isinstance(data, Tensor):
            raise AttributeError(
                f"a Parameter takes over a Tensor, and this is of type {type(data).__name__}: make "
                f"one with torch.tensor(...) first"
            )
        self = object.__new__(cls)
        self.array = data.array
        self._version_counter = data._changes
        return self.requires_grad_(requires_grad)

    def __deepcopy__(self, memo: dict) -> Parameter:
        copy = type(self)(wrap(self.array.copy(order="K")), self.requires_grad)
        memo[id(self)] = copy
        return copy

    def __repr__(self) -> str:
        return "Parameter containing:\n" + super().__repr__()


class _IsBuffer(Named):
    """Makes ``isinstance(x, Buffer)`` ask for the mark, since a buffer is a plain tensor."""

    def __instancecheck__(cls, x: object) -> bool:
        return isinstance(x, Tensor) and getattr(x, "_is_buffer", False)


class Buffer(Tensor, metaclass=_IsBuffer):
    """A tensor that a module keeps without training it, such as a running mean.

    Assigning it to an attribute of a module is ``register_buffer`` in other words. The result is an
    ordinary tensor with a mark on it.

    Args:
        data: the tensor. Default: an empty one
        persistent: whether it is part of the module's ``state_dict``. Default: True

    Examples:
        >>> isinstance(torch.nn.Buffer(torch.zeros(2)), torch.nn.Buffer)
        True
    """

    def __new__(cls, data: Tensor | None = None, *, persistent: bool = True) -> Tensor:
        if data is None:
            data = _nothing()
        x = data.detach().requires_grad_(data.requires_grad)
        x.persistent = persistent
        x._is_buffer = True
        return x


def _nothing() -> Tensor:
    return wrap(numpy.empty(0, get_default_dtype().numpy))
