"""Random numbers: torch's own generator and functions.

The bits come from C++, so there is nothing to write out by hand. What is worth knowing is that one
stream serves everything, and that its state can be put back:

>>> torch.manual_seed(0).initial_seed()
0
>>> state = torch.get_rng_state()
>>> torch.rand(2), torch.randperm(4)
(tensor([0.4963, 0.7682]), tensor([1, 0, 3, 2]))
>>> torch.set_rng_state(state)
>>> torch.rand(2)
tensor([0.4963, 0.7682])

A generator of one's own is another stream, which disturbs nobody:

>>> g = torch.Generator().manual_seed(0)
>>> torch.randn(3, generator=g)
tensor([ 1.5410, -0.2934, -2.1788])
>>> with fork_rng():
...     x = torch.rand(100)
>>> torch.rand(1)
tensor([0.0885])
"""

from torch import (
    Generator,
    default_generator,
    get_rng_state,
    initial_seed,
    manual_seed,
    rand,
    rand_like,
    randint,
    randint_like,
    randn,
    randn_like,
    randperm,
    seed,
    set_rng_state,
)
from torch.random import fork_rng

__all__ = [
    "Generator",
    "default_generator",
    "manual_seed",
    "seed",
    "initial_seed",
    "get_rng_state",
    "set_rng_state",
    "fork_rng",
    "rand",
    "randn",
    "randint",
    "randperm",
    "rand_like",
    "randn_like",
    "randint_like",
]
