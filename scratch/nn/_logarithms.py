"""Logarithms of probabilities, none of which is infinite; of arrays, and of tensors."""

from __future__ import annotations

import numpy

from ..autograd import namespace
from ..autograd.variable import Variable, wrap
from ..ops import elementwise
from ..ops._half import in_float32


def logarithms(x):
    """ln(1 - x) and ln x, but no less than -100."""
    functions = namespace(x)
    no, yes = functions.log1p(-x), functions.log(x)
    return functions.clip(no, -100, None), functions.clip(yes, -100, None)


def log_sigmoid(x):
    """ln(1 / (1 + e^-x)) = min(x, 0) - ln(1 + e^-|x|), in which no power overflows."""
    if isinstance(x, Variable):
        functions = namespace(x)
        return -functions.logaddexp(functions.zeros_like(x), -x)
    return _log_sigmoid(x)


@in_float32
def _log_sigmoid(x):
    y = numpy.asarray(numpy.abs(x))
    numpy.negative(y, out=y)
    numpy.exp(y, out=y)
    numpy.log1p(y, out=y)
    return numpy.subtract(numpy.minimum(x, 0), y, out=y)


def sigmoid_of(x):
    """1 / (1 + e^-x)"""
    return elementwise.sigmoid(x) if isinstance(x, Variable) else elementwise._sigmoid(x)


def constant(value, dloss):
    """Beside arrays an array, beside tensors a tensor."""
    recorded = isinstance(dloss, Variable) and isinstance(value, numpy.ndarray)
    return wrap(value) if recorded else value
