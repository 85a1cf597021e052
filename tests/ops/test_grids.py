"""Grids, pairs and positions."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error
from tests.expressions import alike
from tests.same_script import error, same_script


@pytest.mark.parametrize("indexing", ["ij", "xy"])
def test_meshgrid(indexing):
    ours, builtin = [lambda *xs, m=m: m.meshgrid(*xs, indexing=indexing) for m in (scratch, torch)]
    a, b, c = np.arange(2.0), np.arange(3.0), np.arange(4.0)
    for arrays in [(a,), (a, b), (a, b, c), (a, np.array(5.0)), (np.zeros(0), b)]:
        check(ours, None, builtin, *arrays, exact="values", scale="terms", second=True)


@same_script
def test_grids_are_views(torch):
    a, b = torch.arange(2), torch.arange(3)
    grids = [*torch.meshgrid(a, b, indexing="xy"), *torch.meshgrid([a, b, a], indexing="ij")]
    return [(x, x.stride(), x._is_view()) for x in grids]


def test_meshgrid_warns_without_indexing():
    with pytest.warns(UserWarning, match="indexing"):
        x, y = scratch.meshgrid(scratch.arange(2), scratch.arange(3))
    assert x.tolist() == [[0, 0, 0], [1, 1, 1]] and y.tolist() == [[0, 1, 2], [0, 1, 2]]


def test_cartesian_prod():
    ours, builtin = scratch.cartesian_prod, torch.cartesian_prod
    for arrays in [(np.arange(3.0),), (np.arange(2.0), np.arange(3.0)), (np.arange(2.0),) * 3]:
        check(ours, None, builtin, *arrays, exact="values", scale="terms", second=True)
    check(ours, None, builtin, np.zeros(0), np.arange(3.0), exact=True)


@pytest.mark.parametrize("r", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("again", [False, True])
def test_combinations(r, again):
    ours, builtin = [lambda x, m=m: m.combinations(x, r, again) for m in (scratch, torch)]
    for n in (0, 1, 4):
        check(ours, None, builtin, np.arange(n) + 0.5, exact="values", scale="terms")


@pytest.mark.parametrize("arguments", [(), (0,), (1,), (4,), (3, True)])
def test_vander(arguments):
    ours, builtin = [lambda x, m=m: m.vander(x, *arguments) for m in (scratch, torch)]
    for kind in ("float64", "float32", "int32", "int64", "bool"):
        check(ours, None, builtin, np.array([2, 0, 3]).astype(kind), exact=True, gradients=False)


def test_the_gradient_of_powers():
    """torch 2.13 changes in place what the backward needs, and raises."""
    x = scratch.tensor([1.5, -2.0, 0.5], dtype=scratch.float64, requires_grad=True)
    scratch.vander(x, 4, increasing=True).sum().backward()
    assert x.grad.tolist() == [1 + 2 * a + 3 * a * a for a in x.tolist()]


@same_script
def test_unravel_index(torch):
    flat = torch.tensor([[5, 3], [0, 23]])
    rows, columns = torch.unravel_index(torch.tensor([5, 3]), (2, 3))
    return [
        torch.unravel_index(flat, (4, 6)),
        torch.unravel_index(flat.to(torch.int8), torch.Size([2, 3, 4])),
        torch.unravel_index(torch.tensor(7), 10),
        torch.unravel_index(torch.tensor(3), ()),
        rows.stride(),
        columns.storage_offset(),
        torch.unravel_index(flat[:0], (0, 2)),
        error(torch, lambda: torch.unravel_index(flat / 2, (4, 6))),
        error(torch, lambda: torch.unravel_index(flat, (-4, 6))),
        error(torch, lambda: torch.unravel_index(flat, (4, 0))),
        error(torch, lambda: torch.unravel_index(flat, (4, 1.5))),
    ]


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda m, x: m.meshgrid(indexing="ij"), "non-empty"),
        (lambda m, x: m.meshgrid(x, indexing="ij"), "0D or 1D"),
        (lambda m, x: m.meshgrid(x[0], x[0], indexing="zz"), "zz"),
        (lambda m, x: m.meshgrid(x[0], x[0].int(), indexing="ij"), "same dtype"),
        (lambda m, x: m.meshgrid(x[0], 1, indexing="ij"), "int"),
        (lambda m, x: m.cartesian_prod(x, x), "1D vector"),
        (lambda m, x: m.cartesian_prod(), "non-empty"),
        (lambda m, x: m.combinations(x), "1D vector"),
        (lambda m, x: m.combinations(x[0], -1), "non-negative"),
        (lambda m, x: m.vander(x), "one-dimensional"),
        (lambda m, x: m.vander(x[0], -1), "non-negative"),
        (lambda m, x: m.vander(1), "must be Tensor"),
    ],
)
def test_errors(call, match):
    x = np.ones((2, 3))
    check_error(*[lambda x, m=m: call(m, x) for m in (scratch, torch_impl, torch)], x, match=match)


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.vander(torch.ones(3), 3)._version
torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")[1].sqrt()
"""
)
