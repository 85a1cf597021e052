"""logical_*, bitwise_*, & | ^ ~, all, any: torch's answers on every dtype, its refusals."""

import itertools
import operator

import numpy as np
import pytest

from tests.checker import check, check_error
from tests.columns import array, columns
from tests.same_script import error, same_script

DTYPES = ["float16", "float32", "float64", "uint8", "int8", "int32", "int64", "bool"]
WHOLE = ["uint8", "int8", "int32", "int64", "bool"]
LOGICAL = ["logical_and", "logical_or", "logical_xor"]
BITWISE = ["bitwise_and", "bitwise_or", "bitwise_xor"]


def numbers(dtype):
    return np.array([0, 1, 3, 6]).astype(dtype)


@pytest.mark.parametrize("second", DTYPES)
@pytest.mark.parametrize("first", DTYPES)
def test_logical(first, second):
    for name in LOGICAL:
        check(*columns(name), numbers(first)[:, None], numbers(second))


@pytest.mark.parametrize("dtype", DTYPES)
def test_logical_not(dtype):
    check(*columns("logical_not"), numbers(dtype))
    check(*columns(lambda torch, x: (x * 1).logical_not_()), numbers(dtype), gradients=False)


def test_logical_edges():
    x = np.array([np.nan, np.inf, 0.0, -0.0], "float32")
    for name in LOGICAL:
        check(*columns(name), x[:, None], x)
        check(*columns(lambda torch, a, n=name: getattr(a, f"{n}_")(a)), x, gradients=False)
        check_error(*columns(name), x, 1, match="'other'")
        check_error(*columns(name), array(3), array(4), match="dimension 0")
    check(*columns("logical_not"), x)


@pytest.mark.parametrize("second", WHOLE)
@pytest.mark.parametrize("first", WHOLE)
def test_bitwise(first, second):
    a, b = numbers(first)[:, None], numbers(second)
    for name in BITWISE:
        check(*columns(name), a, b)
    check(*columns(lambda torch, a, b: (a & b, a | b, a ^ b)), a, b)


@pytest.mark.parametrize("dtype", WHOLE)
def test_bitwise_with_numbers(dtype):
    for n in (1, 5, True, 300) if dtype != "bool" else (1, True):
        three = columns(lambda torch, x, n: (x & n, n & x, x | n, n | x, x ^ n, n ^ x))
        check(*three, numbers(dtype), n)
        check(*columns("bitwise_and"), numbers(dtype), n)
    check(*columns("bitwise_not"), numbers(dtype))
    check(*columns(lambda torch, x: ~x), numbers(dtype))


@same_script
def test_in_place(torch):
    x, b = torch.tensor([5, 6]), torch.tensor([True, False])
    x &= 3
    b |= torch.tensor([False, True])
    b ^= True
    x |= 8
    return [x, b, x.bitwise_not_(), x.bitwise_xor_(1), torch.tensor([2.0, 0.0]).logical_not_()]


@same_script
def test_refusals(torch):
    x, n, b = torch.tensor([1.0]), torch.tensor([1]), torch.tensor([True])
    tests = [lambda f=f: f(x, x) for f in (operator.and_, operator.or_, operator.xor)]
    tests += [
        lambda: x & 1,
        lambda: n & 1.5,
        lambda: ~x,
        x.bitwise_not,
        lambda: torch.bitwise_or(n, x),
    ]
    tests += [lambda: n & None, lambda: b & "a", lambda: "a" | b, lambda: [1] & n]
    tests += [
        lambda: torch.bitwise_and(n, "a"),
        lambda: b.bitwise_and_(n),
        lambda: torch.logical_not(1),
    ]
    tests += [lambda: torch.ones(3, dtype=torch.int64) & torch.ones(4, dtype=torch.int64)]
    return [error(torch, test) for test in tests]


@pytest.mark.parametrize("name", ["all", "any"])
def test_all_and_any(name):
    rng = np.random.default_rng(0)
    for dtype, shape in itertools.product(DTYPES, [(3, 4), (2, 3, 4), (0, 3), (), (5,)]):
        x = np.asarray(rng.random(shape) < 0.7).astype(dtype)
        check(*columns(name), x)
        if len(shape) > 1:
            for dim, keepdim in itertools.product((0, 1, -1, (0, 1)), (False, True)):
                check(*columns(name), x, dim, keepdim)
    check(*columns(name), np.array([np.nan, 0.0]))
    check(*columns(lambda torch, x: getattr(x, name)(axis=0, keepdims=True)), array(2, 3) > 0)
    check_error(*columns(name), array(3), 1, match="expected to be in range")
    check_error(*columns(name), 1.0)
