"""Dropout: in training, each number is set to zero with probability p; what stays is made larger.

So no part of a network can rely on another one being there. What stays is divided by 1 - p, for
then the average is what it was, and nothing has to be done when the network is used: in ``eval()``
every dropout layer returns its input.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

import numpy

from .. import _distributions as distributions
from .._memory import blank_like
from ..autograd import Rule
from ..autograd.inplace import write_over
from ..autograd.variable import wrap
from ..ops._layout import laid_out_as
from ..random import default_generator
from ..tensor import Tensor
from .module import Module

__all__ = [
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "AlphaDropout",
    "FeatureAlphaDropout",
]

SATURATED = 1.7580993408473766  # SELU(-infinity) = -1.758...: what AlphaDropout puts in


class Noise(Rule, name="MulBackward0"):
    """y = x m, with random m: 0 or 1 / (1 - p)        dx = dy m, with the same m"""

    @staticmethod
    def forward(ctx, x, m):
        ctx.save_for_backward(m)
        return x * m

    @staticmethod
    def backward(ctx, dy):
        (m,) = ctx.saved_tensors
        return dy * m, None


# ---- functions ----------------------------------------------------------------------------------


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """y = input m / (1 - p), where each m is 1 with probability 1 - p, else 0

    Args:
        input: any real numbers
        p: the probability of becoming zero. Default: 0.5
        training: False returns the input. Default: True
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Examples:
        >>> _ = torch.manual_seed(0)
        >>> torch.nn.functional.dropout(torch.ones(6), 0.5)
        tensor([0., 0., 2., 0., 0., 0.])
        >>> torch.nn.functional.dropout(torch.ones(6), 0.5, training=False)
        tensor([1., 1., 1., 1., 1., 1.])
    """
    check_probability(p)
    return drop("dropout", of_elements, scaled, input, p, training, inplace)


def alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """y = a (input m + s (1 - m)) + b, which keeps mean 0 and variance 1 as they are; for SELU

    Args:
        input: numbers of mean 0 and variance 1
        p: the probability of becoming s = -1.758..., SELU's least value. Default: 0.5
        training: False returns the input. Default: False
        inplace: write the result over the input. Default: False

    With q = 1 - p: a = 1 / sqrt(q (1 + s^2 p)), b = -a s p.
    """
    check_probability(p)
    return drop("alpha_dropout", of_elements, saturated, input, p, training, inplace)


def dropout1d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """As ``dropout``, but a whole channel becomes zero, or none of it.

    Args:
        input: sequences, (N, C, L) or (C, L)
        p, training, inplace: as for ``dropout``
    """
    check_probability(p)
    ndim = input.dim()
    if ndim not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {ndim}D input. It sets whole "
            f"channels to zero, in inputs of shape (C, L) or (N, C, L)"
        )
    return feature_dropout(input, p, training, inplace, batched=ndim == 3)


def dropout2d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """As ``dropout``, but a whole channel becomes zero, or none of it.

    Neighbouring pixels tell much the same: zero alone, each could be guessed from the others.

    Args:
        input: images, (N, C, H, W); three dimensions are taken for (N, C, L)
        p, training, inplace: as for ``dropout``
    """
    check_probability(p)
    ndim = input.dim()
    if ndim not in (3, 4):
        _warn_of_dimensions("dropout2d", ndim, 2)
    if ndim == 3:
        warnings.warn(
            "dropout2d: Received a 3D input to dropout2d: its shape is taken for (N, C, L), so "
            "that this does what dropout1d does. For one image use x.unsqueeze(0)",
            stacklevel=2,
        )
    return feature_dropout(input, p, training, inplace)


def dropout3d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """As ``dropout``, but a whole channel becomes zero, or none of it.

    Args:
        input: volumes, (N, C, D, H, W) or (C, D, H, W)
        p, training, inplace: as for ``dropout``
    """
    check_probability(p)
    ndim = input.dim()
    if ndim not in (4, 5):
        _warn_of_dimensions("dropout3d", ndim, 3)
    return feature_dropout(input, p, training, inplace, batched=ndim == 5)


def feature_alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """As ``alpha_dropout``, but for whole channels.

    Args:
        input: (N, C, ...)
        p, training, inplace: as for ``alpha_dropout``
    """
    check_probability(p)
    return drop("feature_alpha_dropout", of_channels, saturated, input, p, training, inplace)


def feature_dropout(
    input: Tensor, p: float, training: bool, inplace: bool, batched: bool = True
) -> Tensor:
    """``dropout`` of whole channels, also of a single sample, which has no dimension N."""
    if batched:
        return drop("feature_dropout", of_channels, scaled, input, p, training, inplace)
    if inplace:
        return feature_dropout(input.unsqueeze_(0), p, training, True).squeeze_(0)
    return feature_dropout(input.unsqueeze(0), p, training, False).squeeze(0)


def drop(
    name: str,
    memory: Callable,
    factors: Callable,
    input: Tensor,
    p: float,
    training: bool,
    inplace: bool,
) -> Tensor:
    """y = input c + b: ``memory`` says for what an m is drawn, ``factors`` makes c and b of it."""
    _check(name, input, p, training)
    p = float(p)
    x = input.array
    if p == 0 or not training or not x.size:
        return input
    if p == 1:
        return _multiplied(input, numpy.zeros((), x.dtype), name, inplace)
    m = memory(x)
    if x.dtype.kind != "f":
        raise RuntimeError(
            f"{name}: what is left is divided by 1 - p, and the result can't be cast to "
            f"{input.dtype}: use .float()"
        )
    default_generator.draw(distributions.bernoulli, m, 1 - p)
    c, b = factors(m, p)
    y = _multiplied(input, c, name, inplace)
    if b is None:
        return y
    return y.add_(wrap(b)) if inplace else y + wrap(b)


def of_elements(x: numpy.ndarray) -> numpy.ndarray:
    """Memory for one m an element."""
    return blank_like(x, x.dtype)


def of_channels(x: numpy.ndarray) -> numpy.ndarray:
    """Memory for one m a channel."""
    if x.ndim < 2:
        raise RuntimeError(
            f"Feature dropout requires at least 2 dimensions in the input, N and C, and it has "
            f"the shape {list(x.shape)}"
        )
    return numpy.empty((*x.shape[:2], *[1] * (x.ndim - 2)), x.dtype)  # N, C, 1, ...


def scaled(m: numpy.ndarray, p: float) -> tuple[numpy.ndarray, None]:
    """c = m / (1 - p), and no b"""
    return numpy.divide(m, _number(m)(1 - p), out=m, casting="same_kind"), None


def saturated(m: numpy.ndarray, p: float) -> tuple[numpy.ndarray, numpy.ndarray]:
    """c = a m, b = a s (1 - m) - a s p"""
    a = 1 / math.sqrt((SATURATED * SATURATED * p + 1) * (1 - p))
    b = numpy.asarray(m - 1)
    numpy.multiply(b, _number(m)(SATURATED * a), out=b, casting="same_kind")
    b += SATURATED * a * p
    return numpy.multiply(m, _number(m)(a), out=m, casting="same_kind"), b


def _number(m: numpy.ndarray) -> type:
    return numpy.float32 if m.itemsize == 2 else m.dtype.type  # not rounded to a float16


def _multiplied(input: Tensor, m: numpy.ndarray, name: str, inplace: bool) -> Tensor:
    y = Noise.apply(input, m)
    return write_over(input, y, f"{name}_") if inplace else laid_out_as((input,), y)


# ---- layers -------------------------------------------------------------------------------------


class _Dropout(Module):
    """What the layers have in common: their options."""

    def __init__(self, p: float = 0.5, inplace: bool = False):
        super().__init__()
        check_probability(p)
        self.p = p
        self.inplace = inplace

    def extra_repr(self) -> str:
        """The probability, and whether it happens in place."""
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(_Dropout):
    """y = x m / (1 - p)        dx = dy m / (1 - p), where m is 1 with probability 1 - p, else 0

    Args:
        p: the probability of becoming zero. Default: 0.5
        inplace: write the result over the input. Default: False

    Shape:
        any, and the output's is the input's

    Examples:
        >>> _ = torch.manual_seed(0)
        >>> layer = torch.nn.Dropout(0.25)
        >>> layer(torch.ones(4))
        tensor([0.0000, 1.3333, 1.3333, 0.0000])
        >>> layer.eval()(torch.ones(4))
        tensor([1., 1., 1., 1.])
    """

    def forward(self, input: Tensor) -> Tensor:
        """Zeros at random; in ``eval()`` the input."""
        return dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_Dropout):
    """Dropout of whole channels of sequences.

    Args:
        p: the probability of becoming zero. Default: 0.5
        inplace: write the result over the input. Default: False

    Shape:
        (N, C, L) or (C, L), and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """Zeros at random; in ``eval()`` the input."""
        return dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Dropout):
    """Dropout of whole channels of images.

    Args:
        p: the probability of becoming zero. Default: 0.5
        inplace: write the result over the input. Default: False

    Shape:
        (N, C, H, W), and the output's is the input's

    Examples:
        >>> _ = torch.manual_seed(0)
        >>> torch.nn.Dropout2d(0.5)(torch.ones(1, 3, 1, 2)).tolist()
        [[[[0.0, 0.0]], [[0.0, 0.0]], [[2.0, 2.0]]]]
    """

    def forward(self, input: Tensor) -> Tensor:
        """Zeros at random; in ``eval()`` the input."""
        return dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Dropout):
    """Dropout of whole channels of volumes.

    Args:
        p: the probability of becoming zero. Default: 0.5
        inplace: write the result over the input. Default: False

    Shape:
        (N, C, D, H, W) or (C, D, H, W), and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """Zeros at random; in ``eval()`` the input."""
        return dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_Dropout):
    """Dropout for networks with SELU, which need mean 0 and variance 1: it keeps both.

    Args:
        p: the probability of becoming SELU's least value. Default: 0.5
        inplace: is taken, and has no effect, as in torch. Default: False

    Shape:
        any, and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """Least values at random; in ``eval()`` the input."""
        return alpha_dropout(input, self.p, self.training)


class FeatureAlphaDropout(_Dropout):
    """AlphaDropout of whole channels.

    Args:
        p: the probability of becoming SELU's least value. Default: 0.5
        inplace: is taken, and has no effect, as in torch. Default: False

    Shape:
        (N, C, ...), and the output's is the input's
    """

    def forward(self, input: Tensor) -> Tensor:
        """Least values at random; in ``eval()`` the input."""
        return feature_alpha_dropout(input, self.p, self.training)


# ---- what may be wrong --------------------------------------------------------------------------


def check_probability(p: float) -> None:
    """ValueError unless p is a probability."""
    if p < 0 or p > 1:
        advice = f": {p} percent are p={p / 100}" if 1 < p <= 100 else ""
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}{advice}")


def _check(name: str, input: Tensor, p: float, training: bool) -> None:
    if not isinstance(input, Tensor):
        raise TypeError(f"{name}(): argument 'input' must be Tensor, not {type(input).__name__}")
    if not isinstance(training, bool):
        raise TypeError(
            f"{name}(): argument 'training' must be bool, not {type(training).__name__}"
        )
    if p != p:
        raise RuntimeError(f"dropout probability has to be between 0 and 1, but got {p}")


def _warn_of_dimensions(name: str, ndim: int, spatial: int) -> None:
    warnings.warn(
        f"{name}: Received a {ndim}-D input to {name}, which is deprecated: it sets whole channels "
        f"to zero, in inputs with {spatial} dimensions behind the channels. Use dropout instead",
        stacklevel=3,
    )
