"""unfold, fold and their layers: values, gradients of gradients, the convolution they make."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import columns
from tests.same_script import error, same_script

UNFOLD = columns("nn.functional.unfold")
FOLD = columns("nn.functional.fold")
rng = np.random.default_rng(0)

# image, then kernel_size, dilation, padding, stride
SETTINGS = [
    ((2, 3, 6, 7), (3, 1, 0, 1)),
    ((3, 6, 7), ((3, 2), 1, 1, 2)),
    ((2, 3, 6, 7), (2, (2, 1), (0, 1), (1, 2))),
    ((1, 1, 1, 1), (1, 1, 0, 1)),
    ((0, 3, 6, 7), (3, 1, 0, 1)),
    ((2, 3, 4, 4), (4, 1, 0, 1)),
    ((2, 1, 8, 8), (2, 1, 0, 2)),
]


@pytest.mark.parametrize(("shape", "settings"), SETTINGS, ids=str)
def test_values_and_gradients(shape, settings):
    x = rng.normal(size=shape)
    columns = UNFOLD[2](torch.tensor(x), *settings).numpy()
    for kind in ("f4", "f8"):
        check(*UNFOLD, x.astype(kind), *settings, exact="values", scale="terms", second=True)
        size = shape[-2:]
        check(*FOLD, columns.astype(kind), size, *settings, scale="terms", second=True)


def test_layouts_and_unusual_numbers():
    three = [lambda x, f=f: f(x, 2, padding=1) for f in UNFOLD]
    sweep(*three, (2, 3, 3, 4), exact="values", scale="terms", specials=("nan", "zeros"))
    three = [lambda x, f=f: f(x, 3, 2) for f in FOLD]
    sweep(*three, (2, 4, 4), scale="terms", specials=("nan", "zeros"))


@same_script(rtol=1e-5, atol=1e-5)
def test_a_convolution_is_a_matrix_product(torch):
    torch.manual_seed(0)
    x, w = torch.rand(2, 3, 6, 7), torch.rand(4, 3, 3, 2)
    columns = torch.nn.functional.unfold(x, (3, 2), stride=2)
    y = (w.reshape(4, -1) @ columns).reshape(2, 4, 2, 3)
    return y, torch.nn.functional.conv2d(x, w, stride=2)


@same_script
def test_dtypes_and_errors(torch):
    unfold, fold = torch.nn.functional.unfold, torch.nn.functional.fold
    ones = torch.ones
    x, c = ones(2, 3, 6, 7), ones(2, 12, 4)
    scripts = [
        lambda: unfold(ones(2, 3, 4, 6, 7), 3),
        lambda: unfold(ones(2, 0, 6, 7), 3),
        lambda: unfold(ones(2, 3, 2, 7), 3),
        lambda: unfold(x, (3,)),
        lambda: unfold(x, 3.0),
        lambda: unfold(x, 0),
        lambda: unfold(x, 3, stride=0),
        lambda: unfold(x, 3, padding=-1),
        lambda: unfold(x, 3, dilation=0),
        lambda: unfold([1.0], 3),
        lambda: fold(ones(2, 12, 5), 3, 2),
        lambda: fold(ones(2, 13, 4), 3, 2),
        lambda: fold(ones(4), 3, 2),
        lambda: fold(c, 3, 5),
        lambda: fold(c, (3, 3, 3), 2),
        lambda: fold(c, -3, 2),
        lambda: fold([1.0], 3, 2),
    ]
    seen = [error(torch, script) for script in scripts]
    return seen + [unfold(x.half(), 3), unfold(x.bool(), 3), fold(c.half(), 3, 2)]


def test_integers():
    for three, shape, arguments in ((UNFOLD, (2, 3, 6, 7), (3,)), (FOLD, (2, 12, 4), (3, 2))):
        x = rng.integers(0, 5, shape)
        check_error(three[0], None, three[2], x, *arguments, match="int64")


@same_script
def test_layers(torch):
    fold, unfold = torch.nn.Fold((3, 4), 2), torch.nn.Unfold((2, 3), padding=1)
    torch.manual_seed(0)
    x = torch.rand(2, 3, 4, 5, requires_grad=True)
    columns = unfold(x)
    image = torch.nn.Fold((4, 5), (2, 3), padding=1)(columns)
    return repr(fold), repr(unfold), columns, image, fold.output_size


def test_names_in_the_graph():
    def names(column):
        columns = column.nn.Unfold(2)(column.ones(1, 1, 3, 3, requires_grad=True))
        return columns.grad_fn.name(), column.nn.Fold(3, 2)(columns).grad_fn.name()

    assert names(scratch) == names(torch)
