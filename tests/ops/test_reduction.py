"""sum, mean, nansum, prod, logsumexp: every dim, long sums, torch's accuracy, out=, errors."""

import itertools

import numpy as np
import pytest
import torch as builtin

import scratch
from scratch.ops._sums import total
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

SHAPES = [(3, 4), (2, 3, 4), (0, 3), (3, 0), (1, 1), (7,)]
FINITE = ("nan", "zeros", "ties", "tiny")


def dims(ndim):
    """Every way to name dimensions: none, one, several, from the back."""
    several = [c for r in range(1, ndim + 1) for c in itertools.combinations(range(ndim), r)]
    return [None, (), *range(-ndim, ndim), *several]


# ---- sum and mean -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sum", "mean"])
def test_all(name):
    sweep(*columns(name), *SHAPES, (), (60, 50), scale="terms", specials=FINITE)
    check(*columns(name), array(3, 4), second=True)
    check(*columns(name), np.array([1.0, np.inf], "float32"))
    check(*columns(name), np.array([-np.inf, np.inf], "float32"))


@pytest.mark.parametrize("name", ["sum", "mean"])
@pytest.mark.parametrize("shape", [(2, 3, 4), (0, 3), (5,), (1, 3)])
def test_every_dim(name, shape):
    for dim, keepdim in itertools.product(dims(len(shape)), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: getattr(torch, name)(x, d, k))
        sweep(*three, shape, scale="terms", specials=("nan",), dtypes=("float32",))
        check(
            *columns(lambda torch, x, d=dim: getattr(x, name)(dim=d)), array(*shape), scale="terms"
        )


@pytest.mark.parametrize("name", ["sum", "mean"])
def test_no_dimensions(name):
    for dim in (0, -1, None, ()):
        check(*columns(lambda torch, x, d=dim: getattr(torch, name)(x, d)), array(), exact=True)
        check(
            *columns(lambda torch, x, d=dim: getattr(torch, name)(x, d, True)), array(), exact=True
        )


@pytest.mark.parametrize("name", ["sum", "mean"])
def test_numpy_names(name):
    x = array(2, 3)
    check(*columns(lambda torch, x: getattr(torch, name)(x, axis=1, keepdims=True)), x)
    check(*columns(lambda torch, x: getattr(x, name)(axis=(0, 1))), x)
    check(*columns(lambda torch, x: getattr(torch, name)(input=x, dim=[1])), x)
    check_error(*columns(lambda torch, x: getattr(torch, name)(x, axis=1, dim=1)), x)
    check_error(*columns(lambda torch, x: getattr(torch, name)(x, axes=1)), x)


@pytest.mark.parametrize(
    "shape", [(300, 5), (10_000, 3), (200, 300, 2), (3, 50_000), (64, 4, 28, 28)]
)
def test_long_sums_keep_their_digits(shape):
    for dtype in ("float32", "float64"):
        rng = np.random.default_rng(0)
        for x in (rng.random(shape).astype(dtype), rng.standard_normal(shape).astype(dtype)):
            for dim in dims(len(shape)):
                three = columns(lambda torch, x, d=dim: torch.sum(x, d))
                check(*three, x, scale="terms", gradients=False)
            check(*three, np.asfortranarray(x), scale="terms", gradients=False)
            if dtype == "float32":
                check(*three, x[::2], scale="terms", gradients=False)


def test_a_million_numbers():
    x = np.full((2**19, 2), 0.1, "float32")
    exact = x.sum(dtype=np.float64)
    for y in (scratch.from_numpy(x).sum(), scratch.from_numpy(x).sum(0).sum()):
        assert y.item() == pytest.approx(exact, rel=1e-6)
    assert x.sum(0).sum() != pytest.approx(exact, rel=1e-3)  # NumPy's own


@pytest.mark.parametrize(
    "shape", [(65,), (130, 3), (1000, 2, 3), (97, 1, 70), (33, 66, 5), (4096,)]
)
def test_total_adds_every_number_once(shape):
    x = np.random.default_rng(0).integers(0, 1000, shape).astype(float)  # so that sums are exact
    layouts = [
        x,
        np.asfortranarray(x),
        np.repeat(x, 2, -1)[..., ::2],
        np.broadcast_to(x[:1], shape),
    ]
    for y, axis in itertools.product(layouts, dims(len(shape))[2:]):
        for keepdims in (False, True):
            assert np.array_equal(total(y, axis, keepdims), y.sum(axis, keepdims=keepdims))
    assert total(x) == x.sum()


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int32", "int64", "bool"])
def test_sums_of_integers(dtype):
    x = np.array([[1, 0, 100], [3, 100, 100]]).astype(dtype)
    for dim in (None, 0, 1, (0, 1)):
        check(*columns(lambda torch, x, d=dim: torch.sum(x, d)), x)
    check(*columns("sum"), x, dtype=np.dtype("float64"))
    check(*columns("mean"), x, dtype=np.dtype("float32"))
    check_error(*columns("mean"), x, match="could not infer output dtype.*float")
    check(*columns("sum"), np.zeros((0,), dtype))


def test_dtype():
    x = array(3, 4)
    for name in ("sum", "mean"):
        for dtype in ("float16", "float32", "float64"):
            check(*columns(name), x, dtype=np.dtype(dtype), scale="terms")
            check(*columns(lambda torch, x, dtype: x.sum(0, dtype=dtype)), x, dtype=np.dtype(dtype))
    check(*columns("sum"), x, dtype=np.dtype("int64"), gradients=False)
    ours, _, builtin = columns("sum")
    check_error(ours, None, builtin, x, dtype=np.dtype("int64"), match="no gradient")
    check_error(*columns("mean"), np.array([1]), dtype=np.dtype("int64"))


def test_half_precision():
    x = np.full((300,), 1000, "float16")
    check(*columns("sum"), x)
    check(*columns("mean"), x)
    check(*columns("sum"), array(50, 30, dtype="float16"), scale="terms")
    check(*columns(lambda torch, x: torch.sum(x, 0)), array(50, 30, dtype="float16"), scale="terms")


def test_a_sum_of_views():
    check(*columns(lambda torch, x: x.T.sum(0) + x[:, 0].sum()), array(4, 4), scale="terms")


@pytest.mark.parametrize("name", ["sum", "mean", "nansum", "nanmean", "prod", "logsumexp"])
def test_dims_out_of_range(name):
    check_error(*columns(name), array(2, 3), 2, match=r"expected to be in range of \[-2, 1\]")
    check_error(*columns(name), array(2, 3), -3)
    check_error(*columns(name), array(), 1, match=r"\[-1, 0\], but got 1")
    if name != "prod":
        check_error(*columns(name), array(2, 3), (0, -2), match="multiple times")
        check_error(*columns(name), array(2, 3), 1.0)
        check_error(*columns(name), array(2, 3), "a")
    check_error(*columns(name), 1.0, 0, match=f"{name}.*'input'")
    check_error(*columns(name), [1.0], 0)


# ---- prod ---------------------------------------------------------------------------------------


def test_prod():
    sweep(*columns("prod"), (3, 4), (), (0,), (5,), specials=("nan", "ties"), domain="nonzero")
    for dim, keepdim in itertools.product((0, 1, -1), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: torch.prod(x, d, k))
        sweep(*three, (3, 4), (0, 3), (2, 3, 4), specials=("nan",), domain="nonzero")
        check(*three, array(3, 4), second=True)
    check(*columns("prod"), array(4), second=True)
    for dtype in ("uint8", "int32", "int64", "bool"):
        check(*columns("prod"), np.array([1, 3, 2]).astype(dtype))
    check(*columns("prod"), array(3), dtype=np.dtype("float64"))
    check(*columns(lambda torch, x: torch.prod(x, 0)), array())


def test_long_products():
    rng = np.random.default_rng(0)
    for shape in ((100, 200), (20, 5000), (3000, 5), (2, 3000, 3), (20011,)):
        x = np.exp(rng.normal(size=shape) / 100)
        for dim in (None, *range(x.ndim)):
            y = scratch.tensor(x).prod() if dim is None else scratch.tensor(x).prod(dim)
            assert np.allclose(y.numpy(), x.prod(dim), rtol=1e-13, atol=0)
    check(*columns(lambda torch, x: x.prod(1)), np.exp(rng.normal(size=(200, 100)) / 100))
    x = rng.integers(0, 2, (300, 40)) * 2 - 1
    for dim in (0, 1):
        check(*columns(lambda torch, x, d=dim: x.prod(d)), x)
    check(*columns("prod"), np.full((30,), 1.5, "float16"))


@pytest.mark.parametrize("row", [[1, 2, 0], [0, 0, 2], [0, 0, 0], [0, np.inf, 2], [3, np.inf, 2]])
@pytest.mark.parametrize("dy", [2.0, np.inf, -np.inf, np.nan])
def test_the_gradient_of_prod_is_torchs_to_the_infinite(row, dy):
    x = np.array(row, "float32")
    for shape in ((3,), (1, 3)):
        for dims in ((), (-1,)):
            gradients = []
            for torch in (scratch, builtin):
                t = torch.tensor(x.reshape(shape), requires_grad=True)
                y = t.prod(*dims)
                y.backward(torch.full_like(y, dy))
                gradients.append(t.grad.numpy())
            assert np.array_equal(*gradients, equal_nan=True)


@pytest.mark.parametrize("zeros", [[0], [2], [0, 2], [0, 1, 2, 3]])
def test_prod_with_zeros(zeros):
    x = array(4)
    x[zeros] = 0
    check(*columns("prod"), x, second=True)
    three = columns(lambda torch, x: torch.prod(x, 1))
    check(*three, np.stack([x, array(4)]), second=True)
    check(*columns(lambda torch, x: torch.prod(x, 0)), np.stack([x, array(4)]), second=True)


# ---- NaN left out ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["nansum", "nanmean"])
def test_without_nan(name):
    sweep(*columns(name), (3, 4), (), (0,), (60, 50), scale="terms", specials=FINITE)
    for dim, keepdim in itertools.product((0, -1, (0, 1), [1], None, ()), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: getattr(torch, name)(x, d, k))
        sweep(*three, (3, 4), (0, 3), scale="terms", specials=("nan",))
        check(*three, array(3, 4), second=True)
    check(*columns(name), np.array([np.nan, np.nan], "float32"))
    check(*columns(name), np.array([1.0, np.nan, 2.0], "float16"))
    check(*columns(lambda torch, x: getattr(x, name)(axis=0, keepdims=True)), array(2, 3))
    check(*columns(name), array(3), dtype=np.dtype("float64"))


def test_integers_have_no_nan():
    for dtype in ("uint8", "int32", "int64", "bool"):
        check(*columns("nansum"), np.array([[1, 0], [1, 1]]).astype(dtype))
        check(*columns("nansum"), np.array([[1, 0], [1, 1]]).astype(dtype), 0)
        check_error(*columns("nanmean"), np.array([1, 0]).astype(dtype), match="floating point")
    check(*columns("nansum"), np.array([1, 2]), dtype=np.dtype("float32"))
    check_error(*columns("nanmean"), array(3), dtype=np.dtype("int64"))


# ---- out= --------------------------------------------------------------------------------------


@same_script(rtol=1e-6)
def test_written_to_a_tensor(torch):
    x = torch.tensor([[1.5, 2.0, 3.0], [4.0, 5.0, 6.0]])
    results = []
    for name in ("sum", "mean", "nansum", "nanmean", "prod", "logsumexp"):
        out = torch.empty(3)
        y = getattr(torch, name)(x, 0, out=out)
        results += [y, y is out]
        results.append(getattr(torch, name)(x, 0, out=torch.empty(3, dtype=torch.float64)))
    for name in ("sum", "prod"):
        f = getattr(torch, name)
        results += [f(x.long(), 0, out=torch.empty(3))]
        w = x.clone().requires_grad_()
        results += [error(torch, lambda f=f, w=w: f(w, 0, out=torch.empty(3)))]
    results += [error(torch, lambda: torch.mean(x.long(), 0, out=torch.empty(3)))]
    return results


# ---- logsumexp ----------------------------------------------------------------------------------


def test_logsumexp():
    for dim, keepdim in itertools.product((0, 1, -1, (0, 1)), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: torch.logsumexp(x, d, k))
        sweep(*three, (3, 4), (2, 3, 4), (0, 3), specials=("nan", "ties", "zeros"))
        check(*three, array(3, 4), second=True)
    check(*columns("logsumexp"), array(), 0)
    check(*columns("logsumexp"), np.array([3, 1]), 0)
    check(*columns(lambda torch, x: x.logsumexp(axis=1, keepdims=True)), array(2, 3))


def test_logsumexp_far_out():
    for row in ([1e4, 1e4], [-1e4, -1e4 + 1], [1e38, 0], [-np.inf, 1], [np.inf, 1], [-np.inf] * 2):
        check(*columns("logsumexp"), np.array(row, "float32"), 0)


# ---- the graph ----------------------------------------------------------------------------------


@same_script
def test_names(torch):
    x = torch.ones(2, 3, requires_grad=True)
    results = [x.sum(), x.sum(0), x.sum((0, 1)), x.mean(), x.mean(1, keepdim=True), x.prod()]
    results += [x.prod(1), x.nansum(), x.nanmean(0), x.logsumexp(1), x.sum(dim=None, keepdim=True)]
    return [y.grad_fn.name() for y in results]


def test_of_the_dtype_of_out():
    for name in ("sum", "prod"):
        for torch in (scratch, builtin):
            f, x = getattr(torch, name), torch.tensor([[1.5, 2.5], [1.5, 1.0]])
            out = torch.empty(2, dtype=torch.int64)
            assert f(x, 1, out=out).tolist() == ([3, 2] if name == "sum" else [2, 1])
            with pytest.raises(RuntimeError, match="dtype"):
                f(x, 0, dtype=torch.float64, out=torch.empty(2))
            with pytest.raises(TypeError, match="dtype"):
                f(x, 0, dtype="float64")


@same_script
def test_missing_arguments(torch):
    x = torch.ones(2, 3)
    tests = [x.logsumexp, lambda: x.prod((0, 1)), lambda: x.logsumexp(None)]
    tests += [lambda: x.logsumexp(()), lambda: x.prod(keepdim=True)]
    for name in ("sum", "mean", "nansum", "nanmean", "prod", "logsumexp"):
        f = getattr(torch, name)
        tests += [lambda f=f: f(x, True), lambda f=f: f(x, 0, 1), lambda f=f: f(x, (0, "a"))]
        tests += [lambda f=f: f(x, (0, 1.5))]
    return [error(torch, test) for test in tests]


def test_gradients_may_be_changed_in_place():
    x = scratch.ones(3, 4, requires_grad=True)
    x.sum().backward()
    x.grad[0, 0] = 5
    assert x.grad.sum().item() == 16
    y = scratch.ones(100, 100, requires_grad=True)
    y.mean(0).sum().backward()
    y.grad.mul_(2)
    assert np.allclose(y.grad.numpy(), 0.02)


# ---- no warnings of NumPy's ---------------------------------------------------------------------


def test_no_warning_of_infinity():
    """Sums and products that overflow, or meet both infinities, forwards and backwards, are quiet.

    pytest turns every warning into an error; those that NumPy's own files give must not come up.
    """
    for n in (2, 200):
        x = np.full((n, n), 3e38, "float32")
        x[0], x[1] = np.inf, -np.inf
        for dim in (0, 1, (0, 1)):
            scratch.tensor(x).sum(dim), scratch.tensor(x.T).mean(dim), scratch.tensor(x).std(dim)
        for dim in (0, 1):
            scratch.tensor(x).prod(dim)
        w = scratch.tensor(x, requires_grad=True)
        b = scratch.zeros(n, requires_grad=True)
        (w * b + b).backward(scratch.tensor(x))
        w.repeat(2, 2).backward(scratch.tensor(np.tile(x, (2, 2))))
        target = scratch.zeros(n, dtype=scratch.int64)
        for reduction in ("mean", "sum"):
            scratch.nn.functional.mse_loss(w / 2e19, w * 0, reduction=reduction)
            scratch.nn.functional.nll_loss(w, target, reduction=reduction)
            scratch.nn.functional.nll_loss(w, target, w.detach()[:, 0] * 2, reduction=reduction)


def results_of_reductions(torch):
    x = torch.arange(24.0).reshape(2, 3, 4).permute(2, 1, 0)
    functions = "sum mean nansum nanmean std var prod norm amax logsumexp count_nonzero".split()
    seen = [getattr(x, name)(dim=0).stride() for name in functions]
    seen += [x.long().sum(0).stride(), x.half().sum(0).stride(), x.softmax(0).stride()]
    number = torch.tensor(2.0, requires_grad=True)
    seen += [number.prod(0).grad_fn.name()]
    return seen + [error(torch, lambda: number.sum(3, dtype=torch.bool))]


def test_results_lie_row_by_row():
    assert results_of_reductions(scratch) == results_of_reductions(builtin)


@same_script
def test_float16_rounds_at_every_step(torch):
    x = torch.tensor([-0.25, 0.5, -0.75, 1.25, 1.75, 4.0], dtype=torch.float16)
    return [x.logsumexp(0), x.logit(0.1)]


@same_script
def test_products_of_small_integers_stay_small(torch):
    x = torch.tensor([[100, 3], [2, 0]])
    kinds = torch.uint8, torch.int8, torch.int32, torch.bool
    return [x.prod(0, dtype=kind) for kind in kinds] + [x.prod(dtype=torch.int8)]
