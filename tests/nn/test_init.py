"""Initial weights: the bits are torch's. One script, three columns."""

import math

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
