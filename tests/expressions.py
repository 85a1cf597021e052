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
    """The test that each of these lines has the same outcome in scratch and in torch."""

    @pytest.mark.parametrize("line", [line.strip() for line in lines.strip().splitlines()])
    def test(line):
        ours, theirs = outcome(line, scratch, start), outcome(line, real_torch, start)
        assert ours == theirs, f"{ours}\ninstead of torch's\n{theirs}"

    return test
