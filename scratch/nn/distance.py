"""How alike two vectors are: by the angle between them, or by how far apart they are."""

from __future__ import annotations

import math

import numpy

from ..autograd.grad_mode import no_grad
from ..ops._operands import check_broadcast, floating, need_tensors, pair
from ..ops.arithmetic import div
from ..ops.lengths import Norm
from ..tensor import Tensor
from .module import Module

__all__ = ["CosineSimilarity", "PairwiseDistance"]


class NormOf(Norm, name="NormBackward1"):
    """y = (the sum of |x|^p)^(1/p)        dx = dy sign(x) (|x| / y)^(p-1),  0 where y is 0"""


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """y = x1 . x2 / (|x1| |x2|): 1 for the same direction, 0 for a right angle, -1 for opposite

    Args:
        x1, x2: vectors, broadcast against each other
        dim: the dimension along which they lie
        eps: a length less than this counts as this one

    Shape:
        that of x1 and x2 without ``dim``

    Examples:
        >>> x1, x2 = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 1.0]])
        >>> torch.nn.functional.cosine_similarity(x1, x2)
        tensor([0.7071])
    """
    need_tensors("cosine_similarity", x1=x1, x2=x2)
    if not (x1.is_floating_point() and x2.is_floating_point()):
        x1, x2 = pair(x1, x2)
    if not x1.is_floating_point():
        raise RuntimeError(f"cosine_similarity needs floating-point numbers, not {x1.dtype}")
    check_broadcast(x1.array.shape, x2.array.shape)
    shape = numpy.broadcast_shapes(x1.array.shape, x2.array.shape)
    x1, x2 = x1.expand(shape), x2.expand(shape)
    lengths = [x.norm(2, dim, keepdim=True).clone() for x in (x1, x2)]
    with no_grad():  # so that the gradient is that of the length even where it is too small
        for length in lengths:
            length.clamp_(min=eps)
    return (x1 / lengths[0] * (x2 / lengths[1])).sum(dim)


def pairwise_distance(
    x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False
) -> Tensor:
    """y = (the sum of |x1 - x2 + eps|^p)^(1/p)

    Args:
        x1, x2: vectors along the last dimension, broadcast against each other
        p: which norm. Default: 2
        eps: what is added to each difference, so that equal vectors have a gradient
        keepdim: keep the last dimension, with size 1. Default: False

    Examples:
        >>> x1, x2 = torch.tensor([[1.0, 0.0]]), torch.tensor([[4.0, 4.0]])
        >>> torch.nn.functional.pairwise_distance(x1, x2)
        tensor([5.0000])
    """
    need_tensors("pairwise_distance", x1=x1, x2=x2)
    difference = floating(x1 - x2 + eps)
    last = (difference.array.ndim - 1,) if difference.array.ndim else ()
    if (p < 0 or p == math.inf) and 0 in difference.array.shape[-1:]:
        raise RuntimeError(
            f"pairwise_distance: of no numbers there is no {p} norm, and the vectors are empty: "
            f"their differences have the shape {list(difference.shape)}"
        )
    return NormOf.apply(difference, p, last, keepdim)


def normalize(
    input: Tensor,
    p: float = 2.0,
    dim: int = 1,
    eps: float = 1e-12,
    out: Tensor | None = None,
) -> Tensor:
    """y = input / |input|: vectors of the same direction and length 1

    Args:
        input: vectors along ``dim``
        p: the norm that is to be 1. Default: 2
        dim: the dimension along which they lie, or several. Default: 1
        eps: a length less than this counts as this one
        out: where to write them

    Examples:
        >>> torch.nn.functional.normalize(torch.tensor([[3.0, 4.0]]))
        tensor([[0.6000, 0.8000]])
    """
    length = input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)
    return input / length if out is None else div(input, length, out=out)


class CosineSimilarity(Module):
    """y = x1 . x2 / (|x1| |x2|)        dx1 = dy (x2 / |x2| - y x1 / |x1|) / |x1|

    Args and Shape are those of ``nn.functional.cosine_similarity``.

    Examples:
        >>> x1, x2 = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 1.0]])
        >>> torch.nn.CosineSimilarity()(x1, x2)
        tensor([0.7071])
    """

    def __init__(self, dim: int = 1, eps: float = 1e-8):
        super().__init__()
        self.dim = dim
        self.eps = eps

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The cosines."""
        return cosine_similarity(x1, x2, self.dim, self.eps)


class PairwiseDistance(Module):
    """y = |x1 - x2 + eps|        dx1 = dy (x1 - x2 + eps) / y,  dx2 = -dx1

    Args and Shape are those of ``nn.functional.pairwise_distance``.

    Examples:
        >>> x1, x2 = torch.tensor([[1.0, 0.0]]), torch.tensor([[4.0, 4.0]])
        >>> torch.nn.PairwiseDistance()(x1, x2)
        tensor([5.0000])
    """

    def __init__(self, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False):
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """The distances."""
        return pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)
