"""Adagrad: every option for fifty steps beside torch, and state that crosses."""

import itertools

import pytest

from tests.optim.beside import fifty_steps, resumed
from tests.same_script import error, same_script

OPTIONS = [
    {"lr_decay": lr_decay, "weight_decay": decay, "initial_accumulator_value": start, **others}
    for lr_decay, decay, start, others in itertools.product(
        [0, 0.1], [0, 0.1], [0, 0.5], [{}, {"maximize": True, "eps": 1e-3}]
    )
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_options(options, dtype):
    fifty_steps("Adagrad", {"lr": 0.05, **options}, dtype)


@pytest.mark.parametrize("shape", [(), (0, 2), (2, 3, 4)])
def test_shapes(shape):
    fifty_steps("Adagrad", {}, shape=shape, count=5)


@pytest.mark.parametrize("there", [True, False])
def test_resuming_in_the_other_library(there):
    resumed("Adagrad", {"lr_decay": 0.01, "initial_accumulator_value": 0.1}, there)


@same_script
def test_state_is_there_from_the_beginning(torch):
    a = torch.ones(2, requires_grad=True)
    optimizer = torch.optim.Adagrad([a], initial_accumulator_value=0.5)
    return optimizer.state_dict()


@same_script
def test_bad_options(torch):
    a = torch.ones(1, requires_grad=True)

    def adagrad(*args, **options):
        return error(torch, lambda: torch.optim.Adagrad([a], *args, **options))

    return [
        adagrad(-0.1),
        adagrad(lr_decay=-1),
        adagrad(weight_decay=-1),
        adagrad(initial_accumulator_value=-1),
        adagrad(eps=-1),
        adagrad(fused=True, differentiable=True),
        adagrad(fused=True, foreach=True),
        adagrad(capturable=True),
    ]
