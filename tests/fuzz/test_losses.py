"""Losses with random options are in scratch what they are in torch: values, gradients, errors."""

import math
import warnings

import numpy as np
import pytest
import torch

import scratch
from tests.fuzz import comparing
from tests.fuzz.losses import LOSSES, Draw, Operand, draw

NUMBER = 4000
BLOCK = 400


def run(column, this: Draw) -> dict:
    """All that a loss says and teaches, by name; or what it raises, and where."""
    seen: dict = {}
    place = "called"
    random = np.random.RandomState(7)
    tensors = {
        name: column.from_numpy(operand.array(random)).requires_grad_(operand.learns)
        for name, operand in this.operands
    }
    column.manual_seed(7)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            y = eval(this.line, {"nn": column.nn, "F": column.nn.functional, **tensors})
            place = "differentiated"
            seen["output"] = y.detach().numpy()
            seen["graph"] = y.grad_fn and y.grad_fn.name()
            inputs = [x for x in tensors.values() if x.requires_grad]
            if inputs:
                dy = column.randn(*y.shape, dtype=y.dtype)
                slopes = column.autograd.grad(y, inputs, dy, retain_graph=True, allow_unused=True)
                seen["gradients"] = [None if dx is None else dx.numpy() for dx in slopes]
                place = "differentiated twice"
                used = [x for x, dx in zip(inputs, slopes, strict=True) if dx is not None]
                seen["second gradients"] = comparing.second_gradients(column, y, used)
        except Exception as error:
            seen["raises"] = type(error).__name__, place
    said = [(w.category.__name__, str(w.message)) for w in caught]
    seen["warnings"] = sorted({name for name, text in said if "already probabilities" not in text})
    return seen


def difference(this: Draw) -> str:
    return comparing.difference(run, this, this.dtype)
