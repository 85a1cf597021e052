"""ReLU6, Hardtanh, Threshold, Hardsigmoid, Hardswish: values, slopes at the corners, errors."""

import numpy as np
import pytest

from tests.nn.activations import (
    NUMBERS,
    agree,
    agree_in_place,
    refusals,
    same_names,
    three_gradients,
)
from tests.same_script import error, same_script

rng = np.random.default_rng(0)


def corners(rng, shape):
    """Numbers of which many are exactly where a line bends."""
    return rng.choice([-4, -3, -1, -0.5, 0.0, 0.25, 1, 2, 3, 6, 7], shape)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("relu6", ()),
        ("hardtanh", ()),
        ("hardtanh", (-0.5, 0.25)),
        ("hardtanh", (1, 1)),
        ("threshold", (1, 5)),
        ("threshold", (-0.5, 0.25)),
    ],
)
def test_exact(name, args):
    agree(name, *args, exact=True, specials=NUMBERS)
    agree(name, *args, exact=True, domain=corners, specials=False)


@pytest.mark.parametrize(("name", "second"), [("hardsigmoid", False), ("hardswish", True)])
def test_curves(name, second):
    agree(name, second=second, specials=NUMBERS)
    agree(name, second=second, domain=corners, specials=False)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("relu6", ()),
        ("hardtanh", (-0.5, 0.25)),
        ("threshold", (0, 5)),
        ("hardsigmoid", ()),
        ("hardswish", ()),
    ],
)
def test_in_place(name, args):
    agree_in_place(name, *args, inplace=True, x=rng.normal(size=(3, 4)))
    if name in ("hardtanh", "threshold"):
        agree_in_place(f"{name}_", *args, x=rng.normal(size=(3, 4)))


@same_script(rtol=1e-6)
def test_layers(torch):
    nn, x = torch.nn, torch.tensor([[-1.0, 2.0, 0.0, 8.0]])
    layers = [
        nn.ReLU6(),
        nn.ReLU6(True),
        nn.Hardtanh(),
        nn.Hardtanh(-2, 3, inplace=True),
        nn.Threshold(0.1, 20),
        nn.Threshold(0.1, 20, True),
        nn.Hardsigmoid(),
        nn.Hardsigmoid(True),
        nn.Hardswish(),
        nn.Hardswish(inplace=True),
    ]
    return [(repr(layer), layer(x.clone()), layer.state_dict()) for layer in layers]


def calls(F):
    return [
        F.relu6,
        F.hardtanh,
        F.hardtanh_,
        lambda x: F.hardtanh(x, 0.5, 3.7),
        lambda x: F.threshold(x, 1, 5),
        lambda x: F.threshold_(x, 1, 5),
        F.hardsigmoid,
        F.hardswish,
    ]


def test_names():
    same_names(
        lambda F: [*calls(F), lambda x: F.hardswish(x, True), lambda x: F.hardsigmoid(x, True)]
    )


@same_script
def test_dtypes(torch):
    F = torch.nn.functional
    seen = [refusals(torch, call) for call in calls(F)]
    return seen


@same_script
def test_wrong_arguments(torch):
    nn, F, x = torch.nn, torch.nn.functional, torch.ones(2, 3)
    return [
        error(torch, call)
        for call in (
            lambda: nn.Hardtanh(1, 1),
            lambda: F.hardtanh(x, 2, 1),
            lambda: F.relu6(torch.ones(2, requires_grad=True), inplace=True),
            lambda: F.threshold(x, 1),
            lambda: F.hardswish(torch.ones(1).expand(3), inplace=True),
        )
    ]


@pytest.mark.parametrize("name", ["min_value", "max_value"])
def test_old_names(name):
    @same_script
    def script(torch):
        with pytest.warns(FutureWarning, match=f"`{name}` is deprecated"):
            return repr(torch.nn.Hardtanh(**{name: 0.5 if name == "max_value" else -0.5}))

    script("scratch")
    script("torch_impl")


@same_script
def test_nan_stays(torch):
    F, x = torch.nn.functional, torch.full((40,), float("nan"))
    return [call(x.clone()) for call in calls(F)]


@same_script
def test_hardsigmoid_has_no_second_gradient(torch):
    x = torch.tensor([-4.0, 1.0, 5.0], requires_grad=True)
    y = torch.nn.functional.hardsigmoid(x)
    (dx,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    return dx, error(torch, lambda: dx.sum().backward())


@same_script
def test_gradients_of_gradients(torch):
    F = torch.nn.functional
    calls = F.relu, F.relu6, F.hardtanh, lambda x: F.threshold(x, 0.25, 7.0)
    return [three_gradients(torch, call) for call in calls]


@same_script
def test_other_names(torch):
    return torch.threshold_(torch.tensor([-1.0, 2.0]), 0.5, 7.0)
