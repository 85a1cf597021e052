"""The same numbers in another shape."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls, rand
from tests.same_script import error, same_script

SHAPES = [(3, 4), (2, 1, 3), (0, 3), (1,), ()]


@pytest.mark.parametrize("shape", [(6, -1), (-1,), (3, 1, 8), (24, 1), (2, -1, 2)])
def test_view(shape):
    method = lambda x: x.view(shape)  # noqa: E731
    sweep(method, None, method, (3, 4, 2), exact=True, layouts=("contiguous",), second=True)


def test_view_takes_sizes_in_every_form():
    for call in (
        lambda x: x.view(6),
        lambda x: x.view([2, 3]),
        lambda x: x.view(3, -1),
        lambda x: x.view(x.shape),
        lambda x: x.view(size=(1, 6)),
        lambda x: x.reshape(shape=(3, 2)),
        lambda x: x.view_as(x.reshape(3, 2)),
        lambda x: x.reshape_as(x.reshape(3, 2)),
    ):
        check(call, None, call, rand(2, 3), exact=True)


@pytest.mark.parametrize("shape", [(4, 6), (-1,), (2, 3, 4), (8, 3), (2, -1)])
def test_reshape(shape):
    sweep(
        *calls("reshape", shape),
        (3, 4, 2),
        exact=True,
        second=True,
    )


@pytest.mark.parametrize("dims", [(), (1,), (0, 1), (-2, -1), (1, 1)])
def test_flatten(dims):
    sweep(
        *calls("flatten", *dims),
        (3, 4, 2),
        (0, 3, 2),
        exact=True,
    )


def test_flatten_of_a_number_and_of_a_vector():
    sweep(scratch.flatten, torch_impl.flatten, torch.flatten, (), (5,), exact=True)


@pytest.mark.parametrize("sizes", [(2, 6), (-1, 3), (12,), [3, 2, 2]])
def test_unflatten(sizes):
    call = lambda x: x.unflatten(1, sizes)  # noqa: E731
    sweep(call, None, call, (3, 12), exact=True, layouts=("contiguous", "transposed"))


def test_ravel():
    sweep(scratch.ravel, None, torch.ravel, *SHAPES, exact=True)


@pytest.mark.parametrize("dim", [None, 0, 1, -1, (0, 2), [], (1,)])
def test_squeeze(dim):
    options = {} if dim is None else {"dim": dim}
    sweep(
        *calls("squeeze", **options),
        (1, 3, 1),
        (1, 1, 1),
        (2, 0, 1),
        exact=True,
        second=True,
    )


@pytest.mark.parametrize("dim", [0, 1, -1, 2])
def test_unsqueeze(dim):
    sweep(
        *calls("unsqueeze", dim),
        (3, 4),
        (0, 3),
        exact=True,
        second=True,
    )


def test_unsqueeze_of_a_number():
    call = lambda x: (x.unsqueeze(0), x.unsqueeze(-1), x.squeeze(), x.squeeze(0))  # noqa: E731
    check(call, None, call, np.array(2.0), exact=True)


def test_view_of_the_same_bytes():
    for dtype in ("int64", "float64", "int32", "uint8"):
        call = lambda x, d: x.view(d)  # noqa: E731
        check(call, None, call, rand(3, 4).astype("f").view("i4"), np.dtype(dtype), exact=True)
    x = scratch.zeros(2)
    x.view(scratch.int32)[0] = 0x3F800000
    assert x.tolist() == [1.0, 0.0] and x._version == 1


@same_script
def test_a_view_of_the_same_bytes_is_outside_the_graph(torch):
    x = torch.tensor([[1.5, -2.0], [0.0, 3.0]], requires_grad=True)
    h = x * 1
    bits = h.view(torch.int32)
    half = h.view(dtype=torch.float16)
    half[0, 0] = 1
    h.sum().backward()
    kept = x.exp()
    kept.view(torch.int32).add_(1)
    wide = torch.arange(12.0).view(2, 6)
    return [
        bits,
        bits.requires_grad,
        bits._is_view(),
        bits._version,
        half,
        half.stride(),
        x.grad,
        wide.view(torch.int64),
        wide[:, 2:].view(torch.float64),
        wide[:, 2:].view(torch.int8)[0],
        error(torch, kept.sum().backward),
        error(torch, lambda: wide[:, 1:3].view(torch.int64)),
        error(torch, lambda: wide[:, :3].view(torch.int64)),
        error(torch, lambda: wide.t().view(torch.int8)),
        error(torch, lambda: wide[0, 0].view(torch.int8)),
        error(torch, lambda: torch.zeros(2, 3)[:, :2].view(torch.int64)),
    ]


@same_script
def test_at_least_so_many_dimensions(torch):
    number, row = torch.tensor(1.5, requires_grad=True), torch.ones(3, requires_grad=True)
    cube = torch.ones(2, 3, 4)
    ys = [
        f(x)
        for f in (torch.atleast_1d, torch.atleast_2d, torch.atleast_3d)
        for x in (number, row, row.expand(2, 3))
    ]
    sum(y.sum() for y in ys).backward()
    return [
        [(y, y.stride(), y._is_view()) for y in ys],
        number.grad,
        row.grad,
        torch.atleast_3d(cube) is cube,
        torch.atleast_1d(number, row),
        torch.atleast_2d([number, row]),
        torch.atleast_1d(),
        error(torch, lambda: torch.atleast_1d(1)),
        error(torch, lambda: torch.atleast_2d([row, 1])),
    ]


TURNS = {
    "unsqueeze_": [(0,), (-1,)],
    "squeeze_": [(), (0,), (-1,), ((0, 2),)],
    "t_": [()],
    "transpose_": [(0, 1), (-1, 0)],
    "swapaxes_": [(0, 1)],
    "swapdims_": [(0, -1)],
}


@same_script
def test_a_tensor_turned_in_place(torch):
    seen = []
    for name, choices in TURNS.items():
        for arguments in choices:
            for shape in [(1, 3), (2, 3), (1, 2, 1), (4,)]:
                seen += [turned(torch, name, arguments, shape, view) for view in (False, True)]
    return seen


def turned(torch, name, arguments, shape, view):
    """What becomes of a tensor, its base and an earlier view of it."""
    w = torch.ones(shape, requires_grad=True)
    base = w * torch.arange(1.0, 1 + w.numel()).view(shape)
    before = base[0]
    x = base[:] if view else base
    failed = error(torch, lambda: getattr(x, name)(*arguments))
    x[0] *= 2
    before.mul_(3)
    y = x * x
    (y * torch.arange(float(y.numel())).view(y.shape)).sum().backward()
    names = x.grad_fn.name(), base.grad_fn.name(), before.grad_fn.name()
    return failed, x, x.stride(), x._version, base, before, names, w.grad, x._is_view()


@same_script
def test_turning_is_refused_where_changing_is(torch):
    leaf = torch.ones(2, 3, requires_grad=True)
    kept = (leaf * 2).exp()
    saved = kept.exp()
    saved.t_()
    refused = [
        error(torch, lambda: leaf.t_()),
        error(torch, lambda: leaf[0].unsqueeze_(0)),
        error(torch, lambda: leaf.mul(1).unbind()[0].unsqueeze_(0)),
        error(torch, lambda: leaf.squeeze_()),
        error(torch, lambda: leaf.resize_(3)),
        error(torch, lambda: kept.resize_(3)),
    ]
    other = torch.ones(2, 3, requires_grad=True)
    with torch.no_grad():
        other.t_()
    turned = leaf * 1
    with torch.no_grad():
        turned.t_()
    failed = error(torch, turned.sum().backward)
    with torch.no_grad():
        turned.t_()
    turned.sum().backward()
    return refused, other, other.is_leaf, other._version, failed, leaf.grad


@same_script
def test_turning_what_needs_no_gradient(torch):
    x = torch.arange(6.0).view(2, 3)
    row = x[0]
    x.t_()
    w = torch.ones(3, requires_grad=True)
    row.mul_(w * 2)
    (x * torch.arange(6.0).view(3, 2)).sum().backward()
    return x, row, x.stride(), w.grad, row.grad_fn.name(), torch.arange(3).unsqueeze_(0)


@same_script
def test_the_history_of_a_result_that_is_turned(torch):
    x = torch.ones(2, 3, requires_grad=True)
    y = x * 3
    y.retain_grad()
    y.t_().unsqueeze_(0).squeeze_()
    y.pow(2).sum().backward()
    z = x.exp()
    z.unsqueeze_(0)
    return y.grad, x.grad, error(torch, z.sum().backward)


@same_script
def test_views_share_memory_and_strides(torch):
    x = torch.arange(24.0).reshape(2, 3, 4)
    views = [
        x.view(6, 4),
        x.view(2, 12)[1],
        x.transpose(0, 1),
        x.transpose(0, 1)[1:].unsqueeze(0),
        x.permute(2, 0, 1)[::2],
        x[:, 1:, ::2],
        x.flatten(1),
        x[1].squeeze(),
        x.T.reshape(4, 3, 2),
    ]
    x += 100
    return [(v, v.stride(), v.storage_offset(), v.is_contiguous(), v._is_view()) for v in views]


@same_script
def test_what_copies_does_not_share(torch):
    x = torch.arange(6.0).reshape(2, 3)
    copies = [x.t().reshape(6), x.t().flatten(), x.t().ravel(), x.t().contiguous()]
    x.zero_()
    return copies, x.contiguous() is x, x.view(-1).flatten() is x


@same_script
def test_names_in_the_graph(torch):
    x = torch.ones(1, 3, 2, requires_grad=True)
    ys = [
        x.view(-1),
        x.reshape(3, 2),
        x.transpose(1, 2).reshape(6),
        x.transpose(1, 2).reshape(2, 3),
        x.squeeze(),
        x.squeeze(0),
        x.squeeze((0,)),
        x.unsqueeze(0),
        x.flatten(),
    ]
    return [y.grad_fn.name() for y in ys]


def test_the_view_error_says_what_to_do():
    call = lambda x: x.t().view(-1)  # noqa: E731
    check_error(call, None, call, rand(2, 3), match=r"\[3, 2\].*\[1, 3\].*\.reshape")


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda x: x.view(5), r"\[5\].*size 6"),
        (lambda x: x.view(-1, 4), "invalid for input of size 6"),
        (lambda x: x.view(-1, -1), "only one"),
        (lambda x: x.view(-2, 3), "invalid shape dimension -2 at index 0"),
        (lambda x: x[:0].view(-1, 0), "ambiguous"),
        (lambda x: x.view(2.0), "float"),
        (lambda x: x.view(), "size"),
        (lambda x: x.reshape(4), "size 6"),
        (lambda x: x.flatten(1, 0), "start_dim"),
        (lambda x: x.flatten(2), r"\[-2, 1\].*2"),
        (lambda x: x.unflatten(0, (3, 1)), "multiply up to the size of dim 0"),
        (lambda x: x.squeeze(2), r"\[-2, 1\]"),
        (lambda x: x.squeeze((0, 0)), "multiple times"),
        (lambda x: x.unsqueeze(3), r"\[-3, 2\], but got 3"),
        (lambda x: x.unsqueeze(0.5), "float"),
        (lambda x: x[0, 0].unflatten(0, (1, 1)), "0-dim"),
        (lambda x: x.view_as(1), "must be Tensor"),
        (lambda x: x.reshape_as(None), "must be Tensor"),
    ],
)
def test_errors(call, match):
    check_error(call, None, call, rand(2, 3), match=match)


@pytest.mark.parametrize(
    "name, argument", [("reshape", (4,)), ("squeeze", 2), ("unsqueeze", 3), ("flatten", 2)]
)
def test_errors_of_the_twin(name, argument):
    check_error(*calls(name, argument), rand(2, 3))
