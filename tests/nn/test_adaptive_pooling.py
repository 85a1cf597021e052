"""Adaptive pooling: values, indices, gradients, graphs, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, sweep
from tests.columns import functional
from tests.mistakes import mistake
from tests.same_script import error, same_script

rng = np.random.default_rng(0)


ONE = [((2, 3, 8), 4), ((3, 7), (3,)), ((2, 1, 4), 9), ((1, 2, 9), 1), ((0, 2, 9), 2)]
TWO = [
    ((2, 3, 8, 6), 2),
    ((3, 7, 9), (3, 4)),
    ((2, 1, 5, 4), (7, None)),
    ((1, 2, 6, 5), 1),
    ((0, 2, 4, 4), 3),
]
MEANS = {"scale": "terms", "specials": ("nan", "zeros", "denormal"), "second": True}


@pytest.mark.parametrize(("shape", "size"), ONE, ids=str)
def test_sequences(shape, size):
    sweep(*functional("adaptive_avg_pool1d", size), shape, **MEANS)
    sweep(*functional("adaptive_max_pool1d", size), shape, exact="values", second=True)


@pytest.mark.parametrize(("shape", "size"), TWO, ids=str)
def test_images(shape, size):
    sweep(*functional("adaptive_avg_pool2d", size), shape, **MEANS)
    sweep(*functional("adaptive_max_pool2d", size), shape, exact="values", second=True)


def test_many_sizes_and_indices():
    for n in range(1, 9):
        for m in range(1, 9):
            x = rng.integers(-2, 3, size=(2, n, 9 - n)).astype("float32")
            check(*functional("adaptive_max_pool2d", (m, 4), True), x, exact="values")
            check(*functional("adaptive_max_pool1d", m, True), x, exact="values")
            check(*functional("adaptive_avg_pool2d", (m, 3)), x, scale="terms")


def test_with_indices():
    x = rng.normal(size=(2, 3, 6, 6))
    check(*functional("adaptive_max_pool2d_with_indices", 2), x, exact=True)
    check(*functional("adaptive_max_pool1d_with_indices", 2), x[0], exact=True)


def test_halves():
    x = rng.normal(size=(2, 2, 7, 7)).astype("float16")
    check(*functional("adaptive_avg_pool2d", 3), x)
    check(*functional("adaptive_max_pool2d", 3), x, exact="values")


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(column):
    column.manual_seed(0)
    x = column.randn(2, 2, 5, 6, dtype=column.float64).requires_grad_()
    for layer in (column.nn.AdaptiveAvgPool2d((3, 4)), column.nn.AdaptiveMaxPool2d((3, 4))):
        assert column.autograd.gradcheck(layer, (x,))
        assert column.autograd.gradgradcheck(layer, (x,))


def test_names_in_the_graph():
    def names(torch):
        one, two = torch.ones(1, 2, 4, requires_grad=True), torch.ones(2, 4, 4, requires_grad=True)
        nodes = [
            torch.nn.AdaptiveAvgPool1d(2)(one).grad_fn.next_functions[0][0],
            torch.nn.AdaptiveAvgPool2d(2)(two).grad_fn,
            torch.nn.AdaptiveAvgPool2d(1)(two).grad_fn,
            torch.nn.AdaptiveMaxPool1d(2)(one).grad_fn,
            torch.nn.AdaptiveMaxPool2d(1)(two).grad_fn,
        ]
        return [node.name() for node in nodes]

    assert names(scratch) == names(torch)


@same_script
def test_layers(torch):
    layers = [
        torch.nn.AdaptiveAvgPool1d(7),
        torch.nn.AdaptiveAvgPool2d((None, 1)),
        torch.nn.AdaptiveMaxPool1d(2, return_indices=True),
        torch.nn.AdaptiveMaxPool2d((2, None)),
    ]
    x = torch.arange(98.0).reshape(2, 7, 7) % 11
    return [(repr(layer), layer.output_size, layer(x)) for layer in layers]


@same_script
def test_errors(torch):
    ones, f = torch.ones, torch.nn.functional
    calls = []
    for name, x in (
        ("adaptive_avg_pool1d", ones(2, 3, 8)),
        ("adaptive_avg_pool2d", ones(2, 3, 8, 8)),
        ("adaptive_max_pool1d", ones(2, 3, 8)),
        ("adaptive_max_pool2d", ones(2, 3, 8, 8)),
    ):
        pool = getattr(f, name)
        sizes = (None, -1, (2, 3, 4), (), 2.5, "a", True)
        calls += [lambda pool=pool, x=x, size=size: pool(x, size) for size in sizes]
        calls += [
            lambda pool=pool: pool(None, 2),
            lambda pool=pool: pool(ones(4), 2),
            lambda pool=pool: pool(ones(1, 1, 1, 4, 4), 2),
            lambda pool=pool, x=x: pool(x[..., :0], 2),
            lambda pool=pool, x=x: pool(x.long(), 2),
        ]
    return [error(torch, call) for call in calls]


@mistake("not implemented for torch.uint8", r"\.float\(\)")
def test_images_of_bytes(torch):
    torch.nn.AdaptiveAvgPool2d(2)(torch.ones(1, 3, 8, 8).byte())
