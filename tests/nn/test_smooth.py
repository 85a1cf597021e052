"""GELU, SiLU, Mish, Softplus, LogSigmoid, Softsign: values, gradients, in place, errors."""

import numpy as np
import pytest

from tests.checker import check, sweep
from tests.nn.activations import (
    COLUMNS,
    FINITE,
    SHAPES,
    agree,
    agree_in_place,
    functions,
    refusals,
    same_names,
)
from tests.same_script import error, same_script

rng = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("gelu", ()),
        ("gelu", ("tanh",)),
        ("silu", ()),
        ("mish", ()),
        ("softsign", ()),
    ],
)
def test_values_and_gradients(name, args):
    def named(column):
        options = {"approximate": args[0]} if args else {}
        return lambda x: getattr(column.nn.functional, name)(x, **options)

    sweep(*map(named, COLUMNS), *SHAPES, second=True, specials=FINITE)


def test_logsigmoid():
    agree("logsigmoid")


@pytest.mark.parametrize("options", [(), (2.0, 1.0), (0.5,), (3, 40)])
def test_softplus(options):
    agree("softplus", *options)


@pytest.mark.parametrize("name", ["silu", "mish"])
def test_in_place(name):
    agree_in_place(name, inplace=True, x=rng.normal(size=(3, 4)))


@pytest.mark.parametrize("name", ["gelu", "silu", "mish", "softplus", "logsigmoid"])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_large_numbers(name, dtype):
    x = np.array([-1e4, -300, -88, -20.5, -6, -1e-3, 1e-3, 6, 20, 20.5, 88, 300, 1e4])
    check(*functions(name), x.astype(dtype))


@same_script(rtol=1e-6)
def test_layers(torch):
    nn, x = torch.nn, torch.tensor([[-1.0, 2.0, 0.0, 8.0]])
    layers = [
        nn.GELU(),
        nn.GELU("tanh"),
        nn.SiLU(),
        nn.SiLU(True),
        nn.Mish(),
        nn.Mish(inplace=True),
        nn.Softplus(),
        nn.Softplus(2, 1),
        nn.LogSigmoid(),
        nn.Softsign(),
    ]
    return [(repr(layer), layer(x.clone()), layer.state_dict()) for layer in layers]


def test_names():
    same_names(
        lambda F: [
            F.gelu,
            F.silu,
            F.mish,
            F.softplus,
            F.logsigmoid,
            F.softsign,
            lambda x: F.silu(x, True),
        ]
    )


@same_script
def test_dtypes(torch):
    F = torch.nn.functional
    calls = [F.gelu, F.silu, F.mish, F.softplus, F.logsigmoid]
    seen = [refusals(torch, call) for call in calls]
    return seen


@same_script
def test_wrong_arguments(torch):
    F, x = torch.nn.functional, torch.ones(2, 3)
    return [
        error(torch, call)
        for call in (
            lambda: F.gelu(x, approximate="sigmoid"),
            lambda: F.gelu(x, approximate=None),
            lambda: F.gelu(x, "tanh"),
            lambda: torch.nn.GELU("sigmoid")(x),
            lambda: F.silu(torch.ones(2, requires_grad=True), inplace=True),
            lambda: F.mish(torch.ones(1).expand(3), inplace=True),
        )
    ]


@pytest.mark.parametrize(("name", "options"), [("mish", {}), ("gelu", {"approximate": "tanh"})])
def test_float16_does_not_overflow_where_the_slope_is_differentiated_again(name, options):
    numbers = np.array([-3e4, -300, -8, -3.59, -1, 0, 1, 5.25, 7.35, 12, 30, 89, 1e3], "float16")
    slopes = []
    for column in COLUMNS:
        x = column.from_numpy(numbers.copy()).requires_grad_()
        y = getattr(column.nn.functional, name)(x, **options)
        (dx,) = column.autograd.grad(y, x, column.ones_like(y), create_graph=True)
        slopes.append(dx.detach().numpy())
    for slope in slopes[:2]:
        np.testing.assert_allclose(slope, slopes[2], rtol=4e-3, atol=4e-3)


@pytest.mark.parametrize("scale", [2, 8])
@pytest.mark.parametrize(
    ("name", "options"),
    [("mish", {}), ("gelu", {"approximate": "tanh"}), ("gelu", {}), ("silu", {})],
)
def test_second_gradients_of_many_numbers(name, options, scale):
    def named(column):
        return lambda x: getattr(column.nn.functional, name)(x, **options)

    x = rng.normal(size=20000) * scale
    check(*map(named, COLUMNS), x.astype("float32"), second=True)


@same_script
def test_softplus_of_minus_infinity_has_no_sign(torch):
    x = torch.full((40,), -float("inf"))
    return torch.copysign(torch.ones(40), torch.nn.functional.softplus(x))


@same_script
def test_layout_of_logsigmoid(torch):
    return torch.nn.functional.logsigmoid(torch.ones(3, 4).t()).stride()
