"""Initial weights: the bits are torch's. One script, three columns."""

import math
import warnings

import pytest

import scratch
from tests.same_script import error, same_script

SIZES = [(3, 5), (1, 1), (16, 16), (7, 3, 3, 3), (2, 3, 5)]
FILLERS = {
    "uniform_": [{}, {"a": -2.0, "b": 0.5}],
    "normal_": [{}, {"mean": 3.0, "std": 0.1}],
    "xavier_uniform_": [{}, {"gain": 5 / 3}],
    "xavier_normal_": [{}, {"gain": 2.0}],
    "kaiming_uniform_": [{}, {"a": math.sqrt(5)}, {"mode": "fan_out", "nonlinearity": "relu"}],
    "kaiming_normal_": [{}, {"a": 0.2}, {"mode": "FAN_OUT", "nonlinearity": "tanh"}],
    "trunc_normal_": [{}, {"std": 0.02}, {"mean": 0.5, "a": 0.2, "b": 0.9}, {"a": 2.5, "b": 3.0}],
    "constant_": [{"val": 0.1}],
    "ones_": [{}],
    "zeros_": [{}],
}


@pytest.mark.parametrize("name", FILLERS)
def test_bits(name):
    @same_script
    def script(torch):
        seen = []
        for size in SIZES:
            for options in FILLERS[name]:
                for dtype in (torch.float32, torch.float64):
                    torch.manual_seed(7)
                    w = torch.empty(size, dtype=dtype)
                    seen.append((getattr(torch.nn.init, name)(w, **options), torch.rand(1)))
        return seen

    for column in ("scratch", "torch_impl"):
        script(column)


@same_script
def test_a_generator_of_its_own(torch):
    g = torch.Generator()
    g.manual_seed(3)
    torch.manual_seed(0)
    init, w = torch.nn.init, torch.empty(4, 5)
    seen = [
        fill(w, generator=g).clone()
        for fill in (
            init.uniform_,
            init.normal_,
            init.trunc_normal_,
            init.xavier_uniform_,
            init.xavier_normal_,
            init.kaiming_uniform_,
            init.kaiming_normal_,
        )
    ]
    return seen, torch.rand(2)


@same_script
def test_in_place_and_unrecorded(torch):
    w = torch.empty(3, 4, requires_grad=True)
    returned = torch.nn.init.kaiming_uniform_(w)
    layer = torch.nn.Linear(2, 2)
    torch.nn.init.constant_(layer.weight, 0.5)
    torch.nn.init.eye_(layer.weight)
    return returned is w, w.requires_grad, w.grad_fn, layer.weight


@same_script
def test_eye_of_any_matrix(torch):
    return [torch.nn.init.eye_(torch.empty(size)) for size in [(2, 2), (2, 4), (3, 1), (0, 2)]]


DIRACS = [((4, 2, 3), 1), ((2, 4, 4), 1), ((6, 3, 3, 2), 3), ((4, 4, 1, 3, 5), 2), ((1, 1, 1), 1)]


@same_script
def test_dirac(torch):
    seen = [torch.nn.init.dirac_(torch.empty(size), groups) for size, groups in DIRACS]
    seen += [torch.nn.init.dirac_(torch.empty(0, 2, 3)), torch.nn.init.dirac_(torch.ones(2, 0, 3))]
    layer = torch.nn.Conv2d(4, 4, 3, padding=1, groups=2, bias=False, dtype=torch.float64)
    torch.nn.init.dirac_(layer.weight, groups=2)
    x = torch.arange(64.0, dtype=torch.float64).view(1, 4, 4, 4)
    return seen, layer.weight, torch.equal(layer(x), x)


TURNS = [(3, 5), (5, 3), (4, 4), (1, 1), (1, 6), (6, 1), (4, 2, 3), (16, 2, 3, 3), (0, 3), (64, 48)]


def test_orthogonal():
    @same_script(atol=3e-6)
    def script(torch):
        seen = []
        for size in TURNS:
            for options in ({}, {"gain": 2.5}):
                torch.manual_seed(3)
                w = torch.empty(size)
                assert torch.nn.init.orthogonal_(w, **options) is w
                seen.append((w, torch.rand(1)))
        return seen

    for column in ("scratch", "torch_impl"):
        script(column)


@same_script(atol=1e-14)
def test_orthogonal_in_double_precision(torch):
    g = torch.Generator()
    g.manual_seed(1)
    torch.manual_seed(2)
    layer = torch.nn.Linear(5, 3, dtype=torch.float64)
    torch.nn.init.orthogonal_(layer.weight, generator=g)
    transposed = torch.empty(2, 4, dtype=torch.float64).T
    torch.nn.init.orthogonal_(transposed, generator=g)
    return layer.weight, transposed, torch.rand(1, generator=g), torch.rand(1)


@same_script
def test_sparse(torch):
    seen = []
    for size in [(3, 5), (10, 4), (1, 1), (0, 3), (3, 0), (100, 7)]:
        for sparsity in (0.0, 0.1, 0.5, 1.0, 2, -0.5):
            for dtype in (torch.float32, torch.float64, torch.float16):
                torch.manual_seed(7)
                w = torch.empty(size, dtype=dtype)
                seen.append((torch.nn.init.sparse_(w, sparsity, std=0.5), torch.rand(1)))
    g = torch.Generator()
    g.manual_seed(1)
    torch.manual_seed(2)
    w = torch.nn.Parameter(torch.empty(6, 20).T)
    torch.nn.init.sparse_(w, sparsity=0.3, generator=g)
    return seen, w, torch.rand(1, generator=g), torch.rand(1)


@same_script
def test_gains(torch):
    gain = torch.nn.init.calculate_gain
    names = [
        "linear",
        "conv1d",
        "conv_transpose3d",
        "sigmoid",
        "tanh",
        "relu",
        "leaky_relu",
        "selu",
    ]
    return [gain(name) for name in names], gain("leaky_relu", 0.2), gain("leaky_relu", 1)


@same_script
def test_errors(torch):
    init, empty = torch.nn.init, torch.empty
    return [
        error(torch, function)
        for function in (
            lambda: init.calculate_gain("softplus"),
            lambda: init.calculate_gain("leaky_relu", "0.1"),
            lambda: init.calculate_gain("leaky_relu", True),
            lambda: init.xavier_uniform_(empty(3)),
            lambda: init.xavier_normal_(empty(())),
            lambda: init.kaiming_uniform_(empty(3)),
            lambda: init.kaiming_normal_(empty(3, 4), mode="fan"),
            lambda: init.kaiming_normal_(empty(3, 4), nonlinearity="none"),
            lambda: init.eye_(empty(3)),
            lambda: init.eye_(empty(3, 3, 3)),
            lambda: init.dirac_(empty(3, 3)),
            lambda: init.dirac_(empty(3, 3, 3, 3, 3, 3)),
            lambda: init.dirac_(empty(4, 2, 3), 3),
            lambda: init.dirac_(empty(4, 2, 3), 0),
            lambda: init.orthogonal_(empty(3)),
            lambda: init.orthogonal_(empty(2, 3).half()),
            lambda: init.orthogonal_(empty(2, 3).long()),
            lambda: init.orthogonal_(empty(2, 3, 4).transpose(1, 2)),
            lambda: init.sparse_(empty(3), 0.5),
            lambda: init.sparse_(empty(3, 3, 3), 0.5),
            lambda: init.sparse_(empty(3, 3), "half"),
            lambda: init.sparse_(empty(3, 3).long(), 0.5),
            lambda: init.uniform_(empty(3), 1.0, 0.0),
            lambda: init.normal_(empty(3), 0.0, -1.0),
        )
    ]


@pytest.mark.parametrize("name", ["kaiming_uniform_", "kaiming_normal_"])
def test_nothing_to_fill(name):
    with pytest.warns(UserWarning, match="zero-element tensors is a no-op"):
        getattr(scratch.nn.init, name)(scratch.empty(0, 3))


def test_a_far_mean_is_warned_of():
    with pytest.warns(UserWarning, match="more than 2 std"):
        w = scratch.nn.init.trunc_normal_(scratch.empty(100), mean=10.0)
    assert ((-2 <= w) & (w <= 2)).all()


@pytest.mark.parametrize("name", ["uniform", "normal", "xavier_uniform", "kaiming_normal"])
def test_the_names_of_old_still_work(name):
    with pytest.warns(FutureWarning, match=f"in favor of `nn.init.{name}_`"):
        getattr(scratch.nn.init, name)(scratch.empty(2, 3))


@pytest.mark.parametrize(
    ("name", "size", "args"),
    [("eye", (2, 2), ()), ("constant", (2,), (3.0,)), ("dirac", (2, 2, 3), (2,)),
     ("orthogonal", (2, 2), (2.0,)), ("sparse", (2, 2), (0.5,)), ("xavier_normal", (2, 2), ()),
     ("kaiming_uniform", (2, 2), (1.0,))],
)  # fmt: skip
def test_the_names_of_old_do_the_same(name, size, args):
    results = []
    for called in (name, f"{name}_"):
        scratch.manual_seed(0)
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            results.append(getattr(scratch.nn.init, called)(scratch.empty(size), *args))
        assert [w.category for w in seen] == [FutureWarning] * (called == name)
        assert all(w.filename == __file__ for w in seen)
    assert scratch.equal(*results) and getattr(scratch.nn.init, name).__name__ == name
