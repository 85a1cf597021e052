"""Whole entries along a dimension."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error
from tests.same_script import error, same_script

rng = np.random.default_rng(7)
X = rng.standard_normal((3, 4))
ENTRIES = [(0, [2, 0, 0]), (1, [3]), (-1, [0, 1, 2, 3, 0]), (0, [])]


def source(dim, index):
    """As many entries as the index has numbers."""
    return np.moveaxis(rng.standard_normal((len(index), X.shape[1 - dim % 2])), 0, dim)


@pytest.mark.parametrize("dim, index", ENTRIES)
def test_index_select(dim, index):
    index = np.array(index, "int64")
    columns = [lambda x, i, m=m: m.index_select(x, dim, i) for m in (scratch, torch_impl, torch)]
    check(*columns, X, index, exact=True, second=True)
    check(*columns, X.astype("f").T.copy().T, index.astype("int32"), exact=True)


@pytest.mark.parametrize("alpha", [1, -0.5])
@pytest.mark.parametrize("dim, index", ENTRIES)
def test_index_add(dim, index, alpha):
    index, added = np.array(index, "int64"), source(dim, index)
    columns = [
        lambda x, i, s, m=m: m.index_add(x, dim, i, s, alpha=alpha)
        for m in (scratch, torch_impl, torch)
    ]
    check(*columns, X, index, added, scale="terms", second=True)
    check(*columns, X.T.copy().T, index.astype("int32"), added, scale="terms")
    whole = [np.round(a * 4).astype("int64") for a in (X, added)]
    if alpha == 1:
        check(*columns, whole[0], index, whole[1], exact=True)


def test_index_add_of_many_rows():
    """Rows named once, twice, and very often, added in order."""
    index = np.concatenate([rng.integers(0, 50, 300), np.full(40, 3), np.arange(50)])
    rows = rng.standard_normal((len(index), 20)).astype("f")
    x = rng.standard_normal((50, 20)).astype("f")
    columns = [lambda x, i, s, m=m: m.index_add(x, 0, i, s) for m in (scratch, torch_impl, torch)]
    check(*columns, x, index, rows, exact=True)
    columns = [lambda x, i, s, m=m: m.index_add(x, 1, i, s) for m in (scratch, torch_impl, torch)]
    check(*columns, x.T, index, rows.T, exact=True)


@pytest.mark.parametrize("dim, index", [(0, [2, 0]), (1, [3]), (-1, [0, 2, 3]), (0, [])])
def test_index_copy_and_fill(dim, index):
    index, written = np.array(index, "int64"), source(dim, index)
    ours, theirs = (lambda x, i, s, m=m: m.index_copy(x, dim, i, s) for m in (scratch, torch))
    check(ours, None, theirs, X, index, written, exact=True, second=True)
    for value in (2, -0.5):
        ours, theirs = (
            lambda x, i, m=m, v=value: m.index_fill(x, dim, i, v) for m in (scratch, torch)
        )
        check(ours, None, theirs, X, index, exact=True, second=True)
        check(ours, None, theirs, X.T.copy().T, index, exact=True)
    ours, theirs = (lambda x, i, v, m=m: m.index_fill(x, dim, i, v) for m in (scratch, torch))
    check(ours, None, theirs, X, index, np.array(3.0), exact="values", scale="terms", second=True)


PUTS = [
    ([[0, 2, 0]], (3, 4)), ([[0, 2, 0]], (4,)), ([[0, 2], [1, 1]], (2,)), ([X > 0], ()),
    ([[[0], [1]], [1, 3]], (2, 2)), ([[-1, -1]], ()), ([X[:, 0] > -9], (3, 4)), ([[]], (0, 4)),
]  # fmt: skip


@pytest.mark.parametrize("indices, shape", PUTS, ids=range(len(PUTS)))
@pytest.mark.parametrize("accumulate", [True, False])
def test_index_put(indices, shape, accumulate):
    indices = [np.asarray(i) if len(i) else np.zeros(0, int) for i in indices]
    value = np.asarray(rng.standard_normal(shape))

    def call(x, v, *index):
        return x.index_put(index, v, accumulate)

    if accumulate or len(set(map(str, indices[0].tolist()))) == len(indices[0].tolist()):
        check(call, None, call, X, value, *indices, exact="values", scale="terms", second=True)


@same_script
def test_in_place(torch):
    x = torch.arange(12.0).reshape(3, 4)
    base = x.clone()
    base.index_add_(1, torch.tensor([0, 0]), torch.ones(3, 2), alpha=3)
    base.index_copy_(0, torch.tensor([2]), torch.full((1, 4), 9.0))
    base.index_fill_(1, torch.tensor([-1]), 5.0)
    base.index_put_((torch.tensor([0, 0]),), torch.ones(4), accumulate=True)
    w = torch.ones(2, 4, requires_grad=True)
    h = x * 1
    h[:2].index_add_(0, torch.tensor([1, 1]), w)
    h.index_copy_(0, torch.tensor([0]), w[:1] * 3)
    h.index_fill_(1, torch.tensor([1]), w[0, 0])
    h.index_put_((torch.tensor([2]),), w[1] * 2)
    h.backward(x)
    return base, base._version, h, w.grad, h.grad_fn.name()


@same_script
def test_numbers_without_dimensions(torch):
    x, zero = torch.tensor(5.0, requires_grad=True), torch.tensor(0)
    two, many = torch.tensor(2.0), torch.tensor([0, 0])
    ys = [
        x.index_select(0, zero), x.index_select(0, zero.reshape(1)), x.index_add(0, zero, two),
        x.index_copy(0, zero, two), x.index_copy(0, many, torch.tensor([3.0, 4.0])),
        x.index_fill(0, zero, 1.0), x.index_fill(0, zero, two),
    ]  # fmt: skip
    errors = [
        error(torch, lambda: x.index_select(0, many)),
        error(torch, lambda: x.index_add(0, zero.reshape(1), two.reshape(1))),
        error(torch, lambda: x.index_fill(0, zero + 1, 2.0)),
    ]
    return ys, [(y._is_view(), y.grad_fn.name()) for y in ys], errors


ERRORS = [
    ("index_select", (0, [3]), "index out of range.*3 for dimension 0 with size 3"),
    ("index_select", (0, [-1]), "index out of range"),
    ("index_select", (0, [[0]]), "vector"),
    ("index_select", (0, [0.5]), "int32 or int64"),
    ("index_select", (2, [0]), "out of range"),
]


@pytest.mark.parametrize("name, arguments, match", ERRORS)
def test_errors(name, arguments, match):
    dim, index = arguments
    columns = [
        lambda x, i, f=f: f(x, dim, i.detach())
        for f in (getattr(m, name) for m in (scratch, torch_impl, torch))
    ]
    check_error(*columns, X, np.array(index), match=match)


@same_script
def test_what_is_refused(torch):
    x, i, rows = torch.arange(12.0).reshape(3, 4), torch.tensor([0, 2]), torch.ones(2, 4)
    indices = [i + 1, i - 1, i.short(), i.double(), i[None], torch.tensor(1), i[:0], [0, 2]]
    calls = [lambda f=f, j=j: getattr(x, f)(0, j, rows) for f in ("index_add", "index_copy")
             for j in indices]  # fmt: skip
    calls += [lambda j=j: x.index_fill(0, j, 1.0) for j in [i - 4, *indices]]
    sources = [rows.double(), rows[:1], rows[:, :1], rows[0], rows[0, 0], rows[None], 2.0]
    calls += [lambda f=f, s=s: getattr(x, f)(0, i, s) for f in ("index_add", "index_copy")
              for s in sources]  # fmt: skip
    calls += [
        lambda: x.index_fill(0, i, rows), lambda: x.index_fill(0, i, None),
        lambda: x.index_put(i, rows), lambda: x.index_put((0,), rows),
        lambda: x.index_put((i,), 1.0), lambda: x.index_put((i,), rows.double()),
        lambda: x.index_put((i,), torch.ones(3, 4)), lambda: x.index_put((i, i, i), rows[0, 0]),
        lambda: x.index_put((i + 1,), rows), lambda: x.index_put((i.double(),), rows),
        lambda: x.index_put_((i,), x[:2]), lambda: x.index_add_(0, i, x[:2]),
        lambda: x.index_add(0, i, rows, alpha="a"), lambda: x.expand(2, 3, 4).index_add_(1, i, x),
    ]  # fmt: skip
    return [error(torch, call) for call in calls]


@same_script
def test_where_to_write(torch):
    x, i, y = torch.arange(4.0), torch.tensor([3, 0]), [torch.empty(0) for _ in range(3)]
    torch.index_select(x, 0, i, out=y[0])
    torch.index_add(x, 0, i, x[:2], out=y[1])
    torch.index_copy(x, 0, i, x[:2], out=y[2])
    return y


def test_expanded_tensors():
    for c in (scratch, torch):
        x = c.zeros(1, 3)
        with pytest.warns(UserWarning, match="expanded"):
            x.expand(2, 3).index_fill_(1, c.tensor([0]), 5.0)
        with pytest.warns(UserWarning, match="expanded"):
            x.expand(2, 3)[c.tensor([0])] = 2.0
        assert x.tolist() == [[2, 2, 2]]


SHAPES = [(), (0,), (1,), (2,), (0, 3), (3, 0), (2, 3), (1, 2, 3)]
INDICES = [0, [], [0], [0, 1], [2], [-1], [[0]]]
CALLS = ["index_select", "index_fill", "index_fill_", "index_add", "index_add_", "index_copy",
         "index_copy_", "index_put", "index_put_"]  # fmt: skip


@same_script
def test_every_refusal(torch):
    """Of shapes, dimensions and indices that fit or do not, and of a tensor written to itself."""

    def call(name, shape, dim, entries, given):
        x = torch.zeros(shape)
        value = x if given is None else torch.ones(given)
        index = torch.tensor(entries) if entries != [] else torch.zeros(0, dtype=torch.int64)
        if "put" in name:
            index = index.reshape(-1)
        arguments = {"se": [dim, index], "fi": [dim, index, 7.0], "pu": [(index,), value]}
        getattr(x, name)(*arguments.get(name[6:8], [dim, index, value]))

    return [
        error(torch, lambda case=(name, shape, dim, entries, given): call(*case))
        for name in CALLS
        for shape in SHAPES
        for dim in ([0] if "put" in name else [-2, 0, 1, 2])
        for entries in INDICES
        for given in ([None, *SHAPES] if name[6:8] in ("ad", "co", "pu") else [None])
    ]


@same_script
def test_what_backward_asks_to_be_unchanged(torch):
    """The source of index_add and index_copy, and nothing of index_select."""
    found, i = [], torch.tensor([0, 1])
    for call in (
        lambda x, s: x.index_add(0, i, s), lambda x, s: x.index_copy(0, i, s),
        lambda x, s: s.index_select(0, i), lambda x, s: x.index_put((i,), s),
        lambda x, s: s.gather(0, i), lambda x, s: s.take(i), lambda x, s: s.masked_select(s > 0),
        lambda x, s: x.scatter(0, i, s), lambda x, s: x.masked_scatter(s > 0, s),
    ):  # fmt: skip
        x, source = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
        y = call(x, source)
        with torch.no_grad():
            source.add_(1.0)
        found.append(error(torch, y.sum().backward))
    return found


@same_script
def test_factors_of_small_integers(torch):
    x, i = torch.tensor([3, 4], dtype=torch.uint8), torch.tensor([1])
    bad = error(torch, lambda: x.index_add(0, i, x[:1], alpha=-1.5))
    return x.index_add(0, i, x[:1], alpha=-1), bad, x.index_fill(0, i, 7)


@same_script
def test_gradients_without_dimensions(torch):
    x, i = torch.tensor(2.0, requires_grad=True), torch.tensor([0])
    y = torch.tensor(3.0, requires_grad=True)
    results = [x.index_fill(0, i, 1.0), x.index_copy(0, i, y), x.scatter(0, i[0], 3.0), x * 1]
    sum(n * result for n, result in enumerate(results, 1)).backward()
    return x.grad, y.grad
