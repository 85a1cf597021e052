"""pow and square: values, gradients with their holes at 0, integers, numbers on either side."""

import numpy as np
import pytest
import torch

from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script

AWKWARD = np.array([0.0, -0.0, 1.0, 2.0, -2.0, np.inf, -np.inf, np.nan, -1.0, 0.5])


@pytest.mark.parametrize("n", [2, 3, -1, -2, 1, 0, 2.0, True])
def test_small_powers_are_exact(n):
    three = columns(lambda torch, x: torch.pow(x, n))
    sweep(*three, (3, 4), (), (0, 3), exact="values", domain="nonzero")
    check(*three, AWKWARD.astype("float32"), exact="values")
    check(*columns(lambda torch, x: x**n), array(3, 4), second=True)


@pytest.mark.parametrize("n", [0.5, -0.5, 4, 1.7, -3, 0.1])
def test_powers(n):
    three = columns(lambda torch, x: torch.pow(x, n))
    sweep(*three, (3, 4), (), (0, 3), domain="positive", specials=("nan", "ties"))
    check(*three, np.array([0.0, 4.0, 0.25], "float32"))
    check(*columns(lambda torch, x: x**n), np.abs(array(3, 4)) + 0.1, second=True)


def test_square():
    sweep(*columns("square"), (3, 4), (), (0, 3), exact=True)
    check(*columns("square"), np.array([-3, 2]))
    check(*columns("square"), np.array([True, False]))


def test_two_tensors():
    shapes = [((3, 4), (4,)), ((3, 1), (2, 1, 4)), ((), (3,)), ((0, 3), (3,)), ((), ())]
    sweep(*columns("pow"), *shapes, domain=("positive", "real"), specials=("nan", "ties"))
    check(*columns("pow"), np.abs(array(3, 4)) + 0.1, array(4), second=True)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_holes(dtype):
    a = AWKWARD.astype(dtype)
    check(*columns("pow"), *np.meshgrid(a, a))
    for n in (0, 1, 2, 0.5, -2.0, float("inf")):
        check(*columns(lambda torch, x, n: torch.pow(n, x)), a, n)


def test_number_to_the_power_of_a_tensor():
    for n in (2, 0.3, 10):
        sweep(*columns(lambda torch, x, n=n: torch.pow(n, x)), (3, 4), (), (0,), specials=("nan",))
        check(*columns(lambda torch, x, n=n: n**x), array(3, 4), second=True)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "int64", "bool"])
def test_integers(dtype):
    x = np.array([1, 0, 2, 3]).astype(dtype)
    for n in (2, 3, 0, 1, 2.0, 0.5, -2.0):
        check(*columns("pow"), x, n)
    if dtype != "bool":
        check(*columns("pow"), x[:, None], x)
        check(*columns("pow"), x, array(4))
        check(*columns("pow"), np.abs(array(4)), x)
        check(*columns(lambda torch, x: (2**x, 2.5**x)), x)
    check_error(*columns("pow"), x, -1, match="negative integer powers")


def test_negative_integer_powers_of_a_tensor():
    a, b = np.array([2, -1, 1, -1, 3]), np.array([-2, -3, -1, -2, 0])
    check(*columns("pow"), a, b)
    check(*columns(lambda torch, b: 2**b), b)


@same_script
def test_operators_and_names(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    results = [x**2, x**x, 2**x, x.pow(3), x.square(), x ** torch.tensor(2)]
    in_place = [(x * 1).pow_(2), (x * 1).square_()]
    return [results, in_place, [y.grad_fn.name() for y in results + in_place]]


@same_script
def test_in_place(torch):
    x, n = torch.tensor([3.0, -2.0]), torch.tensor([3, -2])
    x **= 2
    n **= 2
    return [x, n, n.pow_(2), error(torch, lambda: n.pow_(-1)), error(torch, lambda: n.pow_(0.5))]


def test_in_place_has_the_gradient_of_what_was_there():
    check(*columns(lambda torch, x: (x * 1).pow_(3)), array(3, 4))
    check(*columns(lambda torch, x, w: (x * 1).pow_(w)), np.abs(array(3, 4)) + 0.1, array(4))


def test_errors():
    b = np.array([True, False])
    check_error(*columns("pow"), b, b, match="bools")
    check_error(*columns("pow"), np.array([1], "uint8"), 300, match="overflow")
    check_error(*columns("pow"), array(3), array(4), match=r"size of tensor a \(3\)")
    check_error(*columns("pow"), np.array([1, 2, 3]), np.array([1, 2]), match="dimension 0")
    check_error(*columns("pow"), array(3), "a")
    check_error(*columns("pow"), "a", array(3))
    check_error(*columns("pow"), 2, 3)
    check_error(*columns(lambda torch, x: x**None), array(3))
    check_error(*columns(lambda torch, x: "a" ** x), array(3))
    check_error(*columns("square"), 2.0)


def test_overflow_is_infinity_without_a_word():
    check(*columns("pow"), constant(np.array([1e30], "float32")), 3)
    assert torch.isinf(torch.tensor(1e30) ** 3)


@same_script
def test_derivatives_until_nothing_is_left(torch):
    results = []
    for n in (1, 2, 3, 4, 2.5):
        x = torch.tensor(2.0, requires_grad=True, dtype=torch.float64)
        y = torch.pow(x, n)
        while y.requires_grad and len(results) < 30:
            (y,) = torch.autograd.grad(y, x, create_graph=True)
            results.append((round(y.item(), 12), y.requires_grad))
    return results


@same_script
def test_bools(torch):
    x = torch.tensor([True, False])
    return [
        x**True,
        x**False,
        torch.tensor(False) ** False,
        x**2,
        error(torch, lambda: x**x),
        error(torch, lambda: torch.pow(True, x)),
    ]


@same_script
def test_float_power(torch):
    x, n, b = torch.tensor([1.0, 2.0]), torch.tensor([3, -2]), torch.tensor([True, False])
    wide = x.double()
    values = [torch.float_power(a, c) for a in (x, n, b, 2, 2.5) for c in (x, n, b)]
    values += [torch.float_power(a, c) for a in (x, n, b) for c in (2, -1, 0.5, True)]
    values += [x.half().float_power(3), wide.float_power_(3), wide]
    refused = [
        lambda: x.float_power_(2),
        lambda: n.float_power_(2),
        lambda: torch.float_power(2, 3),
        lambda: torch.float_power(x, "a"),
        lambda: torch.float_power(x, torch.ones(3)),
        lambda: torch.float_power(x, 2, out=torch.zeros(2)),
    ]
    values.append(torch.float_power(x, 2, out=torch.zeros(2, dtype=torch.float64)))
    return [values, [error(torch, f) for f in refused]]


def test_gradients_of_float_power():
    for a in (array(3, 4), array(3, 4, dtype="float64")):
        a = np.abs(a) + 0.1
        check(*columns("float_power"), a, array(4), second=True)
        check(*columns(lambda torch, x: torch.float_power(x, 1.7)), a, second=True)
        check(*columns(lambda torch, x: torch.float_power(2, x)), a, second=True)


@same_script
def test_out(torch):
    x, n = torch.tensor([1.0, 2.0]), torch.tensor([3, 2])
    return [
        torch.pow(x, 2, out=torch.zeros(2)),
        torch.pow(2, n, out=torch.zeros(2, dtype=torch.int64)),
        torch.square(n, out=torch.zeros(2)),
        error(torch, lambda: torch.pow(x, 2, out=n)),
        error(torch, lambda: torch.tensor([True]).square_()),
        error(torch, lambda: n.pow_(x)),
    ]


@pytest.mark.parametrize("n", [2, 3, 5])
def test_powers_of_many_integers(n):
    for dtype in ("int32", "int64", "uint8", "bool"):
        check(*columns("pow"), np.arange(2000).astype(dtype), n)


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
3 ** m
3 ** m.int()
m ** m.contiguous()
m.int() ** 2
torch.arange(3).expand(2, 3).square()
(y := n ** g, n.neg_(), y.sum().backward())
(y := g ** n, y.neg_(), y.sum().backward())
(y := torch.float_power(g, i), i.neg_(), y.sum().backward(), g.grad)[-1]
""",
    OPERANDS,
)
