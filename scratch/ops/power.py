"""``x ** y``, in the operands' dtype or in float64, and the square."""

from __future__ import annotations

import numpy

from .. import dtypes
from .._data import scalar
from ..autograd import Rule, namespace
from ..autograd.inplace import write_over
from ..tensor import Tensor, tensor_method
from ._forms import pointwise, with_out
from ._layout import laid_out_as
from ._operands import (
    answer,
    check_broadcast,
    combine,
    converted,
    keep,
    pair,
    reflected,
    tensor,
    unbroadcast,
)

__all__ = ["pow", "float_power", "square"]


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
        return y

    @staticmethod
    def backward(ctx, dy):
        a, b, y = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        da = db = None
        if needs_da:
            da = unbroadcast(keep(dy * (b * a ** (b - 1)), b != 0), a.shape)
        if needs_db:
            slope = y * namespace(dy).log(a)
            db = unbroadcast(dy * keep(slope, ~((a == 0) & (b >= 0))), b.shape)
        return da, db


class PowOfNumber(Rule, name="PowBackward2"):
    """y = n^x, with a number n        dx = dy y ln n,  0 where n is 0 and x >= 0"""

    @staticmethod
    def forward(ctx, n, x):
        y = numpy.power(n, x, order="C")  # row by row, however x lies in memory
        ctx.save_for_backward(x, y)
        ctx.n = n
        return y

    @staticmethod
    def backward(ctx, dy):
        x, y = ctx.saved_tensors
        if ctx.n == 0:
            return None, dy * keep(y * float("-inf"), ~(x >= 0))
        return None, dy * (y * float(numpy.log(ctx.n)))


def power(x, n):
    """x^n; the small whole powers by multiplication, which is quicker and closer."""
    if isinstance(x, Tensor):  # whose power is an operation of its own, even x^1
        return x**n
    if n == 2:
        return x * x
    if n == 0.5:
        return numpy.sqrt(x)
    if n == 3:
        y = x * x
        y *= x
        return y
    if n == 1:
        return x * 1
    if n == -1:
        return 1.0 / x
    if n == -2:
        return 1.0 / (x * x)
    if n == -0.5:
        return 1.0 / numpy.sqrt(x)
    return x**n


# ---- functions ----------------------------------------------------------------------------------


@pointwise("pow", "__pow__", "__ipow__")
def pow(input: Tensor | float, exponent: Tensor | float) -> Tensor:
    """y = input ^ exponent, broadcast against each other.

    Args:
        input: the base, a tensor or a number
        exponent: a tensor or a number

    Examples:
        >>> torch.pow(torch.tensor([1.0, 2.0, 3.0]), 2)
        tensor([1., 4., 9.])
        >>> 2 ** torch.tensor([1.0, 2.0, 3.0])
        tensor([2., 4., 8.])
    """
    if isinstance(exponent, Tensor):
        rule = PowTensor if isinstance(input, Tensor) else PowOfNumber
    else:
        rule = Pow
        tensor(input)
    if dtypes.result_type(input, exponent).is_floating_point:
        if rule is PowOfNumber:
            return rule.apply(*pair(input, exponent))
        return combine(rule, input, exponent)
    return _integer_power(input, exponent)


@with_out(cast=False)
@tensor_method
def float_power(input: Tensor | float, exponent: Tensor | float) -> Tensor:
    """y = input ^ exponent, computed in float64: whole numbers too may have negative exponents.

    Args:
        input: the base, a tensor or a number
        exponent: a tensor or a number

    Examples:
        >>> torch.float_power(torch.tensor([1, 2, 4]), -1)
        tensor([1.0000, 0.5000, 0.2500], dtype=torch.float64)
    """
    dtypes.result_type(input, exponent)  # complains of what is no tensor or number
    return pow(*(x.double() if isinstance(x, Tensor) else x for x in (input, exponent)))


@pointwise
def square(input: Tensor) -> Tensor:
    """y = input * input

    Args:
        input: a tensor
    """
    return pow(tensor(input), 2)


def _integer_power(input, exponent) -> Tensor:
    """Has no gradient. A tensor's negative powers are rounded towards 0; a number's are refused."""
    kind = dtypes.result_type(input, exponent).numpy
    if kind.kind == "b":
        if isinstance(exponent, Tensor):
            raise NotImplementedError("pow() is not implemented for bools: convert them to numbers")
        return answer(input.array | (not exponent))  # x^1 = x, x^0 = 1
    if not isinstance(exponent, Tensor):
        if exponent < 0:
            raise RuntimeError("Integers to negative integer powers are not allowed.")
        scalar(exponent, kind)  # complains if there is no room for it
        if exponent == 2:
            return answer(converted(input.array, kind) ** 2)
    a, b = (x.array for x in pair(input, exponent))
    check_broadcast(a.shape, b.shape)
    inverse = numpy.where(a == 1, 1, numpy.where(a == -1, 1 - 2 * (b % 2), 0))
    y = numpy.where(b < 0, inverse, a ** numpy.maximum(b, 0)).astype(kind)
    if not isinstance(input, Tensor):
        return answer(y.copy())
    return laid_out_as((input, exponent), answer(y))


@tensor_method("float_power_")
def _float_power_(self: Tensor, exponent: Tensor | float) -> Tensor:
    """In-place version of ``float_power``."""
    if self.dtype is not dtypes.float64:
        raise RuntimeError(f"float_power_() computes in float64: it cannot change a {self.dtype}")
    return write_over(self, float_power(self, exponent), "float_power_")


tensor_method("__rpow__")(reflected(pow))
