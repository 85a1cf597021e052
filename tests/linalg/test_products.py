"""Chains, powers, the exponential."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.same_script import same_script

COLUMNS = scratch, torch_impl, torch
LOOSE = {"scale": "condition", "second": True, "specials": False}


def rand(*shape):
    return np.random.default_rng(17).standard_normal(shape)


CHAINS = [
    [(2, 3), (3, 4)], [(3,), (3,)], [(3,), (3, 4)], [(2, 3), (3,)], [(5, 2), (2, 7), (7, 3)],
    [(4,), (4, 2), (2, 3), (3, 5), (5,)], [(0, 2), (2, 3), (3, 2)], [(2, 0), (0, 3)],
]  # fmt: skip


@pytest.mark.parametrize("shapes", CHAINS, ids=str)
def test_multi_dot(shapes):
    check(*calls("linalg.multi_dot"), [rand(*s) for s in shapes], scale="terms", second=True)


def test_multi_dot_of_integers():
    xs = [np.arange(6).reshape(2, 3), np.arange(6).reshape(3, 2), np.eye(2, dtype=int)]
    check(*calls("linalg.multi_dot"), xs, exact=True)


@pytest.mark.parametrize("n", [-3, -1, 0, 1, 2, 3, 4, 5, 8, 11])
def test_matrix_power(n):
    def near_identity(rng, shape):
        return np.eye(shape[-1]) + 0.2 * rng.standard_normal(shape)

    shapes = (3, 3), (2, 3, 3), (1, 1), (0, 0), (0, 2, 2)
    layouts = ("contiguous", "transposed", "strided")
    sweep(*calls("linalg.matrix_power", n), *shapes, domain=near_identity, layouts=layouts, **LOOSE)


@pytest.mark.parametrize("n", [0, 1, 2, 7])
def test_powers_of_integers(n):
    check(*calls("linalg.matrix_power", n), np.array([[1, 1], [1, 0]]), exact=True)


@pytest.mark.parametrize("size", [0.01, 1.0, 10.0])
def test_matrix_exp(size):
    def scaled(rng, shape):
        return size * rng.standard_normal(shape) / max(shape[-1], 1)

    layouts = ("contiguous", "transposed", "strided")
    shapes = (3, 3), (2, 4, 4), (1, 1), (0, 0), (0, 2, 2), (2, 0, 0)
    options = {**LOOSE, "dtypes": ("float32",)}
    sweep(*calls("linalg.matrix_exp"), *shapes, domain=scaled, layouts=layouts, **options)


def by_its_series(a):
    a = a.astype(np.longdouble) / 2**12
    term = y = np.eye(len(a), dtype=a.dtype)
    for k in range(1, 20):
        term = term @ a / k
        y = y + term
    for _ in range(12):
        y = y @ y
    return y


@pytest.mark.parametrize("size", [1e-3, 0.01, 0.1, 1.0, 3.0, 20.0])
def test_every_digit(size):
    """float64, in which torch's own is off by a hundred eps where the matrix is small."""
    a = size * rand(4, 4)
    ours = scratch.linalg.matrix_exp(scratch.tensor(a)).numpy()
    truth = by_its_series(a)
    assert np.abs(ours - truth).max() <= (8 + 4 * size) * 2.2e-16 * np.abs(truth).max()


def test_matrices_of_very_different_size():
    x = rand(3, 3, 3) * np.array([1e-3, 1.0, 10.0])[:, None, None]
    check(*calls("linalg.matrix_exp"), x.astype("f4"), scale="condition")


@same_script
def test_the_exponential_of_nan(torch):
    return torch.linalg.matrix_exp(torch.full((2, 2), float("nan")))


def test_half():
    """torch's own is off by thousands: its polynomials overflow."""
    assert scratch.linalg.matrix_exp(scratch.zeros(2, 2).half()).tolist() == [[1, 0], [0, 1]]


def test_gradcheck():
    x = scratch.tensor(rand(2, 3, 3), requires_grad=True)
    for f in (scratch.linalg.matrix_exp, lambda x: scratch.linalg.matrix_power(x, -2)):
        assert scratch.autograd.gradcheck(f, x) and scratch.autograd.gradgradcheck(f, x)


def test_names_in_the_graph():
    def names(c):
        x = c.eye(2, requires_grad=True)
        ys = [c.linalg.matrix_power(x, n) for n in (-1, 1, 2, 3, 5)]
        ys += [c.linalg.matrix_exp(x), c.linalg.multi_dot([x, x, x])]
        return [y.grad_fn.name() for y in ys]

    assert names(scratch) == names(torch)


@same_script
def test_out(torch):
    x, y, z = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.empty(0), torch.empty(2, 2)
    torch.linalg.matrix_power(x, 3, out=y)
    torch.linalg.multi_dot([x, x], out=z)
    return y, z


@pytest.mark.parametrize("pair", [((3,), (3,)), ((2, 3), (3,)), ((2, 1, 3), (4, 3)), ((0,), (0,))])
def test_vecdot(pair):
    check(*calls("linalg.vecdot"), rand(*pair[0]), rand(*pair[1]), scale="terms", second=True)


def test_other_dimensions():
    def along(c):
        return lambda x, y: (c.linalg.vecdot(x, y, dim=0), c.linalg.cross(x, y, dim=0))

    check(*map(along, COLUMNS), rand(3, 4), rand(3, 4) + 1, scale="terms", second=True)
    check(*calls("linalg.cross"), rand(2, 3), rand(1, 3) + 1, scale="terms", second=True)
    check(*calls("linalg.diagonal"), rand(2, 3, 4), exact=True, second=True)


def test_errors_of_vectors():
    check_error(*calls("linalg.vecdot"), np.ones(3), np.ones(2))
    check_error(*calls("linalg.vecdot"), np.ones(3), np.ones(3, "f4"), match="same dtype")
    check_error(*calls("linalg.vecdot"), np.ones(3, int), np.ones(3, int), match="float")
    check_error(*calls("linalg.vecdot"), None, np.ones(3), match="NoneType")
    check_error(*calls("linalg.cross"), np.ones(3), np.ones((2, 3)), match="1 and 2")
    check_error(*calls("linalg.cross"), np.ones(2), np.ones(2))


def test_matmul_is_here_too():
    assert scratch.linalg.matmul is scratch.matmul


BAD = [np.ones(3), np.ones(()), np.ones((2, 3)), None]


@pytest.mark.parametrize("x", BAD, ids=str)
def test_errors(x):
    check_error(*calls("linalg.matrix_exp"), x)
    check_error(*calls("linalg.matrix_power", 2), x)
    check_error(*calls("linalg.matrix_power", -1), x)


def test_more_errors():
    check_error(*calls("linalg.matrix_exp"), np.eye(2, dtype=int), match="float")
    check_error(*calls("linalg.matrix_power", 2.0), np.eye(2), match="int, not float")
    check_error(*calls("linalg.matrix_power", 2), np.eye(2) > 0)
    check_error(*calls("linalg.matrix_power", -1), np.eye(2, dtype=int))


@pytest.mark.parametrize(
    "chain, match",
    [
        ([], "at least 2"),
        ([np.eye(2)], "at least 2"),
        ([np.eye(2), np.eye(3)], r"\[2, 2\] and \[3, 3\]"),
        ([np.eye(2), np.ones((1, 2, 2))], "tensor 1 must be 1D or 2D"),
        ([np.eye(2), np.ones(2), np.eye(2)], "tensor 1 must be 2D but got 1D"),
        ([np.ones(()), np.eye(2)], "0D"),
        ([np.eye(2), np.eye(2, dtype="f4")], "same dtype"),
        (None, "NoneType"),
        (np.eye(2), "Tensor"),
    ],
    ids=str,
)
def test_errors_of_chains(chain, match):
    check_error(*calls("linalg.multi_dot"), chain, match=match)
