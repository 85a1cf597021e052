"""linear, Linear and Identity: values, gradients, graphs, first weights, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, constant, sweep
from tests.same_script import error, same_script

LINEAR = [column.nn.functional.linear for column in (scratch, torch_impl, torch)]
rng = np.random.default_rng(0)

SHAPES = [
    ((4, 3), (5, 3), (5,)),
    ((1, 3), (5, 3), (5,)),
    ((16, 33), (7, 33), (7,)),
    ((4, 1), (1, 1), (1,)),
    ((3,), (5, 3), (5,)),
    ((2, 4, 3), (5, 3), (5,)),
    ((2, 1, 4, 3), (5, 3), (5,)),
    ((0, 3), (5, 3), (5,)),
    ((2, 0, 3), (5, 3), (5,)),
    ((4, 0), (5, 0), (5,)),
    ((4, 3), (0, 3), (0,)),
]
SUMMED = {"scale": "terms", "specials": ("nan", "zeros", "denormal")}


@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_with_bias(shapes):
    sweep(*LINEAR, shapes, **SUMMED)


@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_without_bias(shapes):
    sweep(*LINEAR, shapes[:2], **SUMMED)


@pytest.mark.parametrize("bias", [(5,), (1,), (1, 5), (4, 1), (4, 5), ()])
def test_bias_is_expanded(bias):
    arrays = rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.normal(size=bias)
    check(*LINEAR, *arrays, scale="terms")


@pytest.mark.parametrize("x", [(3,), (4, 3), (2, 4, 3)])
def test_one_output_without_its_dimension(x):
    check(*LINEAR, rng.normal(size=x), rng.normal(size=3), scale="terms")


@pytest.mark.parametrize("fixed", [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)])
def test_only_what_requires_grad_gets_one(fixed):
    arrays = [rng.normal(size=shape) for shape in SHAPES[0]]
    arrays = [constant(a) if i in fixed else a for i, a in enumerate(arrays)]
    check(*LINEAR, *arrays, scale="terms")


def test_second_derivatives():
    check(*LINEAR, *(rng.normal(size=s) for s in SHAPES[0]), second=True, scale="terms")
    check(*LINEAR, *(rng.normal(size=s) for s in SHAPES[0][:2]), second=True, scale="terms")


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(column):
    column.manual_seed(0)
    for shapes in [((4, 3), (5, 3), (5,)), ((4, 3), (5, 3)), ((2, 2, 3), (5, 3), (5,))]:
        arrays = [column.randn(*s, dtype=column.float64).requires_grad_() for s in shapes]
        assert column.autograd.gradcheck(column.nn.functional.linear, arrays)
        assert column.autograd.gradgradcheck(column.nn.functional.linear, arrays)


def test_bias_gradient_of_a_large_batch_is_accurate():
    arrays = [rng.uniform(1, 2, size=s).astype("float32") for s in ((20_000, 2), (3, 2), (3,))]
    check(*LINEAR, *arrays, scale="terms")


@pytest.mark.parametrize("shape", [(4, 3), (3,), (2, 4, 3)])
@pytest.mark.parametrize("bias", [True, False])
def test_names_in_the_graph(shape, bias):
    def name(column):
        x = column.ones(*shape, requires_grad=True)
        return column.nn.Linear(3, 5, bias=bias)(x).grad_fn.name()

    assert name(scratch) == name(torch)


@same_script
def test_wrong_shapes_and_types(torch):
    linear, ones = torch.nn.functional.linear, torch.ones
    return [
        error(torch, lambda arguments=arguments: linear(*arguments))
        for arguments in (
            (ones(4, 5), ones(3, 2)),
            (ones(4, 5), ones(3, 2), ones(3)),
            (ones(5), ones(3, 2), ones(3)),
            (ones(4, 3, 5), ones(3, 2), ones(3)),
            (ones(4, 2), ones(3, 2), ones(4)),
            (ones(4, 2), ones(3, 2), ones(4, 4)),
            (ones(2), ones(3, 2), ones(2)),
            (ones(1, 1, 2), ones(3, 2), ones(1, 1, 3)),
            (ones(4, 2), ones(2), ones(1)),
            (ones(4, 2), ones(3, 2, 2)),
            (ones(4, 2), ones(3, 2).double()),
            (ones(4, 2).double(), ones(3, 2), ones(3)),
            (ones(4, 2), ones(3, 2), ones(3).double()),
            (ones(4, 2).long(), ones(3, 2)),
        )
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1.0, 2.0], np.ones((3, 2))), "'input' must be Tensor, not list"),
        ((np.ones((1, 2)), np.ones((3, 2)), 0.5), "'bias' must be Tensor, not float"),
        ((np.ones(()), np.ones((3, 2))), "0D and 2D"),
        ((np.ones((4, 5)), np.ones((3, 2))), r"4x5 and 2x3.*in_features = 2"),
        ((np.ones((4, 2), "f4"), np.ones((3, 2))), "float32 for the input and float64"),
        ((np.ones((4, 2)), np.ones((3, 2)), np.ones(4)), r"\[4\].*\[4, 3\].*out_features = 3"),
    ],
)
def test_messages(arguments, says):
    check_error(LINEAR[0], None, LINEAR[2], *arguments, match=says)


# ---- the layer ------------------------------------------------------------------------------


@same_script
@pytest.mark.filterwarnings("ignore:Initializing zero-element")
def test_first_weights_are_torchs(torch):
    seen = []
    for seed, sizes, bias in [(0, (3, 5), True), (1, (1, 1), True), (2, (100, 7), False)]:
        torch.manual_seed(seed)
        seen.append(torch.nn.Linear(*sizes, bias=bias).state_dict())
    seen.append(torch.nn.Linear(4, 3, dtype=torch.float64).state_dict())
    seen.append(torch.nn.Linear(0, 3).state_dict())
    layer = torch.nn.Linear(4, 2)
    layer.reset_parameters()
    seen.append((layer.state_dict(), torch.rand(2)))
    return seen


@same_script
def test_attributes_and_text(torch):
    layer, bare = torch.nn.Linear(3, 5), torch.nn.Linear(3, 5, bias=False)
    return (
        (layer.in_features, layer.out_features, bare.bias),
        (repr(layer), repr(bare), repr(torch.nn.Identity(3, a=1))),
        [name for name, _ in bare.named_parameters()],
    )


@same_script
def test_bad_sizes(torch):
    return [
        error(torch, lambda: torch.nn.Linear(-1, 3)),
        error(torch, lambda: torch.nn.Linear(2.5, 3)),
        error(torch, lambda: torch.nn.Linear(2, 3, dtype=torch.int64)),
        error(torch, lambda: torch.nn.Linear(2, 3, device="cuda")),
    ]


def test_the_layer_trains_both_parameters():
    def step(column):
        def function(x, dy):
            column.manual_seed(0)
            layer = column.nn.Linear(3, 5, dtype=column.float64)
            y = layer(x)
            y.backward(dy)
            return y.detach(), layer.weight.grad, layer.bias.grad

        return function

    columns = [step(column) for column in (scratch, torch_impl, torch)]
    check(*columns, *(constant(rng.normal(size=s)) for s in [(4, 3), (4, 5)]), scale=10.0)


def test_identity_returns_its_input():
    x = scratch.ones(2)
    assert scratch.nn.Identity()(x) is x
