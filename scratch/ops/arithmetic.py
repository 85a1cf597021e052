"""``+ - * /`` and ``-x``: the operations that stand between two tensors.

The operands are *broadcast*: lined up at their last dimensions, a size of 1 (or a missing one) is
repeated to fit the other's. What was repeated receives the sum of all its copies' gradients.
"""

from __future__ import annotations

import numpy

from ..autograd import Rule
from ..dtypes import result_type
from ..tensor import Tensor, tensor_method
from ._forms import pointwise
from ._operands import combine, floating, operator, pair, shape_of, tensor, unbroadcast
from .rounding import divide_rounded

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
        ctx.shapes = shape_of(a), shape_of(b)
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
        ctx.shapes = shape_of(a), shape_of(b)
        return a - b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(dy, a) if needs_da else None
        db = -unbroadcast(dy, b) if needs_db else None
        return da, db


class Rsub(Sub):
    """y = b - a, under the name it has in the graph        da = -dy,  db = dy"""


class RsubNumber(Rule, name="RsubBackward1"):
    """y = n - x, with a number n        dx = -dy"""

    @staticmethod
    def forward(ctx, x, n):
        return n - x

    @staticmethod
    def backward(ctx, dy):
        return -dy, None


class Mul(Rule):
    """y = a b        da = dy b,  db = dy a"""

    @staticmethod
    def forward(ctx, a, b):
        needs_da, needs_db = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_db else None, b if needs_da else None)
        ctx.shapes = shape_of(a), shape_of(b)
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
        ctx.shapes = shape_of(a), shape_of(b)
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
        y = _reciprocal(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return -dy * (y * y)


# ---- functions ----------------------------------------------------------------------------------


@pointwise("add", "__add__", "__radd__", "__iadd__", ufunc=numpy.add)
def add(input: Tensor | float, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """y = input + alpha * other, broadcast against each other.

    Args:
        input, other: tensors or numbers
        alpha: multiplies ``other``. Default: 1

    Examples:
        >>> torch.add(torch.tensor([1, 2]), 0.5)
        tensor([1.5000, 2.5000])
        >>> torch.ones(2, 1) + torch.tensor([1.0, 2.0, 3.0])
        tensor([[2., 3., 4.],
                [2., 3., 4.]])
    """
    return combine(Add, input, _scaled(input, other, alpha))


@pointwise("sub", "subtract", "__sub__", "__isub__", ufunc=numpy.subtract)
def sub(input: Tensor | float, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """y = input - alpha * other, broadcast against each other.

    Args:
        input, other: tensors or numbers
        alpha: multiplies ``other``. Default: 1
    """
    _refuse_bool(input, other)
    return combine(Sub, input, _scaled(input, other, alpha))


def rsub(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """y = other - alpha * input: subtraction seen from the right.

    Args:
        input: a tensor
        other: a tensor or a number
        alpha: multiplies ``input``. Default: 1

    Examples:
        >>> torch.rsub(torch.tensor([1, 2]), 10)
        tensor([9, 8])
    """
    _refuse_bool(tensor(input), other)
    input = _scaled(other, input, alpha)
    if isinstance(other, Tensor):
        return combine(Rsub, other, input)
    return combine(RsubNumber, input, other)


@pointwise("mul", "multiply", "__mul__", "__rmul__", "__imul__", ufunc=numpy.multiply)
def mul(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = input * other, element by element, broadcast against each other.

    Args:
        input, other: tensors or numbers

    Examples:
        >>> torch.mul(torch.tensor([1.0, 2.0]), torch.tensor([[1.0], [10.0]]))
        tensor([[ 1.,  2.],
                [10., 20.]])
    """
    return combine(Mul, input, other)


@pointwise(
    "div", "divide", "__truediv__", "__itruediv__", "__div__", "__idiv__", ufunc=numpy.true_divide
)
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
        >>> torch.div(torch.tensor([7, -7]), 2, rounding_mode="floor")
        tensor([ 3, -4])
    """
    if rounding_mode is not None:
        return divide_rounded(input, other, rounding_mode)
    return combine(Div, input, other, floating=True)


@pointwise("true_divide", ufunc=numpy.true_divide)
def true_divide(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = input / other: ``div`` without rounding.

    Args:
        input, other: tensors or numbers
    """
    return combine(Div, input, other, floating=True)


@pointwise("neg", "negative", "__neg__", ufunc=numpy.negative, cast=False)
def neg(input: Tensor) -> Tensor:
    """y = -input

    Args:
        input: a tensor of numbers
    """
    if tensor(input).array.dtype.kind == "b":
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead."
        )
    return Neg.apply(input)


@tensor_method("positive", "__pos__")
def positive(input: Tensor) -> Tensor:
    """y = +input: the tensor itself.

    Args:
        input: a tensor of numbers
    """
    if tensor(input).array.dtype.kind == "b":
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


def _reciprocal(x, out=None):
    return numpy.divide(1.0, x, out=out)


@pointwise("reciprocal", ufunc=_reciprocal)
def reciprocal(input: Tensor) -> Tensor:
    """y = 1 / input

    Args:
        input: a tensor; integers give floating-point numbers
    """
    return Reciprocal.apply(floating(input))


subtract, multiply, divide, negative = sub, mul, div, neg


def _scaled(input, other, alpha):
    """alpha * other, where it is to be added to the input."""
    if alpha == 1 and alpha is not True:
        return other
    input, other = pair(input, other)
    kind = _kind(other if isinstance(other, Tensor) else input)
    if kind != "f" and isinstance(alpha, float):
        raise RuntimeError(
            "For integral input tensors, argument alpha must not be a floating point number."
        )
    if kind != "b" and isinstance(alpha, bool):
        raise RuntimeError("Boolean alpha only supported for Boolean results.")
    return mul(other, bool(alpha) if kind == "b" else alpha)


def _refuse_bool(input, other) -> None:
    kinds = _kind(input) + _kind(other)
    if kinds == "bb":
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
            "`logical_xor()` operator instead."
        )
    if "b" in kinds:
        result_type(input, other)  # complains of what is no tensor or number
        raise RuntimeError(
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying "
            "to invert a mask, use the `~` or `logical_not()` operator instead."
        )


def _kind(x) -> str:
    return x.array.dtype.kind if isinstance(x, Tensor) else "b" if isinstance(x, bool) else "?"


# ---- operators ----------------------------------------------------------------------------------


def _divided_by(input: Tensor, other: float) -> Tensor:
    """other / input, as torch computes it."""
    return mul(reciprocal(input), other)


tensor_method("__rsub__")(operator(rsub))
tensor_method("__rtruediv__", "__rdiv__")(operator(_divided_by))
