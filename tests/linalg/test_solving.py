"""Systems of equations."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.same_script import error, same_script

COLUMNS = scratch, torch_impl, torch


def regular(rng, shape):
    """Matrices far from singular."""
    return rng.standard_normal(shape) + 2 * shape[-1] * np.eye(shape[-1])


def rand(*shape):
    return np.random.default_rng(5).standard_normal(shape)


# An expanded matrix has equal rows.
LOOSE = {
    "scale": "condition",
    "second": True,
    "specials": False,
    "layouts": ("contiguous", "transposed", "strided"),
}
PAIRS = [
    ((3, 3), (3,)), ((3, 3), (3, 2)), ((1, 1), (1,)), ((2, 3, 3), (2, 3)), ((2, 3, 3), (3,)),
    ((2, 3, 3), (2, 3, 4)), ((3, 3), (2, 3, 4)), ((4, 2, 2), (2, 5)), ((2, 1, 3, 3), (4, 3, 1)),
    ((0, 0), (0,)), ((0, 0), (0, 2)), ((0, 3, 3), (0, 3)), ((2, 2), (2, 0)),
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_solve(pair):
    sweep(*calls("linalg.solve"), pair, domain=(regular, None), **LOOSE)


@pytest.mark.parametrize("pair", [((3, 3), (2, 3)), ((2, 3, 3), (4, 3)), ((3, 3), (2, 1, 3))])
def test_from_the_right(pair):
    sweep(*calls("linalg.solve", left=False), pair, domain=(regular, None), **LOOSE)


TRIANGLES = [
    ((3, 3), (3, 1)),
    ((2, 4, 4), (4, 2)),
    ((2, 2), (3, 2, 1)),
    ((0, 0), (0, 1)),
    ((1, 1),) * 2,
]


@pytest.mark.parametrize("pair", TRIANGLES, ids=str)
@pytest.mark.parametrize("upper", [True, False])
@pytest.mark.parametrize("unitriangular", [True, False])
def test_triangles(pair, upper, unitriangular):
    f = calls("linalg.solve_triangular", upper=upper, unitriangular=unitriangular)
    sweep(*f, pair, domain=(regular, None), **LOOSE)


@pytest.mark.parametrize("upper", [True, False])
def test_large_triangles_from_both_sides(upper):
    a = regular(np.random.default_rng(0), (150, 150)) / 20
    check(*calls("linalg.solve_triangular", upper=upper), a, rand(150, 3), scale="condition")
    right = calls("linalg.solve_triangular", upper=upper, left=False)
    check(*right, a, rand(4, 150), scale="condition")


@same_script
def test_a_zero_on_the_diagonal(torch):
    a = torch.tensor([[1.0, 2.0], [0.0, 0.0]])
    return torch.linalg.solve_triangular(a, torch.ones(2, 1), upper=True)


def test_gradcheck():
    a = scratch.tensor(regular(np.random.default_rng(1), (2, 3, 3)) / 3, requires_grad=True)
    b = scratch.tensor(rand(2, 3, 2), requires_grad=True)
    triangular = lambda a, b: scratch.linalg.solve_triangular(a, b, upper=True)  # noqa: E731
    for f in (scratch.linalg.solve, triangular, lambda *x: scratch.linalg.lstsq(*x).solution):
        assert scratch.autograd.gradcheck(f, (a, b)) and scratch.autograd.gradgradcheck(f, (a, b))


@same_script
def test_singular_systems(torch):
    a, b = torch.tensor([[1.0, 2.0], [2.0, 4.0]]), torch.ones(2)
    return torch.linalg.solve_ex(a, b), error(torch, lambda: torch.linalg.solve(a, b))


def test_the_error_of_a_singular_system():
    batch = np.stack([np.eye(2), np.ones((2, 2))])
    for c in COLUMNS:
        with pytest.raises(c.linalg.LinAlgError, match="singular"):
            c.linalg.solve(c.tensor(batch), c.ones(2, dtype=c.float64))
    with pytest.raises(scratch.linalg.LinAlgError, match=r"\(Batch element 1\).*Row 2"):
        scratch.linalg.solve(scratch.tensor(batch), scratch.ones(2, dtype=scratch.float64))


SHAPES = [((5, 3), (5, 2)), ((3, 3), (3, 1)), ((2, 3, 5), (2, 3, 1)), ((2, 4, 2), (2, 4))]


@pytest.mark.parametrize("pair", SHAPES, ids=str)
def test_least_squares(pair):
    solution = [lambda a, b, c=c: c.linalg.lstsq(a, b).solution for c in COLUMNS]
    sweep(*solution, pair, **LOOSE)


@pytest.mark.parametrize("driver", [None, "gels", "gelsy", "gelsd", "gelss"])
def test_what_else_least_squares_finds(driver):
    def parts(c):
        def of(a, b):
            solution, residuals, rank, values = c.linalg.lstsq(a, b, driver=driver)
            return solution, residuals, rank, values.detach()

        return of

    for a, b in (((5, 3), (5, 2)), ((2, 4, 2), (2, 4, 1)), ((3, 3), (3, 1)), ((2, 3), (2, 1))):
        check(*map(parts, COLUMNS), rand(*a), rand(*b), scale="condition")


def test_least_squares_of_dependent_columns():
    a = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
    check(*calls("linalg.lstsq"), a, rand(3, 1), gradients=False, scale="condition")


def test_names_in_the_graph():
    def names(c):
        a, b = c.eye(2, requires_grad=True), c.ones(2, 1)
        low = c.linalg.solve_triangular(a, b, upper=True)
        ys = c.linalg.solve(a, b), c.linalg.solve(a, b[:, 0]), low, c.linalg.lstsq(a, b).solution
        return [y.grad_fn.name() for y in ys], str(c.linalg.solve_ex(a.detach(), b))

    assert names(scratch) == names(torch)


@same_script
def test_out(torch):
    a, b, y, z = torch.eye(2), torch.ones(2, 1), torch.empty(0), torch.empty(2, 1)
    torch.linalg.solve(a, b, out=y)
    torch.linalg.solve_triangular(a, b, upper=True, out=z)
    return y, z


EYE = np.eye(2)
ERRORS = [
    ((EYE, np.ones(3)), r"2x2 and 3x1"),
    ((EYE, np.ones((3, 2))), r"AX = B \(2x2 and 3x2\)"),
    ((EYE, np.ones((5, 2))), r"2x2 and 5x2"),
    ((np.ones((2, 3)), np.ones(2)), "2 by 3"),
    ((EYE, np.ones(2, "f4")), "same dtype"),
    ((EYE.astype("f2"), np.ones(2, "f2")), "float16"),
    ((EYE.astype(int), np.ones(2, int)), "float"),
    ((np.ones((5, 2, 2)), np.ones((4, 2, 1))), r"\[5\] and \[4\]"),
    ((EYE, np.ones(())), "2 dimensions"),
    ((EYE, None), "'B' must be Tensor, not NoneType"),
    ((None, EYE), "'A' must be Tensor"),
]


@pytest.mark.parametrize("args, match", ERRORS, ids=str)
def test_errors(args, match):
    check_error(*calls("linalg.solve"), *args, match=match)


@pytest.mark.parametrize("args", [ERRORS[i][0] for i in (1, 3, 7, 9)], ids=str)
def test_errors_of_triangles(args):
    check_error(*calls("linalg.solve_triangular", upper=True), *args)
    check_error(*calls("linalg.solve_triangular", upper=True), EYE, np.ones(2))
    for dtype in ("f2", int, bool):
        check_error(
            *calls("linalg.solve_triangular", upper=True), EYE.astype(dtype), EYE.astype(dtype)
        )


def test_errors_of_least_squares():
    check_error(*calls("linalg.lstsq"), EYE, np.ones((3, 1)), match="A has 2 rows, B has 3")
    check_error(*calls("linalg.lstsq", driver="x"), EYE, EYE, match="'x'")
    check_error(*calls("linalg.lstsq"), np.ones(2), np.ones(2))
    check_error(*calls("linalg.lstsq"), np.ones((4, 3, 2)), np.ones((3, 1)))
    check_error(*calls("linalg.lstsq"), EYE.astype(int), EYE.astype(int))
