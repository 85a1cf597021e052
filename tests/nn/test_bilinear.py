"""bilinear and Bilinear: values, gradients, graphs, first weights, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, constant, sweep
from tests.mistakes import mistake
from tests.same_script import error, same_script

BILINEAR = [column.nn.functional.bilinear for column in (scratch, torch_impl, torch)]
rng = np.random.default_rng(0)

SHAPES = [
    ((4, 3), (4, 2), (5, 3, 2), (5,)),
    ((4, 7), (4, 2), (3, 7, 2), (3,)),
    ((1, 3), (1, 3), (1, 3, 3), (1,)),
    ((16, 5), (16, 8), (2, 5, 8), (2,)),
    ((3,), (2,), (5, 3, 2), (5,)),
    ((2, 4, 3), (2, 4, 2), (5, 3, 2), (5,)),
    ((2, 1, 4, 3), (2, 1, 4, 1), (2, 3, 1), (2,)),
    ((0, 3), (0, 2), (5, 3, 2), (5,)),
]
SUMMED = {"scale": "terms", "specials": ("nan", "zeros")}


def arrays(shapes):
    return [rng.normal(size=shape) for shape in shapes]


@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_with_bias(shapes):
    sweep(*BILINEAR, shapes, **SUMMED)


@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_without_bias(shapes):
    sweep(*BILINEAR, shapes[:3], **SUMMED)


def test_no_outputs():
    sweep(*BILINEAR, ((4, 3), (4, 2), (0, 3, 2), (0,)), specials=())


def test_half_precision():
    sweep(*BILINEAR, *SHAPES[:4], dtypes=("float16",), scale="terms", specials=())


@pytest.mark.parametrize("kind", ["uint8", "int32", "int64"])
def test_integers(kind):
    whole = [rng.integers(0, 100, shape).astype(kind) for shape in SHAPES[0]]
    check(*BILINEAR, *whole, exact=True)
    check(*BILINEAR, *whole[:3], exact=True)


@pytest.mark.parametrize("bias", [(5, 5), (5, 1, 5)])
def test_bias_is_broadcast(bias):
    check(*BILINEAR, *arrays([(5, 3), (5, 2), (5, 3, 2), bias]), scale="terms")


@pytest.mark.parametrize("fixed", [(0,), (1,), (2,), (3,), (0, 1), (0, 2, 3), (1, 2), (1, 3)])
def test_only_what_requires_grad_gets_one(fixed):
    given = [constant(a) if i in fixed else a for i, a in enumerate(arrays(SHAPES[0]))]
    check(*BILINEAR, *given, scale="terms")


@pytest.mark.parametrize("shapes", SHAPES[:6], ids=str)
def test_second_derivatives(shapes):
    check(*BILINEAR, *arrays(shapes), second=True, scale="terms")
    check(*BILINEAR, *arrays(shapes[:3]), second=True, scale="terms")


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(column):
    column.manual_seed(0)
    for shapes in SHAPES[0], SHAPES[1][:3]:
        given = [column.randn(*s, dtype=column.float64).requires_grad_() for s in shapes]
        assert column.autograd.gradcheck(column.nn.functional.bilinear, given)
        assert column.autograd.gradgradcheck(column.nn.functional.bilinear, given)


def test_one_vector_with_itself():
    both = [lambda x, w, f=f: f(x, x, w) for f in BILINEAR]
    check(*both, *arrays([(4, 3), (2, 3, 3)]), second=True, scale="terms")


@pytest.mark.parametrize("shape", [(4, 3), (3,), (2, 4, 3)])
@pytest.mark.parametrize("bias", [True, False])
def test_names_in_the_graph(shape, bias):
    def names(column):
        x = column.ones(*shape, requires_grad=True)
        nodes, found = [column.nn.Bilinear(3, 3, 5, bias=bias)(x, x).grad_fn], []
        for node in nodes:
            found.append(node.name())
            nodes.extend(parent for parent, _ in node.next_functions if parent)
        return found

    assert names(scratch) == names(torch)


@same_script
def test_wrong_shapes_and_types(torch):
    bilinear, ones = torch.nn.functional.bilinear, torch.ones
    w = ones(6, 4, 3)
    return [
        error(torch, lambda arguments=arguments: bilinear(*arguments))
        for arguments in (
            (ones(2, 4), ones(3, 3), w),
            (ones(2, 4), ones(1, 3), w),
            (ones(2, 4), ones(1, 2, 3), w),
            (ones(2, 5), ones(2, 3), w),
            (ones(2, 4), ones(2, 5), w),
            (ones(2, 4).double(), ones(2, 3), w),
            (ones(2, 4), ones(2, 3), w.double()),
        )
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1.0], np.ones(3), np.ones((6, 4, 3))), "'input1' must be Tensor, not list"),
        ((np.ones(4), None, np.ones((6, 4, 3))), "'input2' must be Tensor, not NoneType"),
        ((np.ones(4), np.ones(3), np.ones((6, 4, 3)), 3), "'bias' must be Tensor, not int"),
        ((np.ones((2, 4)), np.ones((3, 3)), np.ones((6, 4, 3))), "at dim 0: got 2 and 3"),
        ((np.ones((2, 4)), np.ones(3), np.ones((6, 4, 3))), "got 2 and 1"),
        ((np.ones(5), np.ones(3), np.ones((6, 4, 3))), "input1 size .* got 5 but expected 4"),
        ((np.ones(4), np.ones(5), np.ones((6, 4, 3))), "input2 size .* got 5 but expected 3"),
        ((np.ones(4), np.ones(3), np.ones((6, 4))), r"weight \(out, in1, in2\)"),
        ((np.ones(4), np.ones(3), np.ones((6, 4, 3, 2))), "three dimensions"),
        ((np.ones(()), np.ones(()), np.ones((6, 1, 1))), "expects inputs"),
        ((np.ones((0, 0)), np.ones((0, 0)), np.ones((6, 0, 0))), "-1"),
        ((np.ones(4), np.ones(3), np.ones((6, 4, 3)), np.ones(1)), "got 1 but expected 6"),
        ((np.ones(4), np.ones(3), np.ones((6, 4, 3)), np.ones(())), "it is 0D"),
        ((np.ones((2, 4)), np.ones((2, 3)), np.ones((6, 4, 3)), np.ones((6, 1))), "size of tensor"),
        ((np.ones(4), np.ones(3), np.ones((6, 4, 3)), np.ones(6, "f4")), "bias: torch.float32"),
        ((np.ones(4) > 0, np.ones(3) > 0, np.ones((6, 4, 3)) > 0), "bools"),
    ],
)
def test_messages(arguments, says):
    check_error(BILINEAR[0], None, BILINEAR[2], *arguments, match=says)


@mistake("at dim 0: got 2 and 3", "as many vectors")
def test_every_vector_with_every_other(torch):
    """Bilinear takes pairs: the first of one input with the first of the other."""
    torch.nn.Bilinear(4, 4, 1)(torch.ones(2, 4), torch.ones(3, 4))


# ---- the layer ------------------------------------------------------------------------------


@same_script
def test_first_weights_are_torchs(torch):
    seen = []
    for seed, sizes, bias in [(0, (3, 5, 2), True), (1, (1, 1, 1), True), (2, (20, 3, 7), False)]:
        torch.manual_seed(seed)
        seen.append(torch.nn.Bilinear(*sizes, bias=bias).state_dict())
    seen.append(torch.nn.Bilinear(4, 3, 2, dtype=torch.float64).state_dict())
    seen.append((torch.nn.Bilinear(2, 0, 3).state_dict(), torch.nn.Bilinear(2, 3, 0).state_dict()))
    layer = torch.nn.Bilinear(4, 2, 3)
    layer.reset_parameters()
    seen.append((layer.state_dict(), torch.rand(2)))
    return seen


@same_script
def test_attributes_and_text(torch):
    layer, bare = torch.nn.Bilinear(3, 5, 2), torch.nn.Bilinear(3, 5, 2, bias=False)
    return (
        (layer.in1_features, layer.in2_features, layer.out_features, bare.bias),
        (repr(layer), repr(bare)),
        [name for name, _ in bare.named_parameters()],
    )


@same_script
def test_bad_sizes(torch):
    return [
        error(torch, lambda: torch.nn.Bilinear(0, 3, 4)),
        error(torch, lambda: torch.nn.Bilinear(-1, 3, 4)),
        error(torch, lambda: torch.nn.Bilinear(3, -1, 4)),
        error(torch, lambda: torch.nn.Bilinear(2.5, 3, 4)),
        error(torch, lambda: torch.nn.Bilinear(2, 3, 4, dtype=torch.int64)),
        error(torch, lambda: torch.nn.Bilinear(2, 0, 4)(torch.ones(1, 2), torch.ones(1, 0))),
    ]


def test_weights_cross_over_to_torch_and_back():
    ours, theirs = scratch.nn.Bilinear(3, 2, 4), torch.nn.Bilinear(3, 2, 4)
    theirs.load_state_dict({k: torch.tensor(v.numpy()) for k, v in ours.state_dict().items()})
    again = scratch.nn.Bilinear(3, 2, 4)
    again.load_state_dict({k: scratch.tensor(v.numpy()) for k, v in theirs.state_dict().items()})
    assert scratch.equal(again.weight, ours.weight) and scratch.equal(again.bias, ours.bias)
