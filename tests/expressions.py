"""One line of a user's, evaluated in torch and in scratch: what comes out is the same.

An outcome is a string: a tensor as printed, with its dtype, strides and need for a gradient; any
other value with its type; of an exception, the type.
"""

import array
import collections
import copy
import decimal
import fractions
import math
import operator
import pickle
import re
import warnings

import numpy
import pytest
import torch as real_torch

import scratch

NAMES = {
    "array": array,
    "collections": collections,
    "copy": copy,
    "decimal": decimal,
    "fractions": fractions,
    "math": math,
    "numpy": numpy,
    "operator": operator,
    "pickle": pickle,
}


OPERANDS = """
g = torch.tensor([1.0, 2.0], requires_grad=True)
n, i = torch.tensor([3.0, 4.0]), torch.tensor([1, 2])
m = torch.arange(6.0).reshape(2, 3).mT
"""


def outcome(expression: str, torch, start: str = "") -> str:
    """What a line gives, as text, where ``torch`` is one of the columns.

    Args:
        expression: the line
        torch: the column
        start: lines to be run before it, which give names to tensors
    """
    names = {**NAMES, "torch": torch}
    exec(start, names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return shown(eval(expression, names))
        except Exception as error:
            return f"raises {type(error).__name__}"


def shown(value) -> str:
    text = re.sub("0x[0-9a-f]+", "0x...", repr(value))
    if isinstance(value, (real_torch.Tensor, scratch.Tensor)):
        strides = value.stride() if value.numel() else ""
        text += f" {value.dtype} {strides} {value.requires_grad}"
    elif isinstance(value, numpy.ndarray):
        text += f" {value.dtype} {value.shape}"
    kind = "class" if isinstance(value, type) else type(value).__name__
    return f"{kind} {text}"


def alike(lines: str, start: str = ""):
    """Decorates a test that is told the outcomes of each of these lines, ours and torch's."""
    found = [line.strip() for line in lines.strip().splitlines()]

    def decorate(test):
        @pytest.mark.parametrize("expression", found)
        def run(expression):
            test(outcome(expression, scratch, start), outcome(expression, real_torch, start))

        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        return run

    return decorate
