"""Layers with random options do in scratch what they do in torch: values, gradients, or errors."""

import warnings

import numpy as np
import pytest
import torch

import scratch
from tests.fuzz.layers import LAYERS, Draw, draw

NUMBER = 6000
BLOCK = 300
BOUND = {"float32": 2e-4, "float64": 1e-11}  # of what is summed, relative to the largest


def run(column, this: Draw) -> dict:
    """All that a layer says, makes and learns, by name; or what it raises, and where."""
    seen: dict = {}
    place = "made"
    try:
        column.manual_seed(7)
        layer = eval(this.line, {"nn": column.nn}).to(getattr(column, this.dtype))
        layer.train(this.training)
        seen["text"] = repr(layer)
        seen["first weights"] = {name: x.tolist() for name, x in layer.state_dict().items()}
        place = "called"
        x = column.randn(*this.shape, dtype=getattr(column, this.dtype)).requires_grad_()
        outputs = layer(x * 1)
        place = "differentiated"
        several = outputs if isinstance(outputs, tuple) else (outputs,)
        seen["output"] = [y.detach().numpy() for y in several]
        y = several[0]
        seen["graph"] = y.grad_fn.name()
        y.backward(column.randn(*y.shape, dtype=y.dtype))
        seen["gradients"] = [
            None if p.grad is None else p.grad.numpy() for p in (x, *layer.parameters())
        ]
        seen["state"] = [b.numpy() for b in layer.buffers()]
        seen["random"] = column.rand(2).tolist()
    except Exception as error:
        seen["raises"] = type(error).__name__, place
    return seen


def difference(this: Draw) -> str:
    """What tells the libraries apart; nothing if they agree."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ours, theirs = run(scratch, this), run(torch, this)
    for key in dict.fromkeys([*theirs, *ours]):
        a, b = ours.get(key, "nothing"), theirs.get(key, "nothing")
        if not alike(a, b, BOUND[this.dtype]):
            return f"{this}\n{key}: scratch has\n{a}\ntorch has\n{b}"
    return ""


def alike(a, b, bound: float) -> bool:
    if isinstance(b, list) and b and isinstance(b[0], (np.ndarray, type(None))):
        if not isinstance(a, list) or len(a) != len(b):
            return False
        return all(alike(x, y, bound) for x, y in zip(a, b, strict=True))
    if not isinstance(b, np.ndarray):
        return type(a) is type(b) and a == b
    if not isinstance(a, np.ndarray) or (a.shape, a.dtype) != (b.shape, b.dtype):
        return False
    if b.dtype.kind != "f":
        return bool((a == b).all())
    finite = np.isfinite(b)
    scale = np.abs(b[finite]).max(initial=1.0)
    return np.allclose(a, b, rtol=0, atol=bound * scale, equal_nan=True)


@pytest.mark.parametrize("block", range(NUMBER // BLOCK))
def test_layers(block):
    found = (difference(draw(number)) for number in range(block * BLOCK, (block + 1) * BLOCK))
    different = [text for text in found if text]
    assert not different, f"{len(different)} differ; the first:\n{different[0]}"


def test_every_layer_is_drawn_and_most_draws_fit():
    drawn = [draw(number) for number in range(2000)]
    names = {each.line.split("(")[0] for each in drawn}
    assert names == {f"nn.{name}" for name in LAYERS}
    fitting = sum("raises" not in run(torch, each) for each in drawn[:300])
    assert 150 < fitting < 300


def test_a_planted_mistake_is_found(monkeypatch):
    monkeypatch.setattr(scratch.nn.ReLU, "forward", lambda self, x: x.clamp(min=0.001))
    planted = [Draw("nn.ReLU()", (3, 4), "float64", True), Draw("nn.Tanh()", (3,), "float64", True)]
    assert [bool(difference(each)) for each in planted] == [True, False]


def test_a_number_names_a_layer():
    assert draw(5) == draw(5) != draw(6)
