"""Any walk through a tensor's memory."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.expressions import alike
from tests.same_script import error, same_script

DTYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]
MILD = ("nan", "zeros", "ties")


@pytest.mark.parametrize(
    "window", [(0, 2, 1), (-1, 2, 2), (0, 3, 3), (1, 1, 2), (0, 0, 1), (1, 4, 1)]
)
def test_unfold(window):
    call = lambda x: x.unfold(*window)  # noqa: E731
    options = {"exact": "values", "scale": "terms", "second": True, "specials": MILD}
    sweep(call, None, call, (3, 4), (5, 4, 2), **options)


def test_unfold_of_a_number_and_of_much():
    for window in [(0, 1, 1), (0, 0, 1), (-1, 1, 5)]:
        call = lambda x: x.unfold(*window)  # noqa: B023, E731
        check(call, None, call, np.array(2.0), exact=True, second=True)
    call = lambda x: x.unfold(0, 40, 7)  # noqa: E731
    check(
        call,
        None,
        call,
        np.random.default_rng(3).standard_normal(64),
        exact="values",
        scale="terms",
    )


WALKS = [
    ((2, 2), (1, 1)),
    ((3,), (2,), 1),
    ((2, 3), (0, 1)),
    ((), ()),
    ((0, 2), (1, 1)),
    ((2, 3), (5, 2), 1),
]


@pytest.mark.parametrize("walk", WALKS)
def test_as_strided(walk):
    call = lambda x: x.as_strided(*walk)  # noqa: E731
    options = {"exact": "values", "scale": "terms", "second": True, "specials": MILD}
    layouts = ("contiguous", "transposed")
    sweep(call, None, call, (3, 4), layouts=layouts, **options)


@same_script
def test_as_strided_of_what_overlaps_itself(torch):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = x.expand(2, 3).as_strided((3,), (1,))
    (y * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
    return y, x.grad


@same_script
def test_walks_are_views(torch):
    x = torch.arange(12.0).view(3, 4)
    part = x[1:, 1:]
    views = [
        x.unfold(1, 2, 1),
        x.unfold(0, 2, 2),
        x.t().unfold(0, 3, 1),
        part.as_strided((2, 2), (4, 1)),
        part.as_strided((2,), (3,), 0),
        x.unfold(1, 2, 2)[1],
        torch.as_strided(x, [2], [1], 3),
    ]
    x += 100
    return [(y, y.stride(), y.storage_offset(), y._is_view(), y._version) for y in views]


@same_script
def test_writing_to_walks(torch):
    w = torch.arange(1.0, 13.0).view(3, 4).requires_grad_()
    v = torch.tensor([2.0, 3.0], requires_grad=True)
    x = w * 2
    windows = x.unfold(1, 2, 1)
    x.unfold(1, 2, 2).mul_(v)
    x.as_strided((2, 2), (4, 1), 5).add_(1)
    x.t().unfold(0, 2, 2)[0, 1].mul_(5)
    (windows * windows).sum().backward()
    return x, windows, w.grad, v.grad, x.grad_fn.name(), windows.grad_fn.name(), x._version


@same_script
def test_second_derivatives_through_a_written_walk(torch):
    w = torch.arange(1.0, 5.0).requires_grad_()
    x = w * w
    x.as_strided((2,), (2,)).mul_(w[:2])
    (g,) = torch.autograd.grad((x**2).sum(), w, create_graph=True)
    (g * torch.arange(4.0)).sum().backward()
    return g, w.grad


@same_script
def test_another_walk_of_the_tensor_itself(torch):
    seen = []
    for walk in [((2, 2), (1, 1)), ((3,), (1,), 1), ((2, 2), (2, 1))]:
        w = torch.arange(1.0, 7.0).view(2, 3).requires_grad_()
        x = w * 2
        x.as_strided_(*walk)
        part = (w * 3)[1:]
        part.as_strided_((2,), (1,)).mul_(2)
        ((x * x).sum() + part.sum()).backward()
        names = x.grad_fn.name(), part.grad_fn.name()
        seen += [x, x.stride(), x.storage_offset(), x._version, part, part.storage_offset(), names]
        seen += [w.grad, error(torch, lambda w=w, a=walk: w.as_strided_(*a))]
    return seen


@same_script
def test_another_size(torch):
    x = torch.arange(6.0).view(2, 3)
    row = x[1]
    x.resize_(3, 1)
    seen = x.clone(), x._version, x.stride()
    x.resize_((2, 3))[1] = 9
    turned = torch.arange(6.0).view(2, 3).t()
    return [
        seen,
        x,
        row,
        turned.resize_(3, 2),
        turned.stride(),
        turned.resize_(2, 3),
        turned.stride(),
        torch.arange(4).resize_as_(torch.ones(2, 1)),
        torch.resize_as_(torch.arange(4), x[0]),
        torch.ones(2).resize_(3, 4).shape,
        torch.arange(3).resize_(5)[:3],
        torch.ones(0).resize_(0, 2),
        error(torch, lambda: torch.ones(2).resize_(-1)),
        error(torch, lambda: x.resize_as_([1])),
        error(torch, lambda: x.requires_grad_().resize_(2)),
    ]


@pytest.mark.parametrize("dim, index", [(0, 1), (1, -1), (-2, 0)])
def test_select_scatter(dim, index):
    ours, builtin = [lambda x, y, m=m: m.select_scatter(x, y, dim, index) for m in (scratch, torch)]
    sweep(ours, None, builtin, ((3, 4), (3 if dim == 1 else 4,)), exact=True, second=True)


@pytest.mark.parametrize(
    "where", [{}, {"start": 1}, {"start": -2, "end": 9}, {"end": 3, "step": 2}]
)
def test_slice_scatter(where):
    ours, builtin = [lambda x, y, m=m: m.slice_scatter(x, y, 0, **where) for m in (scratch, torch)]
    n = len(range(4)[slice(where.get("start"), where.get("end"), where.get("step"))])
    sweep(ours, None, builtin, ((4, 3), (n, 3)), exact=True, second=True)


@pytest.mark.parametrize("where", [(0, 1, 2), (1, 0, 0), (-1, 2, 2)])
def test_narrow_copy(where):
    ours, builtin = [lambda x, m=m: m.narrow_copy(x, *where) for m in (scratch, torch)]
    sweep(ours, None, builtin, (3, 4), exact=True, second=True)


def test_as_strided_scatter():
    x, y = np.random.default_rng(1).standard_normal((3, 4)), np.ones((2, 2))
    ours, builtin = [
        lambda x, y, m=m: m.as_strided_scatter(x, y, (2, 2), (4, 1), 1) for m in (scratch, torch)
    ]
    check(ours, None, builtin, x, y, exact=True, gradients=False)
    # torch 2.13 gives x the gradient of y, and its own gradcheck refuses that
    inputs = [scratch.tensor(a).requires_grad_() for a in (x, y)]
    assert scratch.autograd.gradcheck(ours, inputs) and scratch.autograd.gradgradcheck(ours, inputs)


@same_script
def test_dtypes_of_what_is_scattered(torch):
    x = torch.zeros(2, 2)
    one = torch.ones(2, dtype=torch.int32)
    return (
        x.select_scatter(one, 0, 0),
        x.diagonal_scatter(one),
        x.to(torch.int8).slice_scatter(x + 1),
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_dtypes(dtype):
    for call in (lambda x: x.unfold(0, 2, 1), lambda x: x.as_strided((2, 2), (1, 1))):
        check(call, None, call, np.arange(6).reshape(3, 2).astype(dtype), exact="values")


@same_script
def test_names_in_the_graph(torch):
    x, v = torch.ones(3, 3, requires_grad=True), torch.ones(3)
    ys = [
        x.unfold(0, 2, 1),
        x.as_strided((2,), (1,)),
        x.select_scatter(v, 0, 0),
        x.narrow_copy(0, 0, 1),
        x.slice_scatter(x),
        x.as_strided_scatter(v, (3,), (1,)),
        (x * 1).as_strided_((2,), (1,)),
    ]
    return [(y.grad_fn.name(), y._is_view()) for y in ys]


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda x: x.unfold(0, 4, 1), "maximum size for tensor at dimension 0 is 3"),
        (lambda x: x.unfold(0, -1, 1), ">= 0"),
        (lambda x: x.unfold(0, 1, 0), "> 0"),
        (lambda x: x.unfold(2, 1, 1), "out of range"),
        (lambda x: x.unfold(0, 1.5, 1), "float"),
        (lambda x: x.as_strided((2, 2), (1,)), "mismatch in length"),
        (lambda x: x.as_strided((2,), (-1,)), "Negative strides"),
        (lambda x: x.as_strided((2,), (1,), -1), "offset -1"),
        (lambda x: x.as_strided((20,), (1,)), "storage of 6"),
        (lambda x: x.as_strided(2, 2), "int"),
        (lambda x: x.select_scatter(x, 0, 0), "slice size"),
        (lambda x: x.select_scatter(x[0], 0, 3), "out of range"),
        (lambda x: x[0, 0].select_scatter(x, 0, 0), "0-dim"),
        (lambda x: x.slice_scatter(x[0]), "slice size"),
        (lambda x: x[0, 0].slice_scatter(x), "0-dim"),
        (lambda x: x.slice_scatter(x, step=0), "positive"),
        (lambda x: x.as_strided_scatter(x, (2,), (1,)), "slice size"),
        (lambda x: x.as_strided_scatter(x[:2, 0], (2,), (9,)), "storage of 6"),
        (lambda x: x.narrow_copy(0, 2, 2), "exceeds"),
    ],
)
def test_errors(call, match):
    check_error(call, None, call, np.ones((3, 2)), match=match)


def test_a_walk_over_memory_with_gaps_is_not_followed_wrongly():
    x = scratch.arange(12.0).reshape(3, 4)[:, ::2].detach()
    w = scratch.ones(2, requires_grad=True)
    x.as_strided((2,), (4,)).mul_(w * 3)
    with pytest.raises(RuntimeError, match="gaps"):
        x.sum().backward()


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.zeros(0, 3).as_strided((2,), (1,))
torch.zeros(0, 3).as_strided((2,), (0,))
torch.zeros(3).narrow_copy(1, 0, 1)
torch.zeros(0, 3).as_strided((0, 2), (1, 1)).shape
"""
)
