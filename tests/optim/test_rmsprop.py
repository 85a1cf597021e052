"""RMSprop: every option for fifty steps beside torch, and state that crosses."""

import itertools

import pytest

from tests.optim.beside import fifty_steps, resumed
from tests.same_script import error, same_script

OPTIONS = [
    {"momentum": momentum, "centered": centered, "weight_decay": decay, **others}
    for momentum, centered, decay, others in itertools.product(
        [0, 0.9], [False, True], [0, 0.1], [{}, {"maximize": True}, {"alpha": 0.3, "eps": 1e-2}]
    )
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_options(options, dtype):
    # With eps next to nothing the first centered steps divide by a difference of equal numbers.
    fifty_steps("RMSprop", {"lr": 0.05, "eps": 1e-3, **options}, dtype)


@pytest.mark.parametrize("shape", [(), (0, 2), (2, 3, 4)])
def test_shapes(shape):
    fifty_steps("RMSprop", {}, shape=shape, count=5)


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("options", [{}, {"momentum": 0.9, "centered": True}], ids=str)
def test_resuming_in_the_other_library(options, there):
    resumed("RMSprop", options, there)


@same_script
def test_bad_options(torch):
    a = torch.ones(1, requires_grad=True)

    def rmsprop(*args, **options):
        return error(torch, lambda: torch.optim.RMSprop([a], *args, **options))

    return [
        rmsprop(-0.1),
        rmsprop(torch.ones(2)),
        rmsprop(alpha=-1),
        rmsprop(alpha=2.0),
        rmsprop(eps=-1),
        rmsprop(momentum=-1),
        rmsprop(weight_decay=-1),
        rmsprop(fused=True),
    ]
