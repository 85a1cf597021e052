"""Products with something added."""

import numpy as np
import pytest
import torch as builtin

import scratch
import torch_impl
from tests.checker import check
from tests.columns import rand
from tests.same_script import error, same_script


def calls(name, *args, **options):
    """The function of this name in all three columns."""

    def of(function):
        return lambda *xs: function(*xs, *args, **options)

    return [of(getattr(column, name)) for column in (scratch, torch_impl, builtin)]


@pytest.mark.parametrize("options", [{}, {"beta": 2}, {"alpha": -0.5}, {"beta": 0, "alpha": 3}])
@pytest.mark.parametrize("shape", [(3, 5), (5,), (1, 5), (3, 1), ()])
def test_addmm(shape, options):
    arrays = rand(*shape), rand(3, 4), rand(4, 5)
    check(*calls("addmm", **options), *map(np.asarray, arrays), scale="terms", second=True)


def test_addmm_with_a_factor_of_0_is_blind():
    c = np.full(5, np.nan)
    check(*calls("addmm", beta=0), c, rand(3, 4), rand(4, 5), scale="terms")


OTHERS = [
    ("addmv", (2, 3), (3,), [(2,), (1,), ()]),
    ("addr", (2,), (3,), [(2, 3), (3,), (2, 1), ()]),
    ("baddbmm", (5, 2, 3), (5, 3, 4), [(5, 2, 4), (2, 4), (5, 1, 1), ()]),
    ("addbmm", (5, 2, 3), (5, 3, 4), [(2, 4), (4,), ()]),
]


@pytest.mark.parametrize("options", [{}, {"beta": 2}, {"alpha": -0.5}, {"beta": 0, "alpha": 3}])
@pytest.mark.parametrize("name, left, right, added", OTHERS)
def test_others(name, left, right, added, options):
    for shape in added:
        arrays = map(np.asarray, (rand(*shape), rand(*left), rand(*right)))
        check(*calls(name, **options), *arrays, scale="terms", second=True)
    nan = np.full(added[0], np.nan)
    check(*calls(name, beta=0), nan, rand(*left), rand(*right), scale="terms")
    whole = [np.ones(s, "int64") * 3 for s in (added[0], left, right)]
    check(*calls(name), *whole, exact=True)


def test_dtypes_of_addr():
    c, u, v = np.ones((2, 3), "int64"), np.ones(2, "f"), np.ones(3)
    check(*calls("addr"), c, u, v, gradients=False)
    check(*calls("addr"), c > 0, u > 0, v > 0)


@same_script
def test_in_place(torch):
    a, v = torch.arange(4.0).reshape(2, 2), torch.tensor([1.0, -1.0])
    b = a.expand(3, 2, 2)
    ys = [
        torch.ones(2, 2).addmm_(a, a, beta=2), torch.ones(2).addmv_(a, v, alpha=3),
        torch.ones(2, 2).addr_(v, v), torch.ones(3, 2, 2).baddbmm_(b, b),
        torch.ones(2, 2).addbmm_(b, b),
    ]  # fmt: skip
    out = [torch.empty(0) for _ in range(5)]
    torch.addmm(a, a, a, out=out[0])
    torch.addmv(v, a, v, out=out[1])
    torch.addr(a, v, v, out=out[2])
    torch.baddbmm(b, b, b, out=out[3])
    torch.addbmm(a, b, b, out=out[4])
    w = torch.ones(2, 2, requires_grad=True)
    h = (w * 2).addmm_(w, a)
    return ys, out, h.grad_fn.name(), error(torch, lambda: torch.ones(2).addmm_(a, a))


def test_names_in_the_graph():
    for torch in (scratch, builtin):
        m, v, b = (torch.ones(s, requires_grad=True) for s in ((3, 3), (3,), (2, 3, 3)))
        ys = [v.addmv(m, v), m.addr(v, v), b.baddbmm(b, b), m.addbmm(b, b)]
        names = ["AddmvBackward0", "AddrBackward0", "BaddbmmBackward0", "AddbmmBackward0"]
        assert [y.grad_fn.name() for y in ys] == names


def test_what_is_refused():
    assert refused(scratch) == refused(builtin)


def refused(torch):
    shapes = [(), (3,), (2, 3), (3, 4), (5, 2, 3), (5, 3, 4), (2, 4), (2,), (4, 4, 4, 4)]
    tensors = [torch.ones(shape) for shape in shapes]
    good = {
        "addmm": (tensors[2], tensors[3]), "addmv": (tensors[2], tensors[1]),
        "addr": (tensors[1], tensors[7]), "baddbmm": (tensors[4], tensors[5]),
        "addbmm": (tensors[4], tensors[5]),
    }  # fmt: skip
    kinds = []
    for name, (a, b) in good.items():
        f = getattr(torch, name)
        kinds += [error(torch, lambda f=f, a=a, b=b, c=c: f(c, a, b)) for c in [*tensors, 2.0]]
        kinds += [error(torch, lambda f=f, a=a, c=c: f(tensors[0], a, c)) for c in [*tensors, None]
                  if name != "addmv"]  # fmt: skip
        kinds.append(error(torch, lambda f=f, a=a, b=b: f(tensors[0].double(), a, b)))
        kinds.append(error(torch, lambda f=f, a=a, b=b: f(tensors[0], a, b, beta="a")))
        kinds.append(error(torch, lambda f=f, a=a, b=b: f(tensors[0], a, b, 1, 2)))
    return kinds


@same_script
def test_bools_and_factors_are_refused_last(torch):
    a, c = torch.ones(2, 3, dtype=torch.bool), torch.ones(5, dtype=torch.bool)
    b = torch.ones(2, 2, dtype=torch.uint8)
    return [
        error(torch, call)
        for call in (
            lambda: torch.addmm(c, a, a.t()), lambda: torch.addmm(c[:2], a, a.t()),
            lambda: torch.addmv(c, a, a[0]), lambda: torch.addmv(c[:2], a, a[0]),
            lambda: torch.baddbmm(c, a[None], a[None]), lambda: torch.addmm(b, b, b, beta=-1.5),
            lambda: torch.addmm(b, b, b, alpha=0.5),
        )
    ]  # fmt: skip


@same_script
def test_what_is_saved(torch):
    c, a = torch.ones(2, requires_grad=True), torch.ones(2, 2)
    y = torch.addmm(c, a, a)
    a.zero_()
    y.sum().backward()
    return c.grad
