"""Three tensors in one formula: lerp blends two by a weight; addcmul and addcdiv add a product.

Optimizers and running averages are made of these: ``average.lerp_(new, 0.1)`` is a moving average.
"""

from __future__ import annotations

import functools

import torch
from torch import Tensor

from ..autograd import Rule
from ._forms import with_out
from ._operands import tensor, unbroadcast

__all__ = ["lerp", "addcmul", "addcdiv"]


class Lerp(Rule):
    """y = x + w (end - x), with a number w        dx = dy (1 - w),  dend = dy w"""

    @staticmethod
    def forward(ctx, x, end, w):
        ctx.w, ctx.shapes = w, (x.shape, end.shape)
        # from the nearer one: fewer digits are lost
        return x + w * (end - x) if abs(w) < 0.5 else end - (1 - w) * (end - x)

    @staticmethod
    def backward(ctx, dy):
        x, end = ctx.shapes
        needs_dx, needs_dend, _ = ctx.needs_input_grad
        dx = unbroadcast(dy * (1 - ctx.w), x) if needs_dx else None
        dend = unbroadcast(dy * ctx.w, end) if needs_dend else None
        return dx, dend, None


class LerpTensor(Rule):
    """y = x + w (end - x)        dx = dy (1 - w),  dend = dy w,  dw = dy (end - x)"""

    @staticmethod
    def forward(ctx, x, end, w):
        ctx.save_for_backward(x, end, w)
        return torch.where(w.abs() < 0.5, x + w * (end - x), end - (1 - w) * (end - x))

    @staticmethod
    def backward(ctx, dy):
        x, end, w = ctx.saved_tensors
        needs_dx, needs_dend, needs_dw = ctx.needs_input_grad
        dx = unbroadcast(dy * (1 - w), x.shape) if needs_dx else None
        dend = unbroadcast(dy * w, end.shape) if needs_dend else None
        dw = unbroadcast(dy * (end - x), w.shape) if needs_dw else None
        return dx, dend, dw


class Addcmul(Rule):
    """y = x + value a b        dx = dy,  da = dy value b,  db = dy value a"""

    @staticmethod
    def forward(ctx, x, a, b, value):
        ctx.save_for_backward(a, b)
        ctx.value, ctx.shape = value, x.shape
        return x + value * a * b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_dx, needs_da, needs_db, _ = ctx.needs_input_grad
        dx = unbroadcast(dy, ctx.shape) if needs_dx else None
        da = unbroadcast(dy * (b * ctx.value), a.shape) if needs_da else None
        db = unbroadcast(dy * (a * ctx.value), b.shape) if needs_db else None
        return dx, da, db, None


class Addcdiv(Rule):
    """y = x + value a / b        dx = dy,  da = dy value / b,  db = -dy (value a / b) / b"""

    @staticmethod
    def forward(ctx, x, a, b, value):
        ctx.save_for_backward(a, b)
        ctx.value, ctx.shape = value, x.shape
        return x + value * a / b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_dx, needs_da, needs_db, _ = ctx.needs_input_grad
        dx = unbroadcast(dy, ctx.shape) if needs_dx else None
        da = unbroadcast(dy * (ctx.value / b), a.shape) if needs_da else None
        db = unbroadcast(-dy * ((a * ctx.value / b) / b), b.shape) if needs_db else None
        return dx, da, db, None


# ---- functions ----------------------------------------------------------------------------------


@with_out
def lerp(input: Tensor, end: Tensor, weight: Tensor | float) -> Tensor:
    """y = input + weight * (end - input): a point on the line from input to end.

    Args:
        input: where weight 0 is, a floating-point tensor
        end: where weight 1 is, a tensor of the same dtype
        weight: a number, or a tensor of the same dtype

    Examples:
        >>> torch.lerp(torch.tensor([0.0, 10.0]), torch.tensor([4.0, 20.0]), 0.25)
        tensor([ 1.0000, 12.5000])
    """
    if tensor(input).dtype != tensor(end, 2).dtype:
        raise RuntimeError(f"lerp(): expected {input.dtype} for `end`, not {end.dtype}")
    if not input.is_floating_point():
        raise NotImplementedError("lerp() is not implemented for integers: convert them to floats")
    if not isinstance(weight, Tensor):
        return Lerp.apply(input, end, weight + 0)
    if weight.dtype != input.dtype and weight.ndim:
        raise RuntimeError(f"lerp(): expected {input.dtype} for `weight`, not {weight.dtype}")
    return LerpTensor.apply(*_alike(input, end, weight))


@with_out
def addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """y = input + value * tensor1 * tensor2, broadcast against each other.

    Args:
        input, tensor1, tensor2: tensors of numbers
        value: multiplies the product. Default: 1

    Examples:
        >>> torch.addcmul(torch.ones(2), torch.tensor([1.0, 2.0]), torch.tensor(3.0), value=0.1)
        tensor([1.3000, 1.6000])
    """
    operands = _alike(tensor(input), tensor(tensor1, 2), tensor(tensor2, 3))
    if operands[0].dtype == torch.bool:
        raise NotImplementedError("addcmul() is not implemented for bools: convert them to numbers")
    return Addcmul.apply(*operands, value if operands[0].is_floating_point() else int(value))


@with_out
def addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """y = input + value * tensor1 / tensor2, broadcast against each other.

    Args:
        input: a tensor
        tensor1, tensor2: tensors, at least one of which is a floating-point one
        value: multiplies the quotient. Default: 1

    Examples:
        >>> torch.addcdiv(torch.ones(2), torch.tensor([1.0, 2.0]), torch.tensor(4.0))
        tensor([1.2500, 1.5000])
    """
    operands = tensor(input), tensor(tensor1, 2), tensor(tensor2, 3)
    if not (tensor1.is_floating_point() or tensor2.is_floating_point()):
        raise RuntimeError(
            "Integer division with addcdiv is no longer supported: convert one of the two tensors "
            "to floating point, or use input + value * torch.div(tensor1, tensor2)"
        )
    return Addcdiv.apply(*_alike(*operands), value + 0)


def _alike(*operands: Tensor) -> tuple[Tensor, ...]:
    """The operands in their common dtype, that of those with dimensions, as for two."""
    ranks = [(x.is_floating_point(), x.dtype != torch.bool, x.ndim > 0) for x in operands]
    deciding = [x.dtype for x, rank in zip(operands, ranks, strict=True) if rank == max(ranks)]
    common = functools.reduce(torch.promote_types, deciding)
    return tuple(x.to(common) for x in operands)
