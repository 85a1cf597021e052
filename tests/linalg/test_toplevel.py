"""The older names: torch.det, torch.svd, x.inverse()."""

import warnings

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from scratch.linalg import toplevel
from tests.checker import check, check_error, sweep
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch
LOOSE = {
    "scale": "condition",
    "second": True,
    "specials": False,
    "layouts": ("contiguous", "transposed", "strided"),
}


def calls(name, *args, **options):
    """The function of this name in all three columns."""

    def column(c):
        def of(*xs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # cholesky and qr are deprecated
                return getattr(c, name)(*xs, *args, **options)

        return of

    return [column(c) for c in COLUMNS]


def regular(rng, shape):
    """Matrices far from singular, with a positive determinant."""
    return rng.standard_normal(shape) / 2 + 2 * shape[-1] * np.eye(shape[-1])


def symmetric(rng, shape):
    x = rng.standard_normal(shape)
    return x @ x.swapaxes(-1, -2) + np.eye(shape[-1])


def rand(*shape):
    return np.random.default_rng(23).standard_normal(shape)


SQUARE = (1, 1), (3, 3), (2, 3, 3), (0, 0), (0, 2, 2)
NAMES = ["det", "slogdet", "logdet", "inverse", "pinverse", "matrix_exp", "cholesky_inverse"]


@pytest.mark.parametrize("name", NAMES)
def test_square_matrices(name):
    options = {**LOOSE, "dtypes": ("float32",)} if name == "matrix_exp" else LOOSE
    domain = None if name == "matrix_exp" else regular
    sweep(*calls(name), *SQUARE[1:], domain=domain, **options)


@pytest.mark.parametrize("n", [-1, 0, 2, 5])
def test_matrix_power(n):
    check(*calls("matrix_power", n), rand(3, 3), scale="condition", second=True)


@pytest.mark.parametrize("upper", [False, True])
def test_cholesky(upper):
    sweep(*calls("cholesky", upper), *SQUARE[:3], domain=symmetric, **LOOSE)
    sweep(*calls("cholesky_inverse", upper), *SQUARE, domain=regular, **LOOSE)


PAIRS = [
    ((3, 2), (3, 3)),
    ((2, 3, 1), (3, 3)),
    ((3, 2), (2, 3, 3)),
    ((0, 1), (0, 0)),
    ((2, 0), (2, 2)),
]


@pytest.mark.parametrize("pair", PAIRS, ids=str)
@pytest.mark.parametrize("upper", [False, True])
def test_cholesky_solve(pair, upper):
    sweep(*calls("cholesky_solve", upper), pair, domain=(None, regular), **LOOSE)


def test_gradcheck():
    """Of the triangle that is looked at: the gradient above the diagonal is no slope."""
    x = scratch.tensor(regular(np.random.default_rng(0), (3, 3)), requires_grad=True)
    b = scratch.tensor(rand(3, 2), requires_grad=True)

    def solve(b, x):
        return scratch.cholesky_solve(b, x.tril())

    def inverse(x):
        return scratch.cholesky_inverse(x.triu(), upper=True)

    for f, inputs in ((solve, (b, x)), (inverse, x), (scratch.logdet, x)):
        assert scratch.autograd.gradcheck(f, inputs) and scratch.autograd.gradgradcheck(f, inputs)


@pytest.mark.parametrize("some", [True, False])
def test_qr_and_svd(some):
    check(*calls("qr", some), rand(4, 3), gradients=False, scale="condition")
    check(*calls("qr"), rand(2, 4, 3), scale="condition")

    def without_signs(c):
        def of(x):
            u, s, v = c.svd(x, some)
            k = s.shape[-1]
            return u[..., :k].abs(), s, v[..., :k].abs(), c.svd(x, compute_uv=False)[1]

        return of

    for shape in ((4, 3), (2, 3, 4)):
        check(*map(without_signs, COLUMNS), rand(*shape), scale="condition", second=True)
    check(*calls("svd", some, compute_uv=False), rand(4, 3), scale="condition")


@same_script(rtol=1e-5, atol=1e-6)
def test_methods(torch):
    x = torch.tensor([[4.0, 1.0], [1.0, 3.0]])
    results = [x.det(), x.slogdet(), x.logdet(), x.inverse(), x.pinverse(), x.matrix_power(2)]
    results += [x.cholesky_inverse(), torch.ones(2, 1).cholesky_solve(x), x.svd()[1].round()]
    return [r if isinstance(r, torch.Tensor) else r.sign for r in results]


@same_script
def test_logarithms(torch):
    x = torch.eye(3)
    singular = torch.tensor([[1.0, 2.0], [2.0, 4.0]])
    return torch.logdet(-x), torch.logdet(2 * x), torch.logdet(0 * x), torch.logdet(singular)


@same_script
def test_singular(torch):
    x = torch.ones(2, 2)
    return [error(torch, lambda f=f: f(x)) for f in (torch.inverse, torch.Tensor.inverse)]


@pytest.mark.parametrize("name", ["cholesky", "qr"])
def test_deprecated(name):
    toplevel._warned.discard(name)
    with pytest.warns(UserWarning, match=f"torch.{name} is deprecated.*torch.linalg.{name}"):
        getattr(scratch, name)(scratch.eye(2))
    getattr(scratch, name)(scratch.eye(2))  # once is enough


def test_names_in_the_graph():
    def names(c):
        x = c.tensor([[2.0, 0.0], [0.0, 3.0]], requires_grad=True)
        ys = [c.det(x), c.slogdet(x)[1], c.logdet(x), c.inverse(x), c.pinverse(x), *c.svd(x)]
        ys += [c.matrix_exp(x), c.cholesky_solve(x, x), c.cholesky_inverse(x)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ys += [c.cholesky(x), *c.qr(x)]
            results = str(c.slogdet(x.detach())), type(c.svd(x)).__name__, type(c.qr(x)).__name__
        return [y.grad_fn.name() for y in ys], results

    assert names(scratch) == names(torch)


@same_script
def test_out(torch):
    x, y, z = torch.tensor([[2.0, 0.0], [0.0, 4.0]]), torch.empty(0), torch.empty(2, 2)
    torch.inverse(x, out=y)
    torch.cholesky_solve(x, x, out=z)
    none = [
        error(torch, lambda f=f: f(x, out=y)) for f in (torch.det, torch.logdet, torch.pinverse)
    ]
    return y, z, none


BAD = [np.ones(3), np.ones((2, 3)), np.eye(2).astype("f2"), np.eye(2, dtype=int), None]


@pytest.mark.parametrize("name", ["det", "slogdet", "logdet", "inverse", "cholesky", "svd", "qr"])
@pytest.mark.parametrize("x", BAD, ids=str)
def test_errors(name, x):
    if name in ("svd", "qr") and x is not None and x.shape == (2, 3):
        x = np.eye(2) > 0
    check_error(*calls(name), x)


@pytest.mark.parametrize("x", BAD, ids=str)
def test_errors_of_factors(x):
    check_error(*calls("cholesky_inverse"), x)
    check_error(*calls("cholesky_solve"), np.ones((2, 1), getattr(x, "dtype", float)), x)


def test_errors_of_cholesky_solve():
    f = calls("cholesky_solve")
    check_error(*f, np.ones(2), np.eye(2))
    check_error(*f, np.ones((3, 1)), np.eye(2), match="2 by 2 but each b matrix is 3 by 1")
    check_error(*f, np.ones((2, 1), "f4"), np.eye(2), match="same dtype")
    check_error(*f, np.ones((3, 2, 1)), np.ones((2, 2, 2)), match="batch")
