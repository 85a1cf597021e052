"""Flatten and Unflatten: views, gradients, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.same_script import error, same_script


def flatten(column, *args):
    return column.nn.Flatten(*args)


@pytest.mark.parametrize("args", [(), (0,), (1, 2), (0, -2), (-1,), (1, 1)])
def test_flatten(args):
    functions = [flatten(column, *args) for column in (scratch, torch_impl, torch)]
    sweep(*functions, (2, 3, 4), (1, 5, 1), (0, 3, 4), exact="signed")


def test_flatten_of_a_number():
    functions = [flatten(column, 0) for column in (scratch, torch_impl, torch)]
    sweep(*functions, (), (1,), exact="signed")


@pytest.mark.parametrize("size", [(2, 3), [3, 2], (1, 6), (-1, 2), (6,)])
@pytest.mark.parametrize("dim", [1, -1])
def test_unflatten(dim, size):
    functions = [column.nn.Unflatten(dim, size) for column in (scratch, torch_impl, torch)]
    sweep(*functions, (2, 6), (0, 6), exact="signed")


@same_script
def test_unflatten_by_a_size(torch):
    layer = torch.nn.Unflatten(1, torch.ones(2, 1, 3).shape)
    return layer(torch.arange(12).view(2, 6)), list(layer.unflattened_size), layer.dim, repr(layer)


def test_there_and_back():
    def both(column):
        return column.nn.Sequential(column.nn.Flatten(), column.nn.Unflatten(1, (3, 4)))

    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    check(*(both(column) for column in (scratch, torch_impl, torch)), x, exact=True)


@pytest.mark.parametrize(
    ("args", "shape"), [((1, 5), (2, 6)), ((2, 1), (2, 3, 4)), ((), (3,)), ((0, 1), (3,))]
)
def test_flatten_errors(args, shape):
    functions = [flatten(column, *args) for column in (scratch, torch_impl, torch)]
    check_error(*functions, np.ones(shape))


@pytest.mark.parametrize("args", [(1, (2, 4)), (3, (2, 3)), (1, ()), (1, (-1, -1))])
def test_unflatten_errors(args):
    functions = [column.nn.Unflatten(*args) for column in (scratch, torch_impl, torch)]
    check_error(*functions, np.ones((2, 6)))


@pytest.mark.parametrize("size", [3, None, "23", (2, "3"), (2, 1.5), (("C", 2), ("H", 3))])
def test_wrong_sizes_are_found_when_the_layer_is_made(size):
    makers = [column.nn.Unflatten for column in (scratch, torch_impl, torch)]
    check_error(*makers, 1, size, match="unflattened_size must be")


@same_script
def test_text(torch):
    nn = torch.nn
    return [
        repr(m)
        for m in (
            nn.Flatten(),
            nn.Flatten(0, 2),
            nn.Unflatten(1, (2, 3)),
            nn.Unflatten(-1, [2, -1]),
            nn.Unflatten(1, torch.Size([2, 3])),
            nn.Unflatten(0, ()),
            nn.Sequential(nn.Flatten(), nn.Unflatten(1, (2, 3))),
        )
    ]


@same_script
def test_true_is_no_size(torch):
    return error(torch, lambda: torch.nn.Unflatten(1, (True, 6))(torch.ones(2, 6)))
