"""Three tensors in one formula: lerp blends two by a weight; addcmul and addcdiv add a product.

Optimizers and running averages are made of these: ``average.lerp_(new, 0.1)`` is a moving average.
"""

from __future__ import annotations

import numpy

from .._data import number, scalar
from ..autograd import Rule
from ..tensor import Tensor
from ._forms import EITHER, TENSOR, pointwise
from ._layout import laid_out_as
from ._operands import alike, check_broadcast, choose, shape_of, tensor, unbroadcast

__all__ = ["lerp", "addcmul", "addcdiv"]


class Lerp(Rule):
    """y = x + w (end - x), with a number w        dx = dy (1 - w),  dend = dy w"""

    @staticmethod
    def forward(ctx, x, end, w):
        ctx.w, ctx.shapes = w, (x.shape, end.shape)
        return blend(x, end, w)

    @staticmethod
    def backward(ctx, dy):
        x, end = ctx.shapes
        needs_dx, needs_dend, _ = ctx.needs_input_grad
        dx = unbroadcast(dy * (1 - ctx.w), x) if needs_dx else None
        dend = unbroadcast(dy * ctx.w, end) if needs_dend else None
        return dx, dend, None


class LerpTensor(Rule, name="LerpBackward1"):
    """y = x + w (end - x)        dx = dy (1 - w),  dend = dy w,  dw = dy (end - x)"""

    @staticmethod
    def forward(ctx, x, end, w):
        needs_dw = ctx.needs_input_grad[2]
        ctx.save_for_backward(x if needs_dw else None, end if needs_dw else None, w)
        ctx.shapes = x.shape, end.shape
        return blend(x, end, w)

    @staticmethod
    def backward(ctx, dy):
        x, end, w = ctx.saved_tensors
        x_shape, end_shape = ctx.shapes
        needs_dx, needs_dend, needs_dw = ctx.needs_input_grad
        dx = unbroadcast(dy * (1 - w), x_shape) if needs_dx else None
        dend = unbroadcast(dy * w, end_shape) if needs_dend else None
        dw = unbroadcast(dy * (end - x), w.shape) if needs_dw else None
        return dx, dend, dw


class Addcmul(Rule):
    """y = x + value a b        dx = dy,  da = dy value b,  db = dy value a"""

    @staticmethod
    def forward(ctx, x, a, b, value):
        _, needs_da, needs_db, _ = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        ctx.value, ctx.shapes = value, (x.shape, a.shape, b.shape)
        if value == 1:
            return add_product(x, a, b)
        return into(numpy.add, into(numpy.multiply, a * scalar(value, a.dtype), b), x)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        x_shape, a_shape, b_shape = ctx.shapes
        needs_dx, needs_da, needs_db, _ = ctx.needs_input_grad
        dx = unbroadcast(dy, x_shape) if needs_dx else None
        da = unbroadcast(dy * (b * ctx.value), a_shape) if needs_da else None
        db = unbroadcast(dy * (a * ctx.value), b_shape) if needs_db else None
        return dx, da, db, None


class Addcdiv(Rule):
    """y = x + value a / b        dx = dy,  da = dy value / b,  db = -dy (value a / b) / b"""

    @staticmethod
    def forward(ctx, x, a, b, value):
        needs_db = ctx.needs_input_grad[2]
        ctx.save_for_backward(a if needs_db else None, b)
        ctx.value, ctx.shapes = value, (x.shape, a.shape)
        if value == 1:
            return add_quotient(x, a, b)
        return into(numpy.add, into(numpy.divide, a * scalar(value, a.dtype), b), x)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        x_shape, a_shape = ctx.shapes
        needs_dx, needs_da, needs_db, _ = ctx.needs_input_grad
        dx = unbroadcast(dy, x_shape) if needs_dx else None
        da = unbroadcast(dy * (ctx.value / b), a_shape) if needs_da else None
        db = unbroadcast(-dy * ((a * ctx.value / b) / b), b.shape) if needs_db else None
        return dx, da, db, None


def blend(x, end: numpy.ndarray, w: numpy.ndarray | float, out=None):
    """x + w (end - x), counted from the nearer of x and end: fewer digits are lost."""
    y = end - x
    if isinstance(w, numpy.ndarray):
        far = numpy.abs(w) >= 0.5
        y = into(numpy.multiply, y, w - far)
        near = choose(far, end, x)
    else:
        y *= scalar(w if abs(w) < 0.5 else w - 1, y.dtype)
        near = x if abs(w) < 0.5 else end
    return into(numpy.add, y, near, out)


def add_product(x, a: numpy.ndarray, b: numpy.ndarray, out=None):
    """x + a b"""
    return into(numpy.add, a * b, x, out)


def add_quotient(x, a: numpy.ndarray, b: numpy.ndarray, out=None):
    """x + a / b"""
    return into(numpy.add, a / b, x, out)


def into(ufunc: numpy.ufunc, y, x, out=None):
    """ufunc(y, x), in the memory of y where that is large enough, or in ``out``."""
    if out is None and y.ndim and (y.shape == x.shape or x.ndim == 0) and y.dtype == x.dtype:
        out = y
    return ufunc(y, x, out=out)


# ---- functions ----------------------------------------------------------------------------------


@pointwise("lerp", ufunc=blend, operands=(TENSOR, EITHER))
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
    kind = tensor(input).dtype
    if tensor(end, 2).dtype is not kind:
        raise RuntimeError(f"lerp(): expected {kind} for `end`, as the input is, not {end.dtype}")
    number_given = not isinstance(weight, Tensor)
    if not number_given and weight.dtype is not kind and weight.array.ndim:
        raise RuntimeError(f"lerp(): expected {kind} for `weight`, not {weight.dtype}")
    operands = (input, end) if number_given else alike(input, end, weight)
    if operands[0].array.dtype.kind != "f":
        raise NotImplementedError("lerp() is not implemented for integers: convert them to floats")
    if number_given:
        return _apply(Lerp, *operands, number(weight, "lerp", "weight"))
    return _apply(LerpTensor, *operands)


@pointwise("addcmul", ufunc=add_product, operands=(TENSOR, TENSOR))
def addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """y = input + value * tensor1 * tensor2, broadcast against each other.

    Args:
        input, tensor1, tensor2: tensors of numbers
        value: multiplies the product. Default: 1

    Examples:
        >>> torch.addcmul(torch.ones(2), torch.tensor([1.0, 2.0]), torch.tensor(3.0), value=0.1)
        tensor([1.3000, 1.6000])
    """
    value = number(value, "addcmul", "value")
    input, tensor1, tensor2 = alike(tensor(input), tensor(tensor1, 2), tensor(tensor2, 3))
    kind = input.array.dtype.kind
    if kind == "b":
        raise NotImplementedError("addcmul() is not implemented for bools: convert them to numbers")
    value = value if kind == "f" else scalar(value, input.array.dtype).item()
    return _apply(Addcmul, input, tensor1, tensor2, value)


@pointwise("addcdiv", ufunc=add_quotient, operands=(TENSOR, TENSOR))
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
    value = number(value, "addcdiv", "value")
    operands = tensor(input), tensor(tensor1, 2), tensor(tensor2, 3)
    if tensor1.array.dtype.kind != "f" and tensor2.array.dtype.kind != "f":
        raise RuntimeError(
            "Integer division with addcdiv is no longer supported: convert one of the two tensors "
            "to floating point, or use input + value * torch.div(tensor1, tensor2)"
        )
    return _apply(Addcdiv, *alike(*operands), value)


def _apply(rule: type[Rule], *operands: Tensor | float) -> Tensor:
    try:
        return laid_out_as(operands, rule.apply(*operands))
    except ValueError:
        check_broadcast(*map(shape_of, (x.array for x in operands if isinstance(x, Tensor))))
        raise
