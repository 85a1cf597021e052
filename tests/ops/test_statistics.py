"""var, std, var_mean, std_mean, cov, corrcoef: torch's values and gradients, errors."""

import itertools
import warnings

import numpy as np
import pytest

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script


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


@pytest.mark.parametrize("name", ["var_mean", "std_mean"])
def test_with_the_mean(name):
    sweep(*columns(name), (3, 4), (7,), specials=("nan",))
    for dim, keepdim in itertools.product((0, -1, (0, 1), None), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: getattr(torch, name)(x, d, keepdim=k))
        sweep(*three, (3, 4), specials=("nan",))
        check(*three, array(3, 4), second=True)
    check(*columns(name), array(3, 4), False)
    check(*columns(name), array(3, 4), 1, True, True)
    check(*columns(lambda torch, x: getattr(torch, name)(x, correction=0)), array(3, 4))
    for part in (0, 1):  # the other one's gradient is missing
        check(*columns(lambda torch, x, i=part: getattr(torch, name)(x, 0)[i]), array(3, 4))
    check(*columns(name), np.ones(4, "float32"), exact=True)


@same_script(rtol=1e-6)
def test_written_to_a_tensor(torch):
    x = torch.tensor([[1.0, 2.0, 4.0], [4.0, 5.0, 5.0]])
    results = []
    for name in ("var", "std"):
        f = getattr(torch, name)
        results += [f(x, 0, out=torch.empty(3)), f(x, None, out=torch.empty(()))]
        results += [f(x, 1, out=torch.empty(2, dtype=torch.float64))]
        w = x.clone().requires_grad_()
        results += [error(torch, lambda f=f, w=w: f(w, 0, out=torch.empty(3)))]
    return results


# ---- cov and corrcoef ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cov", "corrcoef"])
def test_how_rows_vary_together(name):
    sweep(*columns(name), (3, 4), (2, 30), (7,), specials=("nan",), scale="condition")
    check(*columns(name), array(3, 5), second=True, scale="condition")
    check(*columns(name), np.array([[1, 2, 4], [3, 1, 1]]))
    check(*columns(name), array(0, 3))
    check(*columns(lambda torch, x: getattr(x, name)()), array(3, 4, dtype="float64"))
    check_error(*columns(name), array(2, 2, 2), match="two or fewer dimensions")
    check_error(*columns(name), np.array([True, False]))
    check_error(*columns(name), [1.0])


def test_weighted_covariances():
    x, often, much = array(3, 4), np.array([1, 0, 3, 2]), np.array([0.5, 1, 0, 2], "float32")
    three = columns("cov")
    for correction in (0, 1, 2):
        check(*three, x, correction=correction)
        check(*three, x, correction=correction, fweights=often)
        check(*three, x, correction=correction, aweights=much)
        check(*three, x, correction=correction, fweights=often, aweights=much)
    check(*three, x, aweights=much.astype("float64"), second=True)
    for bad in (much, often[:2], -often, often[None], often > 0):
        check_error(*three, x, fweights=bad, match="fweights")
    for bad in (often, much[:2], -much, much[None]):
        check_error(*three, x, aweights=bad, match="aweights")
    check_error(*three, x, aweights=np.zeros(4, "float32"), match="sum to zero")
    check_error(*three, x, correction=1.0)
    check_error(*three, x, fweights=[1, 2, 3, 4])


def test_too_few_observations():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "cov.*degrees of freedom", UserWarning)
        for x in (array(), array(1), array(3, 1), array(3, 0)):
            for name in ("cov", "corrcoef"):
                with np.errstate(all="ignore"):
                    check(*columns(name), x, gradients=False)
    matching = pytest.warns(UserWarning, match="cov.*degrees of freedom is <= 0")
    with np.errstate(all="ignore"), matching:
        scratch.cov(scratch.ones(2, 3), correction=3)


# ---- the graph ----------------------------------------------------------------------------------


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]], requires_grad=True)
    pairs = [*torch.var_mean(x), *torch.std_mean(x, 0)]
    return [y.grad_fn.name() for y in (x.var(), x.std(0), x.cov(), *pairs)]


@same_script
def test_errors(torch):
    x, n = torch.ones(2, 3), torch.tensor([1, 2])
    tests = [n.var, n.std, lambda: x.var(2), lambda: x.var((0, 0)), lambda: torch.var_mean(n)]
    tests += [lambda: torch.var(1.0), lambda: x.var(0, 1, 2, 3, 4), lambda: x.var(0, 1)]
    tests += [lambda: x.std(0, True, 1), lambda: x.std(correction="a"), lambda: x.var(1.0)]
    tests += [lambda: x.std(0, unbiased=True, correction=1)]
    return [error(torch, test) for test in tests]


@same_script
def test_infinity_and_no_freedom(torch):
    inf = float("inf")
    x = torch.tensor([[1.0, inf], [inf, 1.0], [inf, inf]])
    huge = torch.tensor([1.0, 1e30, 2.0])
    one = torch.tensor([[2.0], [inf]], requires_grad=True)
    along = torch.autograd.grad(one.var(1).sum(), one, create_graph=True)[0]
    again = torch.autograd.grad(along.sum(), one)[0]
    alone = torch.tensor(inf, requires_grad=True)
    whole = torch.autograd.grad(alone.var(), alone)[0]
    return [torch.var_mean(x, 1), torch.var_mean(x), huge.std(), huge.std(0), along, again, whole]
