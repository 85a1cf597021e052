"""group_norm, local_response_norm and their layers: values, gradients, graphs, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check
from tests.columns import COLUMNS
from tests.mistakes import mistake
from tests.nn.layers import some, trained
from tests.same_script import error, same_script

rng = np.random.default_rng(0)
SHAPES = [
    ((4, 6), 2),
    ((2, 6, 5), 3),
    ((2, 4, 3, 5), 2),
    ((2, 4, 3, 5), 4),
    ((1, 4, 3, 5), 1),
    ((2, 4, 3, 2, 2), 2),
    ((2, 8, 40, 50), 2),
    ((0, 4, 3), 2),
]


def grouped(column, groups, has):
    """group_norm as a function of the input and those parameters that there are."""

    def function(x, *parameters):
        weight, bias = some(has, parameters)
        return column.nn.functional.group_norm(x, groups, weight, bias)

    return function


@pytest.mark.parametrize(("shape", "groups"), SHAPES)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("has", [(True, True), (True, False), (False, False)])
def test_group_norm(shape, groups, dtype, has):
    arrays = [rng.normal(size=s) for s in (shape, *[shape[1]] * sum(has))]
    columns = [grouped(c, groups, has) for c in COLUMNS]
    check(*columns, *(a.astype(dtype) for a in arrays), scale="condition")


def test_bias_alone():
    columns = [grouped(c, 2, (False, True)) for c in COLUMNS]
    arrays = [rng.normal(size=s) for s in ((2, 4, 3), 4)]  # torch's own backward fails on these
    check(*columns, *arrays, gradients=False)


@pytest.mark.parametrize(("shape", "groups"), SHAPES[:4])
def test_second_derivatives(shape, groups):
    x, w, b = (rng.normal(size=s) for s in (shape, shape[1], shape[1]))
    columns = [grouped(c, groups, (True, True)) for c in COLUMNS]
    check(*columns, x, w, b, second=True, scale="condition")


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(column):
    column.manual_seed(0)
    x, w, b = (column.randn(*s).double().requires_grad_() for s in ((2, 4, 3), (4,), (4,)))
    F = column.nn.functional
    for function, inputs in [
        (lambda x, w, b: F.group_norm(x, 2, w, b), (x, w, b)),
        (lambda x, b: F.group_norm(x, 2, None, b), (x, b)),
        (lambda x: F.local_response_norm(x, 3, 0.5), (x,)),
    ]:
        assert column.autograd.gradcheck(function, inputs)
        assert column.autograd.gradgradcheck(function, inputs)


def test_layouts():
    columns = [grouped(c, 2, (True, True)) for c in COLUMNS]
    w, b = (rng.normal(size=4) for _ in range(2))
    for axes in [(0, 3, 1, 2), (2, 3, 1, 0)]:
        x = np.empty([(3, 4, 5, 6)[i] for i in np.argsort(axes)])
        x[...] = rng.normal(size=x.shape)
        check(*columns, x.transpose(axes), w, b, scale="condition")


def test_names_and_strides():
    def seen(column):
        F, x = column.nn.functional, column.randn(2, 5, 4, 6).requires_grad_()
        y = [F.group_norm(x.permute(0, 3, 1, 2), 2), F.group_norm(x.permute(0, 3, 2, 1), 2)]
        y.append(F.local_response_norm(x, 2))
        return [(each.grad_fn.name(), each.stride()) for each in y]

    assert seen(scratch) == seen(torch)


@pytest.mark.parametrize("shape", [(2, 5, 3), (2, 5, 3, 4), (2, 3, 2, 2, 2), (0, 3, 2)])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 9])
def test_local_response_norm(shape, size):
    columns = [
        lambda x, c=c: c.nn.functional.local_response_norm(x, size, 0.3, 0.6, 2.0) for c in COLUMNS
    ]
    for dtype in ("float32", "float64"):
        check(*columns, rng.normal(size=shape).astype(dtype), second=True)


@same_script
def test_layers(torch):
    seen = []
    for layer in (
        torch.nn.GroupNorm(2, 6),
        torch.nn.GroupNorm(3, 6, 1e-3, dtype=torch.float64),
        torch.nn.GroupNorm(1, 6, affine=False),
        torch.nn.GroupNorm(6, 6, bias=False),
    ):
        seen.append((repr(layer), layer.num_groups, layer.num_channels, layer.state_dict()))
    layer = torch.nn.LocalResponseNorm(3, 0.1)
    return [*seen, repr(layer), layer.size, list(layer.state_dict())]


def test_the_layer_trains_its_parameters():
    check(*trained("GroupNorm", 2, 4), rng.normal(size=(3, 4, 5)))


@mistake("single value is its own mean")
def test_one_value_a_group(torch):
    torch.nn.GroupNorm(6, 6)(torch.ones(1, 6))


@same_script
def test_wrong_arguments(torch):
    F, x, ones = torch.nn.functional, torch.ones(4, 6, 5), torch.ones
    return [
        error(torch, call)
        for call in (
            lambda: F.group_norm(x, 4),
            lambda: F.group_norm(x, 0),
            lambda: F.group_norm(x, -2),
            lambda: F.group_norm(ones(4), 1),
            lambda: F.group_norm(ones(4, 6), 6),
            lambda: F.group_norm(x, 2, ones(5)),
            lambda: F.group_norm(x, 2, None, ones(5)),
            lambda: F.group_norm(x, 2, ones(6, 1)),
            lambda: F.group_norm(x, 2, ones(6).double()),
            lambda: F.group_norm(x.half(), 2, ones(6), ones(6)),
            lambda: F.group_norm(x.long(), 2),
            lambda: torch.nn.GroupNorm(4, 6),
            lambda: torch.nn.GroupNorm(0, 6),
            lambda: F.local_response_norm(ones(2, 3), 2),
            lambda: F.local_response_norm(x, 0),
            lambda: F.local_response_norm(x, 2.5),
        )
    ]
