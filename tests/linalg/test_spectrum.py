"""Singular values and eigenvalues.

The sign of a singular vector or an eigenvector is LAPACK's choice, and NumPy's LAPACK is not
torch's: so what is compared here does not depend on it.
"""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch
LOOSE = {
    "scale": "condition",
    "second": True,
    "specials": False,
    "layouts": ("contiguous", "transposed", "strided"),
}
SHAPES = (3, 3), (4, 2), (2, 4), (2, 3, 3), (2, 4, 3), (1, 1)
EMPTY = (0, 3), (3, 0), (0, 0), (0, 2, 3), (2, 0, 3)


def rand(*shape):
    return np.random.default_rng(13).standard_normal(shape)


def without_signs(c, full=False):
    def of(x):
        u, s, v = c.linalg.svd(x, full_matrices=full)
        k = s.shape[-1]
        return u[..., :k].square(), s, v[..., :k, :].abs(), u[..., :k] @ v[..., :k, :]

    return of


@pytest.mark.parametrize("full", [False, True])
def test_svd(full):
    sweep(*(without_signs(c, full) for c in COLUMNS), *SHAPES, **LOOSE)


@pytest.mark.parametrize("shape", EMPTY)
def test_svd_of_nothing(shape):
    for full in (True, False):
        check(*calls("linalg.svd", full), np.ones(shape), gradients=False)
    check(*calls("linalg.svdvals"), np.ones(shape))


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (2, 3, 3)])
@pytest.mark.parametrize("full", [False, True])
def test_the_product_is_the_matrix(shape, full):
    x = scratch.tensor(rand(*shape))
    u, s, v = scratch.linalg.svd(x, full)
    k = s.shape[-1]
    assert u.shape[-1] == (shape[-2] if full else k) and v.shape[-2] == (shape[-1] if full else k)
    again = (u[..., :k] * s.unsqueeze(-2)) @ v[..., :k, :]
    np.testing.assert_allclose(again.numpy(), x.numpy(), atol=1e-12)


def test_singular_values():
    sweep(*calls("linalg.svdvals"), *SHAPES, **LOOSE)
    check(*calls("linalg.svdvals"), np.eye(3), scale=1.0)  # equal ones have a gradient all the same
    check(*calls("linalg.svdvals"), rand(30, 10), scale="condition")


def symmetric(c, name, **options):
    def of(x):
        result = getattr(c.linalg, name)(x + x.mT, **options)
        return result if name == "eigvalsh" else (result[0], result[1].abs())

    return of


@pytest.mark.parametrize("triangle", ["L", "U", "l"])
def test_eigh(triangle):
    for name in ("eigh", "eigvalsh"):
        functions = [symmetric(c, name, UPLO=triangle) for c in COLUMNS]
        sweep(*functions, (3, 3), (2, 4, 4), (1, 1), (0, 0), (0, 2, 2), **LOOSE)


@pytest.mark.parametrize("triangle", ["L", "U"])
def test_which_triangle(triangle):
    check(*calls("linalg.eigvalsh", UPLO=triangle), rand(3, 3), scale="condition")


def test_eigenvectors():
    x = scratch.tensor(rand(2, 4, 4))
    x = x + x.mT
    w, v = scratch.linalg.eigh(x)
    np.testing.assert_allclose((x @ v).numpy(), (v * w.unsqueeze(-2)).numpy(), atol=1e-12)


def test_gradcheck():
    x = scratch.tensor(rand(2, 3, 3), requires_grad=True)
    for f in (without_signs(scratch), symmetric(scratch, "eigh"), scratch.linalg.svdvals):
        assert scratch.autograd.gradcheck(f, x) and scratch.autograd.gradgradcheck(f, x)


@same_script
def test_equal_ones_have_no_vectors_of_their_own(torch):
    x = torch.eye(2, requires_grad=True)
    values = torch.linalg.eigvalsh(x)
    values.backward(torch.tensor([1.0, 1.0]))
    (dx,) = torch.autograd.grad(torch.linalg.eigh(x)[1][0, 0], x)
    return x.grad, dx.isfinite().all()


@same_script
def test_nan(torch):
    x = torch.full((2, 2), float("nan"))
    return [error(torch, lambda f=f: f(x)) for f in (torch.linalg.svd, torch.linalg.svdvals)]


def test_the_error_of_nan():
    with pytest.raises(scratch.linalg.LinAlgError, match="non-finite"):
        scratch.linalg.svd(scratch.full((2, 2), float("nan")))


@pytest.mark.parametrize("name", ["eig", "eigvals"])
def test_complex_eigenvalues(name):
    with pytest.raises(
        RuntimeError, match="complex numbers are not supported by scratch.*torch.linalg.eig"
    ):
        getattr(scratch.linalg, name)(scratch.eye(2))
    check_error(*calls(f"linalg.{name}"), np.ones((2, 3)))


def test_names_in_the_graph():
    def names(c):
        x = c.eye(2, requires_grad=True)
        ys = [*c.linalg.svd(x), c.linalg.svdvals(x), *c.linalg.eigh(x), c.linalg.eigvalsh(x)]
        x = c.tensor([[2.0, 0.0], [0.0, 1.0]])
        return [y.grad_fn.name() for y in ys], str(c.linalg.svd(x)), type(c.linalg.eigh(x)).__name__

    assert names(scratch) == names(torch)


@same_script
def test_out(torch):
    s, w = torch.empty(0), torch.empty(2)
    x = torch.tensor([[2.0, 1.0], [1.0, 2.0]])
    torch.linalg.svdvals(x, out=s)
    torch.linalg.eigvalsh(x, out=w)
    return s, w


BAD = [np.ones(3), np.ones(()), np.eye(2).astype("f2"), np.eye(2, dtype=int), np.eye(2) > 0, None]


@pytest.mark.parametrize("name", ["svd", "svdvals", "eigh", "eigvalsh"])
@pytest.mark.parametrize("x", BAD, ids=str)
def test_errors(name, x):
    check_error(*calls(f"linalg.{name}"), x)


def test_errors_of_options():
    check_error(*calls("linalg.svd", driver="gesvd"), np.eye(2))
    check_error(*calls("linalg.eigh", UPLO="X"), np.eye(2), match="X")
    check_error(*calls("linalg.eigh"), np.ones((2, 3)), match="2 by 3")
