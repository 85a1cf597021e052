"""Parts of a tensor, read and written with brackets."""

import random

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.same_script import error, same_script

rng = np.random.default_rng(7)
X = rng.standard_normal((3, 4, 5))

VIEWS = [
    0, -1, slice(1, 3), slice(None), slice(None, None, 2), slice(5, None), slice(2, 1), None, ...,
    (0, 1), (0, 1, 2), (slice(None), 1), (slice(1, None), slice(0, 3), slice(None, None, 3)),
    (..., 1), (0, ...), (..., None), (None, 0, None, slice(1)), (slice(None), None, 2), (),
    (..., ...), (slice(0, 3), 1), (np.int64(1), slice(-2, None)), np.array(2),
]  # fmt: skip

PICKS = [
    [0, 2], [0, 0, 2], [], (slice(None), [3, 0]), ([0, 1], [1, 3]), (0, slice(None), [0, 1]),
    ([0, 1], slice(None), [0, 4]), (slice(None), [0, 1], [2, 2]), (..., [0, 0, 4]), ([0, 2], None),
    (None, [1]), ([[0, 1], [2, 0]],), np.array([2, 1]), range(2), (1, [0, 3]), True, False,
    (True, [0, 1]), [True, False, True], (slice(None), np.array([True, False, True, True])),
    X > 0.3, (X[..., 0] > 0, 1), (0, X[0] > 0), (X[:, 0, 0] > -9, [0, 1, 2]), ([-1, -3], -1),
    ([0, 1], None, [1, 1]), np.zeros((3, 4), bool),
]  # fmt: skip


@pytest.mark.parametrize("index", VIEWS, ids=repr)
def test_views(index):
    call = lambda x: x[index]  # noqa: E731
    check(call, None, call, X, exact=True, second=True)
    check(call, None, call, X.astype("f").transpose(2, 0, 1).reshape(3, 4, 5)[::-1], exact=True)


@pytest.mark.parametrize("index", PICKS, ids=range(len(PICKS)))
def test_picks(index):
    call = lambda x: x[index]  # noqa: E731
    check(call, None, call, X, exact=True, second=True)
    check(call, None, call, X.astype("f"), exact=True)


def test_repeated_picks_add_up_in_order():
    index = np.random.default_rng(1).integers(0, 7, 5000)
    rows = np.random.default_rng(2).standard_normal((7, 3)).astype("f")
    call = lambda x, i: x[i]  # noqa: E731
    check(call, None, call, rows, index, exact=True)
    check(call, None, call, rows[:, 0].copy(), index, exact=True)


@same_script
def test_tensors_as_indices(torch):
    x = torch.arange(12.0).reshape(3, 4)
    i, j, mask = torch.tensor([0, 2]), torch.tensor(1), x > 5
    small = torch.tensor([1, 0], dtype=torch.int32)
    return [
        x[i], x[j], x[j, j], x[i, j], x[:, i], x[i, i], x[mask], x[mask[:, 0]], x[i[:, None], i],
        x[small], x[torch.tensor(0) : j], x[torch.tensor(True)],
    ]  # fmt: skip


def test_an_index_that_changes_afterwards():
    x = scratch.ones(3, requires_grad=True)
    index, mask = scratch.tensor([0, 2]), scratch.tensor([True, False, True])
    y = x[mask] * 2 + x[index] * 3
    index.zero_()
    mask.fill_(False)
    y.sum().backward()
    assert x.grad.tolist() == [5, 0, 5]


@same_script
def test_names_in_the_graph(torch):
    x = torch.ones(2, 3, requires_grad=True)
    ys = [
        x[0], x[1:], x[:], x[None], x[...], x[:, 1], x[:, 0:1], x[0, None], x[..., 1],
        x[1:, 1:], x[()], x[[0, 1]], x[x > 0], x[0, [1]], x.select(1, 0), x.narrow(0, 0, 1), x[0:2],
        x[-2:, :], x[:5, ...], x[:, -3:3],
    ]  # fmt: skip
    return [(y.grad_fn.name(), y._is_view(), y.stride()) for y in ys]


@pytest.mark.parametrize("arguments", [(0, 1), (0, -1), (1, 2), (-1, 0)])
def test_select(arguments):
    columns = scratch, torch_impl, torch
    sweep(*[_with(c.select, arguments) for c in columns], (3, 4), exact=True, second=True)


@pytest.mark.parametrize("arguments", [(0, 1, 2), (1, -2, 1), (-1, 0, 4), (0, 3, 0)])
def test_narrow(arguments):
    columns = scratch, torch_impl, torch
    sweep(*[_with(c.narrow, arguments) for c in columns], (3, 4), exact=True, second=True)


def _with(function, arguments):
    return lambda x: function(x, *arguments)


WRITES = [
    (0, 5), (0, 2.5), ((0, 1), 7), (slice(1, None), -1.0), (..., 3), (slice(None), True),
    ((..., 1), 2), ([0, 0], 4), (([0, 1], [1, 2]), 9), ((slice(None), [0, 2]), 1.5),
    ((1, [0, 3]), 8), ([], 1), (slice(2, 1), 1), (None, 6), (True, 2),
]  # fmt: skip


@pytest.mark.parametrize("index, value", WRITES, ids=repr)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "uint8", "bool"])
def test_writing_numbers(index, value, dtype):
    def write(torch):
        x = torch.zeros(3, 4, dtype=getattr(torch, dtype))
        x[index] = value
        return x.tolist(), x._version

    def refused(torch):
        x = torch.zeros(3, 4, dtype=getattr(torch, dtype))
        return error(torch, lambda: x.__setitem__(index, value))

    if refused(torch) == "none":
        assert write(scratch) == write(torch)
    assert refused(scratch) == refused(torch)


@same_script
def test_writing_tensors(torch):
    x = torch.zeros(3, 4)
    x[0] = torch.arange(4.0)
    x[:, 1] = torch.tensor([1, 2, 3])
    x[1:, 2:] = torch.ones(1, 1, 2, dtype=torch.float64)
    x[[0, 2], [3, 3]] = torch.tensor([8.0, 9.0])
    x[x == 0] = torch.tensor(0.5)
    x[torch.tensor([True, False, False])] += 1
    x[1:][0, 0] = torch.tensor([7.0])[0]
    n = torch.arange(4)
    n[0] = torch.tensor(2.9)
    n[n == 3] = torch.tensor(7.7)
    return x, x._version, n


@same_script(rtol=1e-14)
def test_gradients_of_what_was_written(torch):
    x = torch.arange(12.0, dtype=torch.float64).reshape(3, 4).requires_grad_()
    w = torch.tensor([2.0, -1.0, 0.5], dtype=torch.float64, requires_grad=True)
    h, base = x * 1, torch.zeros(3, 4, dtype=torch.float64)
    h[0] = 5.0
    h[:, 1] = w
    h[h > 9] = 0.0
    h[[1, 2], [0, 0]] = w[:2] * 3
    h[2, 2:] *= 2
    base[1, :3] = w
    base[:, 3] += h[:, 1]
    y = h * base.sum() + base
    y.backward(torch.arange(12.0, dtype=torch.float64).reshape(3, 4) / 7)
    return y, x.grad, w.grad, h.grad_fn.name(), base.grad_fn.name(), h._version


@same_script
def test_double_backward_through_writing(torch):
    x = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    h = x * x
    h[[0, 2]] = h[[1, 1]] * x[0]
    h[1] = x[2] ** 3
    (dx,) = torch.autograd.grad((h * h).sum(), x, create_graph=True)
    return dx, torch.autograd.grad(dx.sum(), x)[0]


@pytest.mark.parametrize(
    "index, match",
    [
        (3, "index 3 is out of bounds for dimension 0 with size 3"),
        ((0, -5), "index -5 is out of bounds for dimension 1 with size 4"),
        ((0, 0, 0), "too many indices for tensor of dimension 2"),
        ([0, 3], "index 3 is out of bounds for dimension 0 with size 3"),
        ((slice(None), [4]), "index 4 is out of bounds for dimension 1 with size 4"),
        (([0, 1], [0, 1, 2]), "shape mismatch"),
        ([True, False], r"mask \[2\] at index 0.*\[3, 4\]"),
        (slice(None, None, -1), "greater than zero"),
        (slice(None, None, 0), "zero"),
        (slice(0, 1.5), "integers"),
        (1.0, "float"),
        ({}, "dict"),
        ("x", "str"),
    ],
)
def test_errors(index, match):
    x = np.ones((3, 4))
    read, write = (lambda x: x[index]), (lambda x: x.detach().__setitem__(index, 1.0))
    check_error(read, None, read, x, match=match)
    check_error(write, None, write, x, match=match)


@pytest.mark.parametrize(
    "write, match",
    [
        (
            lambda m, x: x.__setitem__(0, [1, 2, 3, 4]),
            "can't assign a list to a torch.DoubleTensor",
        ),
        (lambda m, x: x.__setitem__(0, np.ones(4)), "can't assign a numpy.ndarray|a ndarray"),
        (lambda m, x: x.__setitem__(0, "a"), "str"),
        (lambda m, x: x.__setitem__(0, m.ones(3, dtype=m.float64)), "3"),
        (lambda m, x: x.__setitem__(0, m.ones(2, 4, dtype=m.float64)), r"\[2, 4\]"),
        (
            lambda m, x: x.__setitem__([0, 1], m.ones(3, 4, dtype=m.float64)),
            r"shape mismatch.*\[3, 4\]",
        ),
        (lambda m, x: x.__setitem__([0, 1], m.ones(4)), "float64.*float32"),
        (lambda m, x: x.long().__setitem__(0, float("nan")), "overflow"),
    ],
)
def test_errors_of_writing(write, match):
    x = np.ones((3, 4))
    calls = [lambda x, m=m: write(m, x.detach()) for m in (scratch, torch)]
    check_error(calls[0], None, calls[1], x, match=match)


def test_errors_of_numbers():
    x = np.array(1.0)
    for call in (lambda x: x[0], lambda x: x.select(0, 0), lambda x: x.narrow(0, 0, 1)):
        check_error(call, None, call, x, match="0-dim")


@pytest.mark.parametrize(
    "name, arguments, match",
    [
        ("select", (0, 3), "index 3 out of range for tensor of size .3, 4. at dimension 0"),
        ("select", (2, 0), "out of range"),
        ("narrow", (1, 1, 4), r"start \(1\) \+ length \(4\)"),
        ("narrow", (1, 5, 0), "start out of range"),
        ("narrow", (1, 0, -1), "negative"),
        ("narrow", (2, 0, 1), "out of range"),
    ],
)
def test_errors_of_select_and_narrow(name, arguments, match):
    columns = [_with(getattr(c, name), arguments) for c in (scratch, torch_impl, torch)]
    check_error(*columns, np.ones((3, 4)), match=match)


def test_lists_of_sequences_are_tuples_still():
    x = scratch.arange(6).reshape(2, 3)
    with pytest.warns(UserWarning, match="non-tuple sequence"):
        assert x[[slice(0, 1)]].shape == (1, 3)


def test_random_indices():
    """Whatever stands between the brackets: the same part, or the same exception."""
    for seed in range(400):
        r = random.Random(seed)
        shape = tuple(r.randrange(1, 4) for _ in range(r.randrange(1, 5)))
        array = np.arange(float(np.prod(shape))).reshape(shape)
        index = tuple(_part(r, shape, i) for i in range(r.randrange(0, len(shape) + 1)))
        if r.random() < 0.3:
            index = (*index[:1], ..., *index[1:])
        read = lambda x: x[index]  # noqa: B023, E731
        write = lambda x: (x * 1).__setitem__(index, 7.0)  # noqa: B023, E731
        try:
            torch.from_numpy(array)[index]
        except (IndexError, ValueError):
            check_error(read, None, read, array)
            check_error(write, None, write, array)
        else:
            check(read, None, read, array, exact=True)
            _check_writing(index, array)


def _part(r: random.Random, shape: tuple[int, ...], dim: int) -> object:
    n = shape[dim]
    return r.choice(
        [
            r.randrange(-n, n),
            r.randrange(-n - 1, n + 1),
            slice(r.choice([None, 0, 1, -1]), r.choice([None, 1, 2, -1]), r.choice([None, 1, 2])),
            slice(None),
            None,
            [r.randrange(-n, n) for _ in range(r.choice([1, 2, 2, 3]))],
            np.array([[r.randrange(n) for _ in range(2)]]),
            np.array([r.random() < 0.5 for _ in range(n)]),
            True,
        ]
    )


def _check_writing(index, array):
    ours, theirs = scratch.tensor(array), torch.tensor(array)
    picked = theirs[index]
    value = np.arange(float(picked.numel())).reshape(picked.shape)
    ours[index], theirs[index] = scratch.from_numpy(value), torch.from_numpy(value)
    assert ours.tolist() == theirs.tolist(), index


@same_script
def test_all_kinds_of_numbers_as_indices(torch):
    x = torch.arange(12.0).reshape(3, 4)
    parts = [x[[1.0, 2.0]], x[[0, 1.5]], x[[True, 0]], x[np.array(1.0)], x[np.array(True)]]
    for kind in ("uint8", "int8", "int16", "int32", "int64", "float32", "uint16"):
        if kind != "uint8":
            parts.append(x[np.array([1, 0], kind)])
        if kind[0] != "f":
            parts.append(x[getattr(np, kind)(1)])
    parts += [x[torch.tensor(1, dtype=kind)] for kind in (torch.int8, torch.int16, torch.uint8)]
    refused = [
        torch.tensor([1, 0], dtype=torch.int8), torch.tensor([1.0]), torch.tensor(1.0),
        2**63, -(2**70), np.bool_(True), np.float32(1), 1j, b"a", object(), torch.ones(0),
        [[1], [1, 2]],
    ]  # fmt: skip
    return (
        parts,
        [(p._is_view(), p.stride()) for p in parts],
        [error(torch, lambda i=i: x[i]) for i in refused],
    )


def test_masks_of_bytes():
    for m in (scratch, torch):
        x, mask = m.arange(6).reshape(3, 2), m.tensor([1, 0, 1], dtype=m.uint8)
        with pytest.warns(UserWarning, match="uint8"):
            assert x[mask].tolist() == [[0, 1], [4, 5]]


@same_script
def test_what_is_written(torch):
    def write(index, value, kind=torch.float32):
        x = torch.zeros(3, 4, dtype=kind)
        x[index] = value
        return x

    mask = torch.tensor([True, False, True])
    one, four = torch.ones(1, dtype=torch.int64), torch.arange(4.0)
    good = [
        write(mask, one), write(mask, one[0]), write(mask, four.reshape(1, 1, 4)),
        write(False, four),
        write(True, four.double()), write([0, 1], four.reshape(1, 1, 4)),
        write(0, four.long()), write(slice(5, None), four), write([], four),
    ]  # fmt: skip
    bad = [
        ([0], one[0]), ([0], one), (mask, four.double()), (0, 1j), (0, None), ([0], torch.ones(3)),
        (mask, torch.ones(3, 4)), ([0, 3], 1.0),
    ]  # fmt: skip
    x = torch.arange(12.0).reshape(3, 4)
    errors = [error(torch, lambda w=w: write(*w)) for w in bad]
    errors.append(error(torch, lambda: x.__setitem__([0, 1], x[1:])))
    errors.append(error(torch, lambda: x.__delitem__(0)))
    return good, errors


@same_script
def test_nothing_is_picked_from_outside(torch):
    x = torch.zeros(3, 0, requires_grad=True)
    y = x[[0, 3]]
    y.sum().backward()
    return y, x.grad, error(torch, lambda: torch.zeros(0, 3)[[0]])


@same_script
def test_layout_of_what_is_picked(torch):
    """It lies in memory as the tensor did, as far as its dimensions are still there."""
    x, i = torch.arange(24).reshape(2, 3, 4).mT, torch.tensor([1, 0])
    square = torch.tensor([[0, 1, 1], [1, 0, 1]]).mT
    picks = [x[i], x[:, i], x[..., i], x[i > -1], x[i, :, i], x[i, i], x[square], x[:, square]]
    return [(y, y.stride()) for y in picks]


@same_script
def test_names_of_whole_slices(torch):
    x = torch.ones(2, 3, requires_grad=True)
    parts = [slice(None), slice(0, 9), slice(1, 1), slice(-5, None), slice(None, -1)]
    names = [x[i].grad_fn.name() for part in parts for i in (part, (part,), (0, part))]
    for index in ((), ..., slice(None), slice(0, 9), None):
        for value in (torch.tensor(2.0), x.exp(), x[:1]):
            y = x.exp()
            y[index] = value
            names.append(y.grad_fn.name())
    return names


@same_script
def test_which_error_comes_first(torch):
    """A leaf, memory that is read as well, indices, shapes, dtypes, and only then the range."""
    leaf, empty = torch.zeros(0, 3, requires_grad=True), torch.zeros(0, 3)
    x, one = torch.zeros(2, 3), torch.ones(1)
    writes = [
        (leaf, torch.tensor([]), 1.0), (empty, [0], empty.long()), (x, [5], empty), (x, None, x),
        (x, (slice(None), [0, 1]), x), (x, [True, False, True], one), (one, one > 0, one),
        (one, (None, slice(-1, None)), one), (x, (), x), (x, [], empty.mT), (x, [5], x[0].long()),
    ]  # fmt: skip
    return [error(torch, lambda w=w: w[0].__setitem__(*w[1:])) for w in writes], x, one


@same_script
def test_second_derivatives_of_nothing(torch):
    x = torch.ones(0, 3, requires_grad=True)
    y = x * 2
    y[y > 1] *= 3.0
    (dx,) = torch.autograd.grad((y * y).sum() + x[x > 0].sum(), x, create_graph=True)
    dx.sum().backward()
    return dx, x.grad
