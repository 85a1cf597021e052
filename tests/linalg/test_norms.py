"""Norms, condition numbers, ranks."""

import math

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import calls
from tests.same_script import error, same_script

INF = math.inf
LOOSE = {
    "scale": "condition",
    "second": True,
    "specials": False,
    "layouts": ("contiguous", "transposed", "strided"),
}


def rand(*shape):
    return np.random.default_rng(19).standard_normal(shape)


@pytest.mark.parametrize("p", [2, 1, 3, 0.5, 0, INF, -INF, -1])
def test_vector_norm(p):
    sweep(*calls("linalg.vector_norm", p), (7,), (3, 4), (1,), specials=False, scale="condition")
    check(*calls("linalg.vector_norm", p), rand(3, 4), scale="condition", second=p in (1, 2, 3))
    for dim in (0, -1, (0, 2), (1,), ()):
        check(*calls("linalg.vector_norm", p, dim=dim), rand(2, 3, 4), scale="condition")
        check(
            *calls("linalg.vector_norm", p, dim=dim, keepdim=True), rand(2, 3, 4), scale="condition"
        )


@pytest.mark.parametrize("p", [2, 1, 0.5, 0, INF, -INF])
def test_vector_norm_of_little(p):
    check(*calls("linalg.vector_norm", p), np.full((), -2.5))
    if abs(p) != INF:
        check(*calls("linalg.vector_norm", p), np.ones(0))
    check(*calls("linalg.vector_norm", p, dim=1), np.ones((0, 3)))


def test_specials():
    sweep(*calls("linalg.vector_norm"), (5,), (2, 3))
    sweep(*calls("linalg.vector_norm", INF), (5,), specials=("nan", "inf", "ties", "zeros"))


ORDERS = ["fro", "nuc", 2, -2, 1, -1, INF, -INF]


@pytest.mark.parametrize("order", ORDERS)
def test_matrix_norm(order):
    options = {**LOOSE, "scale": 1.0} if order == "nuc" else LOOSE
    sweep(*calls("linalg.matrix_norm", order), (3, 3), (4, 2), (2, 3, 4), (1, 1), **options)
    for dim in ((0, 1), (1, 0), (-1, 0), (2, 1)):
        for keepdim in (False, True):
            f = calls("linalg.matrix_norm", order, dim=dim, keepdim=keepdim)
            check(*f, rand(2, 3, 4), scale="condition")


@pytest.mark.parametrize("order", ["fro", "nuc", 2, 1, INF])
@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0), (0, 2, 3), (2, 0, 3)])
def test_matrix_norm_of_nothing(order, shape):
    check(*calls("linalg.matrix_norm", order), np.ones(shape), gradients=False)
    check(*calls("linalg.matrix_norm", order, keepdim=True), np.ones(shape), gradients=False)


@pytest.mark.parametrize("order", [None, *ORDERS])
def test_norm_of_matrices(order):
    sweep(*calls("linalg.norm", order), (3, 4), **LOOSE)
    check(*calls("linalg.norm", order, keepdim=True), rand(3, 4), scale="condition")
    check(*calls("linalg.norm", order, dim=(0, 2)), rand(2, 3, 4), scale="condition")


@pytest.mark.parametrize("order", [None, 2, 1, 3, 0, INF, -INF, True])
def test_norm_of_vectors(order):
    check(*calls("linalg.norm", order), rand(5), scale="condition")
    check(*calls("linalg.norm", order, dim=1), rand(3, 4), scale="condition")
    check(*calls("linalg.norm", order, dim=(-2,), keepdim=True), rand(3, 4), scale="condition")


def test_norm_of_anything():
    for shape in ((), (2, 3, 4), (0,), (0, 3)):
        check(*calls("linalg.norm"), rand(*shape), scale="condition")


@pytest.mark.parametrize("name", ["norm", "vector_norm", "matrix_norm"])
def test_half(name):
    check(*calls(f"linalg.{name}"), rand(3, 4).astype("f2"), gradients=False)


@same_script
def test_a_wider_dtype(torch):
    y = torch.tensor([[3.0, 4.0]], requires_grad=True)
    norms = [
        torch.linalg.norm(y, dtype=torch.float64),
        torch.linalg.vector_norm(y, 1, dtype=torch.float64),
        torch.linalg.matrix_norm(y, 1, dtype=torch.float64),
    ]
    sum(norms).backward()
    narrow = error(torch, lambda: torch.linalg.norm(y.double(), dtype=torch.float32))
    integer = error(torch, lambda: torch.linalg.norm(y, dtype=torch.int64))
    return [str(n.dtype) for n in norms], y.grad, narrow, integer


def regular(rng, shape):
    return rng.standard_normal(shape) + 2 * np.eye(*shape[-2:])


@pytest.mark.parametrize("p", [None, 2, -2, "nuc", "fro", 1, -1, INF, -INF])
def test_cond(p):
    # Of cond(x, 1) and its like, torch has no gradient: it changes in place what backward needs.
    broken = p not in (None, 2, -2, "nuc")
    options = {**LOOSE, "second": False, "gradients": False} if broken else LOOSE
    sweep(*calls("linalg.cond", p), (3, 3), (2, 3, 3), domain=regular, **options)
    check(*calls("linalg.cond", p), np.full((1, 1), 3.0), gradients=False)
    check(*calls("linalg.cond", p), np.ones((0, 0)), gradients=False)
    if p in (None, 2, -2):
        check(
            *calls("linalg.cond", p),
            regular(np.random.default_rng(0), (2, 4, 3)),
            scale="condition",
        )


@same_script
def test_cond_of_singular_matrices(torch):
    x = torch.tensor([[1.0, 2.0], [2.0, 4.0]])
    return torch.linalg.cond(x, 1), torch.linalg.cond(x, "fro"), torch.linalg.cond(0 * x)


@same_script
def test_rank(torch):
    x = torch.tensor([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 1.0]])
    batch, rank = torch.stack([x, torch.eye(3), 0 * x]), torch.linalg.matrix_rank
    s = x + x.mT
    several = [rank(x), rank(batch), rank(x[:2]), rank(s, hermitian=True), rank(torch.ones(0, 3))]
    tolerances = [rank(x, 0.5), rank(x, tol=1e3), rank(x, atol=2.0), rank(batch, rtol=0.5)]
    each = rank(batch, atol=torch.tensor([0.5, 2.0, 0.5]))
    return several, tolerances, each, rank(x.requires_grad_()), rank(batch[:0])


def test_gradcheck():
    x = scratch.tensor(regular(np.random.default_rng(2), (3, 3)), requires_grad=True)
    linalg = scratch.linalg
    fs = [lambda x, p=p: linalg.matrix_norm(x, p) for p in ("fro", "nuc", 2, -2)]
    fs += [lambda x, p=p: linalg.cond(x, p) for p in (None, "nuc", "fro")]
    for f in [*fs, lambda x: linalg.vector_norm(x, 3)]:
        assert scratch.autograd.gradcheck(f, x) and scratch.autograd.gradgradcheck(f, x)


def test_names_in_the_graph():
    def names(c):
        x = c.tensor([[2.0, 1.0], [0.0, 3.0]], requires_grad=True)
        norm, cond = c.linalg.norm, c.linalg.cond
        ys = [norm(x, p) for p in (None, *ORDERS)] + [norm(x, p, dim=0) for p in (1, 2, INF)]
        ys += [norm(x, p, keepdim=True) for p in ("nuc", 2, 1)]
        ys += [cond(x, p) for p in (None, "nuc", "fro", 1)]
        return [y.grad_fn.name() for y in ys]

    assert names(scratch) == names(torch)


@same_script
def test_out(torch):
    x = torch.tensor([[3.0, 0.0], [0.0, 4.0]])
    outs = [torch.empty(()) for _ in range(4)]
    torch.linalg.norm(x, out=outs[0])
    torch.linalg.vector_norm(x, 1, out=outs[1])
    torch.linalg.matrix_norm(x, 2, out=outs[2])
    torch.linalg.cond(x, out=outs[3])
    return outs


ERRORS = [
    ("norm", np.eye(2), ("x",), {}, "Order x"),
    ("norm", np.ones(3), ("fro",), {}, "2 dimensions"),
    ("norm", np.ones((2, 2, 2)), (2,), {}, "1D or 2D"),
    ("norm", np.ones(()), (2,), {}, "0D"),
    ("norm", np.eye(2), (3,), {}, "Order 3"),
    ("norm", np.ones((2, 2, 2)), (2,), {"dim": (0, 1, 2)}, r"\[0, 1, 2\]"),
    ("norm", np.ones((2, 2)), (), {"dim": ()}, r"\[\]"),
    ("norm", np.eye(2), (2,), {"dim": (0, -2)}, "must be different"),
    ("norm", np.eye(2), (2,), {"dim": 5}, "out of range"),
    ("norm", np.eye(2), ("nuc",), {"dim": 0}, "2-tuple"),
    ("norm", np.eye(2, dtype=int), (), {}, "float"),
    ("norm", None, (), {}, "NoneType"),
    ("vector_norm", np.ones(0), (INF,), {}, "empty"),
    ("vector_norm", np.ones((0, 3)), (-1,), {"dim": 0}, "empty"),
    ("vector_norm", np.eye(2), ("fro",), {}, "'ord' must be Number, not str"),
    ("vector_norm", np.eye(2), (None,), {}, "NoneType"),
    ("vector_norm", np.eye(2, dtype=int), (), {}, "float"),
    ("matrix_norm", np.eye(2), (0,), {}, "Order 0"),
    ("matrix_norm", np.eye(2), (None,), {}, "None"),
    ("matrix_norm", np.eye(2), (), {"dim": 0}, "tuple"),
    ("matrix_norm", np.eye(2), (), {"dim": (0,)}, "2-tuple"),
    ("matrix_norm", np.ones((0, 3)), (-2,), {}, ""),
    ("matrix_norm", np.eye(2).astype("f2"), (2,), {}, "float16"),
    ("matrix_norm", np.ones(3), (), {}, r"\[3\]"),
    ("cond", np.eye(2), ("x",), {}, "invalid norm type: x"),
    ("cond", np.eye(2), (3,), {}, "invalid norm type: 3"),
    ("cond", np.ones((2, 3)), (1,), {}, "2 by 3"),
    ("cond", np.ones((0, 3)), ("fro",), {}, "0 by 3"),
    ("cond", np.ones(3), (), {}, r"\[3\]"),
    ("cond", None, (), {}, "NoneType"),
    ("matrix_rank", np.ones(3), (), {}, r"\[3\]"),
    ("matrix_rank", np.eye(2, dtype=int), (), {}, "float"),
    ("matrix_rank", np.eye(2).astype("f2"), (), {}, "float16"),
    ("matrix_rank", None, (), {}, "NoneType"),
]


@pytest.mark.parametrize("name, x, args, options, match", ERRORS)
def test_errors(name, x, args, options, match):
    check_error(*calls(f"linalg.{name}", *args, **options), x, match=match)
