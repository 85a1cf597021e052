"""max, min, amax, amin, argmax, argmin: values, indices, who gets the gradient of ties, errors."""

import itertools

import numpy as np
import pytest
import torch as builtin

import scratch
from tests.checker import check, check_error, sweep
from tests.columns import array, columns
from tests.same_script import error, same_script

TIES = np.array([[1.0, 5.0, 5.0], [7.0, 7.0, 7.0], [-0.0, 0.0, -1.0]], "float32")
NANS = np.array([[np.nan, 1.0, 2.0], [3.0, np.nan, np.nan], [np.inf, -np.inf, 0.0]], "float32")


@pytest.mark.parametrize("name", ["max", "min", "amax", "amin"])
def test_all(name):
    sweep(*columns(name), (3, 4), (), (1,), (2, 3, 4), exact=True)
    for x in (TIES, NANS, TIES[:2], np.full((3, 3), np.nan, "float32"), TIES[1:2]):
        check(*columns(name), x, exact=True)
    check(*columns(name), array(3, 4), second=True)


@pytest.mark.parametrize("name", ["max", "min"])
def test_along_a_dimension(name):
    for dim, keepdim in itertools.product((0, 1, -1, -2), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: tuple(getattr(torch, name)(x, d, k)))
        sweep(*three, (3, 4), (2, 3, 4), exact=True, specials=("nan", "ties", "inf", "zeros"))
        for x in (TIES, NANS):
            check(*three, x, exact=True)
        check(*three, array(3, 4), second=True)
    check(*columns(lambda torch, x: tuple(getattr(torch, name)(x, 0))), array(5), exact=True)
    check(*columns(lambda torch, x: tuple(getattr(torch, name)(x, -1, True))), array(), exact=True)
    check(*columns(lambda torch, x: tuple(getattr(x, name)(dim=1))), array(0, 3), exact=True)
    check(*columns(lambda torch, x: tuple(getattr(x, name)(axis=1, keepdims=True))), array(2, 3))


@pytest.mark.parametrize("name", ["amax", "amin"])
def test_along_several_dimensions(name):
    for dim, keepdim in itertools.product((0, 1, -1, (0, 1), (0, 2), ()), (False, True)):
        three = columns(lambda torch, x, d=dim, k=keepdim: getattr(torch, name)(x, d, k))
        sweep(*three, (2, 3, 4), exact=True, specials=("nan", "ties", "zeros"))
        check(*three, np.stack([TIES, TIES]), exact=True)
        check(*three, array(2, 3, 4), second=True)
    check(*columns(lambda torch, x: getattr(x, name)(0)), array(), exact=True)
    check(*columns(lambda torch, x: getattr(x, name)(axis=1, keepdims=True)), array(2, 3))
    check(*columns(lambda torch, x: getattr(torch, name)(x, 1)), array(0, 3))


@pytest.mark.parametrize("name", ["argmax", "argmin"])
def test_indices(name):
    for x in (TIES, NANS, array(3, 3), np.array([[3, 1, 3], [0, 0, 1], [2, 2, 2]])):
        check(*columns(name), x)
        check(*columns(lambda torch, x: getattr(torch, name)(x, keepdim=True)), x)
        for dim, keepdim in itertools.product((0, 1, -1), (False, True)):
            check(*columns(lambda torch, x, d=dim, k=keepdim: getattr(torch, name)(x, d, k)), x)
    check(*columns(name), array())
    check(*columns(name), array(), 0)
    check(*columns(name), array(0, 3), 1)
    check(*columns(lambda torch, x: getattr(x, name)(axis=1, keepdims=True)), array(2, 3))
    check(*columns(lambda torch, x: getattr(x.T, name)()), array(3, 4))


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int64", "bool", "float16"])
def test_dtypes(dtype):
    x = np.array([[1, 0], [0, 1], [1, 1]]).astype(dtype)
    for name in ("max", "min"):
        check(*columns(name), x)
        check(*columns(lambda torch, x, n=name: tuple(getattr(torch, n)(x, 1))), x)
        check(*columns(lambda torch, x, n=name: getattr(torch, f"a{n}")(x, 1)), x)
        if dtype == "bool":
            check_error(*columns(f"arg{name}"), x, match="bool")
        else:
            check(*columns(f"arg{name}"), x, 0)


@pytest.mark.parametrize("name", ["max", "min"])
def test_of_two_tensors(name):
    a, b = array(3, 4), array(4, seed=1)
    for three in (
        columns(name),
        columns(lambda torch, a, b: getattr(torch, name)(a, other=b)),
        columns(lambda torch, a, b: getattr(a, name)(b)),
    ):
        check(*three, a, b, scale="terms")


def test_both_at_once():
    three = columns(lambda torch, x: tuple(torch.aminmax(x)))
    sweep(*three, (3, 4), (), (1,), exact="values", specials=("nan", "ties"))
    for dim, keepdim in itertools.product((0, 1, -1), (False, True)):
        three = columns(
            lambda torch, x, d=dim, k=keepdim: tuple(torch.aminmax(x, dim=d, keepdim=k))
        )
        sweep(*three, (2, 3, 4), exact="values", specials=("nan", "ties"))
        check(*three, array(3, 4), second=True)
    check(*columns(lambda torch, x: tuple(x.aminmax(keepdim=True))), array(2, 3))
    check(*columns(lambda torch, x: torch.aminmax(x).max), array(2, 3))
    check(*columns(lambda torch, x: tuple(x.aminmax(dim=0, keepdim=True))), array())
    check(*columns(lambda torch, x: tuple(x.aminmax(dim=1))), array(0, 3))
    for dtype in ("uint8", "int64", "bool", "float16"):
        check(*columns(lambda torch, x: tuple(x.aminmax())), np.array([1, 0, 1]).astype(dtype))
    check_error(*columns("aminmax"), array(0), match="aminmax")
    check_error(*columns("aminmax"), array(0, 3), dim=0, match="non-zero size")
    check_error(*columns("aminmax"), array(3), dim=(0, 1))
    check_error(*columns("aminmax"), array(3), 0)


@pytest.mark.parametrize("shape", [(100, 200), (3000, 5), (5, 3000), (2, 3000, 3)])
def test_large_ones(shape):
    x = np.round(array(*shape) * 100)
    for name in ("max", "min"):
        for dim in range(len(shape)):
            three = columns(lambda torch, x, n=name, d=dim: tuple(getattr(torch, n)(x, d)))
            check(*three, x, exact="values")
            three = columns(lambda torch, x, n=name, d=dim: getattr(torch, f"a{n}")(x, d))
            check(*three, x, exact="values")


@same_script
def test_written_to_tensors(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]])
    w = x.clone().requires_grad_()
    wide, places = torch.empty(2, dtype=torch.float64), torch.empty(2, dtype=torch.int64)
    results = []
    for name in ("max", "min"):
        f, along, arg = (getattr(torch, n + name) for n in ("", "a", "arg"))
        results += [*f(x, 0, out=(torch.empty(2), places)), f(x, out=torch.empty(()))]
        results += [f(x, x.T, out=torch.empty(2, 2)), along(x, 0, out=torch.empty(2))]
        results += [arg(x, 1, out=places.clone())]
        results += [error(torch, lambda g=along: g(x, 0, out=wide))]
        results += [error(torch, lambda a=arg: a(x, 0, out=torch.empty(2)))]
        results += [error(torch, lambda g=along: g(w, 0, out=torch.empty(2)))]
    results += [*torch.aminmax(x, dim=0, out=(torch.empty(2), torch.empty(2)))]
    return results


@same_script
def test_results_have_names(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]])
    largest, smallest = x.max(dim=1), x.min(0)
    values, indices = largest
    texts = [str(largest), str(smallest), repr(x.max(0, True))]
    is_tuple = [len(largest), isinstance(largest, tuple)]
    return [values, indices, largest.values, largest.indices, smallest.values, texts, is_tuple]


@same_script
def test_names_in_the_graph(torch):
    x = torch.tensor([[1.0, 5.0], [7.0, 2.0]], requires_grad=True)
    results = [x.max(), x.min(), x.max(0)[0], x.min(1)[0], x.amax(), x.amin(0), x.max(x)]
    return [[y.grad_fn.name() for y in results], x.max(0)[1].requires_grad]


@pytest.mark.parametrize("name", ["max", "min", "amax", "amin", "argmax", "argmin"])
def test_empty(name):
    check_error(*columns(name), array(0), match=rf"{name}\(\): Expected reduction dim")
    check_error(*columns(name), array(0, 3), 0, match="dim 0 to have non-zero size")
    check_error(*columns(name), array(2, 3), 2, match=r"expected to be in range of \[-2, 1\]")
    check_error(*columns(name), array(), 1)
    check_error(*columns(name), 1.0, match=f"{name}.*input")


@same_script
def test_errors(torch):
    x = torch.ones(2, 3)
    tests = [lambda: x.max((0, 1)), lambda: x.max(keepdim=True), lambda: x.argmax((0, 1))]
    tests += [lambda: x.max("a"), lambda: x.max(x, 1), lambda: torch.max(x, torch.ones(4))]
    return [error(torch, test) for test in tests]


def test_an_index_is_no_part_of_the_graph():
    x = scratch.tensor([1.0, 3.0, 2.0], requires_grad=True)
    values, indices = x.max(0)
    assert values.requires_grad and not indices.requires_grad
    assert indices.dtype is scratch.int64
    with pytest.raises(RuntimeError, match="does not require grad"):
        indices.backward()


def test_changed_indices_and_repeated_dims():
    def results(torch):
        x = torch.ones(2, 3, requires_grad=True)
        y, indices = x.max(1)
        indices.zero_()
        repeated = [torch.ones(n, 3) for n in (2, 0)]
        return [error(torch, y.sum().backward)] + [
            error(torch, lambda x=x: x.amin((0, 0))) for x in repeated
        ]

    assert results(scratch) == results(builtin)
