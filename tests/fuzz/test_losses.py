"""Losses with random options are in scratch what they are in torch: values, gradients, errors."""

import re
import warnings

import numpy as np
import pytest
import torch

import scratch
from tests.fuzz import comparing
from tests.fuzz.losses import LOSSES, Draw, draw
from tests.fuzz.operands import Operand

NUMBER = 4000
BLOCK = 400
# Torch has no second gradient of the former; the latter's is, at 0 and 1, of its own epsilon.
ONCE = re.compile(r"multi_?(label_?)?margin|BCELoss|binary_cross_entropy\(", re.I)


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
                dy = comparing.normal(column, y)
                slopes = column.autograd.grad(y, inputs, dy, retain_graph=True, allow_unused=True)
                seen["gradients"] = [None if dx is None else dx.numpy(force=True) for dx in slopes]
                place = "differentiated twice"
                used = [x for x, dx in zip(inputs, slopes, strict=True) if dx is not None]
                if used and not ONCE.search(this.line):
                    seen["second gradients"] = comparing.second_gradients(column, y, used)
        except Exception as error:
            seen["raises"] = type(error).__name__, place
    if "raises" not in seen:
        said = [str(w.message) for w in caught if w.category is UserWarning]
        seen["warned"] = any("output of a softmax" not in text for text in said)
    return seen


def difference(this: Draw) -> str:
    return comparing.difference(run, this, this.dtype)


@pytest.mark.parametrize("block", range(NUMBER // BLOCK))
def test_losses(block):
    draws = [draw(number) for number in range(block * BLOCK, (block + 1) * BLOCK)]
    found = comparing.differences(difference, draws)
    assert not found, f"{len(found)} differ; the first:\n{found[0]}"


def test_every_loss_is_drawn_and_most_draws_fit():
    drawn = [draw(number) for number in range(2000)]
    lines = "".join(each.line for each in drawn)
    for layer, function, _ in LOSSES:
        assert not layer or f"nn.{layer}(" in lines
        assert not function or f"F.{function}(" in lines
    fitting = sum("raises" not in run(torch, each) for each in drawn[:300])
    assert 150 < fitting < 300


def test_no_loss_is_forgotten():
    names = {name for layer, function, _ in LOSSES for name in (layer, function)}
    for module in (scratch.nn, scratch.nn.functional):
        found = {name for name in dir(module) if name.lower().endswith("loss")}
        assert {name for name in found if callable(getattr(module, name))} <= names


def test_a_planted_mistake_is_found(monkeypatch):
    x = ("x", Operand("normal", (3,), learns=True)), ("y", Operand("normal", (3,)))
    planted = [Draw("F.l1_loss(x, y)", x, "float32"), Draw("F.mse_loss(x, y)", x, "float32")]
    monkeypatch.setattr(scratch.nn.functional, "l1_loss", lambda x, y: (x - y).abs().sum())
    assert [bool(difference(each)) for each in planted] == [True, False]


def test_a_number_names_a_loss():
    assert draw(5) == draw(5) != draw(6)
