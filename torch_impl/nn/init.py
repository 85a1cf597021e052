"""Initial weights: random, and just large enough.

A sum of n products is about sqrt(n) times as large as one of them. So weights have to shrink with
the number of inputs (*fan in*), or the numbers grow from layer to layer; likewise the gradients on
their way back (*fan out*). Xavier's weights keep both in balance, Kaiming's make up for what ReLU
cuts off. All functions fill the tensor they are given, return it, and are not recorded by autograd.
"""

from __future__ import annotations

import math
import warnings

import torch
from torch import Generator, Tensor, empty_like, no_grad
from torch.nn.init import *  # for the old names: what is below takes the place of the others

__all__ = [
    "calculate_gain",
    "uniform_",
    "normal_",
    "trunc_normal_",
    "constant_",
    "ones_",
    "zeros_",
    "eye_",
    "dirac_",
    "xavier_uniform_",
    "xavier_normal_",
    "kaiming_uniform_",
    "kaiming_normal_",
    "orthogonal_",
    "sparse_",
]

_LINEAR = ("linear", *(f"conv{t}{n}d" for t in ("", "_transpose") for n in (1, 2, 3)))


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """How much larger weights have to be before a nonlinearity, to make up for what it takes away.

    ==============  =========================
    linear, conv    1
    sigmoid         1
    tanh            5 / 3
    relu            sqrt(2)
    leaky_relu      sqrt(2 / (1 + slope^2))
    selu            3 / 4
    ==============  =========================

    Args:
        nonlinearity: its name
        param: the slope of ``leaky_relu``. Default: 0.01

    Examples:
        >>> torch.nn.init.calculate_gain("leaky_relu", 0.2)
        1.3867504905630728
    """
    if nonlinearity in _LINEAR or nonlinearity == "sigmoid":
        return 1
    if nonlinearity == "tanh":
        return 5.0 / 3
    if nonlinearity == "relu":
        return math.sqrt(2.0)
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        if isinstance(slope, bool) or not isinstance(slope, (int, float)):
            raise ValueError(f"negative_slope {slope} not a valid number")
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity == "selu":
        return 3.0 / 4
    raise ValueError(f"Unsupported nonlinearity {nonlinearity}")


@no_grad()
def uniform_(
    tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Fills with random numbers from a to b, each as likely as the others."""
    return tensor.uniform_(a, b, generator=generator)


@no_grad()
def normal_(
    tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Fills with normal random numbers."""
    return tensor.normal_(mean, std, generator=generator)


@no_grad()
def trunc_normal_(
    tensor: Tensor,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    generator: Generator | None = None,
) -> Tensor:
    """Fills with normal random numbers, drawing again whatever is not between a and b.

    Args:
        tensor: what to fill
        mean, std: of the normal distribution before it is cut
        a, b: the least and the largest number allowed
        generator: where random numbers come from
    """
    if mean < a - 2 * std or mean > b + 2 * std:
        warnings.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. "
            "The distribution of values may be incorrect.",
            stacklevel=3,
        )
    share_inside = _normal_below((b - mean) / std) - _normal_below((a - mean) / std)
    if share_inside > 0.3:
        return _redraw_normal(tensor, mean, std, a, b, generator)
    return _redraw_uniform(tensor, mean, std, a, b, generator)


def _normal_below(x: float) -> float:
    """How much of the normal distribution lies below x."""
    return (1.0 + math.erf(x / math.sqrt(2.0))) / 2.0


def _redraw_normal(
    tensor: Tensor, mean: float, std: float, a: float, b: float, generator: Generator | None
) -> Tensor:
    """Where most draws are good: draw normal numbers, and again where they are out of range."""
    low, high = empty_like(tensor).fill_(a), empty_like(tensor).fill_(b)  # rounded to its dtype
    x = tensor.normal_(mean, std, generator=generator)
    while (outside := (x < low) | (x > high)).any():
        x = empty_like(x).normal_(mean, std, generator=generator).where(outside, x)
    return tensor.copy_(x)


def _redraw_uniform(
    tensor: Tensor, mean: float, std: float, a: float, b: float, generator: Generator | None
) -> Tensor:
    """Where few would be: draw uniform numbers, and keep each with the curve's probability."""
    peak = max(a, min(mean, b))
    log_peak = -0.5 * ((peak - mean) / std) ** 2
    x, pending = tensor, None
    while pending is None or pending.any():
        drawn = empty_like(tensor).uniform_(a, b, generator=generator)
        x = drawn if pending is None else drawn.where(pending, x)
        log_density = ((drawn - mean) / std).pow(2) * -0.5 - log_peak
        refused = empty_like(tensor).uniform_(generator=generator).log() > log_density
        pending = refused if pending is None else pending & refused
    return tensor.copy_(x)


@no_grad()
def constant_(tensor: Tensor, val: float) -> Tensor:
    """Fills with one number."""
    return tensor.fill_(val)


@no_grad()
def ones_(tensor: Tensor) -> Tensor:
    """Fills with ones."""
    return tensor.fill_(1.0)


@no_grad()
def zeros_(tensor: Tensor) -> Tensor:
    """Fills with zeros."""
    return tensor.zero_()


@no_grad()
def eye_(tensor: Tensor) -> Tensor:
    """Fills a matrix with ones on its diagonal and zeros elsewhere."""
    if tensor.dim() != 2:
        raise ValueError("Only tensors with 2 dimensions are supported")
    return tensor.copy_(torch.eye(*tensor.shape))


@no_grad()
def dirac_(tensor: Tensor, groups: int = 1) -> Tensor:
    """Fills a convolution's kernels so that it returns its input: channel i becomes channel i.

    In the middle of the kernels there is an identity matrix, everything else is zero. With more
    outputs than inputs the further outputs are zero.

    Args:
        tensor: a weight of 3, 4 or 5 dimensions
        groups: as many times the outputs begin anew with the first channel. Default: 1

    Examples:
        >>> torch.nn.init.dirac_(torch.empty(2, 2, 3))
        tensor([[[0., 1., 0.],
                 [0., 0., 0.]],
        <BLANKLINE>
                [[0., 0., 0.],
                 [0., 1., 0.]]])
    """
    if tensor.dim() not in (3, 4, 5):
        raise ValueError(
            f"Only tensors with 3, 4, or 5 dimensions are supported, and this one has shape "
            f"{list(tensor.shape)}: dirac_ is for the weights of a convolution"
        )
    outputs, inputs, *kernel = tensor.shape
    if outputs % groups != 0:
        raise ValueError(f"dim 0 must be divisible by groups: {outputs} / {groups} is no integer")
    outputs //= groups  # of each group
    middle = tuple(n // 2 for n in kernel)
    tensor.zero_()
    for group in range(groups):
        rows = slice(group * outputs, (group + 1) * outputs)
        tensor[(rows, slice(None), *middle)] = torch.eye(outputs, inputs)  # outputs, inputs
    return tensor


@no_grad()
def xavier_uniform_(
    tensor: Tensor, gain: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Fills with random numbers from -bound to bound: bound = gain sqrt(6 / (fan_in + fan_out)).

    Examples:
        >>> weight = torch.nn.init.xavier_uniform_(torch.empty(3, 5))
        >>> bool(weight.abs().max() <= (6 / 8) ** 0.5)
        True
    """
    fan_in, fan_out = _fans(tensor)
    std = gain * math.sqrt(2.0 / float(fan_in + fan_out))
    bound = math.sqrt(3.0) * std
    return tensor.uniform_(-bound, bound, generator=generator)


@no_grad()
def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Fills with normal random numbers of std = gain sqrt(2 / (fan_in + fan_out))."""
    fan_in, fan_out = _fans(tensor)
    std = gain * math.sqrt(2.0 / float(fan_in + fan_out))
    return tensor.normal_(0.0, std, generator=generator)


@no_grad()
def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Fills with random numbers from -bound to bound: bound = gain sqrt(3 / fan).

    Args:
        tensor: what to fill
        a: the slope of ``leaky_relu``
        mode: ``"fan_in"`` keeps the size of the numbers forwards, ``"fan_out"`` backwards
        nonlinearity: the name of what follows
        generator: where random numbers come from
    """
    if 0 in tensor.shape:
        warnings.warn("Initializing zero-element tensors is a no-op", stacklevel=3)
        return tensor
    std = calculate_gain(nonlinearity, a) / math.sqrt(_fan(tensor, mode))
    bound = math.sqrt(3.0) * std
    return tensor.uniform_(-bound, bound, generator=generator)


@no_grad()
def kaiming_normal_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Fills with normal random numbers of std = gain / sqrt(fan); arguments as above."""
    if 0 in tensor.shape:
        warnings.warn("Initializing zero-element tensors is a no-op", stacklevel=3)
        return tensor
    std = calculate_gain(nonlinearity, a) / math.sqrt(_fan(tensor, mode))
    return tensor.normal_(0, std, generator=generator)


@no_grad()
def orthogonal_(tensor: Tensor, gain: float = 1, generator: Generator | None = None) -> Tensor:
    """Fills with a matrix whose rows or columns, the fewer of them, are orthogonal to each other.

    Such a matrix turns a vector and keeps its length, and so does a product of many of them:
    neither numbers nor gradients grow with depth. It is Q of a random matrix's QR factorization.

    Args:
        tensor: of two or more dimensions; all but the first count as one
        gain: the length of each row or column. Default: 1
        generator: where random numbers come from

    Examples:
        >>> q = torch.nn.init.orthogonal_(torch.empty(3, 5))
        >>> torch.allclose(q @ q.T, torch.eye(3), atol=1e-6)
        True
    """
    if tensor.dim() < 2:
        raise ValueError(
            f"Only tensors with 2 or more dimensions are supported, and this one has shape "
            f"{list(tensor.shape)}"
        )
    if tensor.numel() == 0:
        return tensor
    rows = tensor.size(0)
    columns = tensor.numel() // rows
    x = tensor.new_empty((rows, columns)).normal_(0, 1, generator=generator)
    q, r = torch.linalg.qr(x.T if rows < columns else x)  # high, and as wide as there are vectors
    q = q * r.diagonal().sign()  # else LAPACK's choice of signs makes some turns more likely
    q = q.T if rows < columns else q
    tensor.view_as(q).copy_(q)
    return tensor.mul_(gain)


@no_grad()
def sparse_(
    tensor: Tensor, sparsity: float, std: float = 0.01, generator: Generator | None = None
) -> Tensor:
    """Fills a matrix with normal random numbers, and then, in each column, some places with zeros.

    Args:
        tensor: a matrix
        sparsity: how much of each column is zero, between 0 and 1
        std: of the other numbers. Default: 0.01
        generator: where the numbers come from; the places come from the default generator

    Examples:
        >>> w = torch.nn.init.sparse_(torch.empty(10, 4), sparsity=0.75)
        >>> (w == 0).sum(0)
        tensor([8, 8, 8, 8])
    """
    if tensor.dim() != 2:
        raise ValueError(
            f"Only tensors with 2 dimensions are supported, and this one has shape "
            f"{list(tensor.shape)}"
        )
    rows, columns = tensor.shape
    zeros = math.ceil(sparsity * rows)
    tensor.normal_(0, std, generator=generator)
    if tensor.numel() == 0:
        return tensor
    places = [torch.randperm(rows)[:zeros] for _ in range(columns)]
    return tensor.scatter_(0, torch.stack(places, dim=1), 0)


def _fans(tensor: Tensor) -> tuple[int, int]:
    """How many inputs an output has, and how many outputs an input."""
    if tensor.dim() < 2:
        raise ValueError(
            f"Fan in and fan out can not be computed for tensor with fewer than 2 dimensions, such "
            f"as this one of shape {list(tensor.shape)}"
        )
    field = math.prod(tensor.shape[2:])  # the size of a convolution's kernel
    return tensor.size(1) * field, tensor.size(0) * field


def _fan(tensor: Tensor, mode: str) -> int:
    if mode.lower() not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    fan_in, fan_out = _fans(tensor)
    return fan_in if mode.lower() == "fan_in" else fan_out
