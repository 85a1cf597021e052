"""floor, ceil, trunc, round, // and %: torch's numbers, for negatives, zeros and infinities too."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script

AWKWARD = np.array([0.0, -0.0, 0.5, -0.5, 1.0, 1.5, -1.5, 2.5, 7.0, -7.0, np.inf, -np.inf, np.nan])
DIVISORS = np.array([2.0, -2.0, 0.0, 0.3, -7.0, np.inf, -np.inf, np.nan, 1e-3])


@pytest.mark.parametrize("name", ["floor", "ceil", "trunc", "fix", "round"])
def test_rounding(name):
    sweep(*columns(name), (3, 4), (), (0, 3), exact=True)
    for dtype in ("float16", "float32", "float64"):
        check(*columns(name), AWKWARD.astype(dtype), exact="signed")
    for dtype in ("uint8", "int32", "int64"):
        check(*columns(name), np.array([1, 2, 3], dtype), exact=True)
    check(*columns(lambda torch, x: getattr(x * 1, f"{name}_")()), array(3, 4), exact=True)
    check_error(*columns(name), np.array([True]))
    check_error(*columns(name), 1.5, match="must be Tensor, not float")


@pytest.mark.parametrize("decimals", [1, 3, -1])
def test_round_to_decimals(decimals):
    three = columns(lambda torch, x: torch.round(x, decimals=decimals))
    for dtype in ("float32", "float64"):
        check(*three, array(50, dtype=dtype) * 20, exact=True)
    check_error(*three, np.array([15, 25]))


@pytest.mark.parametrize("mode", ["floor", "trunc"])
def test_division_with_a_rounding_mode(mode):
    three = columns(lambda torch, a, b: torch.div(a, b, rounding_mode=mode))
    sweep(*three, ((3, 4), (4,)), ((5,), ()), exact=True, domain=("real", "nonzero"))
    for dtype in ("float32", "float64"):
        check(*three, AWKWARD.astype(dtype)[:, None], DIVISORS.astype(dtype), exact=True)
    check(*columns(lambda torch, a: torch.div(a, 0.3, rounding_mode=mode)), array(50), exact=True)


@pytest.mark.parametrize("function", ["div", "floor_divide", "remainder"])
@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "int32", "int64"])
def test_integers(function, dtype):
    a = np.array([7, 1, 0, 100, 55]).astype(dtype)
    a = a if dtype == "uint8" else np.concatenate([a, -a])
    b = np.array([2, 3, 7, 100]).astype(dtype)
    b = b if dtype == "uint8" else np.concatenate([b, -b])
    for mode in ("floor", "trunc") if function == "div" else (None,):
        options = {} if mode is None else {"rounding_mode": mode}
        three = columns(lambda torch, a, b, o=options: getattr(torch, function)(a, b, **o))
        check(*three, a[:, None], b)
        for n in (2, 7, -3) if dtype != "uint8" else (2, 7):
            check(*three, a, n)
        check(*three, a, 2.5)
        check_error(*three, a, 0, match="ZeroDivisionError")
        check_error(*three, a, b * 0)
    check(*columns(function), a, constant(array(1)))


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "int32", "int64"])
def test_fmod_of_integers(dtype):
    a = np.array([7, 1, 0, 100, 55]).astype(dtype)
    b = np.array([2, 3, 7, 100]).astype(dtype)
    if dtype != "uint8":
        a, b = np.concatenate([a, -a]), np.concatenate([b, -b])
    check(*columns("fmod"), a[:, None], b)
    for n in (2, 7, -3, 2.5):
        check(*columns("fmod"), a, n)
    check_error(*columns("fmod"), a, 0, match="ZeroDivisionError")
    check(*columns("fmod"), np.array([True, False]), np.array([2, 3]))


def test_large_integers_keep_their_digits():
    a = np.array([2**62 + 1, -(2**62) - 1])
    for mode in ("floor", "trunc"):
        check(*columns(lambda torch, a, m=mode: torch.div(a, 3, rounding_mode=m)), a)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_floor_divide(dtype):
    a, b = constant(AWKWARD.astype(dtype)[:, None]), constant(DIVISORS.astype(dtype))
    check(*columns("floor_divide"), a, b, exact=True)
    check(*columns("floor_divide"), a, 0.3, exact=True)
    check(*columns(lambda torch, a, b: (a // b, 2 // b, a // 2, 2.5 // b)), a, b, exact=True)


def test_floor_divide_has_no_gradient():
    for column in (scratch, torch):
        x = column.tensor([3.0], requires_grad=True)
        for y in (x // 2, 2 // x, column.floor_divide(x, x)):
            assert y.requires_grad and "grad_fn=<NotImplemented>" in repr(y)
            with pytest.raises(RuntimeError, match="floor_divide is not implemented"):
                y.backward()


def test_remainder():
    sweep(*columns("remainder"), ((3, 4), (4,)), ((5,), ()), exact="values", scale="terms",
          domain=("real", "nonzero"), specials=("nan",))  # fmt: skip
    sweep(*columns(lambda torch, x: x % 0.7), (3, 4), (), (0,), exact=True)
    for dtype in ("float32", "float64"):
        a, b = AWKWARD.astype(dtype)[:, None], DIVISORS.astype(dtype)
        check(*columns("remainder"), constant(a), constant(b), exact="signed")
    check(*columns(lambda torch, x: (x % 2, 5 % x)), constant(array(4)), exact=True)
    check(*columns("remainder"), array(3, 4), array(4, seed=1), second=True)


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([1.5, 2.5], requires_grad=True)
    results = [
        x.floor(),
        x.ceil(),
        x.trunc(),
        x.fix(),
        x.round(),
        x.round(decimals=1),
        x % 2,
        x % x,
    ]
    results += [x.div(2, rounding_mode=mode) for mode in ("floor", "trunc")]
    return [y.grad_fn.name() for y in results]


@same_script
def test_in_place(torch):
    x, n = torch.tensor([7.5, -7.5]), torch.tensor([7, -7])
    x //= 2
    n //= 2
    n %= 3
    return [
        x,
        n,
        x.remainder_(1.5),
        torch.tensor([1.26]).round_(decimals=1),
        torch.tensor([1.5]).fix_(),
    ]


@same_script
def test_refusals(torch):
    x, b = torch.tensor([1.5]), torch.tensor([True])
    return [
        error(torch, lambda: x // "a"),
        error(torch, lambda: "a" // x),
        error(torch, lambda: None % x),
        error(torch, lambda: b // b),
        error(torch, lambda: b % b),
        error(torch, lambda: torch.remainder(x, "a")),
        error(torch, lambda: torch.remainder(7, 3)),
        error(torch, lambda: x // torch.ones(2, 3).T),
        f"{torch.tensor(3)} %",
        b // 2,
        b % torch.tensor([2]),
    ]


@same_script
def test_nothing_divided_by_zero(torch):
    nothing, one = torch.tensor([], dtype=torch.int64), torch.tensor([1])
    rounded = [torch.div(nothing, 0, rounding_mode=mode) for mode in ("floor", "trunc")]
    return [nothing % 0, nothing // 0, *rounded, error(torch, lambda: one % 0)]


# ---- what is cut off ----------------------------------------------------------------------------


def test_frac():
    sweep(*columns("frac"), (3, 4), (), (0, 3), exact=True, second=True)
    for dtype in ("float16", "float32", "float64"):
        check(*columns("frac"), AWKWARD.astype(dtype), exact="signed")
    check(*columns(lambda torch, x: (x * 3).frac_()), array(3, 4), exact=True)
    for dtype in ("uint8", "int64", "bool"):
        check_error(*columns("frac"), np.array([1]).astype(dtype), match="frac")


def test_fmod():
    sweep(*columns("fmod"), ((3, 4), (4,)), ((5,), ()), exact="values", scale="terms",
          domain=("real", "nonzero"), specials=("nan",), second=True)  # fmt: skip
    sweep(*columns(lambda torch, x: torch.fmod(x, 0.7)), (3, 4), (), (0,), exact=True, second=True)
    for dtype in ("float32", "float64"):
        a, b = AWKWARD.astype(dtype)[:, None], DIVISORS.astype(dtype)
        check(*columns("fmod"), constant(a), constant(b), exact="signed")
    check(*columns(lambda torch, x: (x * 1).fmod_(0.3)), array(3, 4), exact=True)
    check_error(*columns("fmod"), 2, array(3))
    check_error(*columns("fmod"), array(3), "a")
    check_error(*columns("fmod"), np.array([True]), np.array([True]))


def wide_range(n, seed):
    """Numbers of all sizes, and the awkward ones among them."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(n) * 10.0 ** rng.integers(-12, 13, n)
    x[: n // 4] = rng.integers(-50, 50, n // 4) / 4
    x[n // 4 : n // 4 + len(AWKWARD)] = AWKWARD
    x[-1] = 3e38
    return x.astype("float32")


@pytest.mark.parametrize("name", ["fmod", "remainder", "floor_divide", "div"])
def test_many_divisions(name):
    options = {"rounding_mode": "floor"} if name == "div" else {}
    three = columns(lambda torch, a, b: getattr(torch, name)(a, b, **options))
    for seed in range(5):
        a, b = wide_range(5000, seed), np.random.default_rng(seed).permutation(wide_range(5000, 9))
        check(*three, constant(a), constant(b), exact="signed")
        check(*three, constant(a), 0.7 + seed, exact="signed")
        check(*three, constant(a.reshape(50, 100).T), constant(b[:50]), exact="signed")


@same_script
def test_out(torch):
    x, n = torch.tensor([7.5, -7.5]), torch.tensor([7, -7])
    results = []
    for f in (torch.floor, torch.ceil, torch.trunc, torch.fix, torch.round, torch.frac):
        results += [f(x, out=torch.zeros(2)), f(x, out=torch.empty(0))]
        results.append(error(torch, lambda f=f: f(x, out=torch.zeros(2, dtype=torch.float64))))
    for f in (torch.remainder, torch.fmod, torch.floor_divide):
        results += [f(x, 2, out=torch.zeros(2)), f(n, 2, out=torch.zeros(2))]
        results.append(error(torch, lambda f=f: f(x, 2, out=torch.zeros(2, dtype=torch.int64))))
    return results


@same_script
def test_names_of_remainders(torch):
    x = torch.tensor([1.5, 2.5], requires_grad=True)
    return [y.grad_fn.name() for y in (x.fmod(2), x.fmod(x), x.frac(), x.remainder(x))]


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
(g // 2).grad_fn.name()
(g // g)
torch.remainder(3, g).grad_fn.name()
(y := n // n * g, n.neg_(), y.sum().backward())
(y := torch.div(n, g, rounding_mode='floor'), n.neg_(), y.sum().backward())
(y := torch.div(g, n, rounding_mode='trunc'), n.neg_(), y.sum().backward())
(y := g % n, n.neg_(), y.sum().backward())
(y := n % g, n.neg_(), y.sum().backward())
(y := n.fmod(g), n.neg_(), y.sum().backward())
torch.tensor([-1.5, 1.0, 0.25], dtype=torch.float16) // 0.1
torch.autograd.grad((n % g).sum(), g, create_graph=True)[0].requires_grad
torch.tensor([True]).remainder_(torch.tensor([2]))
""",
    OPERANDS,
)


@same_script
def test_decimals_of_halves(torch):
    x = torch.linspace(-300, 300, 601, dtype=torch.float16)
    return [x.round(decimals=d) for d in (-2, -1, 1, 2, 3, 4)]
