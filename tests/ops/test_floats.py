"""The parts of floats, their neighbours and NaNs; gcd and lcm: as torch's, exactly."""

import itertools

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script

AWKWARD = np.array([0.0, -0.0, 1.0, 1.5, -2.0, np.inf, -np.inf, np.nan, 1e-5, -3e4])
FLOATS = ["float16", "float32", "float64"]
WHOLE = ["uint8", "int8", "int16", "int32", "int64"]
PAIRS = [
    ((3, 4), (3, 4)),
    ((3, 4), (4,)),
    ((3, 1), (2, 1, 4)),
    ((), (3,)),
    ((0, 3), (3,)),
    ((), ()),
]


# ---- nan_to_num ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options", [{}, {"nan": 2.5}, {"posinf": 7, "neginf": -7.5}, {"nan": True}]
)
def test_nan_to_num(options):
    three = columns(lambda torch, x: torch.nan_to_num(x, **options))
    sweep(*three, (3, 4), (), (0, 3), exact=True, second=True)
    for dtype in FLOATS:
        check(*three, AWKWARD.astype(dtype), exact="signed")
        check(*three, np.asarray(AWKWARD[5]).astype(dtype), exact=True)
    for dtype in [*WHOLE, "bool"]:
        check(*three, np.array([1, 0, 3]).astype(dtype), exact=True)
    check(*columns(lambda torch, x: (x * 1).nan_to_num_(**options)), AWKWARD)


# ---- signs --------------------------------------------------------------------------------------


def test_copysign():
    sweep(*columns("copysign"), *PAIRS, exact="values", scale="terms")
    for dtype in FLOATS:
        a = AWKWARD.astype(dtype)
        check(*columns("copysign"), constant(a[:, None]), constant(a), exact="signed")
        for n in (2, -1, -0.0, 0, float("inf"), True):
            check(*columns("copysign"), a, n, exact="signed")
    check(*columns("copysign"), array(3, 4) + 3, array(4), second=True)
    check(*columns("copysign"), array(2000), array(2000, seed=1), exact=True)
    check(*columns(lambda torch, x, y: (x * 1).copysign_(y)), array(3, 4), array(4), exact="values")


def test_copysign_dtypes():
    for first, second in itertools.product([*FLOATS, *WHOLE, "bool"], repeat=2):
        a, b = np.array([0, 1, 3]).astype(first), np.array([0, 1, 2]).astype(second)
        check(*columns("copysign"), constant(a), constant(b), exact=True)
        check(*columns("copysign"), constant(a), constant(np.asarray(b[1])), exact=True)
    check(*columns("copysign"), np.array([1, -2]), -3.0, exact=True)


def test_signbit():
    for dtype in FLOATS:
        check(*columns("signbit"), AWKWARD.astype(dtype))
    for dtype in [*WHOLE, "bool"]:
        check(*columns("signbit"), np.array([0, 1, -1]).astype(dtype))
    check(*columns(lambda torch, x: x.signbit()), array())


def test_heaviside():
    for dtype in [*FLOATS, *WHOLE, "bool"]:
        a = AWKWARD.astype(dtype) if dtype in FLOATS else np.array([0, 1, 3]).astype(dtype)
        check(*columns("heaviside"), constant(a[:, None]), constant(a[1:]), exact=True)
        check(*columns("heaviside"), constant(a), constant(np.asarray(a[2])), exact=True)
    check(*columns(lambda torch, x, v: x.heaviside_(v)), constant(array(3, 4)), constant(array(4)))


def test_heaviside_has_no_gradient():
    for column in (scratch, torch):
        x = column.tensor([1.0, 0.0], requires_grad=True)
        y = column.heaviside(x, column.ones(2))
        assert y.requires_grad and "grad_fn=<NotImplemented>" in repr(y)
        with pytest.raises(RuntimeError, match="heaviside is not implemented"):
            y.sum().backward()


# ---- neighbours and parts -----------------------------------------------------------------------


def test_nextafter():
    for dtype in FLOATS:
        a = AWKWARD.astype(dtype)
        check(*columns("nextafter"), constant(a[:, None]), constant(a), exact=True)
    for shapes in PAIRS:
        check(*columns("nextafter"), *(array(*shape, seed=len(shape)) for shape in shapes))
    equal = np.array([1.0, 2.0, 0.0])
    check(*columns("nextafter"), equal, np.array([1.0, 3.0, -0.0]), exact=True, second=True)
    for three in (columns("nextafter"), columns(lambda torch, a, b: (a * 1).nextafter_(b))):
        check(*three, array(3), np.asarray(1.0), exact=True)
    check(*columns("nextafter"), array(3), np.arange(3), exact=True)


def test_ldexp():
    for dtype in FLOATS:
        a = AWKWARD.astype(dtype)
        for kind in WHOLE:
            low = 0 if kind == "uint8" else -1
            n = np.array([0, 1, 5, 100, low, 100 * low]).astype(kind)
            check(*columns("ldexp"), *(constant(x) for x in np.meshgrid(a, n)), exact="signed")
        n = np.array([200, -200, 2**40, -(2**40)])
        check(*columns("ldexp"), *(constant(x) for x in np.meshgrid(a, n)), exact="signed")
        b = constant(np.array([1.5, -0.5, 2.0, 0.0], dtype))
        check(*columns("ldexp"), constant(a[:, None]), b)
    for kind in [*WHOLE, "bool"]:
        n = np.array([0, 1, 3]).astype(kind)
        check(*columns("ldexp"), n, n)
        check(*columns("ldexp"), n, array(3))
    check(*columns("ldexp"), array(3, dtype="float64"), array(3))
    check(*columns("ldexp"), array(3), constant(np.asarray(2.0)))
    check(*columns("ldexp"), array(3, 4), array(4, seed=1), second=True)
    # of integers torch's gradient is right up to 2^-1, which it takes for the integer 0
    check(*columns("ldexp"), array(4), np.array([1, 2, 3, 0]), second=True, exact="values")
    check(*columns("ldexp"), array(3, 4), np.asarray(2), second=True, exact="values")
    check(*columns(lambda torch, a, n: (a * 1).ldexp_(n)), array(4), np.array([1, 2, 3, 0]))
    check_error(*columns("ldexp"), array(2), np.array([True, False]))
    check_error(*columns(lambda torch, a: a.ldexp_(a)), np.array([1, 2]))


def test_frexp():
    for dtype in FLOATS:
        check(*columns("frexp"), constant(AWKWARD.astype(dtype)), exact="signed")
        check(*columns("frexp"), array(3, 4, dtype=dtype), exact=True)
    check(*columns("frexp"), np.array([1e-40, 3e38, -0.1], "float32"), exact="values")
    check(*columns("frexp"), array(), exact=True)
    check(*columns("frexp"), array(0, 3), exact=True)
    check(*columns(lambda torch, x: torch.frexp(x).mantissa), array(3, 4), second=True)
    for dtype in [*WHOLE, "bool"]:
        check_error(*columns("frexp"), np.array([1, 0]).astype(dtype), match="floating-point")


def test_gradient_of_ldexp_by_negative_integers():
    x = scratch.tensor([3.0, 5.0], requires_grad=True)
    scratch.ldexp(x, scratch.tensor([-1, 2])).sum().backward()
    assert x.grad.tolist() == [0.5, 4.0]


@same_script
def test_taken_apart_and_put_together(torch):
    x = torch.tensor([3.0, -0.1, 1e30])
    parts = torch.frexp(x)
    return [parts.mantissa, parts.exponent, torch.ldexp(*parts), str(parts), x.frexp()[1]]


# ---- integers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gcd", "lcm"])
def test_factors(name):
    for first, second in itertools.product(WHOLE, repeat=2):
        a = np.array([0, 1, 12, 18, 127, 5]).astype(first)
        b = np.array([0, 1, 8, 126, 7]).astype(second)
        check(*columns(name), a[:, None], b)
        check(*columns(name), a, np.asarray(b[2]))
        if "uint8" not in (first, second):
            check(*columns(name), -a[:, None], b)
            check(*columns(name), a[:, None], -b)
    for dtype in WHOLE[1:]:
        ends = np.array([np.iinfo(dtype).min, 0, 3, 64], dtype)  # torch dies of some others
        check(*columns(name), ends[:, None], ends)
    check(*columns(name), np.array([True, False]), np.array([4, 6]))
    check(*columns(lambda torch, a, b: getattr(a, f"{name}_")(b)), np.array([4, 6]), np.array([6]))
    check_error(*columns(name), np.array([True]), np.array([True]))
    check_error(*columns(name), array(2), np.array([2, 3]), match="integers")
    check_error(*columns(name), np.array([2, 3]), np.array([2, 3, 4]), match="dimension 0")


# ---- forms --------------------------------------------------------------------------------------


@same_script
def test_out(torch):
    x, n = torch.tensor([1.5, float("nan")]), torch.tensor([4, 6])
    wide, whole, flags = (torch.zeros(2, dtype=d) for d in (torch.float64, torch.int64, torch.bool))
    narrow = torch.zeros(2)
    return [
        torch.nan_to_num(x, out=narrow),
        torch.copysign(x, -1, out=wide),
        torch.signbit(x, out=flags),
        torch.nextafter(x, x + 1, out=wide),
        torch.ldexp(x, n, out=narrow),
        torch.gcd(n, n, out=whole),
        torch.lcm(n, n, out=narrow),
        torch.frexp(x, out=(narrow, torch.zeros(2, dtype=torch.int32))),
        error(torch, lambda: torch.nan_to_num(x, out=wide)),
        error(torch, lambda: torch.copysign(x, 1, out=whole)),
        error(torch, lambda: torch.signbit(x, out=narrow)),
        error(torch, lambda: torch.frexp(x, out=(narrow, whole))),
        error(torch, lambda: torch.heaviside(x, x, out=wide)),
        error(torch, lambda: torch.nan_to_num(x.requires_grad_(), out=narrow)),
    ]


@same_script
def test_names_in_the_graph(torch):
    x, n = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor([1, 2])
    results = [x.nan_to_num(), x.copysign(-1), x.copysign(x), x.nextafter(x), x.ldexp(n)]
    results += [x.ldexp(x), x.frexp().mantissa]
    return [y.grad_fn.name() for y in results] + [x.frexp().exponent.requires_grad]


@same_script
def test_refusals(torch):
    x, n = torch.tensor([1.0, 2.0]), torch.tensor([1, 2])
    results = [
        error(torch, lambda: torch.heaviside(x, x.double())),
        error(torch, lambda: torch.heaviside(n, x)),
        error(torch, lambda: torch.nextafter(n, n)),
        error(torch, lambda: torch.nan_to_num(x, "a")),
        error(torch, lambda: torch.nan_to_num(2.0)),
        error(torch, lambda: torch.frexp(2.0)),
        error(torch, lambda: torch.signbit(2.0)),
        error(torch, lambda: torch.copysign(x, "a")),
        error(torch, lambda: torch.copysign(2.0, x)),
        error(torch, lambda: (n + 0).copysign_(-1)),
    ]
    for name in ("heaviside", "nextafter", "ldexp", "gcd", "lcm"):
        for pair in ((x, 2.0), (2, n), (n, None), (x, torch.ones(3))):
            results.append(error(torch, lambda n=name, p=pair: getattr(torch, n)(*p)))
    return results


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
m.nan_to_num()
torch.ldexp(g, torch.tensor([1, 2])).grad_fn.name()
torch.ldexp(torch.tensor([1, 2]), g)
torch.heaviside(g, torch.ones(2)).grad_fn.name()
torch.gcd(m.int(), torch.ones(3, 2, dtype=torch.int32))
(y := g.nan_to_num() * 1, g, y.sum().backward())
((y := g * 1).nan_to_num(), y.neg_())[0].sum().backward()
(f := g.frexp(), f.exponent.neg_(), f.mantissa.sum().backward())
(y := torch.nextafter(g, n), n.neg_(), y.sum().backward())
(y := torch.copysign(n, g), y.neg_(), y.sum().backward())
torch.ones(2, dtype=torch.int8).nextafter_(torch.ones(2))
""",
    OPERANDS,
)
