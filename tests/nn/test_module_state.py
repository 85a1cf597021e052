"""Module: state_dict, copies, text. One script, three columns."""

import copy
import pickle

import pytest

import scratch
from tests.nn.networks import two_layers
from tests.same_script import same_script

# ---- state_dict -----------------------------------------------------------------------------


@same_script
def test_state_dict(torch):
    net = two_layers(torch)
    state = net.state_dict()
    kept = net.state_dict(prefix="p.", keep_vars=True)
    return (
        type(state).__name__,
        state,
        list(kept),
        kept["p.first.scale"] is net.first.scale,
        dict(state._metadata),
        repr(net.first.linear.state_dict()),
    )


@same_script
def test_state_dict_shares_memory(torch):
    net = two_layers(torch)
    state = net.state_dict()
    with torch.no_grad():
        net.first.scale.add_(1)
    return state["first.scale"], state["first.scale"].requires_grad


@same_script(rtol=1e-6)
def test_load_state_dict(torch):
    net, other = two_layers(torch), two_layers(torch)
    with torch.no_grad():
        for p in other.parameters():
            p.mul_(-2)
    scale = net.first.scale
    answer = net.load_state_dict(other.state_dict())
    x = torch.tensor([[1.0, -2.0, 3.0]])
    return repr(answer), net(x), other(x), net.first.scale is scale


@same_script
def test_load_state_dict_with_assign(torch):
    net = two_layers(torch)
    state = {key: value.double() * 3 for key, value in net.state_dict().items()}
    net.load_state_dict(state, assign=True)
    return net.first.scale, net.first.mean, type(net.first.scale).__name__


@same_script
def test_load_state_dict_converts_dtypes(torch):
    net = torch.nn.Linear(2, 1)
    state = {"weight": torch.tensor([[1, 2]]), "bias": torch.tensor([0.1], dtype=torch.float64)}
    net.load_state_dict(state)
    return net.weight, net.bias


@same_script
def test_load_state_dict_not_strict(torch):
    net = torch.nn.Linear(2, 1)
    state = {"weight": torch.tensor([[1.0, 2.0]]), "other": torch.ones(1)}
    answer = net.load_state_dict(state, strict=False)
    return list(answer.missing_keys), list(answer.unexpected_keys), repr(answer), net.weight


@same_script
def test_load_state_dict_complaints(torch):
    net = two_layers(torch)
    state = net.state_dict()
    state["first.scale"] = torch.ones(4)
    state["first.mean"] = 3
    state["extra"] = torch.ones(1)
    del state["second.linear.bias"]
    try:
        net.load_state_dict(state)
    except RuntimeError as complaint:
        return str(complaint)


def test_load_state_dict_changes_all_or_nothing():
    net = two_layers(scratch)
    before = {key: value.clone() for key, value in net.state_dict().items()}
    state = {key: value * 0 for key, value in before.items()}
    state["second.mean"] = scratch.ones(2)  # the last one does not fit
    with pytest.raises(RuntimeError, match="size mismatch for second.mean"):
        net.load_state_dict(state)
    for key, value in net.state_dict().items():
        assert (value == before[key]).all(), key


def test_loading_between_forward_and_backward_is_noticed():
    layer = scratch.nn.Linear(2, 2)
    x = scratch.ones(1, 2, requires_grad=True)
    y = layer(x)
    layer.load_state_dict(layer.state_dict())
    with pytest.raises(RuntimeError, match="modified by an inplace operation.*load_state_dict"):
        y.sum().backward()


# ---- copies and text ------------------------------------------------------------------------


@same_script
def test_deepcopy_is_independent(torch):
    net = two_layers(torch)
    twin = copy.deepcopy(net)
    with torch.no_grad():
        twin.first.scale.zero_()
    twin.first.new = torch.nn.ReLU()
    return (
        net.first.scale,
        twin.first.scale,
        twin.shared is twin.first.linear,
        [name for name, _ in net.named_modules()],
        type(twin.first.scale).__name__,
    )


@same_script
def test_pickle_round_trip(torch):
    net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU()).eval()
    again = pickle.loads(pickle.dumps(net))
    return (
        repr(again),
        again[0].training,
        list(again.state_dict()),
        bool((again[0].weight == net[0].weight).all()),
        again[0].weight.requires_grad,
        type(again[0].weight).__name__,
    )


@same_script
def test_shallow_copy_registers_for_itself(torch):
    class Net(torch.nn.Module):
        pass

    net = Net()
    net.layer = torch.nn.ReLU()
    twin = copy.copy(net)
    return twin.layer is net.layer, repr(twin)


def test_shallow_copy_leaves_the_original_as_it_was():
    net = scratch.nn.Sequential(scratch.nn.ReLU())
    twin = copy.copy(net)
    twin.append(scratch.nn.Tanh())
    assert len(net) == 1 and len(twin) == 2


@same_script
def test_repr(torch):
    class Described(torch.nn.Module):
        def extra_repr(self):
            return "a=1, b=2"

    class Lines(Described):
        def extra_repr(self):
            return "a=1\nb=2"

    described = Described()
    described.inner = Lines()
    described.empty = torch.nn.Module()
    described.register_module("none", None)
    described.net = two_layers(torch)
    return repr(described), repr(Described()), repr(Lines()), repr(torch.nn.Module())
