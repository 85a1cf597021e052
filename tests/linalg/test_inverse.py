"""Determinants and inverses."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.same_script import same_script

COLUMNS = scratch, torch_impl, torch
# An expanded matrix has equal rows.
LOOSE = {
    "scale": "condition",
    "second": True,
    "specials": False,
    "layouts": ("contiguous", "transposed", "strided"),
}
SHAPES = (3, 3), (1, 1), (2, 4, 4), (2, 1, 3, 3), (0, 0), (0, 3, 3), (2, 0, 0)


def regular(rng, shape):
    """Matrices far from singular."""
    return rng.standard_normal(shape) + 2 * shape[-1] * np.eye(shape[-1])


def rand(*shape):
    return np.random.default_rng(3).standard_normal(shape)


@pytest.mark.parametrize("name", ["det", "inv"])
def test_regular_matrices(name):
    sweep(*calls(f"linalg.{name}"), *SHAPES, domain=regular, **LOOSE)


def test_the_logarithm_of_the_determinant():
    sign_and_log = calls("linalg.slogdet")
    sweep(*sign_and_log, *SHAPES, domain=regular, **LOOSE)
    for c in COLUMNS:
        assert c.linalg.slogdet(-c.eye(3)).sign.item() == -1


@pytest.mark.parametrize("shape", [(4, 3), (3, 4), (2, 3, 3), (2, 2, 5), (3, 0), (0, 3), (0, 2, 3)])
def test_pseudoinverse(shape):
    sweep(*calls("linalg.pinv"), shape, **LOOSE)


def test_pseudoinverse_with_a_tolerance():
    x = rand(4, 3) @ np.diag([1, 0.1, 1e-3])
    for options in ({"rtol": 1e-2}, {"atol": 1e-2}, {"rcond": 0.5}, {"atol": 1e-9, "rtol": 1e-2}):
        check(*calls("linalg.pinv", **options), x, scale="condition")
    s = rand(3, 3)
    check(*calls("linalg.pinv", hermitian=True), s + s.T, gradients=False, scale="condition")


def test_large_matrices():
    x = regular(np.random.default_rng(0), (120, 120))
    check(*calls("linalg.inv"), x, scale="condition")
    check(*calls("linalg.slogdet"), x, scale="condition")


@pytest.mark.parametrize("seed", range(5))
def test_gradcheck(seed):
    rng = np.random.default_rng(seed)
    x = scratch.tensor(regular(rng, (2, 3, 3)) / 3, requires_grad=True)
    for f in (scratch.linalg.det, scratch.linalg.inv, scratch.linalg.pinv):
        assert scratch.autograd.gradcheck(f, x) and scratch.autograd.gradgradcheck(f, x)


SINGULAR = [
    [[1.0, 2.0], [2.0, 4.0]],
    [[0.0, 0.0], [0.0, 0.0]],
    [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 1.0]],
    [[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [3.0, 6.0, 9.0]],
]


@pytest.mark.parametrize("rows", SINGULAR)
def test_the_cofactors_of_a_singular_matrix(rows):
    """torch has these with create_graph=True; without, its gradient is zeros, and not the slope."""
    gradients = []
    for c in COLUMNS:
        x = c.tensor(rows, dtype=c.float64, requires_grad=True)
        y = c.linalg.det(x)
        assert y.item() == 0
        gradients.append(c.autograd.grad(y, x, create_graph=True)[0].detach().numpy())
    x = scratch.tensor(rows, dtype=scratch.float64, requires_grad=True)
    scratch.det(x).backward()
    assert scratch.autograd.gradcheck(scratch.det, x)
    for other in (*gradients, x.grad.numpy()):
        np.testing.assert_allclose(gradients[0], other, atol=1e-12)


def test_one_singular_matrix_among_others():
    x = np.stack([np.array(SINGULAR[0]), np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]])])
    ours, theirs = (c.tensor(x, requires_grad=True) for c in (scratch, torch))
    scratch.det(ours).sum().backward()
    dx = torch.autograd.grad(torch.det(theirs).sum(), theirs, create_graph=True)[0]
    np.testing.assert_allclose(ours.grad.numpy(), dx.detach().numpy(), atol=1e-12)


@same_script
def test_what_a_singular_matrix_gives(torch):
    x = torch.tensor([[1.0, 2.0], [2.0, 4.0]], requires_grad=True)
    inverse, info = torch.linalg.inv_ex(x)
    sign, log = torch.linalg.slogdet(x)
    log.backward()
    return inverse, info, abs(sign), log, x.grad


@pytest.mark.parametrize("name", ["inv", "inv_ex"])
def test_no_inverse(name):
    options = {"check_errors": True} if name == "inv_ex" else {}
    batch = torch.stack([torch.eye(2), torch.ones(2, 2)]).numpy()
    for c in COLUMNS:
        with pytest.raises(c.linalg.LinAlgError, match=r"Batch element 1.*singular"):
            getattr(c.linalg, name)(c.tensor(batch), **options)
    with pytest.raises(scratch.linalg.LinAlgError, match=r"inv.*: the matrix is singular. Row 2"):
        getattr(scratch.linalg, name)(scratch.ones(2, 2), **options)
    assert issubclass(scratch.linalg.LinAlgError, RuntimeError)


@same_script
def test_nan(torch):
    x = torch.full((2, 2), float("nan"))
    return torch.linalg.det(x), torch.linalg.inv(x), torch.linalg.slogdet(x)[1]


@same_script
def test_out_and_names(torch):
    x = torch.tensor([[2.0, 1.0], [1.0, 3.0]], requires_grad=True)
    a, b = torch.empty(0), torch.empty(())
    with torch.no_grad():
        torch.linalg.inv(x, out=a), torch.linalg.det(x, out=b)
        results = torch.linalg.slogdet(x, out=(torch.empty(()), torch.empty(())))
    return a, b, results.sign, results.logabsdet, torch.linalg.inv_ex(x).inverse


def test_names_in_the_graph():
    def names(c):
        x = c.eye(2, requires_grad=True)
        ys = c.linalg.det(x), c.linalg.slogdet(x)[1], c.linalg.inv(x), c.linalg.pinv(x)
        return [y.grad_fn.name() for y in ys], str(c.linalg.slogdet(x.detach()))

    assert names(scratch) == names(torch)


@pytest.mark.parametrize("name", ["det", "slogdet", "inv", "pinv"])
@pytest.mark.parametrize(
    "x",
    [np.ones(3), np.ones(()), np.eye(2).astype("f2"), np.eye(2, dtype=int), np.eye(2) > 0, None],
    ids=str,
)
def test_errors(name, x):
    check_error(*calls(f"linalg.{name}"), x)


@pytest.mark.parametrize("name", ["det", "slogdet", "inv"])
def test_only_square_matrices(name):
    check_error(*calls(f"linalg.{name}"), np.ones((2, 3)), match=r"2 by 3 matrices.*\[2, 3\]")
