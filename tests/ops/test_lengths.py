"""norm of every order, dist, renorm: torch's values and gradients, out=, errors."""

import itertools

import numpy as np
import pytest

from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

INF = float("inf")


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


def test_long_vectors():
    for shape in ((100_000,), (200, 300), (20, 5000), (5000, 3)):
        for p in (2, 1, INF, 3):
            check(*columns("norm"), array(*shape), p)
            check(*columns("norm"), array(*shape), p, -1)
            if p == 2:
                check(*columns("norm"), array(*shape, dtype="float64"), p, -1)


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


@pytest.mark.parametrize("dim", [None, (0, 1), (1, 0), (-2, -1)])
def test_the_sum_of_singular_values(dim):
    for keepdim in (False, True):
        three = columns(lambda torch, x, d=dim, k=keepdim: torch.norm(x, "nuc", d, k))
        check(*three, array(3, 4))
    if dim is not None:
        check(*columns(lambda torch, x: torch.norm(x, "nuc", dim)), array(3, 4, 2))


# ---- dist ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [2, 1, INF, -INF, 3, 1.5])
def test_dist(p):
    three = columns(lambda torch, a, b: torch.dist(a, b, p))
    sweep(*three, ((3, 4), (3, 4)), ((3, 1), (4,)), ((), ()), specials=("nan",))
    check(*three, array(3, 4), array(4, seed=1), second=p in (1, 2, 3))
    check(*three, np.ones(3), np.ones(3))


def test_dist_of_other_dtypes():
    check(*columns("dist"), array(3), array(3, dtype="float64", seed=1))
    check(*columns("dist"), array(3), np.array([1, 2, 3]))
    check(*columns("dist"), array(3, dtype="float16"), array(3, dtype="float16", seed=1))
    check(*columns("dist"), array(3), array(3, seed=1), 0, gradients=False)
    check(*columns("dist"), array(0), array(0))
    check(*columns(lambda torch, a, b: a.dist(b, p=1)), array(3), array(3, seed=1))


# ---- renorm -------------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [2, 1, INF, 3])
def test_renorm(p):
    for dim in (0, 1, -1):
        three = columns(lambda torch, x, d=dim: torch.renorm(x, p, d, 1.0))
        sweep(*three, (3, 4), (2, 3, 4), specials=("nan",))
        if p != INF:
            check(*three, array(0, 3))
        check(*three, array(3, 4), second=p in (2, 3))
    check(*columns(lambda torch, x: x.renorm(p, 0, 0)), array(3, 4))
    check(*columns(lambda torch, x: x.clone().renorm_(p, 0, 1)), array(3, 4))
    check(*columns("renorm"), np.array([[0, 0], [np.nan, 1], [3, 4.0]], "float32"), p, 0, 1.0)
    check(*columns("renorm"), array(3, 4, dtype="float16"), p, 0, 1.0)


# ---- all ----------------------------------------------------------------------------------------


@same_script
def test_written_to_a_tensor(torch):
    x = torch.tensor([[1.0, 2.0, 4.0], [4.0, 5.0, 5.0]])
    wide = torch.empty(3, dtype=torch.float64)
    return [
        torch.norm(x, out=torch.empty(())),
        torch.norm(x, 2, 0, out=torch.empty(3)),
        torch.norm(x, 2, 0, True, torch.empty(1, 3)),
        torch.renorm(x, 2, 0, 1.0, out=torch.empty(2, 3)),
        error(torch, lambda: torch.norm(x, 2, 0, out=wide)),
        error(torch, lambda: torch.renorm(x, 2, 0, 1.0, out=wide)),
        error(torch, lambda: torch.norm(x.requires_grad_(), 2, 0, out=torch.empty(3))),
    ]


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]], requires_grad=True)
    results = (x.norm(), x.norm(1, dim=1), x.dist(x * 2), x.renorm(2, 0, 1))
    return [y.grad_fn.name() for y in results]


@same_script
def test_errors(torch):
    x, n, e = torch.ones(2, 3), torch.tensor([1, 2]), torch.ones(0, 3)
    tests = [n.norm, lambda: x.norm("a"), lambda: x.norm("inf"), lambda: torch.ones(0).norm(INF)]
    tests += [lambda: x.norm(2, 5), lambda: x.norm(2, (0, 0)), lambda: x.norm(2, 1.0)]
    tests += [lambda: x[0].norm("nuc"), lambda: x.norm("nuc", 0), lambda: e.norm(INF, 0)]
    tests += [lambda: e.norm(-1), lambda: x.norm(dtype=torch.int64), lambda: n.norm(dtype=x.dtype)]
    tests += [lambda: x.double().norm(dtype=torch.float32), lambda: x[None].norm("fro", (0, 1, 2))]
    tests += [
        lambda: n.dist(n),
        lambda: x.dist(1.0),
        lambda: x.dist(x[:, :2]),
        lambda: x.dist(x, "fro"),
    ]
    tests += [lambda: e.dist(e, INF), lambda: x.dist(x, None), lambda: torch.dist([1.0], x)]
    tests += [lambda: x.renorm(0, 0, 1), lambda: x.renorm(2, 0, -1), lambda: x[0].renorm(2, 0, 1)]
    tests += [
        lambda: x.renorm(2, 2, 1),
        lambda: x.long().renorm(2, 0, 1),
        lambda: x.renorm("a", 0, 1),
    ]
    return [error(torch, test) for test in tests]


def test_messages():
    check_error(*columns("dist"), array(3), array(2), match="must match the size")
    check_error(*columns("renorm"), array(3, 2), -1.0, 0, 1.0, match="non-positive")
    check_error(*columns("norm"), array(0), -1.0, match="identity")


@same_script
def test_dist_promotes_as_a_difference_does(torch):
    one, half = torch.ones((), dtype=torch.float64), torch.ones(2, dtype=torch.float16)
    far = torch.tensor([1e30])
    x = torch.tensor([0.0], requires_grad=True)
    dx = torch.autograd.grad(x.norm(), x, create_graph=True)[0]
    return [
        torch.dist(one, half),
        error(torch, lambda: torch.dist(one, half.bool())),
        torch.dist(far, torch.zeros(1)),
        far.norm(),
        torch.autograd.grad(dx.sum(), x)[0],
    ]
