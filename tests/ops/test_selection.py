"""clamp, maximum, minimum, where: torch's values, and its gradients at ties and at the bounds."""

import numpy as np
import pytest

from tests.checker import check, check_error, constant, sweep
from tests.columns import array, columns
from tests.expressions import OPERANDS, alike
from tests.same_script import error, same_script

AWKWARD = np.array([0.0, -0.0, 1.0, 2.0, -2.0, np.inf, -np.inf, np.nan], "float32")
PAIRS = [
    ((3, 4), (3, 4)),
    ((3, 4), (4,)),
    ((3, 1), (2, 1, 4)),
    ((), (3,)),
    ((0, 3), (3,)),
    ((), ()),
]


# ---- clamp --------------------------------------------------------------------------------------


@pytest.mark.parametrize("bounds", [(0, 1), (-0.5, None), (None, 0.5), (1, -1), (0.0, 0.0)])
def test_clamp_to_numbers(bounds):
    three = columns(lambda torch, x: torch.clamp(x, *bounds))
    sweep(*three, (3, 4), (), (0, 3), (2, 1, 5), exact=True)
    check(*three, AWKWARD, exact=True)
    check(*columns(lambda torch, x: x.clamp(*bounds)), array(3, 4), second=True)


def test_one_sided_clamps():
    for name in ("clamp_min", "clamp_max"):
        sweep(*columns(lambda torch, x, n=name: getattr(torch, n)(x, 0.5)), (3, 4), (), exact=True)
        check(*columns(lambda torch, x, n=name: getattr(torch, n)(x, 0)), AWKWARD, exact=True)
        check(*columns(name), array(3, 4), array(4))
    check(*columns(lambda torch, x: torch.clip(x, 0, 1)), array(3, 4), exact=True)
    check(*columns(lambda torch, x: torch.clamp(x, min=0)), array(3, 4), exact=True)
    check(*columns(lambda torch, x: torch.clamp(x, max=0)), array(3, 4), exact=True)


def test_clamp_to_tensors():
    shapes = [((3, 4), (4,), (3, 1)), ((2, 4), (2, 1), (1,)), ((), (), ()), ((0, 3), (3,), ())]
    sweep(*columns("clamp"), *shapes, exact="values", scale="terms")
    for shape in ((3, 4), (4,)):
        check(*columns(lambda torch, x, low: torch.clamp(x, low)), array(3, 4), array(*shape))
        check(*columns(lambda torch, x, high: torch.clamp(x, max=high)), array(3, 4), array(*shape))
    grid = [np.ascontiguousarray(a.reshape(-1)) for a in np.meshgrid(AWKWARD, AWKWARD, AWKWARD)]
    check(*columns("clamp"), *grid, exact=True)
    check(*columns("clamp"), array(3, 4), array(4), array(3, 1), second=True, scale="terms")


def test_clamp_to_tensors_larger_than_the_input():
    # torch's own clamp has no gradient here.
    ours, twin, _ = columns("clamp")
    _, _, steps = columns(lambda torch, x, a, b: torch.minimum(torch.maximum(x, a), b))
    check(ours, twin, steps, array(4), array(2, 1, seed=1), array(1, seed=2), scale="terms")


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int64", "bool", "float16", "float64"])
def test_clamp_dtypes(dtype):
    x = np.array([1, 0, 3]).astype(dtype)
    for bounds in ((0, 1), (0.5, 1), (0.5, None), (None, 2)):
        check(*columns("clamp"), x, *bounds)
    check(*columns("clamp"), x, np.array([1, 1, 1]), np.array([2, 2, 2], "int16"))
    check(*columns("clamp"), x, np.array([1.5, 1, 1]))
    check(*columns("clamp"), x, np.array(0.5, "float32"))


def test_clamp_in_place():
    for bounds in ((0, 1), (None, 0.5)):
        check(*columns(lambda torch, x, b=bounds: (x * 1).clamp_(*b)), array(3, 4), exact=True)
        check(*columns(lambda torch, x, b=bounds: (x * 1).clip_(*b)), array(3, 4), exact=True)
    check(*columns(lambda torch, x: (x * 1).clamp_min_(0)), array(3, 4), exact=True)
    check(*columns(lambda torch, x: (x * 1).clamp_max_(0)), array(3, 4), exact=True)


def test_clamp_errors():
    check_error(*columns("clamp"), array(3), match="At least one of")
    check_error(*columns("clamp"), array(3), array(4), match=r"size of tensor a \(3\)")
    check_error(*columns("clamp"), array(3), "a", match="min.*str")
    check_error(*columns("clamp"), np.array([1], "uint8"), 0, 256, match="overflow")
    check_error(*columns("clamp"), np.array([True]), False, True, match="bool")
    check_error(*columns(lambda torch, x: x.clamp_(array(2, 3))), array(3))
    check_error(*columns("clamp"), 1.0, 0)


# ---- maximum and minimum ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["maximum", "minimum"])
def test_maximum_and_minimum(name):
    sweep(*columns(name), *PAIRS, exact="values", scale="terms")
    sweep(*columns(name), ((3, 4), (3, 4)), exact=True)
    check(*columns(name), *(a.reshape(-1) for a in np.meshgrid(AWKWARD, AWKWARD)), exact=True)
    check(*columns(name), array(3, 4), array(4), second=True, scale="terms")
    check(*columns(lambda torch, x: getattr(torch, name)(x, x)), array(5), exact=True)


@pytest.mark.parametrize("name", ["maximum", "minimum"])
def test_maximum_dtypes_and_errors(name):
    check(*columns(name), np.array([1, 5]), np.array([2.5, 2.5], "float32"))
    check(*columns(name), array(2), array(2, dtype="float64"))
    check(*columns(name), np.array([True, False]), np.array([False, False]))
    check(*columns(name), np.array([1, 5], "uint8"), np.array(3))
    check_error(
        *columns(name), array(2), 1.0, match="'other' .position 2. must be Tensor, not float"
    )
    check_error(*columns(name), 1.0, array(2), match="'input'")
    check_error(*columns(name), array(3), array(4), match="dimension 0")


# ---- where --------------------------------------------------------------------------------------


def test_where():
    rng = np.random.default_rng(0)
    for shape in ((3, 4), (4,), (3, 1), (2, 3, 4), ()):
        mask = np.asarray(rng.random(shape) < 0.5)
        three = columns(lambda torch, a, b, mask=mask: torch.where(column_mask(torch, mask), a, b))
        sweep(*three, ((3, 4), (3, 4)), ((3, 4), (4,)), ((), ()), exact="values", scale="terms")
    check(*columns("where"), np.zeros((0, 3), bool), array(3), array())


def column_mask(torch, mask):
    return torch.from_numpy(np.array(mask)) if mask.ndim else torch.tensor(bool(mask))


@pytest.mark.parametrize("n", [0, 0.0, 1.5, True, float("inf"), float("nan")])
def test_where_with_numbers(n):
    mask = array(3, 4) > 0
    for x in (array(3, 4), array(4, dtype="float64"), np.arange(4), np.array([True] * 4), array()):
        check(*columns("where"), mask, np.asarray(x), n)
        check(*columns("where"), mask, n, np.asarray(x))
    check(*columns("where"), mask, n, 2)


def test_where_stops_what_was_not_taken():
    three = columns(lambda torch, x: torch.where(x > 0, torch.log(x), 0.0))
    check(*three, np.array([-1.0, 0.0, 2.0], "float32"))
    three = columns(lambda torch, x: torch.where(x > 0, x, 1.0).sqrt() * torch.where(x > 0, x, 0))
    check(*three, array(3, 4), second=True)


@same_script
def test_where_finds(torch):
    x = torch.tensor([[0.0, 2.0], [3.0, 0.0]])
    return [
        torch.where(x),
        torch.where(x > 1),
        torch.where(torch.tensor(3.0)),
        x.where(x > 2, -1.0),
    ]


@same_script
def test_where_errors(torch):
    x, mask = torch.ones(3), torch.tensor([True, False, True])
    return [
        error(torch, lambda: torch.where(x, x, x)),
        error(torch, lambda: torch.where(mask, x)),
        error(torch, lambda: torch.where(mask, x, "a")),
        error(torch, lambda: torch.where(True, x, x)),
        error(torch, lambda: torch.where(torch.ones(4) > 0, x, x)),
        error(torch, lambda: torch.where(mask, x, torch.ones(4))),
    ]


@same_script
def test_names(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    results = [x.clamp(0, 1), x.clamp(min=0), x.clip(max=1), x.clamp(x, x), x.clamp_min(0)]
    results += [x.clamp_max(0), x.maximum(x), x.minimum(x), x.where(x > 1, 0.0)]
    return [y.grad_fn.name() for y in results]


def test_masks_are_no_inputs():
    check(*columns("where"), array(3) > 0, array(3), constant(array(3)), exact=True)


# ---- fmax and fmin ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fmax", "fmin"])
def test_fmax_and_fmin(name):
    sweep(*columns(name), *PAIRS, exact="values", scale="terms")
    check(*columns(name), *(a.reshape(-1) for a in np.meshgrid(AWKWARD, AWKWARD)), exact=True)
    check(*columns(name), array(3, 4), array(4), second=True, scale="terms")
    check(*columns(lambda torch, x: getattr(torch, name)(x, x)), AWKWARD, exact=True)
    check(*columns(name), np.array([1, 5]), np.array([2.5, 2.5], "float32"))
    check(*columns(name), np.array([True, False]), np.array([False, False]))
    check(*columns(name), np.array([1, 5], "uint8"), np.array(3))
    check_error(*columns(name), array(2), 1.0, match="'other'")
    check_error(*columns(name), array(3), array(4), match="dimension 0")


# ---- forms and sizes ----------------------------------------------------------------------------


def test_many():
    rng = np.random.default_rng(0)
    a, b = array(50, 60), array(60, seed=1)
    mask = rng.random((50, 60)) < 0.5
    for dtype in ("float16", "float32", "float64", "int32"):
        x, y = a.astype(dtype), b.astype(dtype)
        for other in (x[::-1].copy(), y, np.asarray(y[0]), x.T.copy().T):
            check(*columns("where"), mask, x, other, exact="values", scale="terms")
        check(*columns("where"), mask, x, 2, exact="values")
        check(*columns("where"), mask.T.copy().T, -1, x, exact="values")
        check(*columns("clamp"), x, y, exact="values", scale="terms")
        check(*columns("clamp"), x, y, np.abs(x), exact="values", scale="terms")


@same_script
def test_out(torch):
    x, y = torch.tensor([1.0, 5.0]), torch.tensor([3.0, 4.0])
    wide, flags = torch.zeros(2, dtype=torch.float64), torch.tensor([True, False])
    results = [
        torch.clamp(x, 2, 3, out=torch.zeros(2)),
        torch.clip(x, max=3, out=torch.empty(0)),
        torch.clamp_min(x, y, out=torch.zeros(2)),
        torch.clamp_max(x, 3, out=torch.zeros(2)),
        torch.where(flags, x, y, out=torch.zeros(2)),
        error(torch, lambda: torch.clamp(x, 0, 1, out=wide)),
        error(torch, lambda: torch.where(flags, x, y, out=wide)),
    ]
    for f in (torch.maximum, torch.minimum, torch.fmax, torch.fmin):
        results += [f(x, y, out=wide), f(x, y, out=torch.zeros(2))]
        results.append(error(torch, lambda f=f: f(x, y, out=torch.zeros(2, dtype=torch.int64))))
    return results


@same_script
def test_bounds_of_two_kinds(torch):
    x, n = torch.tensor([1.0, 5.0], requires_grad=True), torch.tensor([1, 5])
    return [
        error(torch, lambda: torch.clamp(x, x, 1)),
        error(torch, lambda: torch.clamp(x, 1, x)),
        error(torch, lambda: torch.clamp_min(x, None)),
        error(torch, lambda: (n + 0).clamp_(1.5)),
        error(torch, lambda: (n + 0).clamp_(x)),
        torch.clamp(x, n),
        torch.clamp(n, 1.5, 2),
        torch.clamp(x, 2, 1),
        torch.clamp(x, 0, float("nan")),
        torch.clamp(n.to(torch.uint8), -1),
        torch.clamp(n, torch.tensor(2.5), 4),
        torch.clamp(x, 2, n[1]),
        torch.clamp(n, torch.tensor(2.0), torch.ones(2, dtype=torch.float16)),
        torch.clamp(n > 2, n > 0),
        torch.clamp(x, torch.ones(2, 1), torch.ones(2, 2) * 3),
    ]


@same_script
def test_names_of_fmax(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    return [x.fmax(x).grad_fn.name(), x.fmin(x).grad_fn.name()]


@same_script
def test_where_of_other_kinds(torch):
    x, flags = torch.tensor([1.0, 2.0]), torch.tensor([True, False])
    return [
        torch.where(flags.to(torch.uint8), x, 0.0),
        torch.where(condition=flags),
        torch.where(flags, input=x, other=x + 1),
        torch.where(flags, True, 2),
        error(torch, lambda: torch.where(torch.tensor([1, 0]), x, x)),
        error(torch, lambda: torch.where(flags, torch.tensor([1], dtype=torch.int8), 300)),
        error(torch, lambda: torch.where(flags, 1e10, x.half())),
        error(torch, lambda: x.where(2, 2)),
        error(torch, lambda: torch.where([True], x, x)),
        error(torch, lambda: torch.where(flags, x, None)),
    ]


# What random programs found: names in the graph, memory orders, versions, what is saved.
test_fuzzed_lines = alike(
    """
m.clamp(max=torch.ones(3, 2))
m.clip(torch.zeros(3, 2), m.contiguous())
torch.where(torch.ones(3, 2) > 0, m, m)
torch.where(m > 1, torch.ones(3, 2), 0.0)
torch.where(m > 1)
torch.tensor([True]).clip(torch.tensor([True]), torch.tensor([False]))
g.clamp_min(torch.zeros(2))
g.clamp_max(torch.zeros(2))
(c := n > 3, y := torch.where(c, g, 0.0), c.logical_not_(), y.sum().backward())
""",
    OPERANDS,
)
