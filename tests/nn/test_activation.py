"""The layers that apply a function to every element, and softmax with the dimension left out."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check_error, sweep
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch


def layers(name, *args, **options):
    return [getattr(column.nn, name)(*args, **options) for column in COLUMNS]


def test_relu():
    sweep(*layers("ReLU"), (3, 4), (0, 3), (), exact=True, second=True)


def test_relu_in_place():
    def on_a_product(layer):
        return lambda x: layer(x * 1)

    sweep(*map(on_a_product, layers("ReLU", inplace=True)), (3, 4), (), exact=True)


@pytest.mark.parametrize("name", ["Sigmoid", "Tanh"])
def test_sigmoid_and_tanh(name):
    sweep(*layers(name), (3, 4), (0, 3), (), second=True)


@pytest.mark.parametrize("name", ["Softmax", "LogSoftmax"])
@pytest.mark.parametrize("dim", [0, 1, -1])
def test_softmax(name, dim):
    sweep(*layers(name, dim), (3, 4), (2, 3, 5), layouts=("contiguous", "transposed"))


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("shape", [(5,), (3, 5), (2, 3, 5), (2, 3, 2, 2), ()])
def test_the_dimension_may_be_left_out_but_should_not(name, shape):
    functions = [getattr(column.nn.functional, name) for column in COLUMNS]
    with pytest.warns(UserWarning, match=f"Implicit dimension choice for {name}"):
        sweep(*functions, shape, layouts=("contiguous",), specials=False)


def test_in_place_relu_of_a_leaf_is_refused():
    functions = layers("ReLU", inplace=True)
    check_error(*functions, np.ones(3), match="leaf Variable that requires grad")


@same_script
def test_in_place_relu_writes_over_its_input(torch):
    x = torch.tensor([-1.0, 2.0])
    y = torch.nn.functional.relu(x, inplace=True)
    return x, y is x, torch.nn.ReLU(inplace=True)(x) is x


@same_script(rtol=1e-15)
def test_dtype(torch):
    x = torch.tensor([[1, 2, 3]])
    F = torch.nn.functional
    return F.softmax(x, 1, dtype=torch.float64), F.log_softmax(x, -1, dtype=torch.float64).dtype


@same_script
def test_text(torch):
    nn = torch.nn
    modules = nn.ReLU(), nn.ReLU(True), nn.Sigmoid(), nn.Tanh(), nn.Softmax(1), nn.LogSoftmax()
    return [repr(m) for m in modules]


@same_script
def test_wrong_types(torch):
    nn = torch.nn
    return [
        error(torch, lambda layer=layer: layer([1.0]))
        for layer in (nn.ReLU(), nn.Sigmoid(), nn.Tanh())
    ]
