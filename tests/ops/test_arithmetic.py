"""add, sub, mul, div, neg, reciprocal: values, gradients, dtypes, operators, in place, errors."""

import operator

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script

PAIRS = [
    ((3, 4), (3, 4)),
    ((3, 4), (4,)),
    ((4, 1, 5), (3, 1)),
    ((2, 3), (1, 1)),
    ((), ()),
    ((), (3,)),
    ((0, 3), (3,)),
    ((2, 0), (1,)),
    ((1,), (5, 1)),
]
DTYPES = ["float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool"]


# ---- values and gradients -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["add", "sub", "mul"])
def test_two_tensors(name):
    three = columns(name)
    sweep(*three, *PAIRS, exact="values", scale="terms", specials=("nan", "inf", "zeros", "tiny"))
    sweep(*three, ((3, 4), (3, 4)), ((7,), (7,)), exact=True)


def test_div():
    three = columns("div")
    sweep(*three, *PAIRS, exact="values", domain=("real", "nonzero"), specials=("nan", "inf"))
    sweep(*three, ((3, 4), (3, 4)), exact=True)


@pytest.mark.parametrize("name", ["neg", "reciprocal"])
def test_one_tensor(name):
    three = columns(name)
    sweep(*three, (3, 4), (), (0, 3), (2, 1, 5), exact=True)


def test_long_broadcast_keeps_its_digits():
    for shape in ((5000, 3), (200, 100, 2)):
        three = columns("add")
        check(*three, array(*shape), array(shape[-1]), exact="values", scale="terms")
        check(*three, array(*shape), array(), exact="values", scale="terms")


@pytest.mark.parametrize("alpha", [2, 0.5, -1, 0])
@pytest.mark.parametrize("name", ["add", "sub", "rsub"])
def test_alpha(name, alpha):
    three = columns(lambda torch, a, b: getattr(torch, name)(a, b, alpha=alpha))
    sweep(*three, ((3, 4), (3, 4)), ((3, 4), (4,)), scale="terms", specials=("nan", "zeros"))
    check(*columns(lambda torch, x: getattr(torch, name)(x, 2.5, alpha=alpha)), array(3))


@pytest.mark.parametrize("n", [2, 0, -3, 2.5, True])
def test_numbers(n):
    for three in (
        columns(lambda torch, x: (torch.add(x, n), torch.mul(x, n), torch.mul(n, x))),
        columns(lambda torch, x: (x + n, n + x, x * n, n * x)),
    ):
        sweep(*three, (3, 4), (), (0,), exact=True)
    if n is not True:
        sweep(*columns(lambda torch, x: (x - n, n - x, torch.sub(x, n))), (3, 4), (), exact=True)
        sweep(*columns(lambda torch, x: torch.rsub(x, n)), (3, 4), exact=True)
    if n:
        sweep(*columns(lambda torch, x: (x / n, torch.div(x, n))), (3, 4), (), exact=True)
        sweep(*columns(lambda torch, x: n / x), (3, 4), (), exact=True, domain="nonzero")


def test_second_derivatives():
    a, b = array(3, 4), array(4, seed=1) + 3
    for name in ("add", "sub", "mul", "div"):
        three = columns(name)
        check(*three, a, b, second=True, scale="terms")
    check(*columns("neg"), a, second=True)
    check(*columns("reciprocal"), b, second=True)
    check(
        *columns(lambda torch, x: torch.mul(torch.reciprocal(x), 2 - x)),
        np.asarray(b[0]),
        second=True,
    )


def test_only_what_is_wanted_gets_a_gradient():
    for name in ("add", "sub", "mul", "div"):
        three = columns(name)
        check(*three, array(3, 4), constant(array(4) + 3), exact="values", scale="terms")
        check(*three, constant(array(3, 4)), array(4) + 3, exact="values", scale="terms")


def test_one_tensor_twice():
    check(*columns(lambda torch, x: x * x + x - x / (x + 10)), array(3, 4))


# ---- dtypes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", DTYPES)
@pytest.mark.parametrize("first", DTYPES)
def test_every_pair_of_dtypes(first, second):
    a, b = np.array([1, 2, 3]).astype(first), np.array([3, 1, 2]).astype(second)
    for x, y in ((a, b), (a[0, ...], b), (a, b[0, ...]), (a[0, ...], b[0, ...])):
        x, y = constant(np.asarray(x)), constant(np.asarray(y))
        check(*columns(lambda torch, x, y: (torch.add(x, y), torch.mul(x, y))), x, y, exact=True)
        check(*columns("div"), x, y, exact=True)
        if "bool" not in (first, second):
            check(*columns("sub"), x, y, exact=True)


@pytest.mark.parametrize("dtype", DTYPES)
def test_numbers_and_dtypes(dtype):
    x = constant(np.array([1, 0, 3]).astype(dtype))
    for n in (2, -1, 300, 2.5, True, np.float64(2.5), np.float32(2.5), np.int64(2)):
        three = columns(lambda torch, x, n: (x + n, x * n, n + x, n * x, x / n, n / x))
        check(*three, x, n, exact=True)
        check(*columns("add"), x, n, exact=True)
        if dtype != "bool" and n is not True:
            check(*columns(lambda torch, x, n: (x - n, n - x)), x, n, exact=True)


@same_script
def test_two_numbers(torch):
    return [torch.add(2, 3), torch.mul(2.0, 3), torch.sub(2, 3), torch.div(2, 4)]


def test_mixed_dtypes_have_gradients():
    a, b = array(3, 4), array(4, dtype="float64", seed=1)
    for name in ("add", "sub", "mul", "div"):
        three = columns(name)
        check(*three, a, b, scale="terms")
        check(*three, a, np.asarray(b[0]), scale="terms")
        check(*three, a, np.arange(1, 5), scale="terms")


# ---- operators ----------------------------------------------------------------------------------


@same_script
def test_operators(torch):
    x, y = torch.tensor([1.0, -2.0]), torch.tensor([[3.0], [4.0]])
    return [x + y, x - y, x * y, x / y, -x, +x, 2 + x, 2 - x, 2 * x, 2 / x, x + 2, x - 2, x / 2]


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    results = [x + 1, 1 + x, x - 1, 1 - x, x * 2, 2 * x, x / 2, 2 / x, -x, x + x, x.reciprocal()]
    return [y.grad_fn.name() for y in results] + [str(2 - x), str(2 / x)]


@same_script
def test_functions_names_in_the_graph(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    results = [x.add(x, alpha=2), x.sub(1), x.mul(x), x.div(x), x.neg(), x.multiply(2)]
    return [y.grad_fn.name() for y in results]


def test_rsub_is_called_rsub():
    x = scratch.tensor([1.0], requires_grad=True)
    assert scratch.rsub(x, x).grad_fn.name() == "RsubBackward0"
    assert scratch.rsub(x, 2).grad_fn.name() == "RsubBackward1"


@pytest.mark.parametrize("other", [None, "a", [1.0], (1.0,), {}, object()])
def test_foreign_types_are_left_to_the_other_operand(other):
    x = scratch.tensor([1.0])
    for name in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv"):
        assert getattr(x, f"__{name}__")(other) is NotImplemented
    for function in (operator.add, operator.sub, operator.mul, operator.truediv):
        for column in (scratch, torch):
            with pytest.raises(TypeError):
                function(column.tensor([1.0]), other)
            with pytest.raises(TypeError):
                function(other, column.tensor([1.0]))


def test_an_operand_that_knows_tensors_is_asked():
    class Friend:
        def __radd__(self, other):
            return "friend"

    assert scratch.tensor(1.0) + Friend() == "friend"


def test_numpy_arrays_beside_tensors():
    x = scratch.tensor([1.0, 2.0])
    a = np.array([3.0, 4.0])
    for y in (x + a, x * a, x - a):
        assert isinstance(y, scratch.Tensor) and y.dtype is scratch.float64
    for column in (scratch, torch):  # an array on the left is refused, here as there
        with pytest.raises(TypeError):
            _ = a * column.tensor([1.0, 2.0])
    assert isinstance(np.float64(2) * x, scratch.Tensor)


# ---- in place -----------------------------------------------------------------------------------


def test_in_place():
    a, b = array(3, 4), array(4, seed=1) + 3
    for name in (
        "add_",
        "sub_",
        "mul_",
        "div_",
        "multiply_",
        "subtract_",
        "divide_",
        "true_divide_",
    ):
        three = columns(lambda torch, name, a, b: getattr(a * 1, name)(b))
        check(*three, name, a, b, scale="terms")
    for name in ("neg_", "reciprocal_", "negative_"):
        check(*columns(lambda torch, name, a: getattr(a * 1, name)()), name, a)
    check(*columns(lambda torch, a, b: (a * 1).add_(b, alpha=-0.5)), a, b, scale="terms")
    check(*columns(lambda torch, a, b: a.add_(b)), a, b, gradients=False)


@same_script
def test_augmented_assignment(torch):
    x = torch.tensor([1.0, 2.0])
    same = x
    x += 1
    x -= torch.tensor([0.5, 0.25])
    x *= x
    x /= 3
    return [x, same is x, same]


@same_script
def test_augmented_assignment_of_integers(torch):
    x = torch.tensor([1, 2])
    x += 1
    x *= True
    x -= torch.tensor([5, 6], dtype=torch.int16)
    y = torch.tensor([1.0, 2.0], dtype=torch.float16)
    y += torch.tensor([1.0, 2.0], dtype=torch.float64)
    return [x, y, x.div_(2, rounding_mode="floor")]


@same_script
def test_in_place_refusals(torch):
    leaf, n, flag = torch.ones(3, requires_grad=True), torch.tensor([1, 2]), torch.tensor([True])
    return [
        error(torch, lambda: leaf.add_(1)),
        error(torch, lambda: n.add_(0.5)),
        error(torch, lambda: n.div_(2)),
        error(torch, lambda: n.mul_(2.0)),
        error(torch, lambda: flag.add_(1)),
        error(torch, lambda: torch.ones(3).mul_(torch.ones(2, 3))),
        error(torch, lambda: torch.ones(3).add_(torch.ones(4))),
        error(torch, lambda: torch.ones(3).add_("a")),
        error(torch, lambda: torch.ones(3).neg_(1)),
        [leaf, n, flag],
    ]


def test_saved_operands_are_guarded():
    for torch_ in (scratch, torch):
        x = torch_.ones(3, requires_grad=True) * 2
        w = torch_.ones(3, requires_grad=True)
        y = x * w
        x.add_(1)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            y.backward(torch_.ones(3))
        x = torch_.ones(3)  # needs no gradient, so w is not kept
        w = torch_.ones(3, requires_grad=True) * 1
        y = x * w
        w.add_(1)
        y.backward(torch_.ones(3))


# ---- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div", "rsub"])
def test_shapes_that_do_not_fit(name):
    three = columns(name)
    message = r"size of tensor a \([34]\).*size of tensor b \([34]\).*dimension 1.*\[2, [34]\] and"
    check_error(*three, array(2, 3), array(2, 4), match=message)
    check_error(*three, array(3), array(4), match="dimension 0")
    check_error(*three, array(2, 3), array(3, 1, 2))
    check_error(*three, array(0), array(2))


def test_bool_subtraction():
    b, x = np.array([True, False]), array(2)
    for three in (
        columns("sub"),
        columns("rsub"),
    ):
        check_error(*three, b, b, match="two bool tensors.*xor")
        check_error(*three, x, b, match="a bool tensor.*logical_not")
        check_error(*three, b, x)
        check_error(*three, b, 1)
        check_error(*three, x, True)
    check_error(*columns(lambda torch, a: 1 - a), b, match="logical_not")
    check_error(*columns("neg"), b, match="~")
    check_error(*columns("positive"), b)


def test_alpha_of_the_wrong_kind():
    n, b, x = np.array([1, 2]), np.array([True, False]), array(2)
    three = columns(lambda torch, a, b, alpha: torch.add(a, b, alpha=alpha))
    check_error(*three, n, n, 2.5, match="alpha must not be a floating point number")
    check_error(*three, n, 1, 2.5)
    check_error(*three, x, x, True, match="Boolean alpha")
    check(*three, constant(b), constant(b), 2)
    check(*three, n, x, 2.5)
    check(*three, constant(b), 1.5, 2)


def test_arguments_that_are_no_tensors():
    for name in ("add", "sub", "mul", "div"):
        three = columns(name)
        check_error(*three, array(2), "a")
        check_error(*three, "a", array(2))
        check_error(*three, array(2), [1.0])
        check_error(*three, array(2), None)
    for name in ("neg", "reciprocal", "positive"):
        three = columns(name)
        check_error(*three, 2.0, match=f"{name}.*'input' .position 1. must be Tensor, not float")
        check_error(*three, [2.0])


def test_rounding_mode_of_another_name():
    three = columns(lambda torch, a: torch.div(a, 2, rounding_mode="up"))
    check_error(*three, array(2), match="'up'")


# ---- forms --------------------------------------------------------------------------------------


@same_script
def test_out(torch):
    x, y = torch.tensor([1.0, 2.0]), torch.tensor([[3.0], [4.0]])
    results = []
    for f in (torch.add, torch.subtract, torch.mul, torch.div, torch.true_divide):
        out = torch.zeros(2, 2)
        results += [f(x, y, out=out) is out, out, f(x, 2, out=torch.empty(0))]
    whole = torch.zeros(2, dtype=torch.int64)
    results += [torch.neg(x, out=torch.zeros(2)), torch.reciprocal(x, out=torch.zeros(2))]
    results += [torch.add(x, x, alpha=2, out=torch.zeros(2, dtype=torch.float64))]
    results += [torch.div(whole + 7, 2, rounding_mode="floor", out=whole), whole]
    results += [error(torch, lambda: torch.add(x, 1, out=whole))]
    results += [error(torch, lambda: torch.mul(x.requires_grad_(), 2, out=torch.zeros(2)))]
    return results


@same_script
def test_division_by_its_old_names(torch):
    x = torch.tensor([1.0, 2.0])
    results = [torch.true_divide(torch.tensor([1, 2]), 2), x.__div__(4), x.__rdiv__(4)]
    results.append(error(torch, lambda: x.true_divide(2, rounding_mode="floor")))
    return [*results, x.__idiv__(2), x]


@same_script
def test_numbers_that_integers_refuse(torch):
    def whole():
        return torch.tensor([1, 2])

    names = ["add_", "sub_", "mul_", "__iadd__", "__isub__", "__imul__", "__itruediv__"]
    return [error(torch, lambda n=name: getattr(whole(), n)(2.5)) for name in names]


@same_script
def test_reversed_subtraction_wants_a_tensor(torch):
    b = torch.tensor([True])
    tests = [lambda: torch.rsub(2, 3), lambda: torch.rsub(2, b), lambda: b - None, lambda: "a" - b]
    return [error(torch, test) for test in tests]


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
torch.arange(3).expand(2, 3) * 0.5
torch.arange(3).unsqueeze(1).expand(3, 2).sqrt()
m.contiguous() + m
(lambda y: (y.mul_(y), y.sum().backward()))(g * 1)
(x := torch.ones(2).half(), x.mul_(g), x.sum().backward(), g.grad)[-1]
(y := g * i, i.neg_(), y.sum().backward())
(lambda x: x.__iadd__(numpy.ones(2)))(torch.ones(2))
(lambda x, v: (x.add_(g), v.mul_(2)))(x := torch.ones(2), x[1:])
""",
    OPERANDS,
)
