"""cumsum, cumprod, cummax, cummin, logcumsumexp, diff, trapezoids: torch's values and gradients."""

import functools
import itertools

import numpy as np
import pytest
import torch as builtin

import scratch
import torch_impl
from scratch.ops._folding import fold
from scratch.ops._scanning import running
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

INF, NAN = float("inf"), float("nan")
LONG = [(5000,), (7, 700), (70, 70), (3, 5003), (5003, 3), (2, 3000, 3), (40, 300), (1000, 10)]


def along(name, dim):
    return columns(lambda torch, x: getattr(torch, name)(x, dim))


# ---- cumsum and cumprod -------------------------------------------------------------------------


def test_cumsum():
    for dim in (0, 1, -1):
        sweep(*along("cumsum", dim), (3, 4), (0, 3), (2, 3, 4), scale="terms", specials=("nan",))
    sweep(*along("cumsum", 0), (2000,), (), scale="terms", specials=False)
    check(*columns(lambda torch, x: x.cumsum(dim=1)), array(3, 4), second=True, scale="terms")
    for row in ([1, INF, 2, -INF, 3], [1, NAN, 2], [3e38, 3e38, -3e38]):
        check(*along("cumsum", 0), np.array(row, "float32"), gradients=False)


def test_cumprod():
    for dim in (0, 1, -1):
        three = along("cumprod", dim)
        sweep(*three, (3, 4), (0, 3), (2, 3, 4), specials=("nan", "ties"), domain="nonzero")
        check(*three, array(3, 4), second=True)
    check(*along("cumprod", 0), array(), second=True)
    for row in ([1, INF, 2, 0, 3], [1, NAN, 2], [3e38, 3e38, 0, 2]):
        check(*along("cumprod", 0), np.array(row, "float32"), gradients=False)


@same_script
def test_a_zero_in_a_long_row_takes_no_table(torch):
    x = torch.ones(200_000)  # of which a table would take 160 GB
    x[[3, 1000]] = 0.0
    x.requires_grad_()
    torch.cumprod(x, 0).backward(torch.ones(200_000))
    return x.grad.sum(), x.grad[:5]


@pytest.mark.parametrize("zeros", [[0], [2], [0, 2], [3, 4], [0, 1, 2, 3, 4]])
def test_cumprod_with_zeros(zeros):
    x = array(5)
    x[zeros] = 0
    check(*along("cumprod", 0), x, second=True)
    check(*along("cumprod", 1), np.stack([x, array(5)]), second=True)
    check(*along("cumprod", 0), np.stack([array(5), x]), second=True)


def test_the_gradient_of_cumprod_to_the_infinite():
    """torch_impl goes by the definition, in which infinity times 0 is NaN."""
    for ours, theirs in zip(infinite_gradients(scratch), infinite_gradients(builtin), strict=True):
        assert np.array_equal(ours.numpy(), theirs.numpy(), equal_nan=True)


def infinite_gradients(torch):
    gradients = []
    for row in ([1.0, 2, 0, 3], [0.0, 0, 2, 1], [2.0, 0, 3, 0], [2.0, 3, 4, 5]):
        for dy in ([INF, 1, 1, 1], [1, INF, 1, 1], [1, 1, 1, INF], [1, NAN, 1, 1.0]):
            x = torch.tensor(row, requires_grad=True)
            torch.cumprod(x * 1, 0).backward(torch.tensor(dy))
            gradients.append(x.grad)
    return gradients


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "int64", "bool", "float16"])
@pytest.mark.parametrize("name", ["cumsum", "cumprod"])
def test_dtypes(name, dtype):
    x = np.array([1, 0, 100]).astype(dtype)
    check(*columns(name), x, 0)
    check(*columns(name), x[:0], 0)
    check(*columns(name), x, 0, dtype=np.dtype("float64"))
    check(*columns(name), x, 0, dtype=np.dtype("int32"), gradients=False) if dtype[0] != "f" else 0
    check(*columns(lambda torch, x: getattr(torch, name)(x, axis=1)), array(2, 3))


@pytest.mark.parametrize("shape", LONG)
def test_long_ones(shape):
    x = np.random.default_rng(0).normal(size=shape)
    for dim in range(len(shape)):
        for dtype in ("float32", "float64"):
            check(*along("cumsum", dim), x.astype(dtype), scale="terms")
            check(*along("cumsum", dim), np.abs(x).astype(dtype), scale="terms")
        check(*along("cumprod", dim), np.exp(x / 1000).astype("float32"))
        check(*along("cumsum", dim), (x * 10).astype("int32"))
        for name in ("cummax", "cummin"):
            check(*columns(lambda torch, x, n=name, d=dim: tuple(getattr(torch, n)(x, d))), x)
    check(*along("cumsum", 0), np.asfortranarray(x), scale="terms")
    check(*along("cumsum", -1), x[..., ::2], scale="terms")


def test_long_ones_meet_infinity():
    for shape in ((5000,), (50, 300), (300, 50)):
        x = np.ones(shape, "float32")
        x.flat[[70, 4000]] = INF, -INF
        for dim in range(len(shape)):
            check(*along("cumsum", dim), x, gradients=False)
        x.flat[[70, 4000]] = 0, INF
        for dim in range(len(shape)):
            check(*along("cumprod", dim), x, gradients=False)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("ufunc", [np.add, np.multiply, np.maximum, np.minimum])
def test_running_takes_every_number_once(ufunc, reverse):
    for shape in [*LONG, (300, 300), (33, 2, 100), (1, 6000), (6000, 1)]:
        x = np.random.default_rng(0).integers(-3, 4, shape)
        x = np.sign(x + 0.5) * 2.0 ** np.sign(x) if ufunc is np.multiply else x.astype(float)
        for axis in range(x.ndim):
            expected = np.flip(ufunc.accumulate(np.flip(x, axis), axis), axis)
            expected = expected if reverse else ufunc.accumulate(x, axis)
            y = running(ufunc, x, axis, reverse)
            assert np.array_equal(y, expected, equal_nan=True)
            assert np.array_equal(
                running(ufunc, x[..., ::2], axis), ufunc.accumulate(x[..., ::2], axis)
            )


@pytest.mark.parametrize("ufunc", [np.maximum, np.minimum, np.multiply])
def test_fold_takes_every_number_once(ufunc):
    for shape in [*LONG, (10000, 1), (3, 50, 70), (100, 2, 2, 30)]:
        x = np.sign(np.random.default_rng(0).normal(size=shape)) * 2
        x = x / 2 if ufunc is np.multiply else x
        ways = [c for r in range(1, x.ndim + 1) for c in itertools.combinations(range(x.ndim), r)]
        for dims, keepdims in itertools.product([None, *ways], (False, True)):
            y = fold(ufunc, x, dims, keepdims)
            assert np.array_equal(y, ufunc.reduce(x, dims, keepdims=keepdims))


# ---- cummax, cummin, logcumsumexp ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["cummax", "cummin"])
def test_the_largest_so_far(name):
    for dim in (0, 1, -1):
        three = columns(lambda torch, x, d=dim: tuple(getattr(torch, name)(x, d)))
        sweep(*three, (3, 4), (0, 3), (2, 3, 4), specials=("nan", "ties", "inf"), exact="values")
        check(*three, array(3, 4), second=True)
    three = columns(lambda torch, x: tuple(getattr(torch, name)(x, 0)))
    for row in ([1, 3, 3, NAN, 2, NAN], [1, 1, 0, 1], [NAN], [0.0, -0.0]):
        check(*three, np.array(row, "float32"))
    check(*three, array(), second=True)
    for dtype in ("uint8", "int8", "int64", "bool", "float16"):
        check(*three, np.array([1, 0, 1, 1, 0]).astype(dtype))
    check(*columns(lambda torch, x: tuple(getattr(x, name)(axis=1))), array(2, 3))


def test_logcumsumexp():
    for dim in (0, 1, -1):
        three = along("logcumsumexp", dim)
        sweep(*three, (3, 4), (0, 3), (2, 3, 4), specials=("ties", "zeros"))
        check(*three, array(3, 4, dtype="float64"), second=True)
    three = along("logcumsumexp", 0)
    for row in ([-INF, -INF, 1, INF, 3, NAN, 2], [1e4, 1e4], [-1e4, 3], [1, INF, -INF]):
        check(*three, np.array(row, "float32"), gradients=False)
    check(*three, array(), second=True)
    check(*three, array(300, dtype="float16"))
    check(*three, array(300))


@same_script
def test_results_have_names(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]])
    return [str(x.cummax(0)), str(torch.cummin(x, 1)), x.cummax(0).indices, x.cummin(0).values]


# ---- diff and trapezoids ------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_diff(n):
    for dim in (0, 1, -1):
        three = columns(lambda torch, x, d=dim: torch.diff(x, n, d))
        sweep(*three, (3, 4), (0, 3), (2, 3, 4), scale="terms", specials=("nan",))
        check(*three, array(3, 4), second=True)
    for dtype in ("uint8", "int64", "bool", "float16"):
        check(*columns("diff"), np.array([[1, 0, 0, 1], [1, 1, 0, 0]]).astype(dtype), n)
    x, a, b = array(2, 3), array(2, 1, seed=1), array(2, 2, seed=2)
    check(*columns(lambda torch, x, a: torch.diff(x, n, prepend=a)), x, a, scale="terms")
    check(*columns(lambda torch, x, b: x.diff(n, append=b)), x, b, scale="terms")
    check(*columns(lambda torch, x, a, b: x.diff(n, 1, a, b)), x, a, b, scale="terms")
    check(*columns(lambda torch, x, a: torch.diff(x, n, prepend=a)), np.array([[1, 2]]), a[:1])


@pytest.mark.parametrize("name", ["trapezoid", "trapz", "cumulative_trapezoid"])
def test_areas(name):
    for dim in (0, 1, -1):
        three = columns(lambda torch, y, d=dim: getattr(torch, name)(y, dim=d))
        sweep(*three, (3, 4), (0, 3), (2, 3, 4), (1, 1), scale="terms", specials=("nan",))
        three = columns(lambda torch, y, x, d=dim: getattr(torch, name)(y, x, dim=d))
        check(*three, array(3, 4), array(3, 4, seed=1), scale="terms", second=True)
    check(*three, array(3, 4), array(4, seed=1), scale="terms")
    check(*three, array(2, 3, 4), array(3, 4, seed=1), scale="terms")
    three = columns(lambda torch, y, x: getattr(torch, name)(y, x, dim=1))
    check(*three, array(2, 3, 4), array(3, seed=1), scale="terms")
    check(*three, array(2, 3, 4), array(3, 4, seed=1), scale="terms")
    check(*columns(name), np.array([[1, 2, 4]]))
    check(*columns(name), np.array([[1, 2, 4]]), np.array([[1, 2, 4]]))
    for dx in (2, 2.5):
        check(*columns(name), array(3, 4), dx=dx, scale="terms")
    check_error(*columns(name), array(3), array(2), match="one `x` value")
    check_error(*columns(name), array())
    check_error(*columns(name), np.array([True]), match="bool")
    check_error(*columns(name), array(3), 1.0)
    check_error(*columns(name), array(3), array(3), dx=1.0)
    check_error(*columns(name), array(3), dim=1)


# ---- forms and errors ---------------------------------------------------------------------------


@same_script
def test_in_place(torch):
    results = []
    for name in ("cumsum", "cumprod"):

        def in_place(x, *args, name=name, **options):
            return getattr(x, f"{name}_")(*args, **options)

        x = torch.tensor([[1.5, 2.0], [4.0, 5.0]])
        n = torch.tensor([[1, 2], [3, 4]], dtype=torch.int32)
        w = x.clone().requires_grad_()
        y = w * 1
        results += [in_place(y, 0) is y, y, y.grad_fn.name()]
        y.sum().backward()
        results += [w.grad, in_place(x.clone(), 1), in_place(n.clone(), 1)]
        results += [error(torch, functools.partial(in_place, n.bool(), 0))]
        results += [error(torch, functools.partial(in_place, x, 0, dtype=torch.float64))]
    return results


@pytest.mark.parametrize("name", ["cumsum", "cumprod"])
def test_written_to_a_tensor(name):
    for torch in (scratch, torch_impl):
        f, x, n = getattr(torch, name), torch.tensor([1.5, 2.0]), torch.tensor([1, 2])
        expected = [1.5, 3.5 if name == "cumsum" else 3.0]
        for out in (torch.empty(0), torch.empty(2), torch.empty(2, dtype=torch.float64)):
            assert f(x, 0, out=out) is out and out.tolist() == expected
        assert f(n, 0, out=torch.empty(2)).tolist() == [1, 3 if name == "cumsum" else 2]
        with pytest.raises(RuntimeError, match="automatic differentiation"):
            f(x.requires_grad_(), 0, out=torch.empty(2))
    with pytest.raises(RuntimeError, match="dtype"):
        getattr(scratch, name)(scratch.ones(2), 0, dtype=scratch.float64, out=scratch.empty(2))


@same_script
def test_pairs_written_to_tensors(torch):
    x, n = torch.tensor([[1.5, 2.0], [4.0, 5.0]]), torch.tensor([[1, 2], [3, 4]])
    results = []
    for name in ("cummax", "cummin"):

        def run(x, *dtypes, name=name):
            out = [torch.empty(0, dtype=dtype) for dtype in dtypes]
            return [*getattr(torch, name)(x, 1, out=tuple(out)), *out]

        results += run(x, torch.float32, torch.int64)
        results += [error(torch, functools.partial(run, x, torch.float32, torch.float32))]
        results += [error(torch, functools.partial(run, n, torch.float32, torch.int64))]
    results += [torch.logcumsumexp(x, 0, out=torch.empty(2, 2))]
    results += [error(torch, lambda: torch.logcumsumexp(x, 0, out=torch.empty(2, 2).double()))]
    results += [torch.diff(x, out=torch.empty(2, 1)), torch.diff(n, out=torch.empty(2, 1))]
    return results


@same_script
def test_names_in_the_graph(torch):
    x = torch.ones(2, 3, requires_grad=True)
    results = [x.cumsum(0), x.cumprod(0), x.cummax(0)[0], x.cummin(0)[0], x.logcumsumexp(0)]
    results += [x.diff(), x.diff(2), torch.cumulative_trapezoid(x)]
    return [y.grad_fn.name() for y in results]


@same_script
def test_errors(torch):
    x, n = torch.ones(2, 3), torch.tensor([1, 2])
    tests = [x.cumsum, x.cumprod, x.cummax, x.logcumsumexp, lambda: n.logcumsumexp(0)]
    for name in ("cumsum", "cumprod", "cummax", "cummin", "logcumsumexp"):
        f = getattr(torch, name)
        tests += [lambda f=f, d=d: f(x, d) for d in (None, 2, -3, 1.0, (0,), "a")]
        tests += [lambda f=f: f([1.0], 0), lambda f=f: f(torch.tensor(1.0), 1)]
    tests += [lambda: x.requires_grad_().cumsum(0, dtype=torch.int64)]
    tests += [lambda: x.cumsum(0, torch.float64), lambda: x.cumsum(0, dtype=torch.bool)]
    tests += [lambda: x.diff(-1), lambda: x.diff(1.0), lambda: x.diff(dim=2)]
    tests += [lambda: torch.tensor(1.0).diff(), lambda: x.diff(prepend=0)]
    tests += [lambda: x.diff(prepend=torch.ones(1)), lambda: x.diff(append=torch.ones(1, 1))]
    return [error(torch, test) for test in tests]


def results_of_running(torch):
    x = torch.tensor([[3.0, 1.0, 2.0], [-0.0, 5.0, 4.0]]).T
    nothing = torch.zeros(0, 3)
    seen = [
        *[f(1).stride() for f in (x.cumsum, x.cumprod, x.logcumsumexp)],
        *[each.stride() for f in (x.cummax, x.cummin) for each in f(0)],
        nothing.cummax(5).values.shape,
        str(nothing.bool().cumsum_(1).dtype),
        str(torch.trapezoid(nothing.bool(), dim=0).dtype),
        torch.trapezoid(nothing, dim=0)._version,
        torch.trapezoid(torch.ones(2, requires_grad=True)).grad_fn.name(),
        x.diff(0, 5)._version,
        str(x.logcumsumexp(1)),
        error(torch, lambda: torch.tensor(1.0, requires_grad=True).cumsum_(1)),
        error(torch, lambda: torch.cumulative_trapezoid(nothing.bool(), dim=3)),
    ]
    y, indices = x.clone().requires_grad_().cummax(0)
    indices.zero_()
    return [*seen, error(torch, y.sum().backward)]


def test_layouts_nothing_and_changed_indices():
    assert results_of_running(scratch) == results_of_running(builtin)
