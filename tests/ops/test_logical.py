"""logical_*, bitwise_*, & | ^ ~, all, any: torch's answers on every dtype, its refusals."""

import itertools
import operator

import numpy as np
import pytest

from tests.checker import check, check_error
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
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


# ---- shifts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", WHOLE)
@pytest.mark.parametrize("first", WHOLE)
def test_shifts(first, second):
    a = np.array([0, 1, 5, 100, -5, -128]).astype(first)[:, None]
    b = np.array([0, 1, 7, 8, 31, 32, 63, 64, -1, -64]).astype(second)
    three = columns(lambda torch, a, b: (a << b, a >> b, torch.bitwise_left_shift(b, a)))
    if (first, second) == ("bool", "bool"):
        check_error(*columns("bitwise_left_shift"), a, a, match="bools")
        check_error(*columns("bitwise_right_shift"), a, a)
    else:
        check(*three, a, b)
        check(*three, a, np.asarray(b[1]))


@pytest.mark.parametrize("dtype", WHOLE)
def test_shifts_by_numbers(dtype):
    for n in (0, 1, 7, 8, 64, 100, 257, 300, -1, -255):
        three = columns(lambda torch, x, n: (x << n, x >> n, n << x, n >> x))
        check(*three, numbers(dtype), n)
    check_error(*columns("bitwise_left_shift"), numbers(dtype), 1.5)


@same_script
def test_shifts_in_place_and_refused(torch):
    x, y, n = torch.tensor([5, -6]), torch.tensor([1.0]), torch.tensor([1, 2], dtype=torch.uint8)
    x <<= 2
    x >>= torch.tensor([1, 2])
    n <<= 300
    tests = [lambda: y << 1, lambda: y >> y, lambda: 1.5 << x, lambda: x << 1.5, lambda: x << y]
    tests += [lambda: x << "a", lambda: None >> x, lambda: torch.bitwise_left_shift(1, 2)]
    tests += [lambda: x << torch.tensor([1, 2, 3])]
    results = [
        x,
        n,
        x.bitwise_left_shift_(1),
        x.bitwise_right_shift_(torch.tensor(1)),
        8 >> x.abs(),
    ]
    return [results, [error(torch, test) for test in tests]]


# ---- forms --------------------------------------------------------------------------------------


@same_script
def test_out(torch):
    x, y = torch.tensor([1, 6]), torch.tensor([0, 3])
    results = []
    for name in [*LOGICAL, *BITWISE, "bitwise_left_shift", "bitwise_right_shift"]:
        for out in (torch.zeros(2), torch.zeros(2, dtype=torch.int64), torch.empty(0).byte()):
            results.append(getattr(torch, name)(x, y, out=out))
    for dtype in (torch.bool, torch.uint8):
        for name in ("all", "any"):
            byte, out = x.to(dtype), torch.zeros((), dtype=dtype)
            results += [getattr(torch, name)(byte, out=out), getattr(torch, name)(byte, 0, out=out)]
    results.append(torch.logical_not(x, out=torch.zeros(2)))
    results.append(error(torch, lambda: torch.all(x, out=torch.zeros(()))))
    results.append(error(torch, lambda: torch.bitwise_not(x, out=torch.zeros(2))))
    return results


@pytest.mark.parametrize("name", LOGICAL)
def test_logical_in_place(name):
    for dtype in DTYPES:
        three = columns(lambda torch, a, b: getattr(a, f"{name}_")(b))
        check(*three, numbers(dtype), numbers("int64"), gradients=False)
        check(*three, numbers("int64"), numbers(dtype), gradients=False)


@same_script
def test_dimensions_of_other_kinds(torch):
    x = torch.tensor([[1, 0], [1, 1]])
    results = [x.all((0,)), x.all([0, 1]), x.any(None), x.all(None, True), x.all(dim=-1)]
    for dim in (1.0, "a", (0, 0), 2):
        results.append(error(torch, lambda d=dim: torch.all(x, d)))
    return results


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
m.logical_or(torch.ones(3, 2))
m.int() & torch.ones(3, 2, dtype=torch.int32)
torch.ones(2) & torch.ones(3)
torch.ones(2, dtype=torch.int8).bitwise_and_(torch.ones(2))
torch.ones(2).bitwise_and_(torch.ones(3, 2))
""",
    OPERANDS,
)
