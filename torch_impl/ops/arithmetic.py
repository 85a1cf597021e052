"""``+ - * /`` and ``-x``: the operations that stand between two tensors.

The operands are *broadcast*: lined up at their last dimensions, a size of 1 (or a missing one) is
repeated to fit the other's. What was repeated receives the sum of all its copies' gradients.

The operators themselves, such as ``x + y``, are torch's own: they belong to its tensors.
"""

from __future__ import annotations

import torch
from torch import Tensor, positive, rsub

from ..autograd import Rule
from ._forms import with_out
from ._operands import as_operand, floating, pair, tensor, unbroadcast

__all__ = [
    "add",
    "sub",
    "subtract",
    "rsub",
    "mul",
    "multiply",
    "div",
    "divide",
    "true_divide",
    "neg",
    "negative",
    "positive",
    "reciprocal",
]


class Add(Rule):
    """y = a + b        da = dy,  db = dy"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.shapes = a.shape, b.shape
        return a + b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(dy, a) if needs_da else None
        db = unbroadcast(dy, b) if needs_db else None
        return da, db


class Sub(Rule):
    """y = a - b        da = dy,  db = -dy"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.shapes = a.shape, b.shape
        return a - b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(dy, a) if needs_da else None
        db = -unbroadcast(dy, b) if needs_db else None
        return da, db


class Mul(Rule):
    """y = a b        da = dy b,  db = dy a"""

    @staticmethod
    def forward(ctx, a, b):
        needs_da, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        ctx.shapes = a.shape, b.shape
        return a * b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        a_shape, b_shape = ctx.shapes
        da = unbroadcast(dy * b, a_shape) if b is not None else None
        db = unbroadcast(dy * a, b_shape) if a is not None else None
        return da, db


class Div(Rule):
    """y = a / b        da = dy / b,  db = -dy (a / b) / b"""

    @staticmethod
    def forward(ctx, a, b):
        _, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b)
        ctx.shapes = a.shape, b.shape
        return a / b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        a_shape, b_shape = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(dy / b, a_shape) if needs_da else None
        db = unbroadcast(-dy * ((a / b) / b), b_shape) if needs_db else None
        return da, db


class Neg(Rule):
    """y = -x        dx = -dy"""

    @staticmethod
    def forward(ctx, x):
        return -x

    @staticmethod
    def backward(ctx, dy):
        return -dy


class Reciprocal(Rule):
    """y = 1 / x        dx = -dy y^2"""

    @staticmethod
    def forward(ctx, x):
        y = 1 / x
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return -dy * (y * y)


# ---- functions ----------------------------------------------------------------------------------


@with_out
def add(input: Tensor | float, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """y = input + alpha * other, broadcast against each other.

    Args:
        input, other: tensors or numbers
        alpha: multiplies ``other``. Default: 1

    Examples:
        >>> torch.add(torch.tensor([1, 2]), 0.5)
        tensor([1.5000, 2.5000])
    """
    return Add.apply(*pair(input, _scaled(input, other, alpha)))


@with_out
def sub(input: Tensor | float, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """y = input - alpha * other, broadcast against each other.

    Args:
        input, other: tensors or numbers
        alpha: multiplies ``other``. Default: 1
    """
    for x in (input, other):
        if isinstance(x, bool) or isinstance(x, Tensor) and x.dtype == torch.bool:
            raise RuntimeError("Subtraction of bools is not supported: use `^` or logical_xor()")
    return Sub.apply(*pair(input, _scaled(input, other, alpha)))


@with_out
def mul(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = input * other, element by element, broadcast against each other.

    Args:
        input, other: tensors or numbers

    Examples:
        >>> torch.mul(torch.tensor([1.0, 2.0]), torch.tensor([[1.0], [10.0]]))
        tensor([[ 1.,  2.],
                [10., 20.]])
    """
    return Mul.apply(*pair(input, other))


@with_out
def div(
    input: Tensor | float, other: Tensor | float, *, rounding_mode: str | None = None
) -> Tensor:
    """y = input / other, broadcast against each other; integers give floating-point numbers.

    Args:
        input: the dividend, a tensor or a number
        other: the divisor, a tensor or a number
        rounding_mode: ``"trunc"`` rounds towards zero, ``"floor"`` downwards, and both keep
            integers integer. Default: None, no rounding

    Examples:
        >>> torch.div(torch.tensor([7, -7]), 2)
        tensor([ 3.5000, -3.5000])
    """
    if rounding_mode is not None:
        return torch.div(input, other, rounding_mode=rounding_mode)
    return Div.apply(*pair(input, other, floating=True))


@with_out
def true_divide(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = input / other: ``div`` without rounding.

    Args:
        input, other: tensors or numbers
    """
    return Div.apply(*pair(input, other, floating=True))


@with_out(cast=False)
def neg(input: Tensor) -> Tensor:
    """y = -input

    Args:
        input: a tensor of numbers
    """
    return Neg.apply(tensor(input))


@with_out
def reciprocal(input: Tensor) -> Tensor:
    """y = 1 / input

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Reciprocal.apply(floating(tensor(input)))


subtract, multiply, divide, negative = sub, mul, div, neg


def _scaled(input, other, alpha) -> Tensor:
    """alpha * other, where it is to be added to the input."""
    if alpha == 1 and alpha is not True:
        return other
    common = torch.result_type(input, other)
    if isinstance(alpha, float) and not common.is_floating_point:
        raise RuntimeError(
            "For integral input tensors, argument alpha must not be a floating point number."
        )
    if isinstance(alpha, bool) and common is not torch.bool:
        raise RuntimeError("Boolean alpha only supported for Boolean results.")
    return mul(as_operand(other, common), bool(alpha) if common is torch.bool else alpha)
