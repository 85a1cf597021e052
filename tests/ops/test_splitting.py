"""One tensor made several."""

import numpy as np
import pytest

import scratch
from tests.checker import check_error, sweep
from tests.columns import calls
from tests.expressions import alike
from tests.same_script import error, same_script


@pytest.mark.parametrize(
    "arguments", [(1,), (2,), (5,), (2, 1), ([1, 2],), ([1, 0, 3], -1), (3, -2), ((2, 1), 0)]
)
def test_split(arguments):
    shape = (3, 4)
    sweep(*calls("split", *arguments), shape, exact=True, second=True)


def test_split_of_nothing():
    sweep(*calls("split", 2), (0, 3), exact=True)
    sweep(*calls("split", 0), (0, 3), exact=True)


@pytest.mark.parametrize("arguments", [(1,), (2,), (3, 1), (7,), (2, -1)])
def test_chunk(arguments):
    sweep(*calls("chunk", *arguments), (5, 4), (0, 3), exact=True)


@pytest.mark.parametrize("dim", [0, 1, -1])
def test_unbind(dim):
    sweep(*calls("unbind", dim), (3, 4), (2, 3, 2), (1, 3), exact=True, second=True)


@pytest.mark.parametrize("sizes, dim", [([1, 2], 0), ((4, 0), 1), ([3], -2)])
@pytest.mark.parametrize("name", ["split_with_sizes", "unsafe_split_with_sizes"])
def test_sizes_of_parts(name, sizes, dim):
    sweep(*calls(name, sizes, dim), (3, 4), exact=True)


CUTS = [(2,), (3, 1), (7,), ([1, 2],), ((2, 9), 1), ((-1,), 0), ([],), ([3, 1], -1)]


@pytest.mark.parametrize("arguments", CUTS)
def test_tensor_split(arguments):
    sweep(*calls("tensor_split", *arguments), (3, 5), (0, 3), exact=True, second=True)


@pytest.mark.parametrize(
    "name, cuts", [("hsplit", 2), ("vsplit", [1]), ("dsplit", 2), ("hsplit", (3,))]
)
def test_splits_by_name(name, cuts):
    sweep(*calls(name, cuts), (2, 4, 6), exact=True)


@same_script
def test_more_splits(torch):
    x = torch.arange(12.0).reshape(4, 3)
    w = torch.arange(4.0).requires_grad_()
    h = w * 2
    h.tensor_split(2)[1].mul_(3)
    first, second = h.unsafe_chunk(2)
    first.mul_(2)
    (h.sum() + first.sum()).backward()
    return [
        x.tensor_split(torch.tensor([1, 3])),
        x.tensor_split(torch.tensor(3), 0),
        x[0].hsplit(3),
        h,
        w.grad,
        [
            (y.grad_fn.name(), y._is_view())
            for y in (*h.tensor_split(2), *h.unsafe_split(2), second)
        ],
        error(torch, lambda: x.tensor_split(torch.tensor([1.0]))),
        error(torch, lambda: x.tensor_split(torch.ones(1, 1, dtype=torch.int64))),
    ]


@same_script
def test_iteration(torch):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    total = 0
    for row, factor in zip(x, (0.5, -3.0), strict=True):
        total = total + (row * factor).sum()
    total.backward()
    first, second = x
    return (
        x.grad,
        first,
        second,
        list(torch.tensor([1, 2])),
        error(torch, lambda: list(x[0, 0])),
    )


@same_script
def test_unused_parts(torch):
    x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
    (x.split([1, 2, 1])[1] * torch.tensor([2.0, 3.0])).sum().backward()
    (x.unbind()[3] * 5).backward()
    return x.grad


@same_script
def test_parts_are_views_of_one_node(torch):
    x = torch.ones(2, 3, requires_grad=True)
    parts = [*x.unbind(), *x.split(1), *x.split([1, 2], 1), *x.chunk(2)]
    same = parts[0].grad_fn is parts[1].grad_fn if torch.__name__ != "scratch" else True
    return same, [
        (p.grad_fn.name(), p.output_nr, p._is_view(), p._base is x, p.storage_offset())
        for p in parts
    ]


@same_script
def test_parts_cannot_be_changed_in_place_where_a_gradient_is_wanted(torch):
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    h = w * torch.ones(2, 2)
    constant = torch.zeros(2, 2)
    constant.unbind()[0].add_(1)
    stale = h.unbind()[0]
    with torch.no_grad():
        h.split(1)[0].add_(1)
    return (
        constant,
        h,
        [
            error(torch, lambda: h.unbind()[0].add_(1)),
            error(torch, lambda: h.split(1)[0].mul_(2)),
            error(torch, lambda: h.chunk(2)[0].view(-1).zero_()),
            error(torch, lambda: constant.unbind()[0].add_(w)),
            error(torch, lambda: stale * 2),
            error(torch, lambda: stale.grad_fn),
            error(torch, lambda: stale.detach() * 2),
        ],
    )


def test_the_refusal_names_the_function():
    h = scratch.ones(2, 2, requires_grad=True) * 1
    with pytest.raises(
        RuntimeError, match="UnbindBackward0.*multiple views|multiple views.*Unbind"
    ):
        h.unbind()[0].add_(1)


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda x: x.split([1, 1]), "sum exactly to 3"),
        (lambda x: x.split([-1, 4]), "non-negative"),
        (lambda x: x.split(0), "dimension size of 3"),
        (lambda x: x.split(-1), "split_size=-1"),
        (lambda x: x.split(2.0), "float"),
        (lambda x: x.split(1, 2), "out of range"),
        (lambda x: x.chunk(0), "greater than 0"),
        (lambda x: x.unbind(2), "out of range"),
        (lambda x: x[0, 0].unbind(), "no dimensions"),
        (lambda x: x[0, 0].split(1), "at least a 1-dimensional"),
        (lambda x: x[0, 0].chunk(1), "at least a 1-dimensional"),
        (lambda x: x.chunk(2.5), "float"),
        (lambda x: x.split_with_sizes([1, 1]), "sum exactly to 3"),
        (lambda x: x.split_with_sizes(3), "not int"),
        (lambda x: x.unsafe_split(-1), "split_size=-1"),
        (lambda x: x.unsafe_chunk(0), "greater than 0"),
        (lambda x: x.tensor_split(0), "larger than 0"),
        (lambda x: x.tensor_split(2.0), "float"),
        (lambda x: x[0, 0].tensor_split(1), "1-dimensional"),
        (lambda x: x.hsplit(3), "not divisible"),
        (lambda x: x.vsplit(0), "not divisible"),
        (lambda x: x.dsplit(1), "at least 3"),
        (lambda x: x[0, 0].hsplit(1), "at least 1"),
        (lambda x: x[0].vsplit(1), "at least 2"),
    ],
)
def test_errors(call, match):
    check_error(call, None, call, np.ones((3, 4)), match=match)


def test_many_rows_share_one_backward():
    x = scratch.ones(2000, 50, requires_grad=True)
    total = sum((row.sum() for row in x), scratch.zeros(()))
    total.backward()
    assert (x.grad == 1).all()


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.zeros(0, 3, requires_grad=True).chunk(2)
torch.zeros(0, 3, requires_grad=True).chunk(2, 1)
torch.zeros(0, 3, requires_grad=True).unsafe_chunk(2)
"""
)
