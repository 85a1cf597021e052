"""Triangles of matrices."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.expressions import alike
from tests.same_script import error, same_script

DTYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]


@pytest.mark.parametrize("diagonal", [0, 1, -1, 2, -2, 9, -9])
@pytest.mark.parametrize("name", ["tril", "triu"])
def test_triangle(name, diagonal):
    shapes = (3, 3), (2, 5), (5, 2), (2, 3, 4), (0, 3), (3, 0), (1, 1)
    sweep(*calls(name, diagonal), *shapes, exact=True, second=True)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["tril", "triu"])
def test_dtypes(name, dtype):
    check(*calls(name), np.arange(1, 13).reshape(3, 4).astype(dtype), exact=True)


@pytest.mark.parametrize("sizes", [(3, 3), (3, 2, 1), (2, 4, -1), (0, 3), (2, 2, 9), (2, 2, -9)])
@pytest.mark.parametrize("name", ["tril_indices", "triu_indices"])
def test_positions(name, sizes):
    ours, builtin = getattr(scratch, name), getattr(torch, name)
    for options in ({}, {"dtype": "int32"}):
        kinds = [{k: getattr(m, v) for k, v in options.items()} for m in (scratch, torch)]
        y, expected = ours(*sizes, **kinds[0]), builtin(*sizes, **kinds[1])
        assert y.tolist() == expected.tolist() and str(y.dtype) == str(expected.dtype)
        assert y.shape == expected.shape


@same_script
def test_forms(torch):
    x = torch.arange(1.0, 7.0).view(2, 3)
    w = torch.ones(2, 3, requires_grad=True)
    h = w * x
    h[:, 1:].tril_()
    h.triu_(1)
    h.backward(x)
    out = torch.empty(2, 3)
    torch.tril(x, -1, out=out)
    return [
        x.t().tril(),
        x.t().tril().stride(),
        x.triu(diagonal=1),
        x.clone().triu_(-1),
        out,
        h,
        w.grad,
        w.tril().grad_fn.name(),
        w.triu().grad_fn.name(),
        error(torch, lambda: w.tril_()),
        error(torch, lambda: torch.tril(w, out=out)),
    ]


@pytest.mark.parametrize("name", ["tril", "triu"])
def test_errors(name):
    check_error(*calls(name), np.ones(3), match="at least 2")
    check_error(*calls(name), np.array(1.0), match="at least 2")
    check_error(*calls(name, 1.5), np.ones((2, 2)), match="float")
    ours, _, builtin = calls(name)
    check_error(ours, None, builtin, 1, match="must be Tensor")


WRONG = [((-1, 2), {}), ((2,), {}), ((2.5, 2), {}), ((2, 2), {"dtype": "int8"})]


@pytest.mark.parametrize("sizes, options", WRONG)
@pytest.mark.parametrize("name", ["tril_indices", "triu_indices"])
def test_errors_of_positions(name, sizes, options):
    def raised(m):
        kinds = {k: getattr(m, v) for k, v in options.items()}
        return error(m, lambda: getattr(m, name)(*sizes, **kinds))

    assert raised(scratch) == raised(torch) != "none"


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.ones(3).tril_()
torch.ones(()).triu_(1)
torch.ones(3, requires_grad=True).view(1, 3).tril_()
"""
)
