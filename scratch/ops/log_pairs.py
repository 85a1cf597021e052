"""Logarithms with two operands: the log of a sum of exponentials, and x log y.

What they have over writing the formula out is that they do not overflow, and know that 0 log 0 = 0.
"""

from __future__ import annotations

import math

import numpy

from ..autograd import Rule, namespace
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._forms import pointwise, with_out
from ._half import in_float32
from ._operands import check_broadcast, combine, keep, pair, tensor, unbroadcast

__all__ = ["logaddexp", "logaddexp2", "xlogy"]


class Logaddexp(Rule):
    """y = ln(e^a + e^b)        da = dy / (1 + e^(b-a)),  db = dy / (1 + e^(a-b))"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return _log_of_sum(a, b, numpy.logaddexp, numpy.exp, 1)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        exp = namespace(dy).exp
        return unbroadcast(dy / (1 + exp(b - a)), a.shape), unbroadcast(
            dy / (1 + exp(a - b)), b.shape
        )


class Logaddexp2(Rule):
    """y = log2(2^a + 2^b)        da = dy / (1 + 2^(b-a)),  db = dy / (1 + 2^(a-b))"""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return _log_of_sum(a, b, numpy.logaddexp2, numpy.exp2, 1 / math.log(2))

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        exp2 = namespace(dy).exp2
        return unbroadcast(dy / (1 + exp2(b - a)), a.shape), unbroadcast(
            dy / (1 + exp2(a - b)), b.shape
        )


class Xlogy(Rule):
    """y = a ln b        da = dy ln b,  db = dy a / b

    y is 0 where a is 0, whatever b; there da is 0 too, unless b > 0.
    """

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return _xlogy(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        da = db = None
        if needs_da:
            slope = xlogy(dy, b) if isinstance(dy, Tensor) else _xlogy(dy, b)
            da = unbroadcast(keep(slope, ~((a == 0) & (b <= 0))), a.shape)
        if needs_db:
            db = unbroadcast(dy * a / b, b.shape)
        return da, db


class XlogyOfNumber(Xlogy, name="XlogyBackward1"):
    """y = n ln x, with a number n        dx = dy n / x"""


class XlogyNumber(Xlogy, name="XlogyBackward2"):
    """y = x ln n, with a number n        dx = dy ln n"""


def _log_of_sum(a, b, log_of_sum, exp, scale: float):
    """max(a, b) + ln(1 + e^-|a - b|): of the exponentials only the smaller is left, and is < 1.

    NumPy's own function does the same, number by number; by arrays it is quicker from 512 on.
    """
    d = a - b
    if d.size < 512 or d.itemsize == 2:
        return log_of_sum(a, b)
    numpy.abs(d, out=d)
    y = numpy.log1p(exp(numpy.negative(d, out=d), out=d), out=d)
    if scale != 1:
        y *= scale
    largest = numpy.maximum(a, b)
    y += largest
    finite = numpy.isfinite(largest)
    if not finite.all():
        numpy.copyto(y, largest, where=(a == b) & ~finite)  # infinities: their difference is NaN
    return y


@in_float32
def _xlogy(a, b):
    y = numpy.log(b) * a
    zero = a == 0
    return numpy.where(zero & (b == b), y.dtype.type(0), y) if zero.any() else y


# ---- functions ----------------------------------------------------------------------------------


@with_out
@tensor_method
def logaddexp(input: Tensor, other: Tensor) -> Tensor:
    """y = ln(e^input + e^other), without ever making those large numbers

    Args:
        input, other: tensors of floating-point numbers, broadcast against each other

    Examples:
        >>> torch.logaddexp(torch.tensor([1000.0]), torch.tensor([1000.0]))
        tensor([1000.6932])
    """
    _refuse_integers("logaddexp", tensor(input), tensor(other, 2))
    return combine(Logaddexp, input, other)


@with_out
@tensor_method
def logaddexp2(input: Tensor, other: Tensor) -> Tensor:
    """y = log2(2^input + 2^other)

    Args:
        input, other: tensors of floating-point numbers, broadcast against each other
    """
    _refuse_integers("logaddexp2", tensor(input), tensor(other, 2))
    return combine(Logaddexp2, input, other)


@pointwise
def xlogy(input: Tensor | float, other: Tensor | float) -> Tensor:
    """y = input * ln(other), and 0 where the input is 0: even where the logarithm is infinite

    Args:
        input, other: tensors or numbers, one at least a tensor, broadcast against each other

    Examples:
        >>> torch.xlogy(torch.tensor([0.0, 0.5]), torch.tensor([0.0, 0.5]))
        tensor([ 0.0000, -0.3466])
    """
    if isinstance(input, Tensor):
        rule = Xlogy if isinstance(other, Tensor) else XlogyNumber
    else:
        rule = XlogyOfNumber
        tensor(other, 2)
    a, b = pair(input, other, floating=True)
    if not isinstance(a, Tensor):
        a = wrap(numpy.asarray(a, b.array.dtype))
    if not isinstance(b, Tensor):
        b = wrap(numpy.asarray(b, a.array.dtype))
    return combine(rule, a, b)


def _refuse_integers(name: str, a: Tensor, b: Tensor) -> None:
    if a.array.dtype.kind != "f" and b.array.dtype.kind != "f":
        check_broadcast(a.array.shape, b.array.shape)
        raise NotImplementedError(f"{name}() is not implemented for integers: call .float() first")
