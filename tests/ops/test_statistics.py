"""var, std, norm: torch's values and gradients, corrections, norms of every order, errors."""

import itertools
import warnings

import numpy as np
import pytest

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

INF = float("inf")


@pytest.mark.parametrize("name", ["var", "std"])
def test_spread(name):
    sweep(*columns(name), (3, 4), (2, 3, 4), (7,), specials=("nan",))
    for dim, keepdim in itertools.product((0, 1, -1, (0, 1), None), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: getattr(torch, name)(x, d, keepdim=k))
        sweep(*three, (3, 4), (2, 3, 4), specials=("nan",))
        check(*three, array(3, 4), second=True)
    check(*columns(name), array(3, 4) * 0.01 + 100, scale=1.0)
    check(*columns(lambda torch, x: getattr(torch, name)(x, 0)), array(1000, 3) + 10)
    check(*columns(name), array(200, dtype="float16"))


@pytest.mark.parametrize("name", ["var", "std"])
def test_corrections(name):
    for options in ({"correction": 0}, {"correction": 2}, {"correction": 0.5}, {"unbiased": False},
                    {"unbiased": True, "keepdim": True}):  # fmt: skip
        three = columns(lambda torch, x, o=options: getattr(torch, name)(x, 1, **o))
        check(*three, array(3, 4))
        if "keepdim" not in options:
            check(*columns(lambda torch, x, o=options: getattr(x, name)(**o)), array(3, 4))
    check(*columns(name), array(3, 4), False)
    check(*columns(name), array(3, 4), 1, False)
    check(*columns(name), array(3, 4), 1, True, True)
    check(*columns(lambda torch, x: getattr(x, name)(axis=0, keepdims=True)), array(3, 4))


@pytest.mark.parametrize("name", ["var", "std"])
def test_too_few_numbers(name):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "(var|std).*degrees of freedom", UserWarning)
        for x in ([1.0], [1.0, 2.0], []):
            for correction in (1, 2, 5):
                three = columns(
                    lambda torch, x, c=correction: getattr(torch, name)(x, correction=c)
                )
                check(*three, np.array(x, "float32"))
    matching = pytest.warns(UserWarning, match=f"{name}.*degrees of freedom is <= 0")
    with np.errstate(invalid="ignore"), matching:
        assert scratch.isnan(getattr(scratch, name)(scratch.tensor([1.0])))


def test_std_of_equal_numbers_has_no_gradient():
    check(*columns("std"), np.ones(4, "float32"), exact=True)
    check(*columns(lambda torch, x: torch.std(x, 1)), np.ones((2, 3), "float32"), exact=True)


@pytest.mark.parametrize("p", [2, 1, INF, 3, 1.5, 0.5, -1, -INF, "fro", None])
def test_norm(p):
    for dim, keepdim in itertools.product((None, 0, -1, (0, 1)), (False, True)):
        if p == "fro" and dim is not None and isinstance(dim, int):
            continue
        three = columns(lambda torch, x, d=dim, k=keepdim: torch.norm(x, p, d, k))
        sweep(*three, (3, 4), specials=("nan",))
        check(*three, array(3, 4), second=p in (1, 2, 3))
    check(*columns(lambda torch, x: x.norm(p)), array(5))
    check(*columns(lambda torch, x: x.norm(p)), array())


@pytest.mark.parametrize("p", [2, 1, INF, 3, 1.5, 0.5])
def test_norm_at_zero_and_at_ties(p):
    rows = ([0.0, 0.0], [0.0, 3.0], [2.0, -2.0], [np.inf, 1.0], [np.nan, 1.0])
    for row in rows[: 3 if p == 0.5 else 5]:
        check(*columns(lambda torch, x: torch.norm(x, p)), np.array(row, "float32"))


def test_norm_that_counts():
    x = np.array([[0.0, 1.0], [2.0, 3.0]], "float32")
    check(*columns(lambda torch, x: torch.norm(x, 0)), x, gradients=False)
    check(*columns(lambda torch, x: torch.norm(x, 0, 1)), x, gradients=False)
    check(*columns(lambda torch, x: torch.norm(x, 0)), array(0, 3), gradients=False)


def test_norm_of_half_precision_does_not_overflow():
    check(*columns("norm"), np.full((1000,), 300, "float16"))
    check(
        *columns(lambda torch, x, dtype: x.norm(dtype=dtype)),
        array(3, 4),
        dtype=np.dtype("float64"),
    )


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]], requires_grad=True)
    return [y.grad_fn.name() for y in (x.var(), x.std(0), x.norm(), x.norm(1, dim=1))]


@same_script
def test_errors(torch):
    x, n = torch.ones(2, 3), torch.tensor([1, 2])
    tests = [n.var, n.std, n.norm, lambda: x.var(2), lambda: x.var((0, 0)), lambda: x.norm("a")]
    tests += [lambda: torch.var(1.0), lambda: torch.ones(0).norm(INF), lambda: x.var(0, 1, 2, 3, 4)]
    tests += [lambda: torch.norm([1.0]) and None, lambda: x.norm(2, 5)]
    return [error(torch, test) for test in tests[:9]]


def test_what_is_not_there():
    check_error(*columns("std"), array(3), 0, unbiased=True, correction=1)
    with pytest.raises(RuntimeError, match="nuclear"):
        scratch.ones(2, 2).norm("nuc")
