"""Cholesky, QR, LU."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch
PLAIN = ("contiguous", "transposed", "strided")  # an expanded matrix has equal rows
LOOSE = {"scale": "condition", "second": True, "specials": False}


def of_square(name, **options):
    """The function of a positive-definite matrix made from the input."""

    def column(c):
        def of(x):
            eye = c.eye(x.shape[-1], dtype=x.dtype)
            return getattr(c.linalg, name)(x @ x.mT + eye, **options)

        return of

    return [column(c) for c in COLUMNS]


def rand(*shape):
    return np.random.default_rng(11).standard_normal(shape)


SQUARE = (3, 3), (1, 1), (2, 4, 4), (2, 1, 3, 3), (0, 0), (0, 2, 2), (2, 0, 0)


@pytest.mark.parametrize("upper", [False, True])
def test_cholesky(upper):
    sweep(*of_square("cholesky", upper=upper), *SQUARE, **LOOSE)
    check(*of_square("cholesky", upper=upper), rand(90, 90), scale="condition")


def test_cholesky_looks_at_one_triangle():
    x = np.array([[4.0, 99.0], [2.0, 10.0]])
    check(*calls("linalg.cholesky"), x, gradients=False)
    check(*calls("linalg.cholesky", upper=True), np.ascontiguousarray(x.T), gradients=False)


@same_script
def test_not_positive_definite(torch):
    bad = torch.tensor([[1.0, 2.0], [2.0, 1.0]])
    three = torch.tensor([[4.0, 2.0, 0.0], [2.0, 5.0, 7.0], [0.0, 7.0, 1.0]])
    nan = torch.full((2, 2), float("nan"))
    both = torch.stack([torch.eye(2), bad])
    infos = [torch.linalg.cholesky_ex(x).info for x in (bad, three, nan, both, -bad)]
    factors = torch.linalg.cholesky_ex(bad).L, torch.linalg.cholesky_ex(three, upper=True).L
    return (
        *infos,
        *factors,
        [error(torch, lambda x=x: torch.linalg.cholesky(x)) for x in (bad, nan)],
    )


def test_the_error_of_what_is_not_positive_definite():
    x = scratch.tensor([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 2.0], [2.0, 1.0]]])
    for f in (scratch.linalg.cholesky, lambda x: scratch.linalg.cholesky_ex(x, check_errors=True)):
        with pytest.raises(scratch.linalg.LinAlgError, match=r"\(Batch element 1\).*order 2"):
            f(x)


# LAPACK may choose another sign for a column of Q; here NumPy's and torch's choose alike.
@pytest.mark.parametrize("shape", [(4, 3), (3, 3), (3, 5), (2, 4, 2), (2, 2, 4), (0, 3), (3, 0)])
def test_qr(shape):
    def regular(rng, shape):
        return rng.standard_normal(shape) + 5 * np.eye(*shape[-2:])

    sweep(*calls("linalg.qr"), shape, domain=regular, layouts=PLAIN, **LOOSE)
    check(*calls("linalg.qr", mode="complete"), rand(*shape), gradients=False, scale="condition")
    check(*calls("linalg.qr", mode="r"), rand(*shape), gradients=False, scale="condition")


def test_what_does_not_depend_on_signs():
    def projection(c):
        return lambda x: c.linalg.qr(x).Q @ c.linalg.qr(x).Q.mT

    check(*map(projection, COLUMNS), rand(2, 5, 3), scale="condition", second=True)
    check(*calls("linalg.qr", mode="complete"), rand(3, 4), scale="condition")


@same_script
def test_what_has_no_gradient(torch):
    x = torch.ones(3, 2, requires_grad=True)
    r = [torch.linalg.qr(x, mode).R.sum() for mode in ("r", "complete")]
    return [error(torch, y.backward) for y in r], error(torch, lambda: torch.linalg.qr(x, "x"))


RECTANGLES = (3, 3), (5, 3), (2, 5), (2, 4, 4), (2, 2, 3), (1, 1), (0, 3), (3, 0), (0, 2, 2)


@pytest.mark.parametrize("shape", RECTANGLES)
def test_lu(shape):
    options = {**LOOSE, "layouts": PLAIN}
    sweep(*calls("linalg.lu"), shape, **options)
    if shape[-1]:
        sweep(*calls("linalg.lu_factor"), shape, **options)


def test_large_lu():
    check(*calls("linalg.lu_factor"), rand(100, 100), scale="condition")
    check(*calls("linalg.lu"), rand(40, 70), scale="condition")
    check(*calls("linalg.lu"), rand(3, 70, 40), scale="condition")


@same_script
def test_singular(torch):
    x = torch.tensor([[1.0, 2.0], [2.0, 4.0]])
    return (
        torch.linalg.lu(x),
        torch.linalg.lu_factor_ex(x),
        error(torch, lambda: torch.linalg.lu_factor(x)),
        error(torch, lambda: torch.linalg.lu_factor_ex(x, check_errors=True)),
        error(torch, lambda: torch.linalg.lu(x, pivot=False)),
    )


def test_gradcheck():
    x = scratch.tensor(rand(2, 3, 3), requires_grad=True)
    linalg = scratch.linalg

    def cholesky(x):
        return linalg.cholesky(x @ x.mT + scratch.eye(3, dtype=x.dtype))

    for f in (cholesky, linalg.qr, lambda x: linalg.lu(x)[1:], lambda x: linalg.lu_factor(x)[0]):
        assert scratch.autograd.gradcheck(f, x) and scratch.autograd.gradgradcheck(f, x)


def test_names_in_the_graph():
    def names(c):
        x = c.eye(2, requires_grad=True)
        ys = [c.linalg.cholesky(x), c.linalg.qr(x).Q, c.linalg.qr(x).R, c.linalg.lu(x).L]
        ys += [c.linalg.lu_factor(x).LU, c.linalg.cholesky_ex(x).L]
        x = x.detach()
        results = c.linalg.qr(x), c.linalg.cholesky_ex(x), c.linalg.lu(x), c.linalg.lu_factor(x)
        return [y.grad_fn.name() for y in ys], *map(str, results)

    assert names(scratch) == names(torch)


@same_script
def test_out(torch):
    x = torch.tensor([[4.0, 2.0], [2.0, 5.0]])
    low, q, r = torch.empty(2, 2), torch.empty(0), torch.empty(0)
    torch.linalg.cholesky(x, out=low)
    torch.linalg.qr(x, out=(q, r))
    return low, (q @ r - x).abs().max() < 1e-5


BAD = [np.ones(3), np.ones(()), np.eye(2).astype("f2"), np.eye(2, dtype=int), np.eye(2) > 0, None]


@pytest.mark.parametrize("name", ["cholesky", "cholesky_ex", "qr", "lu", "lu_factor"])
@pytest.mark.parametrize("x", BAD, ids=str)
def test_errors(name, x):
    check_error(*calls(f"linalg.{name}"), x)


def test_only_square_matrices():
    check_error(*calls("linalg.cholesky"), np.ones((2, 3)), match=r"2 by 3 matrices.*\[2, 3\]")
