"""Max pooling: values, indices, gradients, graphs, errors."""

import itertools

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import functional
from tests.mistakes import mistake
from tests.same_script import error, same_script

rng = np.random.default_rng(0)


ONE = [
    ((2, 3, 8), {"kernel_size": 2}),
    ((3, 8), {"kernel_size": (3,), "stride": 2, "padding": (1,)}),
    ((2, 1, 9), {"kernel_size": 2, "stride": 3, "ceil_mode": True}),
    ((1, 2, 9), {"kernel_size": 3, "stride": [1], "dilation": 2}),
    ((0, 2, 9), {"kernel_size": 3, "return_indices": True}),
    ((2, 2, 7), {"kernel_size": 3, "stride": 1, "return_indices": True}),
]
TWO = [
    ((2, 3, 8, 6), {"kernel_size": 2}),
    ((3, 7, 9), {"kernel_size": (3, 2), "stride": 2, "padding": 1}),
    ((2, 1, 9, 5), {"kernel_size": 3, "stride": (2, 1), "padding": (1, 0), "ceil_mode": True}),
    ((1, 2, 9, 9), {"kernel_size": 3, "stride": 1, "dilation": (2, 1)}),
    ((1, 1, 1, 1), {"kernel_size": 1}),
    ((0, 2, 4, 4), {"kernel_size": 2, "return_indices": True}),
    ((2, 2, 5, 5), {"kernel_size": 3, "stride": 1, "padding": 1, "return_indices": True}),
    ((2, 2, 5, 7), {"kernel_size": 2, "stride": 4, "padding": 1, "return_indices": True}),
    ((1, 2, 20, 20), {"kernel_size": 18, "return_indices": True}),
]


@pytest.mark.parametrize(("shape", "options"), ONE, ids=str)
def test_sequences(shape, options):
    sweep(*functional("max_pool1d", **options), shape, exact=True, second=True)


@pytest.mark.parametrize(("shape", "options"), TWO, ids=str)
def test_images(shape, options):
    sweep(*functional("max_pool2d", **options), shape, exact=True, second=True)


@pytest.mark.parametrize("n", [1, 2])
def test_many_windows(n):
    for k, s, p, d, ceil in itertools.product((2, 3), (1, 2, 3), (0, 1), (1, 2), (False, True)):
        x = rng.integers(-2, 3, size=(2, 2, 9, 7)[: n + 2]).astype("float32")
        x[rng.random(x.shape) < 0.2] = -np.inf
        for nan in (0.0, 0.1):
            x[rng.random(x.shape) < nan] = np.nan
            check(*functional(f"max_pool{n}d", k, s, p, d, ceil, True), x, exact=True)


@pytest.mark.parametrize("dtype", ["float16", "uint8", "int8", "int16", "int32", "int64"])
def test_other_dtypes(dtype):
    x = rng.integers(0, 9, size=(2, 2, 6, 6)).astype(dtype)
    check(*functional("max_pool2d", 3, 2, 1), x, exact="values")  # halves add up otherwise
    check(*functional("max_pool1d", 2, return_indices=True), x[0], exact=True)


def test_with_indices():
    x = rng.normal(size=(2, 3, 6, 6))
    check(*functional("max_pool2d_with_indices", 2), x, exact=True)
    check(*functional("max_pool1d_with_indices", 2), x[0], exact=True)


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(column):
    column.manual_seed(0)
    x = column.randn(2, 2, 5, 6, dtype=column.float64).requires_grad_()
    for options in ({"kernel_size": 2}, {"kernel_size": 3, "stride": 1, "padding": 1}):
        layer = column.nn.MaxPool2d(**options)
        assert column.autograd.gradcheck(layer, (x,))
        assert column.autograd.gradgradcheck(layer, (x,))


def test_names_in_the_graph():
    def names(torch):
        one = torch.nn.MaxPool1d(2)(torch.ones(1, 2, 4, requires_grad=True)).grad_fn
        two = torch.nn.MaxPool2d(2)(torch.ones(2, 4, 4, requires_grad=True)).grad_fn
        return [one.name(), one.next_functions[0][0].name(), two.name()]

    assert names(scratch) == names(torch)


@same_script
def test_layers(torch):
    layers = [
        torch.nn.MaxPool1d(3, stride=2),
        torch.nn.MaxPool2d((3, 2), padding=1, ceil_mode=True),
        torch.nn.MaxPool2d(2, 1, dilation=2, return_indices=True),
    ]
    x = torch.arange(98.0).reshape(2, 7, 7) % 11
    return [
        (repr(layer), layer.kernel_size, layer.stride, layer.padding, layer(x)) for layer in layers
    ]


@same_script
def test_input_changed_before_backward(torch):
    x = torch.ones(1, 4, 4, requires_grad=True) * 1
    y = torch.nn.functional.max_pool2d(x, 2)
    x.zero_()
    return error(torch, lambda: y.sum().backward())


@same_script
def test_errors(torch):
    one, two, ones = torch.nn.functional.max_pool1d, torch.nn.functional.max_pool2d, torch.ones
    calls = []
    for pool, x in ((one, ones(2, 3, 8)), (two, ones(2, 3, 8, 8))):
        calls += [
            lambda pool=pool, x=x, args=args: pool(x, *args)
            for args in (
                (0,),
                (-1,),
                (2, 0),
                (2, 2, 2),
                (2, 2, -1),
                (2, 1, 0, 0),
                (9,),
                ((2, 2, 2),),
                (2, (1, 1, 1)),
                (2.5,),
                ("a",),
                (True,),
                (None,),
            )
        ]
        calls += [
            lambda pool=pool: pool([1.0], 2),
            lambda pool=pool: pool(ones(4), 2),
            lambda pool=pool: pool(ones(1, 1, 1, 4, 4), 2),
            lambda pool=pool, x=x: pool(x[:, :0], 2),
            lambda pool=pool, x=x: pool(x[..., :0], 2),
            lambda pool=pool, x=x: pool(x > 0, 2),
        ]
    calls.append(lambda: one(ones(1, 4).long(), 2))
    return [error(torch, call) for call in calls]


@mistake(r"floor\(\(2 \+ 2 \* 0 - 1 \* \(3 - 1\) - 1\) / 3\) \+ 1 = 0", "pool less often")
def test_pooled_too_often(torch):
    x = torch.ones(1, 1, 8, 8)
    for _ in range(2):
        x = torch.nn.MaxPool2d(2)(x)
    torch.nn.MaxPool2d(3)(x)


def test_message_about_padding():
    name = "max_pool2d"
    check_error(*functional(name, 2, 2, 2), np.ones((1, 4, 4)), match="half of kernel_size, 2 // 2")
