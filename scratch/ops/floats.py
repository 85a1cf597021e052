"""What a floating-point number is made of: sign, mantissa, exponent; its neighbours; its NaNs.

A float is m 2^e: ``frexp`` takes it apart, ``ldexp`` puts it together, ``copysign`` gives it a
sign, ``nextafter`` finds the next one. ``heaviside`` tells signs; ``gcd`` and ``lcm`` are for
integers, which are made of factors.
"""

from __future__ import annotations

import math

import numpy

from .. import dtypes
from .._data import number
from .._memory import copied
from ..autograd import Rule, namespace
from ..autograd.variable import wrap
from ..tensor import Tensor, tensor_method
from ._forms import pointwise, with_out
from ._layout import laid_out_as
from ._operands import answer, check_broadcast, combine, floating, keep, pair, tensor, unbroadcast
from ._reducing import return_type
from .conversion import converted

__all__ = [
    "nan_to_num",
    "copysign",
    "signbit",
    "nextafter",
    "ldexp",
    "frexp",
    "heaviside",
    "gcd",
    "lcm",
]

FrexpResult = return_type("frexp", "mantissa", "exponent")


class NanToNum(Rule):
    """y = x, with numbers for NaN and infinities        dx = dy where x is finite, else 0"""

    @staticmethod
    def forward(ctx, x, nan, high, low):
        ctx.save_for_backward(x)
        y = copied(x)
        if not numpy.isfinite(x).all():
            y[numpy.isnan(x)] = nan
            y[x == math.inf] = high
            y[x == -math.inf] = low
        return y

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        return keep(dy, namespace(dy).isfinite(x)), None, None, None


class Copysign(Rule):
    """y = |a| with the sign of b        da = dy y / a,  0 where a is 0;  db = 0"""

    @staticmethod
    def forward(ctx, a, b):
        bits = f"i{a.itemsize}"
        sign = numpy.iinfo(bits).min  # the first bit only
        b = numpy.asarray(b, a.dtype)
        y = ((a.view(bits) & ~sign) | (b.view(bits) & sign)).view(a.dtype)
        needs_da, _ = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_da else None, y)
        ctx.shapes = a.shape, b.shape
        return y

    @staticmethod
    def backward(ctx, dy):
        a, y = ctx.saved_tensors
        a_shape, b_shape = ctx.shapes
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(dy * keep(y / a, a != 0), a_shape) if needs_da else None
        db = unbroadcast(namespace(dy).zeros_like(dy), b_shape) if needs_db else None
        return da, db


class CopysignNumber(Copysign, name="CopysignBackward1"):
    """y = |a| with the sign of a number        da = dy y / a,  0 where a is 0"""


class Nextafter(Rule):
    """y = the float next to a, towards b        da = dy, 0 where a = b;  db = 0"""

    @staticmethod
    def forward(ctx, a, b):
        needs_da, _ = ctx.needs_input_grad
        ctx.save_for_backward(a if needs_da else None, b if needs_da else None)
        ctx.b_shape = b.shape
        return numpy.nextafter(a, b)

    @staticmethod
    def backward(ctx, dy):
        a, b = ctx.saved_tensors
        needs_da, needs_db = ctx.needs_input_grad
        da = unbroadcast(keep(dy, a != b), a.shape) if needs_da else None
        db = unbroadcast(namespace(dy).zeros_like(dy), ctx.b_shape) if needs_db else None
        return da, db


class Ldexp(Rule):
    """y = x 2^n        dx = dy 2^n,  dn = dy y ln 2"""

    @staticmethod
    def forward(ctx, x, n):
        y = x * numpy.exp2(n).astype(x.dtype)
        needs_dx, _ = ctx.needs_input_grad
        ctx.save_for_backward(n if needs_dx else None, y)
        ctx.shapes, ctx.x_dtype, ctx.n_dtype = (x.shape, n.shape), x.dtype, n.dtype
        return y

    @staticmethod
    def backward(ctx, dy):
        n, y = ctx.saved_tensors
        x_shape, n_shape = ctx.shapes
        needs_dx, needs_dn = ctx.needs_input_grad
        dx = dn = None
        if needs_dx:
            dx = unbroadcast(converted(dy * 2.0**n, ctx.x_dtype), x_shape)
        if needs_dn:
            dn = unbroadcast(converted(dy * (y * math.log(2)), ctx.n_dtype), n_shape)
        return dx, dn


class LdexpInteger(Rule, name="LdexpBackward0"):
    """y = x 2^n, with integers n, which only moves the exponent        dx = dy 2^n"""

    @staticmethod
    def forward(ctx, x, n):
        ctx.n, ctx.shape = n.astype(numpy.int32), x.shape
        return numpy.ldexp(x, ctx.n)

    @staticmethod
    def backward(ctx, dy):
        return unbroadcast(dy * power_of_two(ctx.n, dy), ctx.shape), None


class Frexp(Rule):
    """x = m 2^e, with 1/2 <= |m| < 1        dx = dm / 2^e"""

    @staticmethod
    def forward(ctx, x):
        m, e = numpy.frexp(x)
        ctx.save_for_backward(e)
        ctx.mark_non_differentiable(e)
        return m, e

    @staticmethod
    def backward(ctx, dm, de):
        (e,) = ctx.saved_tensors
        return dm / power_of_two(e, dm)


class Heaviside(Rule, name="torch::autograd::NotImplemented"):
    """y = 0 where x < 0, 1 where x > 0, else v        no gradient"""

    @staticmethod
    def forward(ctx, x, v):
        return numpy.where(x == 0, v, (x > 0).astype(x.dtype))

    @staticmethod
    def backward(ctx, dy):
        raise RuntimeError("derivative for heaviside is not implemented: a step has no slope")


def power_of_two(n, like):
    """2^n in the dtype of an array or tensor, and as such."""
    if isinstance(like, Tensor):
        return wrap(power_of_two(getattr(n, "array", n), like.array))
    return numpy.asarray(numpy.ldexp(like.dtype.type(1), n))


# ---- functions ----------------------------------------------------------------------------------


@pointwise("nan_to_num", cast=False)
def nan_to_num(
    input: Tensor, nan: float = 0.0, posinf: float | None = None, neginf: float | None = None
) -> Tensor:
    """y = input, where it is finite; numbers in place of what is not.

    Args:
        input: a tensor; integers are always finite
        nan: stands for NaN. Default: 0
        posinf: stands for infinity. Default: None, the dtype's largest number
        neginf: stands for -infinity. Default: None, the dtype's smallest number

    Examples:
        >>> torch.nan_to_num(torch.tensor([float("nan"), float("inf"), 1.0]), posinf=100.0)
        tensor([  0., 100.,   1.])
    """
    nan = 0.0 if nan is None else number(nan, "nan_to_num", "nan")
    if tensor(input).array.dtype.kind != "f":
        return input.clone()
    limits = numpy.finfo(input.array.dtype)
    high = limits.max if posinf is None else number(posinf, "nan_to_num", "posinf")
    low = limits.min if neginf is None else number(neginf, "nan_to_num", "neginf")
    return NanToNum.apply(input, nan, high, low)


@pointwise
def copysign(input: Tensor, other: Tensor | float) -> Tensor:
    """y = |input| with the sign of other, be it the sign of a zero.

    Args:
        input: a tensor; integers give floating-point numbers
        other: a tensor or a number

    Examples:
        >>> torch.copysign(torch.tensor([1.0, 2.0]), torch.tensor([-0.0, 3.0]))
        tensor([-1.,  2.])
    """
    rule = Copysign if isinstance(other, Tensor) else CopysignNumber
    return combine(rule, tensor(input), other, floating=True)


@with_out(cast=False)
@tensor_method
def signbit(input: Tensor) -> Tensor:
    """Where the input has a minus: -0 has one too.

    Args:
        input: a tensor

    Examples:
        >>> torch.signbit(torch.tensor([-1.0, 0.0, -0.0]))
        tensor([ True, False,  True])
    """
    x = tensor(input).array
    return answer(numpy.signbit(x) if x.dtype.kind == "f" else x < 0)


@pointwise
def nextafter(input: Tensor, other: Tensor) -> Tensor:
    """y = the floating-point number next to input, in the direction of other.

    Args:
        input, other: tensors, at least one of which is a floating-point one

    Examples:
        >>> one = torch.tensor(1.0)
        >>> torch.nextafter(one, torch.tensor(2.0)) - one == torch.finfo(torch.float32).eps
        tensor(True)
    """
    if not dtypes.result_type(tensor(input), tensor(other, 2)).is_floating_point:
        raise NotImplementedError("nextafter() is not implemented for integers: add 1")
    return combine(Nextafter, input, other)


@pointwise("ldexp", cast=False)
def ldexp(input: Tensor, other: Tensor) -> Tensor:
    """y = input * 2^other

    Args:
        input: a tensor; integers give floating-point numbers
        other: the exponents, a tensor

    Examples:
        >>> torch.ldexp(torch.tensor([0.75, 0.5]), torch.tensor([2, 10]))
        tensor([  3., 512.])
    """
    x, n = tensor(input).array, tensor(other, 2).array
    if x.dtype.kind != "f" or n.dtype.kind == "f":
        input, _ = pair(input, other, floating=True)
        check_broadcast(x.shape, n.shape)
        return laid_out_as((input, other), Ldexp.apply(input, floating(other)))
    if n.dtype.kind == "b":
        raise NotImplementedError("ldexp() is not implemented for exponents that are bools")
    check_broadcast(x.shape, n.shape)
    return LdexpInteger.apply(input, other)


@with_out(cast=False)
@tensor_method
def frexp(input: Tensor) -> tuple[Tensor, Tensor]:
    """Takes numbers apart: input = mantissa * 2^exponent, with 1/2 <= |mantissa| < 1.

    Args:
        input: a floating-point tensor

    Examples:
        >>> mantissa, exponent = torch.frexp(torch.tensor([3.0, 512.0]))
        >>> mantissa, exponent
        (tensor([0.7500, 0.5000]), tensor([ 2, 10], dtype=torch.int32))
    """
    if tensor(input).array.dtype.kind != "f":
        raise RuntimeError(f"frexp() only supports floating-point dtypes, not {input.dtype}")
    return FrexpResult(*Frexp.apply(input))


@pointwise("heaviside", cast=False)
def heaviside(input: Tensor, values: Tensor) -> Tensor:
    """y = 0 where the input is negative, 1 where it is positive, ``values`` where it is 0.

    Args:
        input: a tensor
        values: a tensor of the same dtype

    Examples:
        >>> torch.heaviside(torch.tensor([-1.5, 0.0, 2.0]), torch.tensor(0.5))
        tensor([0.0000, 0.5000, 1.0000])
    """
    if tensor(input).dtype is not tensor(values, 2).dtype:
        raise RuntimeError(f"heaviside() of {input.dtype} needs values of it, not {values.dtype}")
    return combine(Heaviside, input, values)


@pointwise
def gcd(input: Tensor, other: Tensor) -> Tensor:
    """y = the largest integer that divides both

    Args:
        input, other: tensors of integers

    Examples:
        >>> torch.gcd(torch.tensor([12, 5]), torch.tensor([18, 10]))
        tensor([6, 5])
    """
    return _of_integers(numpy.gcd, tensor(input), tensor(other, 2))


@pointwise
def lcm(input: Tensor, other: Tensor) -> Tensor:
    """y = the smallest integer that both divide

    Args:
        input, other: tensors of integers

    Examples:
        >>> torch.lcm(torch.tensor([12, 5]), torch.tensor([18, 10]))
        tensor([36, 10])
    """
    return _of_integers(numpy.lcm, tensor(input), tensor(other, 2))


def _of_integers(ufunc: numpy.ufunc, a: Tensor, b: Tensor) -> Tensor:
    check_broadcast(a.array.shape, b.array.shape)
    a, b = pair(a, b)
    if a.array.dtype.kind not in "iu":
        raise NotImplementedError(f"{ufunc.__name__}() is only implemented for integers")
    return laid_out_as((a, b), answer(ufunc(a.array, b.array)))
