"""Elements picked or overwritten by numbers and masks."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, constant
from tests.same_script import error, same_script

rng = np.random.default_rng(7)
X = rng.standard_normal((3, 4))
MASK = X > 0
CASES = {
    "rows": (0, rng.integers(0, 3, (5, 4))),
    "columns": (1, rng.integers(0, 4, (3, 6))),
    "fewer": (1, rng.integers(0, 4, (2, 3))),
    "from the back": (-1, rng.integers(0, 4, (3, 1))),
    "none": (0, np.zeros((0, 4), int)),
    "int32": (1, rng.integers(0, 4, (3, 2)).astype("int32")),
}


@pytest.mark.parametrize("dim, index", CASES.values(), ids=CASES)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_gather(dim, index, dtype):
    columns = [lambda x, i, m=m: m.gather(x, dim, i) for m in (scratch, torch_impl, torch)]
    check(*columns, X.astype(dtype), index, exact=True)
    check(*columns, X, index, exact=True, second=True)


@pytest.mark.parametrize("dim", range(3))
def test_gather_from_three_dimensions(dim):
    index = rng.integers(0, 2, (2, 2, 2))
    columns = [lambda x, i, m=m: m.gather(x, dim, i) for m in (scratch, torch_impl, torch)]
    check(*columns, rng.standard_normal((2, 3, 4)), index, exact=True)


def test_gather_from_a_number():
    def call(x, zero):
        return x.gather(0, zero), x.gather(0, zero.reshape(1))

    check(call, None, call, np.array(2.5), np.array(0), exact=True)


@pytest.mark.parametrize("dim, index", CASES.values(), ids=CASES)
def test_scatter(dim, index):
    index = np.argsort(X, dim)[tuple(slice(n) for n in index.shape)]  # names nothing twice
    src = rng.standard_normal((4, 5))
    for source in (src[: index.shape[0], : index.shape[1]].copy(), constant(src)):
        columns = [lambda x, i, s, m=m: m.scatter(x, dim, i, s) for m in (scratch, torch)]
        check(columns[0], None, columns[1], X, index, source, exact=True)
        columns = [lambda x, i, s, m=m: m.scatter_add(x, dim, i, s) for m in (scratch, torch)]
        check(columns[0], None, columns[1], X, index, source, exact=True)
    columns = [lambda x, i, m=m: m.scatter(x, dim, i, 2.5) for m in (scratch, torch)]
    check(columns[0], None, columns[1], X, index, exact=True)


@pytest.mark.parametrize("dim, index", CASES.values(), ids=CASES)
def test_scatter_add_of_repeated_places(dim, index):
    src = rng.standard_normal(index.shape).astype("f")
    columns = [lambda x, i, s, m=m: m.scatter_add(x, dim, i, s) for m in (scratch, torch)]
    check(columns[0], None, columns[1], X.astype("f"), index, src, exact=True)


@same_script
def test_one_hot(torch):
    labels = torch.tensor([2, 0, 1])
    one_hot = torch.zeros(3, 4).scatter_(1, labels.unsqueeze(1), 1)
    w = torch.tensor([[1.0], [2.0], [3.0]], requires_grad=True)
    h = w * torch.ones(3, 4)
    h.scatter_(1, labels.unsqueeze(1), w * 10)
    h.scatter_add_(0, torch.tensor([[0, 0, 1, 2]]), w.t().repeat(1, 2)[:, :4])
    h.backward(torch.arange(12.0).reshape(3, 4))
    return one_hot, h, w.grad, h.grad_fn.name(), one_hot.gather(1, labels[:, None])


ERRORS = [
    ("gather", (1, [[4]]), "index 4 is out of bounds for dimension 1 with size 4"),
    ("gather", (0, [[-1]]), "index -1 is out of bounds for dimension 0 with size 3"),
    ("gather", (1, [0]), "same number of dimensions"),
    ("gather", (0, [[0, 0, 0, 0, 0]]), r"index \[1, 5\].*self \[3, 4\] apart from dimension 0"),
    ("gather", (1, [[0.5]]), "int32/int64.*float64"),
    ("gather", (2, [[0]]), "out of range"),
]


@pytest.mark.parametrize("name, arguments, match", ERRORS)
def test_errors(name, arguments, match):
    dim, index = arguments
    columns = [
        lambda x, i, f=f: f(x, dim, i.detach())
        for f in (getattr(m, name) for m in (scratch, torch_impl, torch))
    ]
    check_error(*columns, X, np.array(index), match=match)


@pytest.mark.parametrize(
    "call, match",
    [
        (lambda m, x, i: x.scatter(1, i, m.ones(3, 1)), "float64.*float32"),
        (lambda m, x, i: x.scatter(1, i, m.ones(2, 1).double()), r"\[3, 1\].*\[2, 1\]"),
        (lambda m, x, i: x.scatter(1, i + 9, 1.0), "index 9 is out of bounds"),
        (lambda m, x, i: x.scatter_(1, i, 1.0), "leaf"),
    ],
)
def test_errors_of_methods(call, match):
    columns = [lambda x, i, m=m: call(m, x, i) for m in (scratch, torch)]
    check_error(columns[0], None, columns[1], X, np.zeros((3, 1), int), match=match)


def test_scatter_into_other_layouts():
    for c in (scratch, torch):
        x = c.arange(12.0).reshape(3, 4).t()
        y = x.scatter(1, c.tensor([[2, 0]]), c.tensor([[7.0, 8.0]]))
        assert y.is_contiguous() and y[0].tolist() == [8, 4, 7]
        x.scatter_add_(0, c.tensor([[3, 3, 0]]), c.ones(1, 3))
        assert x.tolist() == [[0, 4, 9], [1, 5, 9], [2, 6, 10], [4, 8, 11]]


REDUCTIONS = ["sum", "prod", "mean", "amax", "amin"]


@pytest.mark.parametrize("include_self", [True, False])
@pytest.mark.parametrize("how", REDUCTIONS)
@pytest.mark.parametrize("dim, index", CASES.values(), ids=CASES)
def test_scatter_reduce(dim, index, how, include_self):
    src = rng.standard_normal(index.shape)
    columns = [
        lambda x, i, s, m=m: m.scatter_reduce(x, dim, i, s, how, include_self=include_self)
        for m in (scratch, torch)
    ]
    second = how not in ("amax", "amin")
    check(columns[0], None, columns[1], X, index, src, scale="condition", second=second)
    ties = np.round(X), index, np.round(src)
    if how != "prod":
        check(columns[0], None, columns[1], *ties, scale="condition")
    for kind in ("int64", "uint8", "float32"):
        arrays = (np.abs(ties[0]).astype(kind), index, np.abs(ties[2]).astype(kind))
        check(columns[0], None, columns[1], *arrays, gradients=False)


def test_a_product_with_one_zero():
    x, src = np.array([2.0, 3.0, 0.0]), np.array([4.0, 0.0, 5.0, 6.0])
    index = np.array([0, 0, 1, 2])
    for include_self in (True, False):
        ours, theirs = (
            lambda x, i, s, m=m, inside=include_self: m.scatter_reduce(
                x, 0, i, s, "prod", include_self=inside
            )
            for m in (scratch, torch)
        )
        check(ours, None, theirs, x, index, src)


@same_script
def test_reduce_by_scatter_itself(torch):
    x, index = torch.arange(6.0).reshape(2, 3), torch.tensor([[0, 0], [2, 1]])
    y = [x.scatter(1, index, 3.0, reduce=how) for how in ("add", "multiply")]
    w = torch.ones(2, 3, requires_grad=True)
    z = w.scatter(1, index, 3.0, reduce="add")
    return (
        y,
        z.grad_fn.name(),
        error(torch, lambda: z.sum().backward()),
        x.scatter(1, index, value=2),
    )


def test_reduce_by_scatter_warns():
    with pytest.warns(UserWarning, match="deprecated"):
        y = scratch.ones(2).scatter(
            0, scratch.tensor([0, 0]), scratch.ones(2) * 3, reduce="multiply"
        )
    assert y.tolist() == [9, 1]


@pytest.mark.parametrize("index", [[0, 5], [[-1, 0], [3, 3]], [], 7])
def test_take(index):
    index = np.array(index, "int64")
    columns = [lambda x, i, m=m: m.take(x, i) for m in (scratch, torch_impl, torch)]
    check(*columns, X, index, exact=True, second=True)
    check(*columns, X.T, index, exact=True)


@pytest.mark.parametrize("accumulate", [True, False])
@pytest.mark.parametrize("index", [[0, 5], [[-1, 0], [3, 7]], [], 7])
def test_put(index, accumulate):
    index = np.array(index, "int64")
    source = rng.standard_normal(index.size).reshape(index.shape)
    ours, theirs = (lambda x, i, s, m=m: m.put(x, i, s, accumulate) for m in (scratch, torch))
    check(ours, None, theirs, X, index, source, exact=True, second=True)
    check(ours, None, theirs, X.T, index, source, exact=True)


def test_take_along_dim():
    for dim, index in ((1, X.argsort(1)), (0, X.argmax(0, keepdims=True)), (1, np.array([[-1]]))):
        ours, theirs = (
            lambda x, i, m=m, d=dim: m.take_along_dim(x, i, d) for m in (scratch, torch)
        )
        check(ours, None, theirs, X, index, exact="values", second=True)
    ours, theirs = (lambda x, i, m=m: m.take_along_dim(x, i) for m in (scratch, torch))
    check(ours, None, theirs, X, np.array([[0, 5]]), exact=True)


@same_script
def test_numbers_without_dimensions(torch):
    x, zero = torch.tensor(5.0, requires_grad=True), torch.tensor(0)
    ys = [x.gather(0, zero), x.gather(0, zero.reshape(1)), x.take(zero), x.scatter(0, zero, 2.0)]
    ys += [x.scatter_add(0, zero, x.detach()), x.put(zero, x.detach())]
    return ys, [(y._is_view(), y.grad_fn.name()) for y in ys]


@same_script
def test_where_to_write(torch):
    x, index = torch.arange(4.0), torch.tensor([3, 0])
    y = [torch.empty(0) for _ in range(4)]
    torch.gather(x, 0, index, out=y[0])
    torch.take(x, index, out=y[1])
    torch.scatter(x, 0, index, 9.0, out=y[2])
    torch.scatter_add(x, 0, index, x, out=y[3])
    return y


@same_script
def test_what_is_refused(torch):
    x, i = torch.arange(4.0), torch.tensor([1, 0])
    calls = [
        lambda: x.take(torch.tensor([4])), lambda: x.take(i.int()), lambda: x.take([0]),
        lambda: x.put(i, x), lambda: x.put(i, i), lambda: x.put(torch.tensor([-5]), x[:1]),
        lambda: x.put_(i, x[:2]), lambda: x.scatter(0, i, "a"), lambda: x.scatter(0, i, None),
        lambda: x.scatter(0, i, x, reduce="sum"), lambda: x.scatter_reduce(0, i, x, "median"),
        lambda: x.scatter_reduce(0, i, x, None), lambda: x.scatter_add(0, i, 2.0),
        lambda: x.bool().scatter_reduce(0, i, x.bool(), "mean"), lambda: x.gather(0, [0]),
        lambda: x.expand(2, 4).scatter_(0, i[None], 1.0), lambda: x.scatter_add_(0, i, i),
        lambda: x.take_along_dim(i[None], 0), lambda: x.take_along_dim(i.int(), 0),
        lambda: torch.take(torch.zeros(0), i), lambda: torch.scatter(x, 1, i, 1.0),
    ]  # fmt: skip
    return [error(torch, call) for call in calls]


@same_script
def test_sources_that_are_read_and_written(torch):
    x, i = torch.zeros(2), torch.tensor([0, 1])
    none, nowhere = torch.zeros(0), torch.zeros(0, dtype=torch.int64)
    calls = [
        lambda: x.scatter_add_(0, i, x), lambda: none.scatter_add_(0, nowhere, none),
        lambda: none.scatter_(0, nowhere, none), lambda: x.put_(i + 5, x),
        lambda: x.masked_scatter_(x > 0, x), lambda: x.scatter_reduce_(0, i, x, "amax"),
        lambda: x[None].scatter_reduce(1, i[None], x, "sum"),
        lambda: none.byte().scatter(0, nowhere, -1.5),
    ]  # fmt: skip
    return [error(torch, call) for call in calls]
