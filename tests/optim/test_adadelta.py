"""Adadelta: every option for fifty steps beside torch, and state that crosses."""

import itertools

import pytest

from tests.optim.beside import fifty_steps, resumed
from tests.same_script import error, same_script

OPTIONS = [
    {"rho": rho, "weight_decay": decay, **others}
    for rho, decay, others in itertools.product(
        [0.9, 0.3, 0.0, 1.0], [0, 0.1], [{}, {"maximize": True, "eps": 1e-2}]
    )
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_options(options, dtype):
    fifty_steps("Adadelta", options, dtype)


@pytest.mark.parametrize("there", [True, False])
def test_resuming_in_the_other_library(there):
    resumed("Adadelta", {"rho": 0.8, "weight_decay": 0.01}, there)


@same_script
def test_bad_options(torch):
    a = torch.ones(1, requires_grad=True)

    def adadelta(*args, **options):
        return error(torch, lambda: torch.optim.Adadelta([a], *args, **options))

    return [
        adadelta(-0.1),
        adadelta(rho=1.5),
        adadelta(rho=-0.5),
        adadelta(eps=-1),
        adadelta(weight_decay=-1),
        adadelta(fused=True),
    ]
