"""Does the checker see what it must see? Planted bugs fail, right implementations pass.

"Ours" is played by two columns: torch itself (so these tests do not depend on what they are there
to prove) and scratch. Bugs are planted with each column's own `autograd.Function`.
"""

import re

import numpy as np
import pytest
import torch

from bench.compare import Record, compare
from bench.compare.columns import Column, scratch_column, torch_column
from bench.compare.observe import Item, Observation
from bench.compare.verdict import judge
from tests.checker import check, check_error, constant, sweep

RNG = np.random.default_rng(0)
X = RNG.standard_normal((3, 4)).astype("float32")
SQUARE = RNG.standard_normal((4, 4)).astype("float32")
BIAS = RNG.standard_normal(4).astype("float32")
TIES = np.array([-1.0, -0.0, 0.0, 2.0], "float32")
AWKWARD = np.array([np.nan, -1.0, np.inf, 2.0], "float32")


@pytest.fixture(params=["torch", "scratch"])
def column(request) -> Column:
    return torch_column("stand-in") if request.param == "torch" else scratch_column()


def function(torch, forward, backward):
    """An operation with any backward: `forward(*x)`, and `backward(dy, *x)` for all gradients."""

    class Planted(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *inputs):
            ctx.save_for_backward(*inputs)
            return forward(*inputs)

        @staticmethod
        def backward(ctx, dy):
            return backward(dy, *ctx.saved_tensors)

    return Planted.apply


def leave_gradients(tensors, gradients):
    """Returns nothing."""
    for x, dx in zip(tensors, gradients, strict=True):
        x.grad = dx


def right(torch):
    """Name: an implementation, torch's, the arguments, and how to compare."""
    return {
        "square": (
            function(torch, lambda x: x * x, lambda dy, x: dy * 2 * x),
            lambda x: x**2,
            [X],
            {"exact": True, "second": True},
        ),
        "relu": (
            function(torch, lambda x: x.clamp(min=0), lambda dy, x: dy * (x > 0)),
            lambda x: x.relu(),
            [TIES],
            {"exact": True},
        ),
        "bias": (
            function(torch, lambda x, b: x + b, lambda dy, x, b: (dy, dy.sum(0))),
            lambda x, b: x + b,
            [X, BIAS],
            {"exact": "values", "scale": "terms"},
        ),
        "fan-out": (
            function(torch, lambda x: x.exp() + 3 * x, lambda dy, x: dy * (x.exp() + 3)),
            lambda x: x.exp() + 3 * x,
            [X],
            {},
        ),
        "matmul": (
            function(torch, lambda x, w: x @ w, lambda dy, x, w: (dy @ w.T, x.T @ dy)),
            lambda x, w: x @ w,
            [X, SQUARE],
            {"second": True},
        ),
        "awkward": (
            function(torch, lambda x: x.clamp(min=0), lambda dy, x: dy * ~(x <= 0)),
            lambda x: x.relu(),
            [AWKWARD],
            {"exact": True},
        ),
        "unused": (lambda x, b: x * 2, lambda x, b: 2 * x, [X, BIAS], {"exact": True}),
        "two outputs": (
            lambda x: (x * 2, [x.sum()]),
            lambda x: (2 * x, [x.sum()]),
            [X],
            {"scale": "terms"},
        ),
        "view": (lambda x: x.reshape(2, 6), lambda x: x.view(2, 6), [X], {"exact": True}),
        "in place": (lambda x: x.mul_(2), lambda x: x.add_(x), [constant(X)], {"exact": True}),
        "number": (lambda x: x.sum().item(), lambda x: x.sum().item(), [X], {"scale": "terms"}),
    }


def wrong(torch):
    """The same, with a bug each, and a word of the message that must report it."""
    x_square = lambda x: x**2  # noqa: E731
    add = lambda x, b: x + b  # noqa: E731
    return {
        "missing factor": (
            function(torch, lambda x: x * x, lambda dy, x: dy * x),
            x_square,
            [X],
            "gradient of input 0",
        ),
        "wrong tie at 0": (
            function(torch, lambda x: x.clamp(min=0), lambda dy, x: dy * (x >= 0)),
            lambda x: x.relu(),
            [TIES],
            "2 of 4 elements",
        ),
        "forgotten broadcast sum": (
            function(torch, lambda x, b: x + b, lambda dy, x, b: (dy, dy[0])),
            add,
            [X, BIAS],
            "gradient of input 1",
        ),
        "overwritten fan-out": (
            lambda x: x.detach().exp() + 3 * x,
            lambda x: x.exp() + 3 * x,
            [X],
            "gradient of input 0",
        ),
        "transposed gradient": (
            function(torch, lambda x, w: x @ w, lambda dy, x, w: (dy @ w.T, dy.T @ x)),
            lambda x, w: x @ w,
            [SQUARE, SQUARE.T],
            "gradient of input 1",
        ),
        "wrong dtype": (lambda x: (x * 2).double(), lambda x: x * 2, [X], "torch.float64"),
        "wrong shape": (lambda x: x.sum(0, keepdim=True), lambda x: x.sum(0), [X], r"\(1, 4\)"),
        "NaN swallowed": (
            function(torch, lambda x: x * (x > 0) if x.sum() < 0 else x * 0, lambda dy, x: dy),
            lambda x: x.relu(),
            [AWKWARD],
            "output",
        ),
        "sign of infinity": (lambda x: -1 / x, lambda x: 1 / x, [TIES], "output"),
        "None instead of zeros": (
            function(torch, lambda x, b: x * 1, lambda dy, x, b: (dy, None)),
            lambda x, b: x + 0 * b,
            [X, BIAS],
            "has None, torch has torch.float32",
        ),
        "zeros instead of None": (
            lambda x, b: x + 0 * b,
            lambda x, b: x * 1,
            [X, BIAS],
            r"has torch.float32 \(4,\), torch has None",
        ),
        "20 eps": (
            function(torch, lambda x: x * (1 + 20 * 2.0**-23), lambda dy, x: dy),
            lambda x: x * 1,
            [X],
            "allowed 8",
        ),
        "20 eps in float64": (
            function(torch, lambda x: x * (1 + 20 * 2.0**-52), lambda dy, x: dy),
            lambda x: x * 1,
            [X.astype("float64")],
            "allowed 16",
        ),
        "wrong formula in float64": (
            function(torch, lambda x: x * x, lambda dy, x: dy * x),
            x_square,
            [X.astype("float64")],
            "torch reference",
        ),
        "requires_grad lost": (lambda x: x.detach() * 2, lambda x: x * 2, [X], "requires_grad"),
        "a tuple": (lambda x: (x * 2, x), lambda x: x * 2, [X], r"returns \(Tensor, Tensor\)"),
        "a copy, not a view": (lambda x: x.clone(), lambda x: x.view(3, 4), [X], "in the memory"),
        "a view, not a copy": (lambda x: x.view(3, 4), lambda x: x * 1, [X], "in the memory"),
        "input changed": (
            lambda x: x.detach().mul_(2) * 1,
            lambda x: x.detach() * 2,
            [X],
            "changed its input 0",
        ),
        "cotangent changed": (
            function(torch, lambda x: x * 2, lambda dy, x: dy.mul_(2)),
            lambda x: x * 2,
            [X],
            "overwrote",
        ),
        "a wrong number": (lambda x: x.dim() + 1, lambda x: x.dim(), [X], "3, torch 2"),
        "gradients in the same memory": (
            lambda x, y: leave_gradients([x, y], 2 * [x.detach() * 2]),
            lambda x, y: leave_gradients([x, y], [x.detach() * 2, x.detach() * 2]),
            [X, X],
            "the memory of the gradient of input 1",
        ),
        "a gradient that cannot be changed": (
            lambda x: leave_gradients([x], [x.detach()[:1].expand(3, 4)]),
            lambda x: leave_gradients([x], [x.detach()[:1].repeat(3, 1)]),
            [X],
            "changed in place",
        ),
        "a wrong gradient that is left behind": (
            lambda x: (x * 2).sum().backward(),
            lambda x: (x * 3).sum().backward(),
            [X],
            "gradient of input 0",
        ),
    }


@pytest.mark.parametrize("name", right(torch))
def test_right_passes(column, name):
    ours, builtin, arguments, options = right(column.module)[name]
    records = check(ours, builtin, builtin, *arguments, column=column, **options)
    assert records and all(record.ok for record in records)


@pytest.mark.parametrize("name", wrong(torch))
def test_planted_bug_fails(column, name):
    ours, builtin, arguments, message = wrong(column.module)[name]
    with pytest.raises(AssertionError, match=message):
        check(ours, None, builtin, *arguments, column=column)


@pytest.mark.parametrize("name", wrong(torch))
def test_planted_bug_in_the_twin_fails(name):
    ours, builtin, arguments, message = wrong(torch)[name]
    with pytest.raises(AssertionError, match="torch_impl"):
        check(builtin, ours, builtin, *arguments, column=torch_column("stand-in"))


def test_exact_is_stricter(column):
    """One unit in the last place: inside the tolerance, but not bit-equal."""
    ours = function(column.module, lambda x: x * (1 + 2.0**-23), lambda dy, x: dy)
    arguments = (ours, None, lambda x: x * 1, X)
    check(*arguments, column=column)
    check(*arguments, column=column, exact="gradients")
    for exact in (True, "values"):
        with pytest.raises(AssertionError, match="bit-equal"):
            check(*arguments, column=column, exact=exact)
    with pytest.raises(ValueError, match="value"):
        check(*arguments, column=column, exact="value")


def test_sign_of_zero(column):
    ours = lambda x: x.abs()  # noqa: E731
    arguments = (ours, None, lambda x: x * 1, constant(np.array([0.0, -0.0, 1.0])))
    check(*arguments, column=column, exact=True)
    with pytest.raises(AssertionError, match="signs"):
        check(*arguments, column=column, exact="signed")


def test_second_backward(column):
    """A backward that is right, but whose own derivative was forgotten."""
    arguments = (
        function(column.module, lambda x: x * x, lambda dy, x: dy * 2 * x.detach()),
        None,
        lambda x: x**2,
        X,
    )
    check(*arguments, column=column)
    with pytest.raises(AssertionError, match="second gradient of input 0"):
        check(*arguments, column=column, second=True)


def test_scale(column):
    """A sum that cancels: its rounding error is large beside the result, not beside the terms."""
    terms = [np.array(x, "float32") for x in (1e8, 1.0, -1e8)]
    arguments = (lambda x, y, z: (x + y) + z, None, lambda x, y, z: (x + z) + y, *terms)
    with pytest.raises(AssertionError, match="error .* eps"):
        check(*arguments, column=column)
    check(*arguments, column=column, scale="terms")
    check(*arguments, column=column, scale=2e8)
    check(*arguments, column=column, scale="condition")


def test_condition_does_not_excuse_a_jump(column):
    """Where numbers tie the result jumps when they move. A wrong choice there must still fail."""
    arguments = (lambda x: x.max(0)[0], None, lambda x: x.amax(0), np.ones((3, 2), "float32"))
    with pytest.raises(AssertionError, match="gradient of input 0"):
        check(*arguments, column=column, scale="condition")


def test_float16(column):
    half = X.astype("float16")
    check(lambda x: x.tanh(), None, torch.tanh, half, column=column)
    with pytest.raises(AssertionError, match="allowed"):
        check(lambda x: x.tanh() * 1.01, None, torch.tanh, half, column=column)


@pytest.mark.parametrize(
    ("bug", "shapes", "options", "where"),
    [
        # Right on ordinary numbers and contiguous memory; each needs its own sub-check.
        (lambda x: x * (x > 0), [(3, 4)], {}, "nan in input 0"),
        (lambda x: (x + 0.0).relu() - 0.0 * x, [(3, 4)], {}, "inf in input 0"),
        (lambda x: x.relu() if x.is_contiguous() else x.relu() * 2, [(3, 4)], {}, "transposed"),
        (lambda x: x.relu() if 0 not in x.stride() else x.relu() * 2, [(3, 4)], {}, "expanded"),
        (lambda x: x.relu() if x.numel() else x.sum(), [(3, 4), (0, 4)], {}, r"\(0, 4\)"),
        (lambda x: x.relu() if x.dim() else x.relu()[None], [(3, 4), ()], {}, r"\(\) float32"),
        (lambda x: x.relu().float(), [(3, 4)], {}, "float64 contiguous"),
    ],
)
def test_sweep_finds_the_corner(bug, shapes, options, where):
    stand_in = torch_column("stand-in")
    with pytest.raises(AssertionError, match=where):
        sweep(bug, None, torch.relu, *shapes, column=stand_in, **options)


def test_sweep_passes_and_counts(column):
    multiply = lambda x, y: x * y  # noqa: E731
    count = sweep(
        multiply, multiply, torch.mul, ((3, 4), (4,)), ((), (2,)), exact="values", column=column
    )
    assert count > 50
    assert sweep(lambda x: x.log(), None, torch.log, (5,), domain="positive", column=column)


def test_check_error(column):
    product = lambda x, y: x @ y  # noqa: E731
    check_error(product, product, torch.matmul, X, X, match="3", column=column)
    with pytest.raises(AssertionError, match="does not match"):
        check_error(product, None, torch.matmul, X, X, match="no such words", column=column)
    with pytest.raises(AssertionError, match="raises None"):
        check_error(lambda x, y: x, None, torch.matmul, X, X, column=column)
    with pytest.raises(AssertionError, match="raises IndexError"):
        check_error(lambda x, y: x[7], None, torch.matmul, X, X, column=column)
    with pytest.raises(AssertionError, match="torch raises nothing"):
        check_error(product, None, torch.add, X, X, column=column)

    def half_applied(x, y):
        x.detach().zero_()
        return x @ y

    with pytest.raises(AssertionError, match="had changed .*input 0"):
        check_error(half_applied, None, torch.matmul, X, X, column=column)


def test_layouts_survive(column):
    """A view stays the view it is, on the way into every column."""
    broadcast = np.broadcast_to(BIAS, (3, 4))
    for array in (X.T, X[:, ::2], X[1:, 1:3], broadcast):
        records = check(lambda x: x.stride(), None, lambda x: x.stride(), array, column=column)
        assert len(records) == array.ndim


@pytest.mark.parametrize(
    ("array", "dtype", "message"),
    [
        (X.astype("float64"), "torch.float64", "has torch.float64"),
        (X[:2], "torch.float32", r"has torch.float32 \(2, 4\)"),
        (X.copy(), "torch.float32", ""),
    ],
)
def test_gradients_dtype_and_shape(array, dtype, message):
    """What an engine would refuse, so that no planted backward can bring it about."""
    label = "gradient of input 0"
    theirs = Observation("torch", items={label: Item(X, "torch.float32")})
    ours = Observation("scratch", items={label: Item(array, dtype)})
    record = judge(label, "f()", theirs, [ours], None, True, False)
    assert record.ok == (not message)
    assert re.search(message, record.message)


def test_records_are_complete():
    tanh = lambda x: x.tanh()  # noqa: E731
    records = compare(tanh, torch.tanh, torch.tanh, X, measure=True)
    assert [record.name for record in records] == ["output", "gradient of input 0"]
    for record in records:
        assert isinstance(record, Record)
        assert (record.dtype, record.shape) == ("torch.float32", (3, 4))
        assert 0 <= record.ours <= 8 and 0 <= record.twin <= 8 and 0 <= record.torch <= 8
        assert 0 < record.equal <= 1
        assert record.reference == "float64"


@pytest.mark.skipif(np.finfo(np.longdouble).nmant <= 52, reason="here longdouble is float64")
def test_scratch_is_the_reference_for_float64():
    double = X.astype("float64")
    records = compare(lambda x: x.tanh(), None, torch.tanh, double, measure=True, second=True)
    assert len(records) == 5
    for record in records:
        assert record.reference == "longdouble"
        assert record.twin is None
        assert 0 < record.ours <= 8 and 0 < record.torch <= 8
