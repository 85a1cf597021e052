"""Diagonals of matrices."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.expressions import alike
from tests.same_script import error, same_script

DTYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]


@pytest.mark.parametrize("arguments", [(), (1,), (-2,), (9,), (0, 1, 0), (1, -1, -2)])
def test_diagonal(arguments):
    sweep(
        *calls("diagonal", *arguments), (3, 4), (4, 2), (0, 3), (2, 3, 4), exact=True, second=True
    )


@pytest.mark.parametrize("diagonal", [0, 1, -2, 7])
def test_diag(diagonal):
    sweep(*calls("diag", diagonal), (3, 4), (0, 3), (4,), (0,), exact=True, second=True)


@pytest.mark.parametrize("arguments", [(), (1,), (-2,), (0, 0, 1), (1, 0, -1), (0, -1, -2)])
def test_diag_embed(arguments):
    sweep(*calls("diag_embed", *arguments), (3,), (2, 3), (0,), exact=True, second=True)


@pytest.mark.parametrize("offset", [0, -1, 2])
def test_diagflat(offset):
    sweep(scratch.diagflat, None, torch.diagflat, (2, 3), (), (0,), exact=True, offset=offset)


@pytest.mark.parametrize("arguments", [(0, 0, 1), (1, 0, 1), (-1, 1, 0)])
def test_diagonal_scatter(arguments):
    ours, _, builtin = calls("diagonal_scatter", *arguments)
    n = torch.zeros(3, 4).diagonal(*arguments).numel()
    sweep(ours, None, builtin, ((3, 4), (n,)), exact=True, second=True)


def test_trace():
    options = {"exact": "gradients", "scale": "terms", "second": True}
    sweep(*calls("trace"), (3, 3), (3, 4), (0, 3), (1, 1), specials=("nan", "inf"), **options)


def test_block_diag():
    ours, builtin = scratch.block_diag, torch.block_diag
    sweep(
        ours,
        None,
        builtin,
        ((2, 3), (3,), ()),
        ((0, 2), (2, 2)),
        ((2, 2),),
        exact=True,
        second=True,
    )
    check(ours, None, builtin, np.ones((2, 2), "i4"), np.ones(3, "f4"), exact=True)
    assert ours().shape == (1, 0)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["diagonal", "diag", "diag_embed", "diagflat", "block_diag"])
def test_dtypes(name, dtype):
    ours, twin, builtin = calls(name)
    check(ours, twin, builtin, np.arange(6).reshape(2, 3).astype(dtype), exact=True)


@pytest.mark.parametrize("dtype", DTYPES[1:])
def test_dtypes_of_a_trace(dtype):
    check(*calls("trace"), np.arange(100, 109).reshape(3, 3).astype(dtype))


@same_script
def test_a_diagonal_is_a_view(torch):
    x = torch.arange(12.0).view(3, 4)
    cube = torch.arange(24.0).view(2, 3, 4)
    views = [
        x.diagonal(),
        x.diagonal(1),
        x.diagonal(-1),
        x.t().diagonal(),
        x[1:, ::2].diagonal(),
        cube.diagonal(0, 0, 2),
        cube.diagonal(1, -1, -2),
        x.diagonal(5),
    ]
    x.diagonal().mul_(10)
    cube.diagonal(0, 1, 2)[0] = -1
    return x, cube, [(y, y.stride(), y._is_view(), y._version) for y in views]


@same_script
def test_writing_to_a_diagonal(torch):
    w = torch.arange(1.0, 13.0).view(3, 4).requires_grad_()
    v = torch.tensor([2.0, 3.0, 4.0], requires_grad=True)
    x = w * 2
    seen = x.diagonal(1)
    x.diagonal().mul_(v)
    seen.add_(1)
    x.t().diagonal(-1)[1:].zero_()
    x.fill_diagonal_(7.0)
    (x * w).sum().backward()
    return x, seen, w.grad, v.grad, x.grad_fn.name(), seen.grad_fn.name(), x._version


@same_script
def test_fill_diagonal(torch):
    tall, wide, cube = torch.zeros(7, 3), torch.zeros(2, 4), torch.zeros(3, 3, 3)
    leaf = torch.zeros(2, 2, requires_grad=True)
    return [
        tall.clone().fill_diagonal_(1),
        tall.fill_diagonal_(2, wrap=True),
        torch.zeros(4, 3).fill_diagonal_(2, wrap=True),
        torch.zeros(5, 3).fill_diagonal_(2, wrap=True),
        wide.fill_diagonal_(1.5, True),
        wide.t().fill_diagonal_(3),
        cube.fill_diagonal_(1),
        torch.zeros(8, 3)[:, 1:].fill_diagonal_(2, True),
        torch.zeros(2, 2, dtype=torch.bool).fill_diagonal_(True),
        torch.zeros(0, 2).fill_diagonal_(1),
        error(torch, lambda: leaf.fill_diagonal_(1)),
        error(torch, lambda: tall[0].fill_diagonal_(1)),
        error(torch, lambda: torch.zeros(2, 2, 3).fill_diagonal_(1)),
        error(torch, lambda: tall.fill_diagonal_("a")),
    ]


@same_script
def test_forms(torch):
    x = torch.arange(4.0).view(2, 2)
    out = torch.empty(0)
    torch.diag(x, 1, out=out)
    matrices = x.diag_embed().shape, x.diagflat(1).shape, x.diagonal_scatter(x[0])
    return (
        matrices,
        out,
        x.diag(),
        x.trace(),
        torch.diag(input=x, diagonal=-1),
        x.diagonal(dim1=1, dim2=0),
    )


@same_script
def test_names_in_the_graph(torch):
    x, v = torch.ones(2, 2, requires_grad=True), torch.ones(2, requires_grad=True)
    ys = [x.diagonal(), x.diag(), v.diag(), v.diag_embed(), x.trace(), x.diagonal_scatter(v)]
    return [y.grad_fn.name() for y in [*ys, torch.block_diag(x, v)]]


@pytest.mark.parametrize(
    "name, arguments, match",
    [
        ("diagonal", (0, 0, 0), "identical"),
        ("diagonal", (0, 0, 2), "out of range"),
        ("diagonal", (1.5,), "float"),
        ("diag_embed", (0, 0, 0), "identical"),
        ("diag_embed", (0, 5, 0), "out of range"),
    ],
)
def test_errors(name, arguments, match):
    check_error(*calls(name, *arguments), np.ones((2, 3)), match=match)


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda m, x: m.diag(x[None]), "1D or 2D"),
        (lambda m, x: m.diag(x[0, 0]), "1D or 2D"),
        (lambda m, x: m.trace(x[0]), "matrix"),
        (lambda m, x: m.trace(x > 0), None),
        (lambda m, x: m.diagonal(x[0]), None),
        (lambda m, x: m.diagonal_scatter(x, x), "slice size"),
        (lambda m, x: m.diagonal_scatter(x, 1), "must be Tensor"),
        (lambda m, x: m.block_diag(x[None]), "2 or fewer"),
        (lambda m, x: m.block_diag(x, 1), "int at pos 1|pos 1"),
    ],
)
def test_more_errors(call, match):
    x = np.ones((2, 3))
    check_error(*[lambda x, m=m: call(m, x) for m in (scratch, torch_impl, torch)], x, match=match)


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.ones(3, 1, requires_grad=True).fill_diagonal_(1)
torch.block_diag(torch.zeros(0, 3), torch.tensor(1.0, dtype=torch.float64))
"""
)
