"""Dropout: masks and generator states bit for bit torch's, gradients, graphs, warnings, errors."""

import warnings

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check
from tests.mistakes import mistake
from tests.same_script import error, same_script

FUNCTIONS = [
    "dropout",
    "alpha_dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "feature_alpha_dropout",
]
SHAPES = [(), (1,), (3,), (2, 3), (3, 4, 5), (2, 3, 4, 5), (2, 1, 3, 2, 2), (0, 3), (2, 3, 0)]
rng = np.random.default_rng(0)


def outcome(torch, name, x, *options):
    """The result and the generator's state afterwards, or the type of the error."""
    torch.manual_seed(3)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            y = getattr(torch.nn.functional, name)(x, *options)
        except (RuntimeError, TypeError, ValueError) as raised:
            return type(raised).__name__, len(caught)
    return y, y is x, list(y.stride()) if y.numel() else [], torch.get_rng_state(), len(caught)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "int64"])
def test_bits_and_state_are_torchs(name, dtype):
    @same_script
    def script(torch):
        seen = []
        for shape in [*SHAPES, (300, 7)]:
            array = np.random.default_rng(1).normal(size=shape) * 3
            for p in (0.0, 0.3, 0.5, 0.77, 1.0):
                for inplace in (False, True):
                    x = torch.from_numpy(np.array(array)).to(getattr(torch, dtype))
                    seen.append(outcome(torch, name, x, p, True, inplace))
        return seen

    for column in ("scratch", "torch_impl"):
        script(column)


@same_script
def test_layouts(torch):
    x = torch.from_numpy(np.random.default_rng(1).normal(size=(4, 3, 5)))
    views = (x.transpose(0, 2), x[::2], x[:1].expand(4, 3, 5), x.permute(1, 0, 2))
    return [outcome(torch, name, view, 0.4, True) for name in FUNCTIONS[:3] for view in views]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("p", [0.3, 1.0])
@pytest.mark.parametrize("inplace", [False, True])
def test_gradients(name, p, inplace):
    def seeded(column):
        def function(x):
            column.manual_seed(0)
            x = x * 2 if inplace else x
            return getattr(column.nn.functional, name)(x, p, True, inplace)

        return function

    shape = (2, 3, 4, 5, 2) if name == "dropout3d" else (2, 3, 4, 5)
    x = rng.normal(size=shape[:3] if name == "dropout1d" else shape)
    check(*map(seeded, (scratch, torch_impl, torch)), x, exact=True, second=True)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("inplace", [False, True])
@pytest.mark.parametrize("p", [0.0, 0.5, 1.0])
def test_names_in_the_graph(name, inplace, p):
    def names(column):
        x = column.ones(2, 3, 4).requires_grad_()
        x = x * 1 if inplace else x
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = getattr(column.nn.functional, name)(x, p, True, inplace).grad_fn
        found = []
        while node is not None:
            found.append(node.name().rstrip("0123456789"))
            node = node.next_functions[0][0] if node.next_functions else None
        return found

    assert names(scratch) == names(torch)


@same_script
def test_layers(torch):
    seen = []
    layers = ("Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout")
    for name in (*layers, "FeatureAlphaDropout"):
        layer = getattr(torch.nn, name)
        x = torch.arange(24.0).reshape(2, 3, 4)
        torch.manual_seed(1)
        seen.append((repr(layer()), repr(layer(0.2, True)), layer(0).p, layer(p=1).inplace))
        seen.append((layer()(x), layer(0.2)(x), layer(0.2, inplace=True)(x.clone())))
        seen.append((layer().eval()(x) is x, layer(0.0)(x) is x, list(layer().state_dict())))
    return seen


@same_script
def test_wrong_arguments(torch):
    F, x = torch.nn.functional, torch.ones(3, 4)
    return [
        error(torch, call)
        for call in (
            lambda: torch.nn.Dropout(1.5),
            lambda: torch.nn.Dropout(-0.1),
            lambda: torch.nn.Dropout("half"),
            lambda: F.dropout(x, 2),
            lambda: F.dropout(x, float("nan")),
            lambda: F.dropout([1.0], 0.5),
            lambda: F.dropout2d([1.0], 0.5),
            lambda: F.dropout(x, 0.5, None),
            lambda: F.dropout(x, 0.5, 1),
            lambda: F.dropout1d(torch.ones(3)),
            lambda: F.dropout1d(torch.ones(3, 4, 5, 6)),
            lambda: F.dropout2d(torch.ones(3)),
            lambda: F.feature_alpha_dropout(torch.ones(3), 0.5, True),
            lambda: F.dropout(torch.ones(3, requires_grad=True), 0.5, True, True),
            lambda: F.dropout(torch.ones(3).expand(2, 3), 0.5, True, True),
            lambda: F.dropout(torch.ones(3).bool(), 0.5),
            lambda: F.dropout(x, torch.tensor(0.5)),
        )
    ]


@mistake("50 percent", "p=0.5")
def test_percent(torch):
    torch.nn.Dropout(50)


@pytest.mark.parametrize("column", [scratch, torch_impl, torch])
@pytest.mark.parametrize(
    ("name", "shape", "says"),
    [
        ("dropout2d", (2, 3), "Received a 2-D input to dropout2d"),
        ("dropout2d", (2, 3, 4), "Received a 3D input to dropout2d"),
        ("dropout3d", (2, 3, 4), "Received a 3-D input to dropout3d"),
    ],
)
def test_warnings(column, name, shape, says):
    with pytest.warns(UserWarning, match=says):
        getattr(column.nn.functional, name)(column.ones(*shape))
