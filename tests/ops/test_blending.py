"""lerp, addcmul, addcdiv: three operands, broadcast; torch's dtypes, gradients and refusals."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script

TRIPLES = [
    ((3, 4), (3, 4), (3, 4)),
    ((3, 4), (4,), (3, 1)),
    ((4,), (2, 1), (1, 1, 1)),
    ((), (3,), ()),
    ((2, 1), (0,), (1,)),
    ((), (), ()),
]
PAIRS = [
    ((3, 4), (3, 4)),
    ((3, 4), (4,)),
    ((3, 1), (2, 1, 4)),
    ((), (3,)),
    ((0, 3), (3,)),
    ((), ()),
]
DTYPES = ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]
THREE = [array(3, 4), array(4, seed=1), array(3, 1, seed=2) + 3]


# ---- lerp ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", [0, 0.3, 0.5, 0.7, 1, -2, 3.5, True])
def test_lerp_by_a_number(weight):
    three = columns(lambda torch, a, b: torch.lerp(a, b, weight))
    sweep(*three, *PAIRS, scale="terms", second=True)


def test_lerp_by_a_tensor():
    sweep(*columns("lerp"), *TRIPLES, scale="terms", second=True)
    sweep(*columns("lerp"), ((3, 4), (4,), (4,)), domain=("real", "real", "unit"), scale="terms")
    check(*columns("lerp"), *(array(2000, seed=i) for i in range(3)), scale="terms")


def test_lerp_ends_exactly_where_it_should():
    a, b = array(1000), array(1000, seed=1) * 1e6
    for column in (scratch, torch):
        x, y = column.from_numpy(a), column.from_numpy(b)
        assert column.equal(column.lerp(x, y, 1.0), y) and column.equal(column.lerp(x, y, 0.0), x)
        assert column.equal(column.lerp(x, y, column.ones(1000)), y)


@same_script
def test_lerp_dtypes(torch):
    x, end = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 5.0])
    wide = torch.tensor(0.25, dtype=torch.float64)
    n = torch.tensor([1, 2])
    return [
        torch.lerp(x, end, wide),
        torch.lerp(x[0], end[0], wide),
        torch.lerp(x, end, torch.tensor(1)),
        torch.lerp(x, end, torch.tensor(True)),
        torch.lerp(x.half(), end.half(), 0.25),
        error(torch, lambda: torch.lerp(x, end.double(), 0.5)),
        error(torch, lambda: torch.lerp(x, end, end.double())),
        error(torch, lambda: torch.lerp(x, n, 0.5)),
        error(torch, lambda: torch.lerp(n, x, 0.5)),
        error(torch, lambda: torch.lerp(n, n, 0.5)),
        error(torch, lambda: torch.lerp(n, n, n)),
    ]


# ---- addcmul and addcdiv ------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1, 0.3, -2, 0, True])
@pytest.mark.parametrize("name", ["addcmul", "addcdiv"])
def test_values_and_gradients(name, value):
    three = columns(lambda torch, x, a, b: getattr(torch, name)(x, a, b, value=value))
    domain = ("real", "real", "nonzero" if name == "addcdiv" else "real")
    sweep(*three, *TRIPLES, scale="terms", domain=domain, second=True, specials=("nan", "zeros"))
    check(*columns(name), *THREE, scale="terms", second=True)


@pytest.mark.parametrize("name", ["addcmul", "addcdiv"])
def test_large(name):
    check(*columns(name), *(np.abs(array(2000, seed=i)) + 1 for i in range(3)), scale="terms")


@pytest.mark.parametrize("name", ["addcmul", "addcdiv"])
@pytest.mark.parametrize("first", DTYPES)
def test_dtypes(name, first):
    function = getattr(scratch, name), getattr(torch, name)
    for second in DTYPES:
        for third in DTYPES:
            arrays = [np.array([1, 2, 3]).astype(dtype) for dtype in (first, second, third)]
            for places in ((), (0,), (1, 2), (0, 1, 2)):
                inputs = [np.asarray(a[1]) if i in places else a for i, a in enumerate(arrays)]
                ours, theirs = (
                    outcome(f, [column.tensor(a) for a in inputs])
                    for f, column in zip(function, (scratch, torch), strict=True)
                )
                assert ours == theirs, (first, second, third, places)


def outcome(function, inputs):
    try:
        y = function(*inputs)
    except Exception as raised:
        return type(raised).__name__
    return str(y.dtype), np.round(np.asarray(y.tolist(), float), 2).tolist()


@same_script
def test_integers(torch):
    n, x = torch.tensor([1, 2]), torch.tensor([1.0, 2.0])
    return [
        torch.addcmul(n, n, n, value=2),
        torch.addcmul(n, n, n, value=2.7),
        torch.addcmul(n, x, n, value=2.5),
        torch.addcdiv(n, n, x, value=2),
        error(torch, lambda: torch.addcdiv(x, n, n)),
        error(torch, lambda: (n + 0).addcmul_(x, x)),
        error(torch, lambda: (n + 0).addcdiv_(x, x)),
    ]


# ---- forms --------------------------------------------------------------------------------------


def test_in_place():
    for name in ("lerp", "addcmul", "addcdiv"):
        three = columns(lambda torch, *xs, n=name: getattr(xs[0] * 1, f"{n}_")(*xs[1:]))
        check(*three, *THREE, scale="terms")
        check(*columns(lambda torch, *xs, n=name: getattr(xs[0], n)(*xs[1:])), *THREE)
        constants = [constant(x) for x in THREE]
        check(*columns(lambda torch, *xs, n=name: getattr(xs[0], f"{n}_")(*xs[1:])), *constants)
    check(*columns(lambda torch, x, y: (x * 1).lerp_(y, 0.1)), *THREE[:2], scale="terms")
    check(*columns(lambda torch, *xs: (xs[0] * 1).addcmul_(*xs[1:], value=0.5)), *THREE)


@same_script
def test_out(torch):
    x, y, z = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 5.0]), torch.tensor([2.0, 4.0])
    results = []
    for function in (torch.lerp, torch.addcmul, torch.addcdiv):
        for out in (torch.zeros(2), torch.empty(0)):
            same = function(x, y, z, out=out)
            results += [same is out, out]
    wide = torch.zeros(2, dtype=torch.float64)
    results += [torch.lerp(x, y, 0.5, out=wide), torch.addcdiv(x, y, z, out=wide)]
    whole = torch.zeros(2, dtype=torch.int64)
    results.append(error(torch, lambda: torch.addcmul(x, y, z, out=whole)))
    results.append(error(torch, lambda: torch.addcmul(x.requires_grad_(), y, z, out=y)))
    return results


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    results = [x.lerp(x, 0.5), x.lerp(x, x), x.addcmul(x, x), x.addcdiv(x, x)]
    return [y.grad_fn.name() for y in results]


@same_script
def test_refusals(torch):
    x = torch.ones(3)
    functions = (torch.lerp, torch.addcmul, torch.addcdiv)
    results = []
    for f in functions:
        results += [
            error(torch, lambda f=f: f(1.0, x, x)),
            error(torch, lambda f=f: f(x, 1.0, x)),
            error(torch, lambda f=f: f(x, x)),
            error(torch, lambda f=f: f(x, x, None)),
            error(torch, lambda f=f: f(x, x, "a")),
            error(torch, lambda f=f: f(x, torch.ones(4), x)),
            error(torch, lambda f=f: f(torch.ones(2), x, x)),
        ]
    for f in functions[1:]:
        results += [
            error(torch, lambda f=f: f(x, x, 2.0)),
            error(torch, lambda f=f: f(x, x, x, value="a")),
            error(torch, lambda f=f: f(x, x, x, value=None)),
            f(x, x, x, value=torch.tensor(2.0)),
        ]
    results.append(error(torch, lambda: torch.ones(3).lerp_(torch.ones(2, 3), 0.5)))
    results.append(error(torch, lambda: torch.ones(3, requires_grad=True).lerp_(x, 0.5)))
    return results


def test_messages():
    check_error(*columns("lerp"), array(3), array(3, dtype="float64"), 0.5, match="`end`")
    check_error(*columns("addcmul"), array(3), array(4), array(3), match=r"size of tensor a \(3\)")
    check_error(*columns("addcdiv"), array(3), np.array(1), np.array(2), match="Integer division")


@same_script
def test_a_moving_average(torch):
    average = torch.zeros(3, dtype=torch.float64)
    for step in range(5):
        average.lerp_(torch.full((3,), float(step), dtype=torch.float64), 0.25)
    return average


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.addcmul(m, torch.ones(3, 2), torch.ones(3, 2))
torch.lerp(m, torch.ones(3, 2), torch.ones(3, 2))
torch.ones(2, dtype=torch.int8).lerp(torch.ones(2, dtype=torch.int8), torch.ones(2))
torch.ones(1, dtype=torch.int8).expand(2).lerp_(torch.ones(2, dtype=torch.int8), 0.5)
torch.tensor(1).lerp(torch.tensor(2), torch.tensor(0.5))
torch.ones(2, dtype=torch.uint8).addcmul(torch.ones(2), torch.ones(2), value=-1.5).dtype
torch.addcmul(*[torch.ones(2, dtype=torch.uint8)] * 3, value=-1.5)
(y := g.addcmul(n, n), n.neg_(), y.sum().backward())
(y := n.addcmul(g, n.int()), n.neg_(), y.sum().backward())
(y := n.addcmul_(n, g), n, y.sum().backward())
(y := n.half().addcmul_(n, g), n, y.sum().backward())
(y := n.addcdiv(g, n), n.neg_(), y.sum().backward())
(y := g.lerp(n, n), n.neg_(), y.sum().backward())
(y := torch.addcmul(g, g, i), i.neg_(), y.sum().backward())
torch.autograd.grad(torch.addcmul(g.data, g, g).sum(), g, create_graph=True)[0].requires_grad
""",
    OPERANDS,
)
