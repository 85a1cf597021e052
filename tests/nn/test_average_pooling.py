"""Average pooling and norm pooling: values, gradients, graphs, errors."""

import itertools

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


ONE = [
    ((2, 3, 8), {"kernel_size": 2}),
    ((3, 8), {"kernel_size": (3,), "stride": 2, "padding": (1,)}),
    ((2, 1, 9), {"kernel_size": 2, "stride": 3, "ceil_mode": True}),
    ((0, 2, 9), {"kernel_size": 3}),
]
TWO = [
    ((2, 3, 8, 6), {"kernel_size": 2}),
    ((3, 7, 9), {"kernel_size": (3, 2), "stride": 2, "padding": 1}),
    ((2, 1, 9, 5), {"kernel_size": 3, "stride": (2, 1), "padding": (1, 0), "ceil_mode": True}),
    ((2, 2, 5, 5), {"kernel_size": 3, "padding": 1, "count_include_pad": False}),
    ((2, 2, 5, 5), {"kernel_size": 2, "divisor_override": -3}),
    ((1, 1, 1, 1), {"kernel_size": 1}),
    ((0, 2, 4, 4), {"kernel_size": 2}),
]
SPECIALS = ("nan", "inf", "zeros", "ties", "denormal")


@pytest.mark.parametrize(("shape", "options"), ONE, ids=str)
def test_sequences(shape, options):
    columns = functional("avg_pool1d", **options)
    sweep(*columns, shape, second=True, scale="terms", specials=SPECIALS)


@pytest.mark.parametrize(("shape", "options"), TWO, ids=str)
def test_images(shape, options):
    columns = functional("avg_pool2d", **options)
    sweep(*columns, shape, second=True, scale="terms", specials=SPECIALS)


@pytest.mark.parametrize("n", [1, 2])
def test_many_windows_bit_for_bit(n):
    flags = (False, True)
    for k, s, p, ceil, padded in itertools.product((2, 3), (1, 2, 3), (0, 1), flags, flags):
        x = rng.normal(size=(2, 2, 9, 7)[: n + 2]).astype("float32")
        check(*functional(f"avg_pool{n}d", k, s, p, ceil, padded), x, exact=True)


def test_other_dtypes():
    x = rng.normal(size=(2, 2, 6, 6)) * 9
    check(*functional("avg_pool2d", 3, 2, 1), x.astype("float16"))
    check(*functional("avg_pool2d", 3, 2, 1), x.astype("int64"), exact=True)
    check(*functional("avg_pool1d", 2), x[0].astype("int64"), exact=True)


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(column):
    column.manual_seed(0)
    x = column.randn(2, 2, 5, 6, dtype=column.float64).requires_grad_()
    for layer in (column.nn.AvgPool2d(2), column.nn.AvgPool2d(3, 1, 1), column.nn.LPPool2d(2, 2)):
        assert column.autograd.gradcheck(layer, (x,))
        assert column.autograd.gradgradcheck(layer, (x,))


@pytest.mark.parametrize("p", [1, 2, 3.0, np.inf, -np.inf])
def test_norms(p):
    x = rng.uniform(0.5, 2, size=(2, 3, 6, 7))
    check(*functional("lp_pool2d", p, (2, 3), ceil_mode=True), x)
    check(*functional("lp_pool2d", p, 2, stride=1), x[0])
    check(*functional("lp_pool1d", p, 2), x[0])
    check(*functional("lp_pool1d", p, 3, 2), x[0])


def test_names_in_the_graph():
    def names(torch):
        one = torch.nn.AvgPool1d(2)(torch.ones(1, 2, 4, requires_grad=True)).grad_fn
        two = torch.nn.AvgPool2d(2)(torch.ones(2, 4, 4, requires_grad=True)).grad_fn
        return [one.name(), one.next_functions[0][0].name(), two.name()]

    assert names(scratch) == names(torch)


@same_script
def test_layers(torch):
    layers = [
        torch.nn.AvgPool1d(3, stride=2),
        torch.nn.AvgPool1d((2,), padding=[1], count_include_pad=False),
        torch.nn.AvgPool2d((3, 2), padding=1, ceil_mode=True),
        torch.nn.AvgPool2d(2, 1, divisor_override=2),
        torch.nn.LPPool1d(1, 3, stride=2),
        torch.nn.LPPool2d(1, 2, ceil_mode=True),
    ]
    x = torch.arange(98.0).reshape(2, 7, 7) % 11
    return [(repr(layer), layer.kernel_size, layer.stride, layer(x)) for layer in layers]


@same_script
def test_errors(torch):
    one, two, ones = torch.nn.functional.avg_pool1d, torch.nn.functional.avg_pool2d, torch.ones
    calls = []
    for pool, x in ((one, ones(2, 3, 8)), (two, ones(2, 3, 8, 8))):
        arguments = [(0,), (-1,), (2, 0), (2, 2, 2), (2, 2, -1), (9,), ((2, 2, 2),), (2.5,), ("a",)]
        calls += [lambda pool=pool, x=x, args=args: pool(x, *args) for args in arguments]
        calls += [
            lambda pool=pool: pool([1.0], 2),
            lambda pool=pool: pool(ones(4), 2),
            lambda pool=pool: pool(ones(1, 1, 1, 4, 4), 2),
            lambda pool=pool, x=x: pool(x[:, :0], 2),
            lambda pool=pool, x=x: pool(x.int(), 2),
        ]
    calls.append(lambda: two(ones(1, 4, 4), 2, divisor_override=0))
    calls.append(lambda: two(ones(1, 4, 4), 2, divisor_override=2.5))
    return [error(torch, call) for call in calls]


@mistake(r"floor\(\(4 \+ 2 \* 0 - 1 \* \(7 - 1\) - 1\) / 7\) \+ 1 = 0")
def test_images_are_too_small(torch):
    torch.nn.AvgPool2d(7)(torch.ones(1, 8, 4, 4))
