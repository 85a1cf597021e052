"""AdamW: every option for fifty steps beside torch, and state that crosses."""

import itertools

import pytest

from tests.optim.beside import fifty_steps, resumed
from tests.same_script import error, same_script

OPTIONS = [
    {"weight_decay": decay, "amsgrad": amsgrad, "maximize": maximize}
    for decay, amsgrad, maximize in itertools.product([0, 0.01, 0.3], [False, True], [False, True])
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_options(options, dtype):
    fifty_steps("AdamW", {"lr": 0.05, **options}, dtype)


def test_defaults():
    fifty_steps("AdamW", {})


@pytest.mark.parametrize("there", [True, False])
def test_resuming_in_the_other_library(there):
    resumed("AdamW", {"amsgrad": True, "weight_decay": 0.1}, there)


@same_script
def test_bad_options(torch):
    a = torch.ones(1, requires_grad=True)

    def adamw(*args, **options):
        return error(torch, lambda: torch.optim.AdamW([a], *args, **options))

    return [
        adamw(-0.1),
        adamw(eps=-1.0),
        adamw(betas=(1.0, 0.5)),
        adamw(weight_decay=-1),
        adamw(decoupled_weight_decay=True),
        adamw(fused=True, foreach=True),
    ]


@same_script(rtol=1e-6)
def test_decay_stays_decoupled_whoever_saved_the_state(torch):
    a = torch.tensor([1.0], requires_grad=True)
    adam = torch.optim.Adam([a], weight_decay=0.1)
    adamw = torch.optim.AdamW([a])
    adamw.load_state_dict(adam.state_dict())
    a.grad = torch.tensor([2.0])
    adamw.step()
    return a, repr(adamw), isinstance(adamw, torch.optim.Adam)
