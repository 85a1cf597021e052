"""Products of matrices, vectors and batches."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, sweep
from tests.columns import calls, rand
from tests.same_script import error, same_script

# Sums of huge numbers, and of infinities of both signs, depend on their order.
SPECIALS = ("nan", "inf", "zeros", "ties", "denormal", "tiny")

PAIRS = [
    ((3, 4), (4, 5)), ((1, 1), (1, 1)), ((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 5)),
    ((2, 3, 4), (4, 5)), ((2, 3, 4), (4,)), ((4,), (2, 4, 5)), ((3, 4), (2, 4, 5)),
    ((2, 3, 4), (2, 4, 5)), ((2, 3, 4), (1, 4, 5)), ((5, 1, 3, 4), (2, 4, 5)), ((4,), (3, 2, 4, 5)),
    ((2, 2, 3, 4), (4, 5)), ((2, 2, 3, 4), (4,)), ((1, 2, 3), (4, 3, 2)),
]  # fmt: skip
EMPTY = [
    ((0, 4), (4, 5)), ((3, 0), (0, 5)), ((3, 4), (4, 0)), ((0,), (0,)), ((3, 0), (0,)),
    ((0,), (0, 5)), ((2, 3, 0), (0, 5)), ((0, 3, 4), (4, 5)), ((0, 3, 4), (0, 4, 5)),
    ((2, 0, 4), (4,)),
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_matmul(pair):
    sweep(*calls("matmul"), pair, scale="terms", specials=SPECIALS)
    check(*calls("matmul"), rand(*pair[0]), rand(*pair[1]), scale="terms", second=True)


@pytest.mark.parametrize("pair", EMPTY, ids=str)
def test_matmul_of_nothing(pair):
    sweep(*calls("matmul"), pair, exact=True)


def test_larger_matrices():
    sweep(
        *calls("matmul"),
        ((65, 300), (300, 33)),
        ((7, 20, 64), (64, 10)),
        scale="terms",
        specials=False,
    )


@pytest.mark.parametrize(
    "name, pair",
    [
        ("mm", ((3, 4), (4, 5))),
        ("mv", ((3, 4), (4,))),
        ("dot", ((5,), (5,))),
        ("bmm", ((2, 3, 4), (2, 4, 1))),
        ("outer", ((3,), (4,))),
    ],
)
def test_by_name(name, pair):
    sweep(*calls(name), pair, scale="terms", specials=SPECIALS, second=True)


@pytest.mark.parametrize("dtype", ["int64", "int32", "uint8"])
def test_integers(dtype):
    for a, b in PAIRS:
        arrays = [np.random.default_rng(1).integers(0, 20, shape).astype(dtype) for shape in (a, b)]
        check(*calls("matmul"), *arrays, exact=True)


def test_half():
    check(*calls("matmul"), rand(3, 4).astype("f2"), rand(4, 5).astype("f2"), scale="terms")


@same_script
def test_operators_and_methods(torch):
    a, v = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, -1.0])
    b = a
    b = b @ a
    return [a @ a, a @ v, v @ a, v @ v, a.matmul(v), a.mm(a), a.mv(v), v.dot(v), v.outer(v), b], [
        error(torch, lambda: a @ 2),
        error(torch, lambda: 2 @ a),
        error(torch, lambda: np.ones((2, 2)) @ a),
    ]


def test_names_in_the_graph():
    def names(torch):
        m, v, b = (torch.ones(s, requires_grad=True) for s in ((3, 3), (3,), (2, 3, 3)))
        ys = [m @ m, m @ v, v @ m, v @ v, b @ m, b @ v, v @ b, b @ b, torch.bmm(b, b)]
        ys += [torch.addmm(v, m, m), torch.outer(v, v)]
        return [y.grad_fn.name() for y in ys]

    assert names(scratch) == names(torch)


ERRORS = [
    ("matmul", [(2, 3), (2, 3)], r"cannot be multiplied \(2x3 and 2x3\)"),
    ("matmul", [(2, 3), (4,)], r"mat \(2x3\), vec \(4\)"),
    ("matmul", [(3,), (2, 3)], r"\(3 and 2x3\)|\(1x3 and 2x3\)"),
    ("matmul", [(3,), (4,)], "same number of elements"),
    ("matmul", [(), (2, 3)], "0D and 2D"),
    ("matmul", [(2, 3), ()], "2D and 0D"),
    ("matmul", [(5, 2, 3), (5, 2, 3)], r"5x2x3 and 5x2x3"),
    ("matmul", [(5, 2, 3), (4, 3, 2)], r"batch.*\[5, 2, 3\] and \[4, 3, 2\]"),
    ("matmul", [(5, 2, 3), (2, 3)], r"5x2x3 and 2x3"),
    ("matmul", [(5, 2, 3), (2,)], r"5x2x3 and 2\)"),
    ("mm", [(2, 3), (3,)], r"mat2 must be a matrix.*\[3\]"),
    ("mm", [(2, 3, 1), (3, 2)], "self must be a matrix"),
    ("mm", [(2, 3), (4, 5)], r"\(2x3 and 4x5\)"),
    ("mv", [(2, 3), (2,)], "size mismatch"),
    ("mv", [(3,), (3,)], r"\[3\] and \[3\]"),
    ("dot", [(3,), (4,)], r"\[3\].*\[4\]"),
    ("dot", [(2, 3), (3,)], "1D tensors expected"),
    ("bmm", [(2, 3, 4), (2, 3, 4)], "2x3x4 and 2x3x4"),
    ("bmm", [(2, 3, 4), (3, 4, 5)], "2x3x4 and 3x4x5"),
    ("bmm", [(3, 4), (4, 5)], "batch1 must be a 3D tensor"),
    ("outer", [(3, 1), (3,)], "1-D argument self"),
]


@pytest.mark.parametrize("name, shapes, match", ERRORS, ids=str)
def test_shapes_that_do_not_fit(name, shapes, match):
    check_error(*calls(name), *(np.ones(shape) for shape in shapes), match=match)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_dtypes_that_do_not_fit(pair):
    a, b = (np.ones(shape) for shape in pair)
    check_error(*calls("matmul"), a, b.astype("f"), match="float64 != float32")
    check_error(*calls("matmul"), a.astype("f"), b.astype(int), match="float32 != int64")


def test_bools_are_no_factors():
    check_error(*calls("matmul"), np.ones((2, 2), bool), np.ones((2, 2), bool), match="bool")


def test_other_types():
    ours, theirs = (lambda x, m=m: m.matmul(x, 3) for m in (scratch, torch))
    check_error(ours, None, theirs, np.ones((2, 2)), match="int")


def test_only_what_backward_needs_is_kept():
    a, b = scratch.ones(2, 3, requires_grad=True), scratch.ones(3, 4)
    assert (a @ b).grad_fn.saved_tensors[0] is None
    b.mul_(2)
    y = a @ b
    a.detach().mul_(3)  # b's gradient would need a, but none is asked for
    y.sum().backward()
    assert (a.grad == 8).all()


@pytest.mark.parametrize("name, a, b", [
    ("matmul", (2, 3, 3), (3,)), ("mm", (2, 3), (3, 2)), ("mv", (2, 3), (3,)), ("dot", (3,), (3,)),
    ("bmm", (2, 3, 3), (2, 3, 3)), ("outer", (3,), (2,)),
])  # fmt: skip
def test_where_to_write(name, a, b):
    for m in (scratch, torch_impl, torch):
        a_tensor, b_tensor, out = m.tensor(rand(*a)), m.tensor(rand(*b)), m.empty(0).double()
        y = getattr(m, name)(a_tensor, b_tensor, out=out)
        assert y is out and y.tolist() == getattr(m, name)(a_tensor, b_tensor).tolist()
        if m is not torch_impl and name != "outer":
            with pytest.raises(RuntimeError, match="dtype"):
                getattr(m, name)(a_tensor, b_tensor, out=m.empty(0))


def test_kinds_of_errors():
    assert kinds_of_errors(scratch) == kinds_of_errors(torch)


def kinds_of_errors(torch):
    shapes = [(), (3,), (2, 3), (3, 4), (5, 2, 3), (5, 3, 4), (0,), (0, 3), (1, 3, 4), (2,)]
    names = ["matmul", "mm", "mv", "dot", "bmm", "outer"]
    tensors = [torch.ones(shape) for shape in shapes]
    others = [3, None, [1.0], tensors[2].double(), tensors[1].long(), tensors[2].bool()]
    return [
        error(torch, lambda f=f, a=a, b=b: getattr(torch, f)(a, b))
        for f in names
        for a in tensors
        for b in tensors + others
    ]


@same_script
def test_what_is_saved(torch):
    """Of two factors only what the other's gradient needs: the rest may change."""
    found = []
    for a, b in [((2, 3), (3, 2)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)),
                 ((2, 2, 3), (3, 2)), ((2, 2, 3), (2, 3, 2)), ((2, 3), (2, 3, 2))]:  # fmt: skip
        for wants in (0, 1):
            factors = [torch.ones(a), torch.ones(b)]
            factors[wants].requires_grad_()
            y = factors[0] @ factors[1]
            with torch.no_grad():
                factors[wants].mul_(2.0)
            y.sum().backward()
            found += [factors[wants].grad, y.grad_fn.name(), y._version, y.stride()]
    return found


@same_script
def test_bools_are_refused_last(torch):
    """After all that is wrong with the shapes, and only where there is something to multiply."""
    shapes = [((0, 3), (3, 2)), ((2, 3), (2, 3)), ((0, 3), (3,)), ((2, 2, 3), (2, 2, 3)),
              ((0,), (0,)), ((2, 0, 3), (2, 3, 1)), ((2, 3), (3, 2))]  # fmt: skip
    pairs = [[torch.zeros(s, dtype=torch.bool) for s in pair] for pair in shapes]
    return [error(torch, lambda p=p: p[0] @ p[1]) for p in pairs]


@same_script
def test_nothing_times_nan_is_nan(torch):
    row = torch.tensor([[1.0, float("nan"), float("inf")]], requires_grad=True)
    row.mm(row.detach().t()).backward(torch.zeros(1, 1))
    return row.grad, torch.zeros(1, 1).mm(row.detach()), row.detach().t().mm(torch.zeros(1, 1))
