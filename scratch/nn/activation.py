"""What stands between two linear layers, so that together they are more than one.

Each layer is a function of ``ops/`` as a module, to be put into a ``Sequential``; the formulas
stand there, in ``ops/elementwise.py`` and ``ops/softmax.py``.
"""

from __future__ import annotations

import warnings

from ..dtypes import dtype as Dtype
from ..ops import elementwise
from ..ops import softmax as probabilities
from ..tensor import Tensor
from .module import Module

__all__ = ["ReLU", "Sigmoid", "Tanh", "Softmax", "LogSoftmax"]


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """y = max(input, 0)

    Args:
        input: any real numbers
        inplace: write the result over the input. Default: False

    Examples:
        >>> torch.nn.functional.relu(torch.tensor([-1.0, 2.0]))
        tensor([0., 2.])
    """
    return input.relu_() if inplace else elementwise.relu(input)


def relu_(input: Tensor) -> Tensor:
    """``relu``, written over the input."""
    return input.relu_()


def softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Dtype | None = None
) -> Tensor:
    """y = exp(input) / sum of exp(input) along ``dim``

    Args:
        input: any real numbers
        dim: the dimension along which they become probabilities. Leaving it out is deprecated
        dtype: convert ``input`` to this first. Default: as it is

    Examples:
        >>> torch.nn.functional.softmax(torch.tensor([[0.0, 1.0, 2.0]]), dim=1)
        tensor([[0.0900, 0.2447, 0.6652]])
    """
    dim = _guessed("softmax", input, _stacklevel) if dim is None else dim
    return probabilities.softmax(input, dim, dtype)


def log_softmax(
    input: Tensor, dim: int | None = None, _stacklevel: int = 3, dtype: Dtype | None = None
) -> Tensor:
    """y = log(softmax(input)), finite even where the softmax rounds to 0.

    Args:
        input: any real numbers
        dim: the dimension along which they become probabilities. Leaving it out is deprecated
        dtype: convert ``input`` to this first. Default: as it is

    Examples:
        >>> torch.nn.functional.log_softmax(torch.tensor([[0.0, 1.0, 1000.0]]), dim=1)
        tensor([[-1000.,  -999.,     0.]])
    """
    dim = _guessed("log_softmax", input, _stacklevel) if dim is None else dim
    return probabilities.log_softmax(input, dim, dtype)


def _guessed(name: str, input: Tensor, stacklevel: int) -> int:
    """The dimension of the classes, as it was guessed before one had to say it."""
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include "
        f"dim=X as an argument: dim=-1 is the last, where a classifier has its scores.",
        stacklevel=stacklevel,
    )
    return 0 if input.dim() in (0, 1, 3) else 1


class ReLU(Module):
    """y = max(x, 0)        dx = dy where x > 0, else 0

    Args:
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.ReLU()(torch.tensor([-1.0, 2.0]))
        tensor([0., 2.])
    """

    def __init__(self, inplace: bool = False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """max(input, 0)"""
        return input.relu_() if self.inplace else elementwise.relu(input)

    def extra_repr(self) -> str:
        """``inplace``, where it is True."""
        return "inplace=True" if self.inplace else ""


class Sigmoid(Module):
    """y = 1 / (1 + exp(-x))        dx = dy y (1 - y)

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.Sigmoid()(torch.tensor([-1.0, 0.0]))
        tensor([0.2689, 0.5000])
    """

    def forward(self, input: Tensor) -> Tensor:
        """1 / (1 + exp(-input))"""
        return elementwise.sigmoid(input)


class Tanh(Module):
    """y = (exp(x) - exp(-x)) / (exp(x) + exp(-x))        dx = dy (1 - y^2)

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.Tanh()(torch.tensor([-1.0, 0.0]))
        tensor([-0.7616,  0.0000])
    """

    def forward(self, input: Tensor) -> Tensor:
        """The hyperbolic tangent."""
        return elementwise.tanh(input)


class Softmax(Module):
    """y = exp(x) / sum of exp(x)        dx = y (dy - sum of dy y)

    Args:
        dim: the dimension along which the outputs add up to 1

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.Softmax(dim=1)(torch.tensor([[0.0, 1.0, 2.0]]))
        tensor([[0.0900, 0.2447, 0.6652]])
    """

    def __init__(self, dim: int | None = None):
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """The probabilities."""
        return softmax(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class LogSoftmax(Module):
    """y = x - log of sum of exp(x)        dx = dy - exp(y) sum of dy

    Args:
        dim: the dimension along which exp of the outputs adds up to 1

    Shape:
        any, and the output's is the input's

    Examples:
        >>> torch.nn.LogSoftmax(dim=1)(torch.tensor([[0.0, 1.0, 2.0]]))
        tensor([[-2.4076, -1.4076, -0.4076]])
    """

    def __init__(self, dim: int | None = None):
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """The logarithms of the probabilities."""
        return log_softmax(input, self.dim, _stacklevel=5)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"
