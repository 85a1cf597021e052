"""``+ - * / ** -x``: the operations that stand between two tensors.

The operands are *broadcast*: lined up at their last dimensions, a size of 1 (or a missing dimension)
is repeated to fit the other's. What was repeated receives the sum of all its copies' gradients.
"""

from __future__ import annotations

from ..autograd import Rule, namespace
from ..tensor import Tensor, tensor_method
from ._operands import is_operand, pair, shape_of, unbroadcast

__all__ = ["add", "sub", "mul", "div", "neg", "reciprocal", "pow"]


class Add(Rule):
    """y = a + b        da = dy,  db = dy"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.shapes = shape_of(a), shape_of(b)
        return a + b

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.shapes
        return unbroadcast(dy, a), unbroadcast(dy, b)


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
        db = unbroadcast(-dy, b) if needs_db else None
        return da, db


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
        needs_da, needs_db = ctx.needs_input_grad
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


class Rsub(Rule, name="RsubBackward1"):
    """y = b - a, with a number b        da = -dy"""

    @staticmethod
    def forward(ctx, a, b):
        return b - a

    @staticmethod
    def backward(ctx, dy):
        return -dy, None


class Reciprocal(Rule):
    """y = 1 / x        dx = -dy y^2"""

    @staticmethod
    def forward(ctx, x):
        y = 1.0 / x
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, dy):
        (y,) = ctx.saved_tensors
        return -dy * (y * y)


class Pow(Rule):
    """y = x^n, with a number n        dx = dy n x^(n-1),  0 where n is 0"""

    @staticmethod
    def forward(ctx, x, n):
        ctx.save_for_backward(x)
        ctx.n = n
        return power(x, n)

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        if ctx.n == 0:
            return namespace(dy).zeros_like(dy), None
        return dy * (ctx.n * power(x, ctx.n - 1)), None


class PowTensor(Rule, name="PowBackward1"):
    """y = a^b        da = dy b a^(b-1),  db = dy y ln a

    Both have holes to step around: da is 0 where b is 0; db is 0 where a is 0 and b >= 0.
    """

    @staticmethod
    def forward(ctx, a, b):
        y = a**b
        ctx.save_for_backward(a, b, y)
        ctx.shapes = shape_of(a), shape_of(b)
        return y

    @staticmethod
    def backward(ctx, dy):
        a, b, y = ctx.saved_tensors
        a_shape, b_shape = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        where, log = namespace(dy).where, namespace(dy).log
        da = db = None
        if needs_da:
            da = unbroadcast(dy * where(b == 0, 0.0, b * a ** (b - 1)), a_shape)
        if needs_db:
            slope = where((a == 0) & (b >= 0), 0.0, y * log(a))
            db = unbroadcast(dy * slope, b_shape)
        return da, db


def power(x, n):
    """x^n; the small whole powers by multiplication, which is quicker and closer."""
    if n == 2:
        return x * x
    if n == 3:
        return x * x * x
    if n == 1:
        return x * 1
    if n == -1:
        return 1.0 / x
    if n == -2:
        return 1.0 / (x * x)
    return x**n


@tensor_method
def add(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """y = input + alpha * other, broadcast against each other.

    Args:
        input: a tensor
        other: a tensor or a number
        alpha: multiplies ``other``. Default: 1

    Examples:
        >>> torch.add(torch.tensor([1, 2]), 0.5)
        tensor([1.5000, 2.5000])
    """
    return Add.apply(*pair(input, _scaled(other, alpha, input)))


@tensor_method("sub", "subtract")
def sub(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """y = input - alpha * other, broadcast against each other."""
    if _is_bool(input) and _is_bool(other):
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
            "`logical_xor()` operator instead."
        )
    return Sub.apply(*pair(input, _scaled(other, alpha, input)))


@tensor_method("mul", "multiply")
def mul(input: Tensor, other: Tensor | float) -> Tensor:
    """y = input * other, element by element, broadcast against each other."""
    return Mul.apply(*pair(input, other))


@tensor_method("div", "divide", "true_divide")
def div(input: Tensor, other: Tensor | float, *, rounding_mode: str | None = None) -> Tensor:
    """y = input / other, broadcast against each other; integers give floating-point numbers.

    Args:
        input: the dividend
        other: the divisor, a tensor or a number
        rounding_mode: ``"trunc"`` rounds towards zero, ``"floor"`` downwards, and both keep
            integers integer. Default: None, no rounding

    Examples:
        >>> torch.div(torch.tensor([7, -7]), 2)
        tensor([ 3.5000, -3.5000])
        >>> torch.div(torch.tensor([7, -7]), 2, rounding_mode="floor")
        tensor([ 3, -4])
    """
    if rounding_mode is None:
        return Div.apply(*pair(input, other, floating=True))
    if rounding_mode not in ("trunc", "floor"):
        raise RuntimeError(
            f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found "
            f"{rounding_mode!r}"
        )
    return DivRounded.apply(*pair(input, other), rounding_mode)


@tensor_method("neg", "negative", "__neg__")
def neg(input: Tensor) -> Tensor:
    """y = -input"""
    if _is_bool(input):
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. Use the `~` or "
            "`logical_not()` operator instead."
        )
    return Neg.apply(input)


@tensor_method
def reciprocal(input: Tensor) -> Tensor:
    """y = 1 / input"""
    return Reciprocal.apply(*as_floating(input))


@tensor_method
def pow(input: Tensor | float, exponent: Tensor | float) -> Tensor:
    """y = input ^ exponent, broadcast against each other.

    Examples:
        >>> torch.pow(torch.tensor([1.0, 2.0, 3.0]), 2)
        tensor([1., 4., 9.])
        >>> 2 ** torch.tensor([1.0, 2.0, 3.0])
        tensor([2., 4., 8.])
    """
    base, exponent = pair(input, exponent)
    if isinstance(exponent, Tensor):
        return PowTensor.apply(base, exponent)
    return Pow.apply(base, exponent)


def _scaled(other, alpha, input):
    return other if alpha == 1 else mul(other, alpha) if isinstance(other, Tensor) else other * alpha


def _is_bool(x) -> bool:
    return isinstance(x, bool) or isinstance(x, Tensor) and x.array.dtype.kind == "b"
