"""GLU, Softmin, Softmax2d, gumbel_softmax."""

import warnings

import numpy as np
import pytest

from tests.checker import check, sweep
from tests.nn.activations import COLUMNS, FINITE, agree, same_names
from tests.same_script import error, same_script

rng = np.random.default_rng(0)


@pytest.mark.parametrize("dim", [0, 1, -1, -2])
def test_glu(dim):
    agree(
        "glu", dim, shapes=[(2, 4), (4, 6, 3) if dim != -1 else (3, 1, 4), (0, 2)], specials=FINITE
    )


@pytest.mark.parametrize("dim", [0, 1, -1])
def test_softmin(dim):
    agree("softmin", dim, shapes=[(3, 4), (2, 3, 5)], layouts=("contiguous",), specials=False)


def test_softmax2d():
    layers = [column.nn.Softmax2d() for column in COLUMNS]
    sweep(*layers, (2, 3, 4, 5), (3, 4, 5), layouts=("contiguous", "transposed"), specials=False)


@pytest.mark.parametrize("options", [{}, {"hard": True}, {"tau": 0.3, "dim": 0}])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_gumbel_softmax(options, dtype):
    def seeded(column):
        def function(x):
            column.manual_seed(5)
            return column.nn.functional.gumbel_softmax(x, **options), column.rand(2)

        return function

    for x in (rng.normal(size=(4, 5)), rng.normal(size=(7, 30)).T):
        check(*map(seeded, COLUMNS), x.astype(dtype), scale="condition")


@same_script(rtol=1e-6)
def test_layers(torch):
    nn, x = torch.nn, torch.tensor([[-1.0, 2.0, 0.0, 8.0]])
    layers = nn.GLU(), nn.GLU(1), nn.Softmin(1), nn.Softmin(dim=0)
    return [(repr(layer), layer(x)) for layer in layers], repr(nn.Softmax2d()), repr(nn.Softmin())


def test_names():
    same_names(lambda F: [F.glu, lambda x: F.softmin(x, 1)])


@same_script
def test_wrong_arguments(torch):
    nn, F, x = torch.nn, torch.nn.functional, torch.ones(2, 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            error(torch, call)
            for call in (
                lambda: F.glu(x),
                lambda: F.glu(torch.ones(())),
                lambda: F.glu(x, 2),
                lambda: F.glu(x.long(), 0),
                lambda: F.glu(x.bool(), 0),
                lambda: F.softmin(x),
                lambda: F.softmin(x, 5),
                lambda: F.softmin(1.0, 0),
                lambda: F.softmin(x.bool(), 1),
                lambda: nn.Softmax2d()(x),
                lambda: F.gumbel_softmax(x, eps=1e-3),
            )
        ]
