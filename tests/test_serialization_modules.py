"""Whole modules: only those that the caller allows, from either library, whatever the layer."""

import argparse
import io
import pickle

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from scratch._torch_names import PLACES
from tests.same_script import same_script


def sent(obj, writer, reader, **options):
    file = io.BytesIO()
    writer.save(obj, file)
    file.seek(0)
    return reader.load(file, **options)


IMAGE, ROWS = (2, 4, 6, 6), (3, 4)
LAYERS = {
    "Linear": ((4, 3), ROWS), "Bilinear": None, "Identity": ((), ROWS), "Flatten": ((), IMAGE),
    "Unflatten": ((1, (2, 2)), ROWS), "Conv1d": ((4, 2, 3), (2, 4, 6)),
    "Conv2d": ((4, 2, 3, 2, 1, 1, 2, True, "reflect"), IMAGE),
    "ConvTranspose2d": ((4, 2, 3, 2), IMAGE),
    "MaxPool1d": ((2,), (2, 4, 6)), "MaxPool2d": ((2,), IMAGE), "AvgPool1d": ((2,), (2, 4, 6)),
    "AvgPool2d": ((3, 2, 1), IMAGE), "AdaptiveAvgPool2d": ((2,), IMAGE),
    "AdaptiveMaxPool2d": (((2, None),), IMAGE), "Dropout": ((0.5,), ROWS), "Dropout2d": ((), IMAGE),
    "BatchNorm1d": ((4,), ROWS), "BatchNorm2d": ((4, 1e-3, None), IMAGE), "LayerNorm": ((4,), ROWS),
    "GroupNorm": ((2, 4), IMAGE), "Upsample": ((None, 2, "bilinear"), IMAGE),
    "ZeroPad2d": ((1,), IMAGE),
    "Softmax": ((1,), ROWS), "LogSoftmax": ((1,), ROWS), "ReLU": ((), ROWS), "ReLU6": ((), ROWS),
    "LeakyReLU": ((0.2,), ROWS), "PReLU": ((4,), ROWS), "ELU": ((), ROWS), "SELU": ((), ROWS),
    "GELU": (("tanh",), ROWS), "SiLU": ((), ROWS), "Softplus": ((), ROWS), "Sigmoid": ((), ROWS),
    "LogSigmoid": ((), ROWS), "Tanh": ((), ROWS), "Hardtanh": ((), ROWS), "Hardswish": ((), ROWS),
    "Hardsigmoid": ((), ROWS),
}  # fmt: skip
KNOWN = {name: given for name, given in LAYERS.items() if given and hasattr(scratch.nn, name)}


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize(
    "a, b", [(scratch, torch), (torch, scratch)], ids=["to torch", "from torch"]
)
def test_layers_go_on_in_the_other_library(name, a, b):
    args, shape = KNOWN[name]
    layer = getattr(a.nn, name)(*args).eval()
    found = sent(layer, a, b, weights_only=False)
    assert type(found) is getattr(b.nn, name) and str(found) == str(layer)
    assert list(found.state_dict()) == list(layer.state_dict())
    numbers = np.random.default_rng(0).standard_normal(shape).astype("float32")
    y, z = layer(a.tensor(numbers)), found(b.tensor(numbers))
    np.testing.assert_allclose(y.detach().numpy(), z.detach().numpy(), 1e-5, 1e-6)
    found.train()
    assert found.training and not layer.training


def test_the_names_are_torchs():
    for name, place in PLACES.items():
        theirs = getattr(torch.nn, name, None) or getattr(torch.optim, name)
        assert theirs.__module__ == place
    for name, ours in vars(scratch.nn).items():
        if isinstance(ours, type) and issubclass(ours, scratch.nn.Module):
            assert name in PLACES, f"{name} cannot be saved: scratch/_torch_names.py lacks it"
    for name, ours in vars(scratch.optim).items():
        if isinstance(ours, type) and issubclass(ours, scratch.optim.Optimizer):
            assert name in PLACES


def net(torch):
    class Inner(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU())
            self.more = torch.nn.ModuleList([torch.nn.Linear(4, 4)])
            self.named = torch.nn.ModuleDict({"a": torch.nn.Linear(4, 2)})
            self.scale = torch.nn.Parameter(torch.ones(2))
            self.register_buffer("mean", torch.zeros(2))
            self.register_buffer("extra", torch.zeros(2), persistent=False)
            self.register_parameter("nothing", None)
            self.note = {"epochs": [1, 2]}

        def forward(self, x):
            return self.named["a"](self.more[0](self.hidden(x))) * self.scale + self.mean

    return Inner


ScratchNet, TorchNet, ImplNet = net(scratch), net(torch), net(torch_impl)
for name in ("ScratchNet", "TorchNet", "ImplNet"):
    globals()[name].__qualname__ = globals()[name].__name__ = name


@same_script(rtol=1e-5)
def test_modules_of_ones_own(torch):
    kind = {"scratch": ScratchNet, "torch": TorchNet, "torch_impl": ImplNet}[torch.__name__]
    torch.manual_seed(0)
    model = kind()
    model.tied = model.hidden[0]
    allow = torch.serialization.safe_globals(
        [kind, torch.nn.Sequential, torch.nn.Linear, torch.nn.ReLU, torch.nn.ModuleList,
         torch.nn.ModuleDict, set]
    )  # fmt: skip
    refused = error_name(lambda: sent(model, torch, torch))
    with allow:
        found = sent(model, torch, torch)
    still_refused = error_name(lambda: sent(model, torch, torch))
    x = torch.arange(6.0).reshape(2, 3)
    found.zero_grad()
    found(x).sum().backward()
    return [
        refused, still_refused, found(x).equal(model(x)), str(found).replace(kind.__name__, "Net"),
        found.note, list(found.state_dict()), [n for n, _ in found.named_buffers()],
        found.tied is found.hidden[0], found.nothing, found.scale.grad,
        [g for g in torch.serialization.get_safe_globals() if g is kind],
    ]  # fmt: skip


def error_name(function):
    try:
        function()
    except Exception as error:
        return type(error).__name__


def test_modules_that_the_program_has_defined_are_found_where_they_are():
    model = ScratchNet()
    found = sent(model, scratch, scratch, weights_only=False)
    assert type(found) is ScratchNet
    file = io.BytesIO()
    scratch.save(ScratchNet(), file)
    data = file.getvalue().replace(b"\nScratchNet\n", b"\nelsewhere!\n")
    with pytest.raises(RuntimeError, match="checksum"):
        scratch.load(io.BytesIO(data), weights_only=False)


def test_hooks_are_not_saved():
    layer = scratch.nn.Linear(2, 2)
    layer.register_forward_hook(lambda *args: None)
    with pytest.raises(pickle.PicklingError, match="hooks"):
        scratch.save(layer, io.BytesIO())
    scratch.save(layer.state_dict(), io.BytesIO())


@same_script
def test_what_the_caller_allows(torch):
    options = argparse.Namespace(lr=0.1, sizes=[1, 2])
    results = [error_name(lambda: sent(options, torch, torch))]
    with torch.serialization.safe_globals([argparse.Namespace]):
        results.append(vars(sent(options, torch, torch)))
    torch.serialization.add_safe_globals([argparse.Namespace])
    results.append(vars(sent(options, torch, torch)))
    torch.serialization.clear_safe_globals()
    results.append(error_name(lambda: sent(options, torch, torch)))
    results.append(torch.serialization.get_safe_globals())
    numbers = [np._core.multiarray.scalar, np.dtype, type(np.dtype("float32"))]
    results.append(error_name(lambda: sent(np.float32(2.5), torch, torch)))
    with torch.serialization.safe_globals(numbers):
        results.append(float(sent(np.float32(2.5), torch, torch)))
    with torch.serialization.safe_globals([(dict, "argparse.Namespace")]):
        results.append(error_name(lambda: sent(1, torch, torch)))
    with torch.serialization.safe_globals([__import__("os").system]):
        results.append(error_name(lambda: sent(__import__("os").system, torch, torch)))
    return results


@same_script
def test_what_comes_with_weights_only_false(torch):
    found = sent(
        {"a": np.float32(2.5), "b": np.arange(6).reshape(2, 3), "c": frozenset({1}),
         "d": np.float64(1) / 3, "e": slice(1, 2), "f": range(3),
         "g": np.asfortranarray(np.eye(2))},
        torch, torch, weights_only=False,
    )  # fmt: skip
    return [found["a"].item(), found["b"].tolist(), str(found["b"].dtype), sorted(found["c"]),
            found["d"].item(), str(found["e"]), list(found["f"]), found["g"].tolist()]  # fmt: skip


@pytest.mark.parametrize("a, b", [(scratch, torch), (torch, scratch), (scratch, scratch)])
def test_whole_optimizers(a, b):
    layer = a.nn.Linear(2, 1)
    optimizer = a.optim.SGD(layer.parameters(), lr=0.25, momentum=0.5)
    layer(a.ones(1, 2)).sum().backward()
    optimizer.step()
    found = sent(optimizer, a, b, weights_only=False)
    assert type(found) is b.optim.SGD and found.param_groups[0]["lr"] == 0.25
    (weight, bias) = found.param_groups[0]["params"]
    assert found.state[weight]["momentum_buffer"].tolist() == [[1, 1]]
    weight.grad = b.ones(1, 2)
    found.step()


def test_a_module_with_hostile_members():
    for name, value in (
        ("_parameters", {"weight": 3}), ("_modules", {"a": scratch.ones(1)}), ("_buffers", [1]),
        ("_forward_hooks", {1: 2}), ("_non_persistent_buffers_set", 3), (7, 8),
    ):  # fmt: skip

        class Linear(torch.nn.Module):
            def __getstate__(self, name=name, value=value):
                return {**self.__dict__, name: value}

        Linear.__module__, Linear.__qualname__ = "torch.nn.modules.linear", "Linear"
        file = io.BytesIO()
        given = torch.nn.modules.linear.Linear
        torch.nn.modules.linear.Linear = Linear
        try:
            layer = Linear()
            value = torch.ones(1) if name == "_modules" else value
            torch.save(layer, file)
        finally:
            torch.nn.modules.linear.Linear = given
        file.seek(0)
        with pytest.raises(pickle.UnpicklingError):
            scratch.load(file, weights_only=False)
