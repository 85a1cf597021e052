"""ELU, SELU, CELU: values, gradients, in place, errors."""

import numpy as np
import pytest

from tests.nn.activations import agree, agree_in_place, refusals, same_names
from tests.same_script import error, same_script

rng = np.random.default_rng(0)


@pytest.mark.parametrize("alpha", [1.0, 0.5, 2.0, -1.0])
@pytest.mark.parametrize("name", ["elu", "celu"])
def test_alpha(name, alpha):
    specials = ("nan", "zeros", "ties", "denormal") if alpha < 0 else True
    agree(name, alpha, specials=specials)


def test_selu():
    agree("selu")


@pytest.mark.parametrize("name", ["elu", "selu", "celu"])
def test_in_place(name):
    agree_in_place(name, inplace=True, x=rng.normal(size=(3, 4)))
    agree_in_place(f"{name}_", x=rng.normal(size=(3, 4)))


@same_script(rtol=1e-6)
def test_layers(torch):
    nn, x = torch.nn, torch.tensor([[-1.0, 2.0, 0.0]])
    layers = nn.ELU(), nn.ELU(0.3, True), nn.SELU(), nn.SELU(True), nn.CELU(), nn.CELU(2, True)
    return [(repr(layer), layer(x.clone()), layer.state_dict()) for layer in layers]


def test_names():
    same_names(lambda F: [F.elu, F.selu, F.celu, F.elu_, F.selu_, F.celu_])


@same_script
def test_dtypes(torch):
    F = torch.nn.functional
    seen = [refusals(torch, call) for call in (F.elu, F.selu, F.celu)]
    return seen


@same_script
def test_wrong_arguments(torch):
    F, x = torch.nn.functional, torch.ones(2, 3)
    return [
        error(torch, call)
        for call in (
            lambda: F.celu(x, 0),
            lambda: F.elu(x, "steep"),
            lambda: F.elu_(torch.ones(2, requires_grad=True)),
            lambda: F.selu(torch.ones(1).expand(3), inplace=True),
        )
    ]


@same_script
def test_what_is_written_over_its_input_needs_an_alpha_of_at_least_0(torch):
    F, x = torch.nn.functional, torch.tensor([-1.0, 2.0], requires_grad=True)
    calls = F.elu_, F.celu_, F.elu, F.celu
    return [error(torch, lambda call=call: call(x * 1, -1.0).sum().backward()) for call in calls]


@same_script
def test_zeros_keep_their_sign(torch):
    F, zeros = torch.nn.functional, torch.tensor([0.0, -0.0] * 20)
    results = F.elu(zeros), F.elu(zeros, -2.0), F.selu(zeros), F.celu(zeros, 0.5)
    return [torch.copysign(torch.ones(40), y) for y in results]


@same_script(rtol=1e-6)
def test_other_names(torch):
    x = torch.tensor([-1.0, 2.0])
    return torch.celu_(x.clone(), 0.5), torch.selu_(x.clone())
