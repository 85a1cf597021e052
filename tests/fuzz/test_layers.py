"""Layers with random options do in scratch what they do in torch: values, gradients, or errors."""

import re

import numpy as np
import pytest
import torch

import scratch
from tests.fuzz import comparing
from tests.fuzz.layers import LAYERS, Draw, draw

NUMBER = 6000
BLOCK = 300
ONCE = re.compile("Hardsigmoid")  # torch has no second gradient of it


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
        if this.loaded:
            place = "loaded"
            load(column, this, layer)
        place = "called"
        inputs = [x.requires_grad_(this.learns and not this.numbers) for x in read(column, this)]
        outputs = layer(*(x * 1 for x in inputs))
        place = "differentiated"
        several = outputs if isinstance(outputs, tuple) else (outputs,)
        seen["output"] = [y.detach().numpy().copy() for y in several]
        y = several[0]
        if "Circular" not in this.line:  # which torch writes slice by slice
            seen["graph"] = y.grad_fn and y.grad_fn.name()
        learning = [x for x in (*inputs, *layer.parameters()) if x.requires_grad]
        if learning:
            dy = comparing.normal(column, y)
            slopes = column.autograd.grad(y, learning, dy, retain_graph=True, allow_unused=True)
            seen["gradients"] = [None if dx is None else dx.numpy(force=True) for dx in slopes]
            place = "differentiated twice"
            used = [x for x, dx in zip(learning, slopes, strict=True) if dx is not None]
            if used and this.dtype == "float64" and not ONCE.search(this.line):
                seen["second gradients"] = comparing.second_gradients(column, y, used)
        seen["state"] = [b.numpy() for b in layer.buffers()]
        seen["random"] = column.rand(2).tolist()
    except Exception as error:
        seen["raises"] = type(error).__name__, place
    return seen


def load(column, this: Draw, layer) -> None:
    """Gives the layer the state of one that torch has made from another seed."""
    torch.manual_seed(8)
    other = eval(this.line, {"nn": torch.nn}).to(getattr(torch, this.dtype))
    state = {name: column.from_numpy(x.numpy().copy()) for name, x in other.state_dict().items()}
    layer.load_state_dict(state)
    column.manual_seed(7)


def read(column, this: Draw) -> list:
    """The inputs of a layer."""
    random = np.random.RandomState(7)
    found = []
    for more in range(this.several):
        shape = (*this.shape[:-1], this.shape[-1] + more) if more else this.shape
        shape = shape[::-1] if this.turned else shape
        if this.numbers:
            x = np.asarray(random.randint(this.numbers, size=shape))
        else:
            x = np.asarray(random.standard_normal(shape)).astype(this.dtype)
        found.append(column.from_numpy(x.T if this.turned else x))
    return found


def difference(this: Draw) -> str:
    return comparing.difference(run, this, this.dtype)


@pytest.mark.parametrize("block", range(NUMBER // BLOCK))
def test_layers(block):
    draws = [draw(number) for number in range(block * BLOCK, (block + 1) * BLOCK)]
    found = comparing.differences(difference, draws)
    assert not found, f"{len(found)} differ; the first:\n{found[0]}"


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
