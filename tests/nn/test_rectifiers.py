"""LeakyReLU, PReLU, RReLU: values, gradients, learned and random slopes, in place, errors."""

import warnings

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, sweep
from tests.mistakes import mistake
from tests.nn.activations import (
    COLUMNS,
    agree,
    agree_in_place,
    refusals,
    same_names,
    three_gradients,
)
from tests.same_script import error, same_script

rng = np.random.default_rng(0)


@pytest.mark.parametrize("slope", [0.01, 0.3, 1.0, 0.0, 2.0, -0.5])
def test_leaky_relu(slope):
    agree("leaky_relu", slope, exact=True)


@pytest.mark.parametrize("name", ["leaky_relu", "rrelu"])
def test_in_place(name):
    agree_in_place(name, inplace=True, x=rng.normal(size=(3, 4)))
    agree_in_place(f"{name}_", x=rng.normal(size=(3, 4)))


@pytest.mark.parametrize(
    ("shape", "slopes"),
    [
        ((3, 4), (4,)),
        ((2, 3, 4, 5), (3,)),
        ((2, 3, 4), (1,)),
        ((5,), (1,)),
        ((), (1,)),
        ((3, 2), ()),
        ((), ()),
        ((0, 3), (3,)),
    ],
)
def test_prelu(shape, slopes):
    prelu = [column.nn.functional.prelu for column in COLUMNS]
    sweep(*prelu, (shape, slopes), second=True, scale="condition", layouts=("contiguous", "mixed"))


def test_rrelu_in_evaluation():
    agree("rrelu", 0.1, 0.4, exact=True)


@pytest.mark.parametrize("shape", [(), (1,), (3, 4), (0, 3), (300, 7)])
@pytest.mark.parametrize("bounds", [(1 / 8, 1 / 3), (0.5, 0.5), (-1.0, 2.0)])
def test_random_slopes_are_torchs(shape, bounds):
    x = rng.normal(size=shape)

    def seeded(column):
        def function(x):
            column.manual_seed(3)
            y = column.nn.functional.rrelu(x, *bounds, True)
            return y, column.rand(2)

        return function

    check(*map(seeded, COLUMNS), x, exact=True)
    check(*map(seeded, COLUMNS), x.astype("float32"), exact=True)
    check(*map(seeded, COLUMNS), x.T, exact=True)


def test_random_slopes_twice():
    def seeded(column):
        def function(x):
            column.manual_seed(3)
            return column.nn.functional.rrelu(x, 0.1, 0.9, True)

        return function

    check(*map(seeded, COLUMNS), rng.normal(size=(5, 6)), exact=True, second=True)


@same_script
def test_layers(torch):
    nn, seen = torch.nn, []
    x = torch.from_numpy(np.random.default_rng(1).normal(size=(2, 3, 4))).float()
    layers = [
        nn.LeakyReLU(),
        nn.LeakyReLU(0.3, True),
        nn.PReLU(),
        nn.PReLU(3, init=0.5),
        nn.PReLU(3, dtype=torch.float32, device="cpu"),
        nn.RReLU(),
        nn.RReLU(0.2, 0.4, inplace=True),
    ]
    torch.manual_seed(0)
    for layer in layers:
        seen.append((repr(layer), layer(x.clone()), layer.state_dict(), layer.eval()(x.clone())))
    return seen


def test_weights_cross():
    ours, theirs = scratch.nn.PReLU(3), torch.nn.PReLU(3, init=0.7)
    theirs.load_state_dict({k: torch.tensor(v.tolist()) for k, v in ours.state_dict().items()})
    assert theirs.weight.tolist() == ours.weight.tolist() == [0.25] * 3


def test_names():
    same_names(lambda F: [F.leaky_relu, F.leaky_relu_, F.rrelu, F.rrelu_])


@same_script
def test_dtypes(torch):
    F, w = torch.nn.functional, torch.tensor([0.25])
    seen = [refusals(torch, f) for f in (F.leaky_relu, F.rrelu, lambda x: F.prelu(x, w))]
    return seen


@same_script
def test_wrong_arguments(torch):
    F, x = torch.nn.functional, torch.ones(2, 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            error(torch, call)
            for call in (
                lambda: F.prelu(x, torch.ones(2)),
                lambda: F.prelu(x, torch.ones(3, 1)),
                lambda: F.prelu(torch.ones(()), torch.ones(2)),
                lambda: F.prelu(torch.ones(5), torch.ones(5)),
                lambda: F.prelu(x.double(), torch.ones(3)),
                lambda: F.prelu(x, 0.25),
                lambda: F.rrelu(x, 0.5, 0.1),
                lambda: F.rrelu(x, 0.5, 0.1, True),
                lambda: F.rrelu(x, 0.5, float("inf")),
                lambda: F.rrelu(x, 0.5, float("inf"), True),
                lambda: F.rrelu(x, -float("inf"), 0.5, True),
                lambda: F.rrelu(x.half(), 0.1, 0.5, True),
                lambda: torch.nn.LeakyReLU("steep")(x),
                lambda: F.leaky_relu_(torch.ones(2, requires_grad=True)),
                lambda: F.leaky_relu(torch.ones(1).expand(3), inplace=True),
            )
        ]


@mistake("channel size = 3", r"needs PReLU\(3\)")
def test_a_slope_for_each_channel(torch):
    torch.nn.PReLU(4)(torch.ones(2, 3, 5))


@same_script
def test_gradients_of_gradients(torch):
    F = torch.nn.functional
    return [three_gradients(torch, call) for call in (F.leaky_relu, F.rrelu)]


def test_the_gradient_of_random_slopes_has_a_gradient():
    for column in COLUMNS:
        x = column.tensor([-1.0, 2.0], requires_grad=True)
        y = column.nn.functional.rrelu(x, training=True)
        (dx,) = column.autograd.grad(y.sum(), x, create_graph=True)
        (second,) = column.autograd.grad(dx.sum(), x)
        assert second.tolist() == [0, 0]


@same_script
def test_what_is_written_over_its_input_needs_slopes_of_at_least_0(torch):
    F, x = torch.nn.functional, torch.tensor([-1.0, 2.0], requires_grad=True)
    return [
        error(torch, lambda call=call: call(x * 1).sum().backward())
        for call in (
            lambda x: F.leaky_relu_(x, -0.1),
            lambda x: F.leaky_relu(x, -0.1),
            lambda x: F.rrelu_(x, -0.5, -0.1),
            lambda x: F.rrelu_(x, -0.1, 0.5),
        )
    ]


@same_script
def test_layout_in_evaluation(torch):
    return torch.nn.functional.rrelu(torch.ones(3, 4).t()).stride()


@same_script
def test_other_names(torch):
    x, weight = torch.tensor([[-1.0, 2.0]]), torch.tensor([0.25, 0.5])
    return x.prelu(weight), torch.rrelu_(x.clone(), 0.1, 0.3)
