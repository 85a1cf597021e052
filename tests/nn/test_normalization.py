"""layer_norm, rms_norm and their layers: values, gradients, graphs, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, sweep
from tests.columns import COLUMNS
from tests.mistakes import mistake
from tests.nn.layers import some, trained
from tests.same_script import error, same_script

rng = np.random.default_rng(0)
SHAPES = [
    ((4, 3), 1),
    ((7,), 1),
    ((2, 5, 7), 1),
    ((2, 5, 7), 2),
    ((3, 4, 5), 3),
    ((64, 600), 1),
    ((3, 5000), 1),
    ((0, 3), 1),
    ((2, 0), 1),
]


def normalized(column, shape, has):
    """layer_norm as a function of the input and those parameters that there are."""

    def function(x, *parameters):
        weight, bias = some(has, parameters)
        return column.nn.functional.layer_norm(x, shape, weight, bias)

    return function


@pytest.mark.parametrize(("shape", "ndim"), SHAPES)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("has", [(True, True), (True, False), (False, True), (False, False)])
def test_layer_norm(shape, ndim, dtype, has):
    last = shape[len(shape) - ndim :]
    arrays = [rng.normal(size=s) for s in (shape, *[last] * sum(has))]
    columns = [normalized(c, last, has) for c in COLUMNS]
    check(*columns, *(a.astype(dtype) for a in arrays), scale="condition")


@pytest.mark.parametrize(("shape", "ndim"), SHAPES)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("weighted", [True, False])
def test_rms_norm(shape, ndim, dtype, weighted):
    last = shape[len(shape) - ndim :]
    arrays = [rng.normal(size=s).astype(dtype) for s in (shape, *[last] * weighted)]
    columns = [lambda x, *w, c=c: c.nn.functional.rms_norm(x, last, *w, eps=1e-3) for c in COLUMNS]
    check(*columns, *arrays, scale="condition")


@pytest.mark.parametrize(("shape", "ndim"), SHAPES[:5])
def test_second_derivatives(shape, ndim):
    last = shape[len(shape) - ndim :]
    x, w, b = (rng.normal(size=s) for s in (shape, last, last))
    both = [normalized(c, last, (True, True)) for c in COLUMNS]
    check(*both, x, w, b, second=True, scale="condition")
    bare = [normalized(c, last, (False, False)) for c in COLUMNS]
    check(*bare, x, second=True, scale="condition")
    rms = [lambda x, w, c=c: c.nn.functional.rms_norm(x, last, w) for c in COLUMNS]
    check(*rms, x, w, second=True, scale="condition")


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(column):
    column.manual_seed(0)
    x, w, b = (column.randn(*s).double().requires_grad_() for s in ((2, 3, 2), (3, 2), (3, 2)))
    F = column.nn.functional
    for function, inputs in [
        (lambda x, w, b: F.layer_norm(x, (3, 2), w, b), (x, w, b)),
        (lambda x, b: F.layer_norm(x, (3, 2), None, b), (x, b)),
        (lambda x, w: F.rms_norm(x, (3, 2), w), (x, w)),
    ]:
        assert column.autograd.gradcheck(function, inputs)
        assert column.autograd.gradgradcheck(function, inputs)


def test_layouts_and_special_values():
    layer = [lambda x, c=c: c.nn.functional.layer_norm(x, (6,)) for c in COLUMNS]
    rms = [lambda x, c=c: c.nn.functional.rms_norm(x, (6,)) for c in COLUMNS]
    for columns in (layer, rms):
        sweep(*columns, (5, 6), (2, 3, 6), scale="condition", specials=("nan", "inf", "zeros"))


@pytest.mark.parametrize("offset", [30.0, 1000.0])
def test_numbers_far_from_zero_stay_accurate(offset):
    x = (rng.normal(size=(8, 300)) + offset).astype("float32")
    ours, theirs = (normalized(c, (300,), (True, True)) for c in (scratch, torch))
    w, b = (rng.normal(size=300).astype("float32") for _ in range(2))
    check(ours, None, theirs, x, w, b, scale="terms")


@same_script
def test_mixed_dtypes(torch):
    F, ones = torch.nn.functional, torch.ones
    seen = [F.layer_norm(ones(4, 3).half(), (3,), ones(3), ones(3)).dtype]
    seen.append(F.rms_norm(ones(4, 3).half(), (3,), ones(3)).dtype)
    seen.append(F.rms_norm(ones(4, 3), (3,), ones(3).double()).dtype)
    seen.append(
        [
            F.rms_norm(ones(1, 2).to(dtype) / 4096, (2,)).round(decimals=2)
            for dtype in (torch.float16, torch.float32, torch.float64)
        ]
    )  # each with its own eps
    return seen


def test_names_in_the_graph():
    def names(column):
        F, x = column.nn.functional, column.randn(4, 3).requires_grad_()
        w = column.ones(3)
        results = [F.layer_norm(x, (3,)), F.rms_norm(x, (3,)), F.rms_norm(x, (3,), w)]
        results.append(F.rms_norm(x.t(), (4,)))
        return [y.grad_fn.name() for y in results], results[0].stride(), results[3].stride()

    assert names(scratch) == names(torch)


@same_script
def test_layers(torch):
    seen = []
    for layer in (
        torch.nn.LayerNorm(3),
        torch.nn.LayerNorm((2, 3), 1e-3),
        torch.nn.LayerNorm([2, 3], elementwise_affine=False),
        torch.nn.LayerNorm(3, bias=False),
        torch.nn.LayerNorm(torch.Size([3]), dtype=torch.float64),
        torch.nn.RMSNorm(3),
        torch.nn.RMSNorm((2, 3), 1e-3),
        torch.nn.RMSNorm(3, elementwise_affine=False),
    ):
        shape, state = layer.normalized_shape, layer.state_dict()
        seen.append((repr(layer), list(shape), layer.eps, state, layer.elementwise_affine))
        seen.append([name for name, _ in layer.named_parameters()])
    return seen


def test_the_layers_train_their_parameters():
    for name in ("LayerNorm", "RMSNorm"):
        check(*trained(name, (3, 4)), rng.normal(size=(5, 3, 4)))


@mistake("normalized_shape is what its last dimensions are")
def test_wrong_shape(torch):
    torch.nn.LayerNorm(3)(torch.ones(3, 4))


@same_script
def test_wrong_arguments(torch):
    F, x, ones = torch.nn.functional, torch.ones(4, 3), torch.ones
    return [
        error(torch, call)
        for call in (
            lambda: F.layer_norm(x, 3),
            lambda: F.layer_norm(x, "a"),
            lambda: F.layer_norm(x, [4]),
            lambda: F.layer_norm(x, []),
            lambda: F.layer_norm(x, (4, 3)),
            lambda: F.layer_norm(ones(3), (4, 3)),
            lambda: F.layer_norm([3.0], (3,)),
            lambda: F.layer_norm(x, (3,), ones(4)),
            lambda: F.layer_norm(x, (3,), None, ones(4)),
            lambda: F.layer_norm(x, (3,), ones(3).double()),
            lambda: F.layer_norm(x, (3,), ones(3).half()),
            lambda: F.layer_norm(x.half(), (3,), ones(3).half(), ones(3)),
            lambda: F.layer_norm(x.long(), (3,)),
            lambda: F.layer_norm(x, (3,), eps=-2.0),
            lambda: F.rms_norm(x, 3),
            lambda: F.rms_norm(x, [4]),
            lambda: F.rms_norm(x, []),
            lambda: F.rms_norm(ones(3), (4, 3)),
            lambda: F.rms_norm(x, [3], ones(4)),
            lambda: F.rms_norm(x.long(), [3]),
            lambda: torch.nn.LayerNorm("a"),
            lambda: torch.nn.LayerNorm(2.5),
            lambda: torch.nn.LayerNorm(-1),
            lambda: torch.nn.RMSNorm(2.5),
        )
    ]
