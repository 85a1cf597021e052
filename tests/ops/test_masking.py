"""Elements picked or overwritten by a mask."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, constant
from tests.columns import calls
from tests.same_script import error, same_script

rng = np.random.default_rng(7)
X = rng.standard_normal((3, 4))
MASK = X > 0


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


@pytest.mark.parametrize("mask", [MASK, MASK[0], MASK[:, :1], np.zeros((3, 4), bool), MASK[:1]])
def test_masked_scatter(mask):
    ours, _, theirs = calls("masked_scatter")
    check(ours, None, theirs, X, mask, rng.standard_normal(15), exact="values", second=True)
    check(
        ours, None, theirs, X[0], mask, rng.standard_normal((3, 5)), exact="values", scale="terms"
    )


@same_script
def test_masked_scatter_in_place(torch):
    x = torch.zeros(2, 3)
    mask = torch.tensor([[True, False, True], [False, True, False]])
    x.masked_scatter_(mask, torch.tensor([1.0, 2.0, 3.0, 4.0]))
    w = torch.ones(5, requires_grad=True)
    y = (w[:3] * 2).masked_scatter_(mask[0], w * 5)
    y.sum().backward()
    return x, w.grad, y.grad_fn.name()


@same_script
def test_where_to_write(torch):
    x, out, places = torch.arange(4.0), torch.empty(0), torch.empty(0, dtype=torch.int64)
    torch.masked_select(x, x > 1, out=out)
    torch.nonzero(x, out=places)
    return out, places, error(torch, lambda: torch.nonzero(x, out=torch.empty(0)))


@same_script
def test_what_is_refused(torch):
    x = torch.arange(4.0)
    calls = [
        lambda: x.masked_scatter(x > 1, x[:1]), lambda: x.masked_scatter(x > 1, x.double()),
        lambda: x.masked_scatter(x, x), lambda: x.masked_scatter(x > 1, 2.0),
        lambda: x.masked_fill(x, 2.0), lambda: x.masked_fill(x > 1, x), lambda: x.nonzero(1),
        lambda: x.masked_fill(x[:2] > 1, 2.0), lambda: x.masked_fill(x > 1, 1e300),
        lambda: x.masked_fill_((x > 1).expand(2, 4), 2.0), lambda: torch.nonzero([1]),
        lambda: x.masked_scatter_((x > 1).expand(2, 4), torch.ones(9)),
        lambda: x.masked_select([True]), lambda: x.masked_fill(x > 1, None),
    ]  # fmt: skip
    return [error(torch, call) for call in calls]


def test_expanded_tensors():
    for c in (scratch, torch):
        x = c.zeros(1, 3)
        with pytest.warns(UserWarning, match="expanded"):
            x.expand(2, 3).masked_fill_(c.tensor([True, False, True]), 5.0)
        assert x.tolist() == [[5, 0, 5]]


@same_script
def test_places_are_columns_of_one_matrix(torch):
    x = torch.tensor([[0, 2], [3, 4]])
    rows, columns = torch.where(x > 2)
    rows.add_(1)
    return rows, columns, rows.stride(), columns._version, x.nonzero().stride(), x.argwhere()
