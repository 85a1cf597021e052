"""Draws with tensors as parameters, and into tensors that exist: torch's numbers and history."""

import numpy as np
import pytest
import torch

import scratch
from tests.lockstep import FLOATS, INTEGERS, SIZES, lockstep, rules, seed, tensor

ARGUMENTS = {  # of each method, for floating-point tensors
    "uniform_": [(), (0, 1), (-0.3, 0.7), (1.1, 5.3), (-1 / 28, 1 / 28), (5, 5)],
    "normal_": [(), (0.3, 1.7), (0, 0.02), (5, 0)],
    "random_": [(), (2,), (3, 90), (0, 1)],
    "exponential_": [(), (0.37,), (5,), (float("inf"),)],
    "bernoulli_": [(), (0.3,), (0,), (1,)],
    "geometric_": [(0.3,), (0.9,)],
    "cauchy_": [(), (0.3, 2.5)],
    "log_normal_": [(), (0.3, 0.5), (700, 100)],
}
LAYOUTS = {
    "columns": lambda x: x.T,
    "gaps": lambda x: x[:, ::2, :, 1::3],
    "columns with gaps": lambda x: x.T[::2, :, 1:],
    "channels last": lambda x: x.transpose(0, 3, 1, 2),
    "one": lambda x: x[:1, :, :1].transpose(2, 1, 0, 3),
    "small": lambda x: x[0, 0, ::2, ::4].T,
}


@pytest.fixture(params=["numpy", "numba"])
def kind(request):
    with rules(request.param):
        yield request.param


def method(torch, name, x, *args):
    return getattr(x, name)(*args)


@pytest.fixture(autouse=True)
def _same_start():
    seed(0)


# ---- in place -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", ARGUMENTS)
def test_fill(kind, name, dtype, size):
    seed(size)
    for args in ARGUMENTS[name]:
        lockstep(method, name, np.zeros(size, dtype), *args)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", ARGUMENTS)
def test_fill_any_layout(kind, name, dtype, layout):
    seed(1)
    x = LAYOUTS[layout](np.zeros((4, 5, 6, 7), dtype))
    for args in ARGUMENTS[name]:
        lockstep(method, name, x, *args)


@pytest.mark.parametrize("dtype", [*INTEGERS, "bool"])
def test_fill_integers(kind, dtype):
    seed(2)
    top = {"bool": 2, "uint8": 200, "int8": 100}.get(dtype, 30_000)
    for size in SIZES:
        x = np.zeros(size, dtype)
        for args in [(), (2,), (0, top), (1, None), (0, None)]:
            lockstep(method, "random_", x, *args)
        lockstep(method, "bernoulli_", x, 0.3)
        lockstep(method, "bernoulli_", x, np.full(size, 0.3, np.float32))
        if dtype != "bool":
            lockstep(method, "geometric_", x, 0.3)


@pytest.mark.parametrize(
    "bounds",
    [
        (2**28 - 1,),
        (2**28,),
        (-(2**31), 2**31),
        (-(2**63), 2**63 - 1),
        (-5, None),
        (-(2**63), None),
    ],
    ids=str,
)
def test_fill_wide_ranges(kind, bounds):
    seed(3)
    lockstep(method, "random_", np.zeros(1000, np.int64), *bounds)
    if bounds[0] > -(2**63):
        lockstep(method, "random_", np.zeros(1000), *bounds)


@pytest.mark.parametrize("p", FLOATS)
def test_bernoulli_of_a_tensor(kind, p):
    """Each element has a probability of its own, wherever it and the target lie in memory."""
    seed(4)
    chances = np.random.default_rng(4).random((4, 5, 6, 7)).astype(p)
    for dtype in ("float32", "float16", "int64", "bool"):
        target = np.zeros((4, 5, 6, 7), dtype)
        for layout in LAYOUTS.values():
            lockstep(method, "bernoulli_", layout(target), layout(chances))
        lockstep(method, "bernoulli_", target.T, chances.T.copy())
        lockstep(method, "bernoulli_", target, chances[0, 0])
        lockstep(method, "bernoulli_", target, chances[0, 0, 0, 0, ...])
    lockstep("bernoulli", chances)
    lockstep("bernoulli", chances.T)
    lockstep("bernoulli", chances.T, 0.4)
    lockstep("bernoulli", np.zeros(5, np.int64), p=0.4)
    lockstep(lambda torch, x: x.bernoulli(), chances)


# ---- parameters that are tensors ------------------------------------------------------------


@pytest.mark.parametrize("dtypes", [(a, b) for a in FLOATS for b in FLOATS], ids=" ".join)
def test_normal(kind, dtypes):
    seed(5)
    random = np.random.default_rng(5)
    for shape, other in [
        ((0,), ()),
        ((3,), (3,)),
        ((100,), (100,)),
        ((7, 1), (5,)),
        ((), ()),
        ((), (20,)),
    ]:
        mean = np.asarray(random.normal(size=shape)).astype(dtypes[0])
        std = np.asarray(random.random(size=other)).astype(dtypes[1])
        lockstep("normal", mean, std)
        lockstep("normal", mean, 0.7)
        lockstep("normal", mean)
        lockstep("normal", 1.3, std)
        lockstep("normal", std.T, 0.7, out=np.zeros(std.shape, dtypes[0]))


def test_normal_of_a_size(kind):
    seed(6)
    for size in [(), (3,), [4, 5], (7, 100)]:
        lockstep("normal", 1, 2, size)
        lockstep("normal", mean=0.5, std=0.1, size=size, dtype=np.dtype("float64"))
        lockstep("normal", np.asarray(0.5), np.asarray(2.0), size)
    lockstep("normal", 0.0, 1.0, (3,), requires_grad=True)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("replacement", [False, True])
def test_multinomial(kind, dtype, replacement):
    seed(7)
    random = np.random.default_rng(7)
    for n in (1, 2, 5, 50, 1500):
        p = random.random((3, n)).astype(dtype)
        p[1, random.random(n) < 0.5] = 0
        p[1, n // 2] = 1
        p[2] = 1
        for samples in {1, n // 2 + 1, n, *({n + 3, 70} if replacement else ())}:
            lockstep("multinomial", p, samples, replacement)
            lockstep("multinomial", p[0], samples, replacement)
            lockstep("multinomial", p[:, ::-1][:, :samples].copy(), 1, replacement)
    lockstep("multinomial", np.zeros((0, 3), dtype), 1, replacement)
    lockstep(lambda torch, p: p.multinomial(num_samples=1), p)
    lockstep("multinomial", p, 1, out=np.zeros((3, 1), np.int64))


def test_multinomial_orders_equals_as_torch_does():
    """float16 has so few values that many indices draw the same: their order is torch's too."""
    seed(8)
    for n in (20, 300, 3000):
        for samples in (n // 80 + 2, n // 2, n):
            lockstep("multinomial", np.ones(n, np.float16), samples)


# ---- autograd -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda torch, x: torch.bernoulli(x), "BernoulliBackward0"),
        (lambda torch, x: torch.normal(x, 1.0), "NormalBackward1"),
        (lambda torch, x: torch.normal(0.0, x), "NormalBackward2"),
        (lambda torch, x: torch.normal(x[:1], x), "NormalBackward3"),
        (lambda torch, x: (x * 1).uniform_(), "UniformBackward0"),
        (lambda torch, x: (x * 1).normal_(), "NormalBackward0"),
        (lambda torch, x: (x * 1).exponential_(), "ExponentialBackward0"),
    ],
)
def test_no_gradient_goes_through_a_draw(call, name):
    seed(9)
    x = np.array([0.2, 0.7, 0.5], np.float32)
    gradients = []

    def backward(column, x):
        x = x.requires_grad_()
        y = call(column, x)
        assert y.grad_fn.name() == name
        (y * y).sum().backward(retain_graph=True)
        if column is scratch:
            (dx,) = column.autograd.grad((y * y).sum(), x, create_graph=True)
            assert dx.tolist() == [0, 0, 0]
        gradients.append(x.grad.tolist())
        return y.detach()

    lockstep(backward, x)
    assert gradients == [[0, 0, 0]] * 2


def test_probabilities_that_require_gradients():
    """A tensor filled from them joins the graph."""
    seed(10)

    def call(column, p):
        y = column.zeros(3).bernoulli_(p.requires_grad_())
        y.sum().backward()
        assert p.grad.tolist() == [0, 0, 0]
        return y

    lockstep(call, np.array([0.2, 0.7, 0.5], np.float32))


@pytest.mark.parametrize("name", ARGUMENTS)
def test_leaves_are_not_overwritten(name):
    """Nor is anything drawn; but without grad mode, weights may be initialized."""
    seed(11)
    args = ARGUMENTS[name][-1]

    def refused(column, x):
        return getattr(x.requires_grad_(), name)(*args)

    def allowed(column, x):
        with column.no_grad():
            y = refused(column, x)
        assert y is x and x.is_leaf
        return y

    lockstep(refused, np.zeros(3), match="a leaf Variable that requires grad")
    lockstep(allowed, np.zeros(3))


def test_versions_count():
    def change(column, x):
        y = (x.requires_grad_() * 1).tanh()
        z = y * y
        y.normal_()
        z.sum().backward()

    error = lockstep(change, np.ones(3))
    assert isinstance(error, RuntimeError) and "normal_" in str(error)


def test_views_are_filled():
    seed(12)
    x = scratch.zeros(3, 4)
    x.t().uniform_()
    y = torch.zeros(3, 4)
    y.t().uniform_()
    assert x.tolist() == y.tolist()
    assert x._version == y._version == 1


# ---- at the edges ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ARGUMENTS)
def test_expanded_tensors_are_refused(name):
    seed(13)

    def call(column, x):
        return getattr(x.expand(20), name)(*ARGUMENTS[name][-1])

    lockstep(call, np.zeros(1), match="clone")


def test_half_precision_beyond_its_range():
    """What float16 cannot hold becomes infinite, and nobody is warned."""
    seed(14)
    lockstep(method, "cauchy_", np.zeros(1000, np.float16), 0, 1e5)
    with pytest.warns(UserWarning, match="out of bounds"):
        lockstep(method, "random_", np.zeros(100, np.float16), 0, 65504)
    assert (
        tensor(scratch, np.zeros(3, np.float16)).log_normal_(700, 1).tolist() == [float("inf")] * 3
    )
