"""softmax and log_softmax: values, gradients, dtypes, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch
NAMES = ["softmax", "log_softmax"]
# Of equal rows, "expanded", the gradient along them is 0 but for rounding: nothing to compare with.
LAYOUTS = ("contiguous", "transposed", "strided")


def functions(name, dim, **options):
    def of(column):
        return lambda x: getattr(column, name)(x, dim, **options)

    return [of(column) for column in COLUMNS]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dim", [0, 1, -1, -2])
def test_matrices(name, dim):
    sweep(*functions(name, dim), (3, 5), (16, 10), layouts=LAYOUTS, second=True)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dim", [1, 2])
def test_images(name, dim):
    sweep(*functions(name, dim), (2, 3, 4, 5), layouts=LAYOUTS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dim", [0, -1])
def test_numbers_and_vectors(name, dim):
    sweep(*functions(name, dim), (7,), layouts=LAYOUTS, second=True)


@pytest.mark.parametrize("name", NAMES)
def test_equal_rows_and_single_classes(name):
    row = np.random.default_rng(0).normal(size=5)
    for x in (np.broadcast_to(row, (3, 5)), np.ones((3, 1)), np.float64(2.0), np.ones(1)):
        check(*functions(name, 0), np.asarray(x), scale=1.0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0,)])
def test_nothing(name, shape):
    check(*functions(name, -1), np.ones(shape))


@pytest.mark.parametrize("name", NAMES)
def test_many_classes(name):
    check(*functions(name, 1), np.random.default_rng(0).normal(size=(4, 5000)).astype("float32"))
    check(*functions(name, 0), np.random.default_rng(0).normal(size=(5000, 4)).astype("float32"))


@pytest.mark.parametrize("name", NAMES)
def test_infinities(name):
    inf = np.inf
    rows = [[inf, 1, 2], [-inf, 1, 2], [-inf, -inf, -inf], [inf, inf, 0], [1e30, 0, -1e30]]
    check(*functions(name, 1), np.array(rows), gradients=False)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_slopes_are_what_they_measure(name, column):
    x = column.randn(3, 4, dtype=column.float64).requires_grad_()
    for dim in (0, 1):
        assert column.autograd.gradcheck(lambda x, d=dim: getattr(column, name)(x, d), (x,))
        assert column.autograd.gradgradcheck(lambda x, d=dim: getattr(column, name)(x, d), (x,))


@same_script
def test_as_methods_and_in_other_dtypes(torch):
    x = torch.tensor([[1.0, 2.0, 4.0]], dtype=torch.float64)
    return (
        x.softmax(1).sum(),
        x.log_softmax(dim=-1).exp().sum().item() == pytest.approx(1),
        torch.softmax(x, 1, dtype=torch.float32).dtype,
        torch.softmax(torch.tensor([1, 2]), 0, torch.float64).dtype,
        torch.log_softmax(x.half(), 1).dtype,
    )


@same_script
def test_errors(torch):
    x = torch.ones(2, 3)
    return [
        error(torch, function)
        for function in (
            lambda: torch.softmax(x, 2),
            lambda: torch.softmax(x, -3),
            lambda: torch.softmax(torch.tensor(1.0), 1),
            lambda: torch.softmax(x.long(), 1),
            lambda: torch.log_softmax(x.long(), 1),
            lambda: torch.softmax(x, 1, dtype=torch.int64),
            lambda: torch.softmax([1.0], 0),
            lambda: torch.log_softmax(3.0, 0),
        )
    ]


@same_script
def test_empty_integers_and_out(torch):
    x, n = torch.tensor([[1.0, 2.0, 4.0]]), torch.zeros(3, 0, dtype=torch.int64)
    results = [torch.softmax(n, 0), torch.log_softmax(n.bool(), 1)]
    results += [torch.softmax(x, axis=1).argmax()]
    for name in ("softmax", "log_softmax"):
        f, out = getattr(torch, name), torch.empty(1, 3)
        results += [f(x, 1, out=out) is out, (out == f(x, 1)).all()]
        results += [error(torch, lambda f=f, d=d: f(x, d)) for d in (None, True, 1.0, (0,))]
        results += [error(torch, lambda f=f: f(n, 2)), error(torch, lambda f=f: f(x, 0, "a"))]
    return results


def test_messages_say_shape_and_remedy():
    x = np.ones((2, 3))
    check_error(*functions("softmax", 2), x, match=r"range of \[-2, 1\].*shape \[2, 3\]")
    check_error(*functions("log_softmax", 1), x.astype(int), match="not implemented.*float")


@pytest.mark.parametrize("name", NAMES)
def test_names_in_the_graph(name):
    x = [[1.0, 2.0]]
    names = [
        getattr(column, name)(column.tensor(x, requires_grad=True), 1).grad_fn.name()
        for column in (scratch, torch)
    ]
    assert names[0] == names[1]
