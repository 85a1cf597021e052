"""Module: state_dict, copies, text. One script, three columns."""

import copy
import pickle

import pytest
import torch

import scratch
from tests.nn.networks import two_layers
from tests.same_script import error, same_script

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


# ---- what layers and hooks may change about it ----------------------------------------------


def versioned(torch, seen):
    """A layer at version 2, which had no buffer at version 1, with extra state besides."""

    class Layer(torch.nn.Module):
        _version = 2

        def __init__(self):
            super().__init__()
            self.w = torch.nn.Parameter(torch.zeros(2))
            self.register_buffer("n", torch.zeros(1))

        def _load_from_state_dict(self, state_dict, prefix, local_metadata, *lists):
            seen.append((prefix, dict(local_metadata), sorted(state_dict)))
            if local_metadata.get("version") is None:
                state_dict.setdefault(prefix + "n", torch.full((1,), 5.0))
            super()._load_from_state_dict(state_dict, prefix, local_metadata, *lists)
            seen.append(self.w.tolist())

        def get_extra_state(self):
            return {"k": 1}

        def set_extra_state(self, state):
            seen.append(("extra", state, self.w.tolist()))

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a = Layer()
            self.b = torch.nn.Sequential(Layer())

    return Net


@same_script
def test_layers_may_repair_what_is_older(torch):
    seen = []
    Net = versioned(torch, seen)
    net, other = Net(), Net()
    with torch.no_grad():
        other.a.w.fill_(3)
        other.b[0].w.fill_(4)
    state = other.state_dict()
    versions = {key: dict(value) for key, value in state._metadata.items()}
    seen.append((list(state), versions, repr(net.load_state_dict(state))))
    seen.append(repr(net.load_state_dict(state, assign=True)))
    old = dict(state)
    del old["a.n"], old["b.0.n"]
    seen.append((repr(net.load_state_dict(old)), net.a.n, net.b[0].n))
    del old["a._extra_state"]
    old.update({"b._extra_state": 3, "zz.y": 1, "b.0.q.r": 2, "c": 4})
    seen.append(complaint(net, old))
    seen.append(repr(net.load_state_dict(old, strict=False)))
    return seen


def complaint(net, state):
    try:
        net.load_state_dict(state)
    except RuntimeError as raised:
        return str(raised)


def test_a_repair_that_was_in_vain_changes_nothing():
    net = versioned(scratch, [])()
    state = {"a.w": scratch.ones(2), "b.0.w": scratch.ones(3), "a._extra_state": 1}
    for assign in (False, True):
        before = net.a.w
        with pytest.raises(RuntimeError, match="size mismatch for b.0.w"):
            net.load_state_dict(state, assign=assign)
        assert net.a.w is before and net.a.w.tolist() == [0.0, 0.0]


@same_script
def test_hooks_of_state_dict(torch):
    seen = []
    net = torch.nn.Sequential(torch.nn.Linear(1, 1, bias=False), torch.nn.ReLU())
    net[0].register_state_dict_pre_hook(lambda m, *rest: seen.append((type(m).__name__, *rest)))

    def post(module, state, prefix, metadata):
        seen.append((prefix, dict(metadata), list(state)))
        state[prefix + "x"] = torch.ones(1)

    handle = net[0].register_state_dict_post_hook(post)
    state = net.state_dict()

    def forget(module, state, prefix, metadata, strict, missing, unexpected, errors):
        seen.append((prefix, strict, list(state)))
        state.pop(prefix + "x")

    net[0].register_load_state_dict_pre_hook(forget)
    net[0].register_load_state_dict_post_hook(lambda m, keys: seen.append(repr(keys)))
    seen.append(complaint(net, state))
    state["y"] = torch.ones(1)
    seen.append(complaint(net, state))
    net.register_load_state_dict_post_hook(lambda m, keys: keys.unexpected_keys.clear())
    seen.append(repr(net.load_state_dict(state)))
    handle.remove()
    seen.append(list(net.state_dict()))
    net._register_state_dict_hook(lambda *rest: {"only": 1})
    seen.append(net.state_dict())
    net[0]._register_load_state_dict_pre_hook(lambda state, prefix, *rest: seen.append(prefix))
    twin = copy.deepcopy(net[0])
    twin.load_state_dict({"weight": torch.ones(1, 1), "x": 3})
    return seen, twin.weight


@same_script
def test_hooks_of_state_dict_that_answer_wrongly(torch):
    m = torch.nn.ReLU()

    def answers(*_):
        return 1

    m.register_state_dict_post_hook(answers)
    m.register_load_state_dict_post_hook(answers)
    return [
        error(torch, lambda: m._register_state_dict_hook(answers)),
        error(torch, m.state_dict),
        error(torch, lambda: m.load_state_dict({})),
        error(torch, m.get_extra_state),
        error(torch, lambda: m.set_extra_state(1)),
    ]


@same_script
def test_positional_arguments_of_state_dict(torch):
    layer = torch.nn.Linear(1, 1)
    return list(layer.state_dict({}, "p.")), layer.state_dict(None, "", True)["bias"].requires_grad


def test_positional_arguments_of_state_dict_warn():
    with pytest.warns(FutureWarning, match="Positional args are being deprecated"):
        scratch.nn.ReLU().state_dict({})


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


@same_script
def test_repr_of_several_lines_inside_others(torch):
    class Lines(torch.nn.Module):
        def extra_repr(self):
            return "a\n\nb"

    nn = torch.nn
    inner = nn.ModuleList([Lines(), Lines(), nn.Sequential(Lines())])
    return repr(nn.Sequential(nn.Sequential(Lines()), inner))


@same_script
def test_copies_keep_what_is_shared_and_who_hooks(torch):
    class Counts(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = torch.nn.Linear(1, 1), torch.nn.Linear(1, 1)
            self.b.weight = self.a.weight
            self.a.register_forward_hook(self.count)
            self.calls = 0

        def count(self, *_):
            self.calls += 1

        def forward(self, x):
            return self.a(x)

    net = Counts()
    twin = copy.deepcopy(net)
    twin(torch.ones(1, 1))
    return net.calls, twin.calls, twin.a.weight is twin.b.weight, list(twin.state_dict())


def test_the_pickled_attributes_are_arranged_as_torchs():
    """Whole models can be exchanged: what torch's ``__setstate__`` adds itself may be missing."""
    layer = scratch.nn.Linear(1, 1)
    layer.register_buffer("b", scratch.ones(1), persistent=False)
    state = layer.__getstate__()
    assert set(state) <= set(torch.nn.Linear(1, 1).__getstate__())
    assert list(state["_parameters"]) == ["weight", "bias"] and list(state["_buffers"]) == ["b"]
    assert "weight" not in state and state["_non_persistent_buffers_set"] == {"b"}
    again = object.__new__(scratch.nn.Linear)
    again.__setstate__({key: x for key, x in state.items() if "hook" not in key})
    assert again.weight is layer.weight and list(again.state_dict()) == ["weight", "bias"]
    assert again(scratch.ones(1, 1)).shape == (1, 1)
