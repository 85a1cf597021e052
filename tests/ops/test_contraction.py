"""Products along chosen dimensions."""

import numpy as np
import pytest
import torch

import scratch
from scratch.ops.contraction import cheapest
from tests.checker import check
from tests.columns import calls, rand
from tests.same_script import error, same_script


def whole(x):
    return np.asarray(np.round(x * 9)).astype("int64")


PAIRS = {
    "inner": [((3,), (3,)), ((2, 3), (3,)), ((2, 3), (4, 3)), ((2, 2, 3), (4, 3)), ((), (2, 3)),
              ((0,), (0,)), ((2, 0), (3, 0))],
    "vdot": [((3,), (3,)), ((0,), (0,))],
    "kron": [((2, 3), (3, 4)), ((2,), (3, 2)), ((2, 1, 3), (2, 2)), ((), (2, 3)), ((), ()),
             ((0, 2), (2, 2))],
    "ger": [((2,), (3,)), ((0,), (3,))],
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_two_factors(name):
    for a, b in PAIRS[name]:
        check(*calls(name), rand(*a), rand(*b), scale="terms", second=True)
        check(*calls(name), rand(*a).astype("f"), rand(*b).astype("f"), scale="terms")
        check(*calls(name), whole(rand(*a)), whole(rand(*b)), exact=True)


DIMS = [
    ((3, 4), (4, 2), 1), ((3, 4), (3, 4), 2), ((3,), (4,), 0),
    ((3, 4, 5), (4, 3, 2), ([1, 0], [0, 1])),
    ((3, 4), (2, 4), ([-1], [-1])), ((2, 3, 4), (3,), ([1], [0])), ((3, 1), (3, 4), ([1], [1])),
    ((3, 4), (2, 3), ([], [])), ((2, 0), (0, 3), 1), ((), (3,), 0), ((3, 4), (3, 4), ((0,), (0,))),
]  # fmt: skip


@pytest.mark.parametrize("a, b, dims", DIMS, ids=str)
def test_tensordot(a, b, dims):
    check(*calls("tensordot", dims=dims), rand(*a), rand(*b), scale="terms", second=True)


CROSSED = [
    ((4, 3), (4, 3), 1), ((3, 2), (3, 2), 0), ((2, 1, 3), (1, 5, 3), -1), ((3,), (3,), 0),
    ((0, 3), (0, 3), 1),
]  # fmt: skip


@pytest.mark.parametrize("a, b, dim", CROSSED)
def test_cross(a, b, dim):
    arrays = rand(*a), rand(*b)[::-1].copy()
    check(*calls("cross", dim=dim), *arrays, scale="terms", second=True)
    check(*calls("cross", dim=dim), *map(whole, arrays), exact=True)


@pytest.mark.filterwarnings("ignore:Using torch.cross without")
def test_cross_along_the_first_dimension_of_size_3():
    for shape in ((2, 3), (3, 3), (2, 3, 3)):
        check(*calls("cross"), rand(*shape), rand(*shape) ** 2, scale="terms")


@pytest.mark.filterwarnings("ignore:torch.chain_matmul is deprecated")
def test_chain_matmul():
    matrices = [rand(2, 9), rand(9, 3), rand(3, 8), rand(8, 2), rand(2, 5)]
    for n in range(2, 6):
        ours, theirs = (lambda *xs, m=m: m.chain_matmul(*xs) * 1 for m in (scratch, torch))
        check(ours, None, theirs, *matrices[:n], scale="terms", second=True)


def test_the_cheapest_order():
    assert cheapest([100, 2, 100, 1])[0, 3] == 1  # the last two first
    assert cheapest([1, 100, 2, 100])[0, 3] == 2  # the first two first


@pytest.mark.filterwarnings("ignore::UserWarning")
@same_script
def test_what_is_refused(torch):
    a, b, v = torch.ones(2, 3), torch.ones(3, 4), torch.ones(3)
    calls = [
        lambda: torch.inner(a, b), lambda: torch.inner(a, 2), lambda: torch.inner(a, a.double()),
        lambda: torch.vdot(a, v), lambda: torch.vdot(v, v.double()), lambda: torch.kron(a, 2),
        lambda: torch.tensordot(a, b, 3), lambda: torch.tensordot(a, b, -1),
        lambda: torch.tensordot(a, b, ([0], [0])), lambda: torch.tensordot(a, b, ([0], [0, 1])),
        lambda: torch.tensordot(a, a, ([0, 0], [0, 0])), lambda: torch.tensordot(a, a, ([5], [0])),
        lambda: torch.cross(a, b), lambda: torch.cross(v, a), lambda: torch.cross(a, a, 0),
        lambda: torch.cross(a, a, 2), lambda: torch.cross(a, a.double(), 1),
        lambda: torch.cross(a.bool(), a.bool(), 1), lambda: torch.cross(b, b[:, :2], 0),
        lambda: torch.cross(torch.ones(4), torch.ones(4)), lambda: torch.ger(a, v),
        lambda: torch.chain_matmul(), lambda: torch.chain_matmul(a, a),
    ]  # fmt: skip
    return [error(torch, call) for call in calls]


@same_script
def test_where_to_write(torch):
    a, v = torch.arange(6.0).reshape(2, 3), torch.tensor([1.0, 2.0, 3.0])
    out = [torch.empty(0) for _ in range(6)]
    torch.inner(a, v, out=out[0])
    torch.vdot(v, v, out=out[1])
    torch.tensordot(a, v, dims=1, out=out[2])
    torch.kron(a, v, out=out[3])
    torch.cross(a, a + v, dim=1, out=out[4])
    torch.ger(v, v, out=out[5])
    return out


@same_script
def test_contraction_with_one_element(torch):
    """The other factor is summed up first, in its own dtype."""
    x = torch.tensor([[1], [2], [100]], dtype=torch.int8)
    return torch.tensordot(x, x.mT, ([0], [0])), torch.tensordot(x.mT, x.mT, 1)


@same_script
def test_bools_have_no_cross_product(torch):
    x, none = torch.ones(3, dtype=torch.bool), torch.zeros(3, 0, dtype=torch.bool)
    calls = (lambda: torch.cross(x, x), lambda: torch.cross(x, x.float()),
             lambda: torch.cross(none, none))  # fmt: skip
    return [error(torch, call) for call in calls]


@same_script
def test_names(torch):
    x, v = torch.ones(2, 2, requires_grad=True), torch.ones(2, requires_grad=True)
    results = [torch.vdot(v, v), *(torch.chain_matmul(*[x] * n) for n in (1, 2, 3))]
    return results, [y.grad_fn.name() for y in results]
