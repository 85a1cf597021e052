"""Elements picked or overwritten by numbers and masks."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, constant
from tests.same_script import same_script

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


def calls(name, *args, **options):
    """The function of this name in all three columns."""

    def of(function):
        return lambda *xs: function(*xs, *args, **options)

    return [of(getattr(column, name)) for column in (scratch, torch_impl, torch)]


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


@pytest.mark.parametrize("dim, index", [(0, [2, 0, 0]), (1, [3]), (-1, [0, 1, 2, 3, 0]), (0, [])])
def test_index_select(dim, index):
    index = np.array(index, "int64")
    columns = [lambda x, i, m=m: m.index_select(x, dim, i) for m in (scratch, torch_impl, torch)]
    check(*columns, X, index, exact=True, second=True)
    check(*columns, X.astype("f").T.copy().T, index.astype("int32"), exact=True)


@pytest.mark.parametrize("mask", [MASK, MASK[0], MASK[:, :1], np.zeros((3, 4), bool), MASK[:1]])
def test_masked_select(mask):
    check(*calls("masked_select"), X, mask, exact=True, second=True)
    check(*calls("masked_select"), X[0], mask, exact="values", scale="terms")


@pytest.mark.parametrize("mask", [MASK, MASK[0], MASK[:, :1], np.ones((2, 3, 4), bool), MASK[0, 0]])
@pytest.mark.parametrize("value", [0, 2.5, float("-inf"), float("nan")])
def test_masked_fill(mask, value):
    columns = [lambda x, m, f=c.masked_fill: f(x, m, value) for c in (scratch, torch_impl, torch)]
    check(*columns, X, np.asarray(mask), exact="values", scale="terms", second=True)


def test_masked_fill_with_a_tensor():
    check(*calls("masked_fill"), X, MASK, np.array(3.0), exact="values", scale="terms", second=True)
    check(*calls("masked_fill"), X.astype("f"), MASK[0], constant(np.array(3.0)), exact="values")
    for dtype in ("int64", "uint8", "bool"):
        check(*calls("masked_fill", 2.5), X.astype(dtype), MASK, exact=True)


def test_masked_gradients_leave_out_what_is_not_finite():
    for m in (scratch, torch_impl, torch):
        x = m.tensor([1.0, 2.0], requires_grad=True)
        y = m.masked_fill(x, m.tensor([True, False]), 0.0)
        y.backward(m.tensor([float("nan"), 5.0]))
        assert x.grad.tolist() == [0, 5]


@same_script
def test_in_place(torch):
    x = torch.arange(6.0).reshape(2, 3).requires_grad_()
    h = x * 1
    h.masked_fill_(h > 3, 0.5)
    h.t().masked_fill_(torch.tensor([True, False]), -1.0)
    h.backward(torch.arange(6.0).reshape(2, 3) + 1)
    return h, x.grad, h._version


@same_script
def test_nonzero(torch):
    x = torch.tensor([[0.0, 2.0, 0.0], [3.0, 0.0, float("nan")]])
    found = [x.nonzero(), torch.argwhere(x), *torch.nonzero(x, as_tuple=True), x.bool().nonzero()]
    empty = [torch.zeros(2, 3).nonzero(), torch.tensor(5).nonzero(), torch.tensor(0).nonzero()]
    return found, empty, torch.tensor(5).nonzero(as_tuple=True), x[x.nonzero(as_tuple=True)]


ERRORS = [
    ("gather", (1, [[4]]), "index 4 is out of bounds for dimension 1 with size 4"),
    ("gather", (0, [[-1]]), "index -1 is out of bounds for dimension 0 with size 3"),
    ("gather", (1, [0]), "same number of dimensions"),
    ("gather", (0, [[0, 0, 0, 0, 0]]), r"index \[1, 5\].*self \[3, 4\] apart from dimension 0"),
    ("gather", (1, [[0.5]]), "int32/int64.*float64"),
    ("gather", (2, [[0]]), "out of range"),
    ("index_select", (0, [3]), "index out of range.*3 for dimension 0 with size 3"),
    ("index_select", (0, [-1]), "index out of range"),
    ("index_select", (0, [[0]]), "vector"),
    ("index_select", (0, [0.5]), "int32 or int64"),
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
        (lambda m, x, i: x.masked_fill(i, 0), "boolean masks"),
        (lambda m, x, i: x.masked_fill(i[:2] == 0, 0), r"\[2, 1\].*\[3, 4\]"),
        (lambda m, x, i: x.masked_fill(i == 0, m.ones(1)), "0-dimensional"),
        (lambda m, x, i: x.masked_select(i), "mask"),
        (lambda m, x, i: x.detach()[0].masked_fill_(i == 0, 0), "shape"),
    ],
)
def test_errors_of_methods(call, match):
    columns = [lambda x, i, m=m: call(m, x, i) for m in (scratch, torch)]
    check_error(columns[0], None, columns[1], X, np.zeros((3, 1), int), match=match)
