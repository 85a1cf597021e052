"""The same numbers several times."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import calls, rand
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script


def scratch_or_torch(x):
    """The module that a tensor comes from."""
    return scratch if isinstance(x, scratch.Tensor) else torch


MILD = ("nan", "zeros", "ties", "denormal")  # special numbers whose sums are no matter of order


@pytest.mark.parametrize(
    "shape, size",
    [
        ((2, 1, 1), (2, 3, 4)),
        ((2, 1, 1), (2, 3, 1)),
        ((5, 3, 2), (-1, 3, -1)),
        ((2, 1, 1), (5, 2, 3, 4)),
        ((2, 1, 1), (0, 2, 3, 1)),
    ],
)
def test_broadcast_to(shape, size):
    options = {"exact": "values", "scale": "terms", "second": True, "specials": MILD}
    sweep(*calls("broadcast_to", size), shape, **options)


def test_expand_of_a_number():
    for size in [(3,), (2, 3), (), (0,)]:
        check(*calls("broadcast_to", size), np.array(1.5), exact="values", scale="terms")


@same_script
def test_expand(torch):
    x = torch.tensor([[1.0], [2.0]])
    ys = [
        x.expand(2, 3),
        x.expand((2, 3)),
        x.expand(-1, 3),
        x.expand(size=(4, 2, 1)),
        x.expand_as(torch.zeros(3, 2, 2)),
        x.broadcast_to(2, 2),
        x.expand(2, 3)[0],
        x.expand(2, 1),
    ]
    return [(y, y.stride(), y.is_contiguous()) for y in ys]


@same_script
def test_writing_to_what_is_expanded(torch):
    x = torch.zeros(3)
    wide = x.expand(2, 3)
    wide[0] += 1
    seen = x.tolist(), wide.tolist()
    refused = [error(torch, lambda: wide.add_(1)), error(torch, lambda: wide.copy_(torch.ones(3)))]
    return seen, refused, wide.fill_(2.0), x


@pytest.mark.parametrize("size", [(2, 3), (1, 3), (2, 1), (1, 1), (3,), (1,), ()])
def test_sum_to_size(size):
    call = lambda x: x.sum_to_size(size)  # noqa: E731
    sweep(call, None, call, (2, 3), scale="terms", specials=("nan", "inf", "ties"))


@pytest.mark.parametrize("repeats", [(2, 2), (1, 1), (0, 2), (3, 1, 2)])
def test_repeat(repeats):
    call = lambda x: x.repeat(repeats)  # noqa: E731
    sweep(
        call,
        None,
        call,
        (2, 3),
        (0, 3),
        exact="values",
        scale="terms",
        second=True,
        specials=("nan", "inf", "zeros", "ties"),
    )


@pytest.mark.parametrize("dims", [(2, 3), (2,), (2, 1, 2), ()])
def test_tile(dims):
    sweep(
        *calls("tile", dims),
        (2, 3),
        (3,),
        exact="values",
        scale="terms",
        specials=("nan", "inf", "ties"),
    )


@pytest.mark.parametrize("options", [{}, {"dim": 0}, {"dim": 1}, {"dim": -1}])
@pytest.mark.parametrize("repeats", [0, 1, 3])
def test_repeat_interleave(repeats, options):
    sweep(
        *calls("repeat_interleave", repeats, **options),
        (2, 3),
        exact="values",
        scale="terms",
        specials=("nan", "ties"),
    )


@same_script
def test_different_repeats(torch):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    y = torch.repeat_interleave(x, torch.tensor([1, 2]), dim=0)
    y.backward(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
    return y, x.grad, torch.tensor([1, 2]).repeat(2), torch.tensor(1.5).repeat(2, 2)


@same_script
def test_positions_repeated(torch):
    x = torch.arange(6.0).reshape(2, 3)
    times = torch.tensor([2, 0, 1])
    return [
        torch.repeat_interleave(times),
        torch.repeat_interleave(times.int()),
        torch.repeat_interleave(times, output_size=3),
        x.repeat_interleave(times, 1),
        x.repeat_interleave(torch.tensor(2)),
        x.repeat_interleave(torch.tensor([2]), 0),
        x.repeat_interleave(times, 1, output_size=3),
        x[0, 0].repeat_interleave(3),
        x.repeat_interleave(2, output_size=12),
    ]


def test_broadcast_tensors():
    ours, builtin = scratch.broadcast_tensors, torch.broadcast_tensors
    for shapes in [((2, 1), (3,)), ((), (2, 2)), ((3,),), ((0, 1), (1, 4), ()), ((2, 3), (2, 3))]:
        check(
            ours,
            None,
            builtin,
            *[rand(*s) for s in shapes],
            exact="values",
            scale="terms",
            second=True,
        )


@same_script
def test_broadcast_shapes(torch):
    shapes = [
        torch.broadcast_shapes(*s) for s in [(2,), ((2, 1), (3,)), ((), 4), ((0,), 1), ([5, 1], 6)]
    ]
    x, y = torch.broadcast_tensors(torch.ones(2, 1), torch.ones(3))
    return [list(s) for s in shapes], type(shapes[0]).__name__, x.stride(), y.stride(), x._is_view()


@same_script
def test_strides_of_what_is_expanded(torch):
    x = torch.arange(6.0).reshape(2, 3)
    ys = [x.t().expand(1, 1, 3, 2), x[:, None].expand(2, 1, 3), x[:1].expand(1, 4, 3)]
    return [(y, y.stride()) for y in ys]


@same_script
def test_names_in_the_graph(torch):
    x = torch.ones(2, 1, requires_grad=True)
    ys = [
        x.expand(2, 3),
        x.expand_as(torch.ones(2, 2)),
        x.repeat(1, 2),
        x.tile(2),
        x.sum_to_size(1, 1),
    ]
    return [(y.grad_fn.name(), y._is_view()) for y in ys]


@pytest.mark.parametrize(
    "call, match",
    [
        (
            lambda x: x.expand(2, 4),
            r"expanded size of the tensor \(4\).*existing size \(3\).*dimension 1",
        ),
        (lambda x: x.expand(3), "number of sizes provided"),
        (lambda x: x.expand(-1, 2, 3), "leading, non-existing dimension 0"),
        (lambda x: x[:, :1].expand(2, -2), "negative"),
        (lambda x: x.sum_to_size(4), "not expandable"),
        (lambda x: x.repeat(2), "can not be smaller"),
        (lambda x: x.repeat(-1, 1), "negative"),
        (lambda x: x.repeat_interleave(-1), "non-negative"),
        (lambda x: x.tile("a"), "str"),
        (lambda x: x.expand_as(1), "must be Tensor"),
        (lambda x: x.repeat_interleave(1.5), "float"),
        (lambda x: x.repeat_interleave(2, 0, output_size=5), "output_size 5"),
        (lambda x: scratch_or_torch(x).broadcast_tensors(x, x[:, :2]), r"\(3\).*\(2\)"),
        (lambda x: scratch_or_torch(x).broadcast_tensors(x, 1), "int at pos 1"),
        (lambda x: scratch_or_torch(x).broadcast_shapes((2,), (3,)), r"\(2\).*\(3\)"),
        (lambda x: scratch_or_torch(x).broadcast_shapes((2,), (-1,)), "negative"),
        (lambda x: x.repeat_interleave(scratch_or_torch(x).tensor([1, 2, 3]), 0), "same size"),
        (lambda x: x.repeat_interleave(scratch_or_torch(x).tensor([1, -2]), 0), "negative"),
        (lambda x: x.repeat_interleave(scratch_or_torch(x).tensor([1.0, 2.0]), 0), "float32"),
        (lambda x: x.repeat_interleave(scratch_or_torch(x).tensor([[1, 2]]), 0), "1-dim"),
    ],
)
def test_errors(call, match):
    check_error(call, None, call, rand(2, 3), match=match)


def test_errors_of_the_twin():
    check_error(*calls("broadcast_to", (2, 4)), rand(2, 3))


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.broadcast_tensors(x := torch.ones(2), torch.ones(()))[0] is x
torch.broadcast_tensors(g, torch.ones(2, 2))
m.tile((1,))
m.repeat_interleave(1, 0)
""",
    OPERANDS,
)
