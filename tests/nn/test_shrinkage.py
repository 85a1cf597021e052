"""Hardshrink, Softshrink, Tanhshrink."""

import pytest

from tests.nn.activations import NUMBERS, agree, refusals, same_names, three_gradients
from tests.same_script import error, same_script


def corners(rng, shape):
    return rng.choice([-2, -0.5, -0.25, 0.0, 0.25, 0.5, 2], shape)


@pytest.mark.parametrize("name", ["hardshrink", "softshrink"])
@pytest.mark.parametrize("lambd", [0.5, 0, 0.25])
def test_exact(name, lambd):
    agree(name, lambd, exact=True, specials=NUMBERS)
    agree(name, lambd, exact=True, domain=corners, specials=False)


def test_negative_lambda():
    agree("hardshrink", -1.0, exact=True, specials=NUMBERS)


def test_tanhshrink():
    agree("tanhshrink", scale=1)


@same_script
def test_layers(torch):
    nn, x = torch.nn, torch.tensor([[-1.0, 2.0, 0.0, 0.25]]).double()
    layers = nn.Hardshrink(), nn.Hardshrink(1), nn.Softshrink(), nn.Softshrink(0.1)
    seen = [(repr(layer), layer(x)) for layer in layers]
    return seen, repr(nn.Tanhshrink()), error(torch, lambda: nn.Softshrink(-1)(x))


def test_names():
    same_names(lambda F: [F.hardshrink, F.softshrink, F.tanhshrink])


@same_script
def test_dtypes(torch):
    F = torch.nn.functional
    calls = F.hardshrink, F.softshrink
    seen = [refusals(torch, call) for call in calls]
    return seen


@same_script
def test_nan_stays(torch):
    F, x = torch.nn.functional, torch.full((40,), float("nan"))
    return F.hardshrink(x), F.softshrink(x), F.tanhshrink(x)


@same_script
def test_gradients_of_gradients(torch):
    F = torch.nn.functional
    return [three_gradients(torch, call) for call in (F.hardshrink, F.softshrink)]


@same_script
def test_other_names(torch):
    return torch.tensor([-0.75, 0.25]).hardshrink(), torch.tensor([0.75]).hardshrink(1.0)
