"""The same dimensions, or the same entries, in another order."""

import pytest
import torch

import scratch
import torch_impl
from tests.checker import check_error, sweep
from tests.columns import calls, rand
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script


@pytest.mark.parametrize("dims", [(0, 1), (1, 0), (0, -1), (-1, -2), (1, 1)])
def test_transpose(dims):
    sweep(*calls("transpose", *dims), (3, 4), (2, 3, 4), (0, 3), exact=True, second=True)


@pytest.mark.parametrize("name", ["swapaxes", "swapdims"])
def test_transpose_by_other_names(name):
    sweep(*calls(name, 0, 2), (2, 3, 4), exact=True)


def test_t():
    sweep(scratch.t, torch_impl.t, torch.t, (3, 4), (5,), (), (0, 3), exact=True, second=True)


@pytest.mark.parametrize("dims", [(2, 0, 1), (0, 1, 2), (-1, 0, 1), (2, 1, 0), (1, 0, -1)])
def test_permute(dims):
    sweep(*calls("permute", dims), (2, 3, 4), (2, 0, 1), exact=True, second=True)


@pytest.mark.parametrize(
    "move",
    [(0, 2), ((0, 1), (1, 0)), ((0, 2), (2, 1)), ((2,), (-3,)), (-1, 0), ((0, 1, 2), (2, 0, 1))],
)
@pytest.mark.parametrize("name", ["movedim", "moveaxis"])
def test_movedim(move, name):
    sweep(*calls(name, *move), (2, 3, 4), exact=True)


@pytest.mark.parametrize("dims", [(0,), (1,), (0, 1), (-1, 0), []])
def test_flip(dims):
    sweep(*calls("flip", dims), (3, 4), (0, 3), exact=True, second=True)


@same_script
def test_a_single_number_is_moved_nowhere(torch):
    x = torch.tensor(3.0)
    return x.flip(0), x.movedim(0, -1)


@pytest.mark.parametrize(
    "arguments", [(1,), (-4,), (1, 0), (5, 1), ((1, -1), (0, 1)), ((1, 2), (0, 0))]
)
def test_roll(arguments):
    sweep(*calls("roll", *arguments), (3, 4), (0, 3), exact=True, second=True)


@pytest.mark.parametrize("k", [1, 2, 3, 0, -1, 6])
@pytest.mark.parametrize("dims", [(0, 1), (1, 0), (-1, 0)])
def test_rot90(k, dims):
    sweep(*calls("rot90", k, dims), (2, 3), (0, 3), (2, 3, 4), exact=True, second=True)


@pytest.mark.parametrize("name", ["fliplr", "flipud"])
def test_flips_by_name(name):
    sweep(*calls(name), (2, 3), (2, 3, 4), exact=True)


@same_script
def test_transposes_of_batches(torch):
    x = torch.arange(24.0).reshape(2, 3, 4).requires_grad_()
    ys = [x[0].H, x.mH, x.adjoint(), torch.adjoint(x[1]), x[0, 0, 0].H, x[0, 0, 0].adjoint()]
    sum(y.sum() for y in ys).backward()
    refused = [
        error(torch, lambda: x.H),
        error(torch, lambda: x[0, 0].H),
        error(torch, lambda: x[0, 0].mH),
        error(torch, lambda: x[0, 0].adjoint()),
        error(torch, lambda: x[0, 0, 0].mH),
    ]
    return [(y, y.stride(), y._is_view()) for y in ys], x.grad, refused


@same_script
def test_methods_and_properties(torch):
    x = torch.arange(24.0).reshape(2, 3, 4)
    m = x[0]
    ys = [
        m.T,
        m.mT,
        x.mT,
        m.t(),
        x.permute(2, 0, 1),
        x.permute([1, 0, 2]),
        x.permute(dims=(0, 2, 1)),
        x.transpose(dim0=0, dim1=1),
        x.flip(0),
        x.flip(0, 2),
        x.flip([1]),
        x.swapaxes(0, 2),
        x.T,
    ]
    return [(y, y.stride(), y.is_contiguous()) for y in ys]


@same_script
def test_names_in_the_graph(torch):
    x = torch.ones(2, 3, requires_grad=True)
    ys = [
        x.T,
        x.t(),
        x.mT,
        x.transpose(0, 1),
        x.permute(1, 0),
        x.movedim(0, 1),
        x.flip(0),
        x.roll(1),
    ]
    return [(y.grad_fn.name(), y._is_view()) for y in ys]


@same_script
def test_views_are_written_through(torch):
    x = torch.zeros(2, 3, requires_grad=True)
    h = x * 1
    h.t()[1, 0] = 5.0
    h.permute(1, 0)[2].mul_(3)
    h.backward(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    return h, x.grad, h._version


def test_a_transpose_of_more_than_two_dimensions_warns():
    with pytest.warns(UserWarning, match="deprecated"):
        assert scratch.zeros(2, 3, 4).T.shape == (4, 3, 2)
    with pytest.warns(UserWarning, match="deprecated"):
        assert scratch.zeros(()).T.shape == ()


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda x: x.transpose(0, 2), r"\[-2, 1\], but got 2"),
        (lambda x: x.unsqueeze(0).t(), r"3D.*\[1, 2, 3\]"),
        (lambda x: x[0].mT, "1-D"),
        (lambda x: x.permute(0), "input.dim.. = 2 .* len.dims. = 1"),
        (lambda x: x.permute(0, 0), "duplicate"),
        (lambda x: x.permute(0, 2), r"\[-2, 1\]"),
        (lambda x: x.permute(), "dims"),
        (lambda x: x.permute(0, 1.0), "float"),
        (lambda x: x.movedim(0, 2), "out of range"),
        (lambda x: x.movedim((0, 0), (0, 1)), r"repeated dim in `source` \(\[0, 0\]\)"),
        (lambda x: x.movedim((0, 1), (1,)), "same number"),
        (lambda x: x.flip(2), "out of range"),
        (lambda x: x.flip(0, 0), "multiple times"),
        (lambda x: x.roll((1, 1)), "shifts: 2, dims:0"),
        (lambda x: x.roll(1, 2), "out of range"),
        (lambda x: x[0, 0].roll(1, 0), "no dimensions"),
        (lambda x: x.movedim(0, (1,)), "both"),
        (lambda x: x.rot90(1, (0,)), "dims = 1"),
        (lambda x: x.rot90(1, (0, 0)), "different"),
        (lambda x: x.rot90(1, (0, 2)), "out of range"),
        (lambda x: x[0].rot90(), "total dims"),
        (lambda x: x.rot90(1.5), "float"),
        (lambda x: x[0].fliplr(), ">= 2-d"),
        (lambda x: x[0, 0].flipud(), ">= 1-d"),
        (lambda x: x.detach().unsqueeze(0).t_(), "3D"),
        (lambda x: x.detach().transpose_(0, 2), "out of range"),
    ],
)
def test_errors(call, match):
    check_error(call, None, call, rand(2, 3), match=match)


def test_errors_of_the_twin():
    check_error(*calls("t"), rand(2, 3, 4))
    check_error(*calls("permute", (0, 0)), rand(2, 3))


@same_script
def test_integers_and_bools(torch):
    x = torch.tensor([[1, 2], [3, 4]])
    return [x.t(), x.T, (x > 2).mT, x.flip(0), (x > 1).roll(1), x.permute(1, 0)]


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
g.sum().movedim(0, -1)
g.transpose_(0, 5)
(g * 1).transpose_(0, 5)
m.rot90(0)
m.rot90(4)
torch.ones(2, 1, 3).expand(2, 2, 3).flip(0)
torch.zeros(0, 3).roll(1, 7)
""",
    OPERANDS,
)
