"""sort, argsort, msort, topk, kthvalue, mode: values, order of equal ones, gradients, errors."""

import itertools

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

NAN = float("nan")
ZEROS = np.array([NAN, 1.0, 0.0, -0.0, np.inf, NAN, -0.0, 0.0, -np.inf], "float32")
DTYPES = ("float16", "float32", "float64", "uint8", "int8", "int16", "int32", "int64", "bool")
SIZES = (1, 2, 3, 16, 17, 40, 65, 130, 700, 3000)


def few(dtype, n, rows=3, kinds=4, seed=0):
    """Rows in which nearly all elements have equals."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 2 if dtype == "bool" else kinds, (rows, n)).astype(dtype)
    if dtype == "float32":
        x[rng.random(x.shape) < 0.1] = NAN
        x[rng.random(x.shape) < 0.1] = -0.0
    return x


def both(function, x):
    """The results of both libraries as arrays."""
    ours, theirs = function(scratch.from_numpy(x)), function(torch.from_numpy(x))
    return [y.numpy() for y in ours], [y.numpy() for y in theirs]


def same(function, x):
    for a, b in zip(*both(function, x), strict=True):
        np.testing.assert_array_equal(a, b)
        if a.dtype.kind == "f":
            np.testing.assert_array_equal(np.signbit(a), np.signbit(b))


@pytest.mark.parametrize("descending", [False, True])
def test_sort(descending):
    for dim, stable in itertools.product((0, 1, -1), (False, True)):
        three = columns(
            lambda torch, x, d=dim, s=stable: tuple(
                torch.sort(x, dim=d, descending=descending, stable=s)
            )
        )
        sweep(*three, (3, 4), (2, 3, 4), (20, 1), exact=True)
        check(*three, array(3, 4), exact=True, second=True)
    three = columns(lambda torch, x: tuple(torch.sort(x, descending=descending)))
    sweep(*three, (5,), (), (1,), (0,), (0, 3), (3, 0), exact=True)
    check(*three, ZEROS, exact="signed")


@pytest.mark.parametrize("dtype", DTYPES)
def test_equal_elements_stand_as_in_torch(dtype):
    for n, descending in itertools.product(SIZES, (False, True)):
        x = few(dtype, n)
        same(lambda x, d=descending: x.sort(descending=d), x)
        same(lambda x, d=descending: x.sort(descending=d, stable=True), x)
        same(lambda x, d=descending: x.T.sort(0, d), x)
        same(lambda x, d=descending: [x.argsort(descending=d)], x)
    same(lambda x: x[0].sort(), few(dtype, 40_000))
    same(lambda x: x[0].sort(stable=True, descending=True), few(dtype, 40_000))


@pytest.mark.parametrize("dtype", ["float64", "int64", "int32"])
def test_numbers_far_apart(dtype):
    rng = np.random.default_rng(0)
    x = rng.integers(-100, 100, (2, 500)).astype(dtype) * int(2e7 if dtype == "int32" else 9e16)
    same(lambda x: x.sort(), x)
    same(lambda x: x.sort(descending=True, stable=True), x)


def test_bad_pivots():
    """Quicksort falls back to a heap where the pivots keep being bad."""
    n = 4000
    x = np.zeros(n)  # each median of three is the second smallest of what is left
    x[: n // 2 : 2] = np.arange(1, n // 2 + 1, 2)
    x[1 : n // 2 : 2] = n // 2 + np.arange(1, n // 2 + 1, 2)
    x[n // 2 :] = 2 * np.arange(1, n - n // 2 + 1)
    x = np.concatenate((x, x)) // 2
    for k in (n // 3, n, 3 * n // 2):
        same(lambda x: x.sort(), x)
        same(lambda x, k=k: x.topk(k, largest=False), x)
        same(lambda x, k=k: x.topk(k, largest=False, sorted=False), x)
        same(lambda x, k=k: x.kthvalue(k), x)


def test_argsort_and_msort():
    for x in (array(3, 4), array(5), array(), few("int64", 30), array(0, 3)):
        check(*columns(lambda torch, x: torch.argsort(x)), x)
        check(*columns(lambda torch, x: x.argsort(dim=0, descending=True, stable=True)), x)
        check(*columns("msort"), x, exact=True)
        check(*columns(lambda torch, x: x.msort()), x, exact=True)


@pytest.mark.parametrize("largest", [True, False])
def test_topk(largest):
    for dim, sorted in itertools.product((0, 1, -1), (True, False)):
        for k in (0, 1, 2, 3):
            three = columns(
                lambda torch, x, k=k, d=dim, s=sorted: tuple(torch.topk(x, k, d, largest, s))
            )
            check(*three, array(3, 4), exact=True, second=k == 2)
    three = columns(lambda torch, x: tuple(x.topk(2, largest=largest)))
    sweep(*three, (3, 4), (2, 3, 2), (5,), exact=True)
    check(*columns(lambda torch, x: tuple(x.topk(1, largest=largest))), array(), exact=True)
    check(*columns(lambda torch, x: tuple(x.topk(0, largest=largest))), array(), exact=True)
    check(*columns(lambda torch, x: tuple(x.topk(5, largest=largest))), ZEROS, exact="signed")


@pytest.mark.parametrize("dtype", DTYPES[:-1])
def test_topk_of_equal_elements(dtype):
    for n, largest, sorted in itertools.product(SIZES, (False, True), (False, True)):
        x = few(dtype, n)
        for k in {1, max(1, n // 65), n // 2 + 1, max(1, n - 1), n}:
            same(lambda x, k=k, la=largest, s=sorted: x.topk(k, 1, la, s), x)


@pytest.mark.parametrize("largest", [True, False])
def test_topk_of_long_rows(largest):
    rng = np.random.default_rng(0)
    for x in (
        rng.standard_normal(20_000).astype("float32"),
        rng.random(200_000).astype("float32"),
        rng.integers(0, 50, 10_000),
        np.where(rng.random(9_999) < 0.01, NAN, rng.standard_normal(9_999)),
        np.append(rng.standard_normal(9_000), NAN),
    ):
        for k in (1, 10, len(x) // 64, len(x) // 10):
            same(lambda x, k=k: x.topk(k, largest=largest), x)


def test_kthvalue():
    for dim, keepdim in itertools.product((0, -1), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: tuple(torch.kthvalue(x, 2, d, k)))
        sweep(*three, (3, 4), (2, 3, 2), exact=True)
        check(*three, array(3, 4), exact=True, second=True)
    for dtype, n in itertools.product(DTYPES[:-1], SIZES):
        for k in {1, n // 2 + 1, n}:
            same(lambda x, k=k: x.kthvalue(k), few(dtype, n))
    check(*columns(lambda torch, x: tuple(x.kthvalue(1))), array(), exact=True)
    check(*columns(lambda torch, x: tuple(x.kthvalue(2, axis=1, keepdims=True))), array(0, 3))


def test_mode():
    for dim, keepdim in itertools.product((0, -1), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: tuple(torch.mode(x, d, k)))
        sweep(*three, (3, 4), (2, 3, 2), (20, 1), exact=True, specials=("ties", "inf", "zeros"))
        check(*three, array(3, 4), exact=True, second=True)
    for dtype, n in itertools.product(DTYPES, SIZES):
        x = few(dtype, n)
        same(lambda x: x.mode(), np.nan_to_num(x) if dtype == "float32" else x)
    check(*columns(lambda torch, x: tuple(x.mode())), array(), exact=True)
    check(*columns(lambda torch, x: tuple(x.mode(1))), array(0, 3), exact=True)


@same_script
def test_results_have_names(torch):
    x = torch.tensor([[3.0, 1.0, 2.0], [1.0, 1.0, 5.0]])
    results = [x.sort(), x.topk(2), x.kthvalue(2), x.mode(), torch.sort(x, 0, True)]
    texts = [repr(result) for result in results]
    return [texts, [result.values for result in results], [len(result) for result in results]]


@same_script
def test_out(torch):
    x = torch.tensor([[3.0, 1.0, 2.0], [1.0, 1.0, 5.0]])
    values, indices = torch.empty(0), torch.empty(0, dtype=torch.int64)
    result = torch.sort(x, out=(values, indices))
    found = [values.clone(), indices.clone(), result[0] is values]
    torch.topk(x, 2, out=[torch.empty(0), torch.empty(0, dtype=torch.int64)])
    y = torch.empty(2, 3)
    torch.msort(x, out=y)
    return [found, y]


@pytest.mark.parametrize("library", [torch, scratch])
def test_out_of_other_types(library):
    x, index = library.ones(2, 3), library.empty(0, dtype=library.int64)
    result = library.sort(x, out=(library.empty(0), index))
    assert type(result).__name__ == "sort_out"
    for out in (
        (library.empty(0), library.empty(0)),
        (library.empty(0, dtype=library.float64), index),
    ):
        with pytest.raises(RuntimeError):
            library.topk(x, 1, out=out)
    with pytest.raises(TypeError):
        library.sort(x, out=library.empty(0))
    with pytest.raises(RuntimeError):
        library.sort(x.requires_grad_(), out=(library.empty(0), index))


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]], requires_grad=True)
    results = [x.sort()[0], x.msort(), x.topk(1)[0], x.kthvalue(1)[0], x.mode()[0]]
    return [[y.grad_fn.name() for y in results], x.argsort().requires_grad]


@same_script
def test_an_index_changed_in_place(torch):
    x = torch.tensor([3.0, 1.0, 2.0], requires_grad=True)
    values, indices = x.sort()
    kept = indices.clone()
    values.backward(torch.tensor([1.0, 2.0, 3.0]))
    return [x.grad, kept, indices.requires_grad]


def test_errors():
    x = constant(array(3, 4))
    check_error(*columns("topk"), x, 5, match="out of range: 5 of 4")
    check_error(*columns("topk"), x, -1, match="out of range")
    check_error(*columns("topk"), np.array([True, False]), 1, match="bool")
    check_error(*columns("kthvalue"), x, 0, match="counted from 1")
    check_error(*columns("kthvalue"), x, 5, match="out of range")
    check_error(*columns("kthvalue"), np.array([True, False]), 1, match="bools")
    check_error(*columns("kthvalue"), array(3, 0), 1, match="non-zero size")
    check_error(*columns("mode"), array(3, 0), match="non-zero size")
    for name in ("sort", "argsort", "mode"):
        check_error(*columns(name), x, 2, match=r"range of \[-2, 1\]")
        check_error(*columns(name), [1.0], match="must be Tensor, not list")


@same_script
def test_wrong_types(torch):
    x = torch.ones(2, 3)
    tests = [
        lambda: x.sort("a"),
        lambda: x.sort(1.0),
        lambda: x.sort(True),
        lambda: x.sort(None),
        lambda: x.sort(0, 1),
        lambda: x.sort(0, True, True),
        lambda: x.topk(2.0),
        lambda: x.topk(2, None),
        lambda: x.topk(2, 0, 1),
        lambda: x.topk(torch.tensor(2)),
        lambda: x.kthvalue(None),
        lambda: x.mode(None),
        lambda: x.mode(0, 1),
        lambda: x.msort(0),
    ]
    return [error(torch, test) for test in tests]


def results_of_order(torch):
    x = torch.tensor([[3.0, 1.0, 2.0], [0.0, 5.0, 4.0]])
    seen = []
    for y in (x.T, x.T.expand(2, 3, 2), x):
        given = y.sort(0), y.sort(-1, True), y.topk(1, 1), y.mode(0), y.kthvalue(2, 0)
        seen += [[each.stride() for each in pair] for pair in given]
        seen += [y.argsort(0).stride(), y.msort().stride()]
    number = torch.tensor(2.0, requires_grad=True)
    for y, indices in (number.sort(), number.mode(), number.topk(1), number.kthvalue(1)):
        seen += [y.grad_fn.name(), y.shape, indices.shape]
    seen.append(number.sort(stable=True).values.grad_fn.name())
    y, indices = x.clone().requires_grad_().sort()
    indices.zero_()
    return [*seen, error(torch, y.sum().backward)]


def test_layouts_numbers_and_changed_indices():
    assert results_of_order(scratch) == results_of_order(torch)
