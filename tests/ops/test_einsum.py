"""Sums of products by their indices."""

import random

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check
from tests.columns import rand
from tests.same_script import error, same_script

EQUATIONS = [
    ("ij,jk->ik", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)), ("iJ,JK", (2, 3), (3, 4)),
    ("ij,jk->ki", (2, 3), (3, 4)), ("ii", (3, 3)), ("ii->i", (3, 3)), ("ij->ji", (2, 3)),
    ("ba", (2, 3)), ("ij->", (2, 3)), ("ij->i", (2, 3)), ("i,i", (3,), (3,)),
    ("i,j->ij", (3,), (2,)),
    ("...ij->...ji", (2, 3, 4)), ("...i->...", (2, 3, 4)), ("...ij,...jk", (5, 2, 3), (3, 4)),
    ("b...", (2, 3)), ("ij,jk,k->i", (2, 3), (3, 4), (4,)), ("bij,bjk->bik", (5, 2, 3), (5, 3, 4)),
    ("bn,anm,bm->ba", (2, 5), (4, 5, 3), (2, 3)), ("ijk,ilk->jl", (2, 3, 4), (2, 5, 4)),
    ("ij,ij->", (2, 3), (2, 3)), ("ij -> i j", (2, 3)), ("ij,jk->...", (2, 3), (3, 4)),
    ("...ij->ij", (4, 2, 3)), ("i...j->j...i", (2, 4, 3)), ("", ()), (",", (), ()),
    ("i,->i", (3,), ()),
    ("ij,j->ij", (2, 3), (3,)), ("ij,ij,ij->ij", (2, 3), (2, 3), (2, 3)), ("aab->b", (2, 2, 3)),
    ("aaa->a", (3, 3, 3)), ("ij,jk->ik", (2, 1), (3, 4)), ("ij,ij->ij", (2, 1), (2, 3)),
    ("...j,...j->...", (2, 1, 3), (4, 3)), ("ij,kl->ijkl", (2, 3), (3, 2)),
    ("ij,jk", (0, 3), (3, 4)),
    ("ij,jk", (2, 0), (0, 4)), ("ij...,jk...->ik...", (2, 3, 4), (3, 5, 4)),
    ("ij...,jk->ik...", (2, 3, 4), (3, 5)), ("...a,...a->a", (2, 3), (2, 3)), ("bhqd,bhkd->bhqk",
    (2, 3, 4, 5), (2, 3, 6, 5)), ("iij,jkk->ik", (2, 2, 3), (3, 4, 4)), ("...,...", (2, 3), (3,)),
]  # fmt: skip


@pytest.mark.parametrize("equation, shapes", [(e, s) for e, *s in EQUATIONS], ids=str)
def test_equations(equation, shapes):
    columns = [lambda *xs, m=m: m.einsum(equation, *xs) for m in (scratch, torch_impl, torch)]
    arrays = [rand(*shape) for shape in shapes]
    check(*columns, *arrays, scale="terms", second=True)
    check(*columns, *(x.astype("f") for x in arrays), scale="terms")
    check(*columns, *(np.asarray(np.round(x * 9)).astype("int64") for x in arrays), exact=True)


def test_random_equations():
    for seed in range(150):
        r = random.Random(seed)
        sizes = {letter: r.choice([1, 2, 3]) for letter in "abcd"}
        parts = ["".join(r.choices("abcd", k=r.randrange(4))) for _ in range(r.randrange(1, 4))]
        letters = sorted(set("".join(parts)))
        result = "".join(r.sample(letters, r.randrange(len(letters) + 1)))
        equation = ",".join(parts) + r.choice(["", f"->{result}"])
        arrays = [rand(*(sizes[letter] for letter in part)) for part in parts]
        columns = [lambda *xs, m=m: m.einsum(equation, *xs) for m in (scratch, torch_impl, torch)]  # noqa: B023
        check(*columns, *arrays, scale="terms", name=equation)


@same_script(rtol=1e-6)
def test_lists_of_numbers(torch):
    a, b = torch.arange(6.0).reshape(2, 3), torch.arange(12.0).reshape(3, 4)
    c = torch.arange(24.0).reshape(2, 3, 4)
    return [
        torch.einsum(a, [0, 1], b, [1, 2], [0, 2]), torch.einsum(a, [0, 1], b, [1, 2]),
        torch.einsum(c, [..., 0, 1], [..., 1, 0]), torch.einsum(a, [0, 1], []),
        torch.einsum(c, [51, 26, 0]), torch.einsum(a, (0, 1), (1, 0)),
        torch.einsum("ij,jk", [a, b]),
    ]  # fmt: skip


@same_script
def test_what_is_refused(torch):
    a, b, v = torch.ones(2, 3), torch.ones(3, 4), torch.ones(3)
    arguments = [
        ("i->ii", v), ("ij,jk->il", a, b), ("ij,jk->iik", a, b), ("ij", v), ("i", a), ("ij,jk", a),
        ("ij", a, a), ("i.j->ij", a), ("....->", a), ("i1->i", a), ("ij,ik->jk", a, b), ("ii", a),
        ("ij->ij->", a), ("ij-ji", a), ("ij->k", a), ("ij->..", a), ("i..j", a), ("i,i", v, b[0]),
        ("ij,jk", a, 3), ("ij,jk", a, b, v), ("ij",), (), (a,), (3, a), ("ij", None), (a, [52, 1]),
        (a, [0, -1]), (a, [0.5, 1]), ("ij,jk", a, b.long()), ("ij,jk", a.bool(), b.bool()),
    ]  # fmt: skip
    return [error(torch, lambda x=x: torch.einsum(*x)) for x in arguments]


@same_script
def test_sums_over_one_element(torch):
    """They are no sums: the dtype stays, and nothing is refused that would be multiplied."""
    equations = ["...i,...i->...", "ij,kj->ik", "ij,ij->i", "ij,kj->ki"]
    kinds = [torch.uint8, torch.bool, torch.float32]
    column, empty = torch.tensor([[1], [2]]), torch.zeros(0, 3, dtype=torch.bool)
    results = [torch.einsum(e, x, x) for e in equations for x in map(column.to, kinds)]
    x = torch.ones(2, 1, requires_grad=True)
    names = [torch.einsum(equation, x, x).grad_fn.name() for equation in equations]
    return results, names, torch.einsum("ij,kj->ik", empty, empty)
