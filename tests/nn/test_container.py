"""Sequential, ModuleList, ModuleDict. One script, three columns."""

from collections import OrderedDict

import pytest

import scratch
from tests.mistakes import mistake
from tests.same_script import error, same_script


def named(torch):
    nn = torch.nn
    return nn.Sequential(OrderedDict(a=nn.ReLU(), b=nn.Tanh(), c=nn.Sigmoid()))


@same_script(rtol=1e-6)
def test_forward_and_gradients(torch):
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(6, 4), torch.nn.ReLU())
    x = torch.arange(12.0).view(2, 2, 3).requires_grad_()
    net(x).backward(torch.ones(2, 4))
    return net(x), x.grad, net[1].weight.grad, net[1].bias.grad


@same_script
def test_building(torch):
    nn = torch.nn
    return [
        repr(net)
        for net in (
            nn.Sequential(),
            named(torch),
            nn.Sequential(nn.ReLU(), None),
            nn.Sequential(nn.Sequential(nn.ReLU()), nn.Sequential()),
        )
    ]


@same_script
def test_reading(torch):
    net = named(torch)
    return (
        len(net),
        [repr(m) for m in net],
        repr(net[0]),
        repr(net[-1]),
        repr(net[1:]),
        repr(net[::2]),
        repr(net[True]),
        net.b is net[1],
        list(net.state_dict()),
    )


@same_script
def test_slices_share_modules(torch):
    net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Linear(2, 2))
    return net[:1][0] is net[0]


@same_script
def test_changing(torch):
    nn = torch.nn
    net, texts = nn.Sequential(nn.ReLU()), []
    net.append(nn.Tanh()).append(nn.Flatten())
    texts.append(repr(net))
    net[1] = nn.Sigmoid()
    texts.append(repr(net))
    net[-1] = nn.Identity()
    texts.append(repr(net))
    net.insert(1, nn.ReLU())
    texts.append(repr(net))
    net.insert(-1, nn.Tanh())
    net.insert(len(net), nn.Flatten())
    texts.append(repr(net))
    net.extend([nn.ReLU(), nn.ReLU()])
    texts.append(repr(net))
    del net[0]
    texts.append(repr(net))
    del net[1:3]
    texts.append(repr(net))
    texts.append(repr(net.pop(-1)))
    texts.append(repr(net))
    return texts


@same_script
def test_joining(torch):
    nn = torch.nn
    a, b = nn.Sequential(nn.ReLU(), nn.Tanh()), nn.Sequential(nn.Sigmoid())
    texts = [repr(a + b), repr(a * 2), repr(3 * b), repr(a)]
    a += b
    texts.append(repr(a))
    b *= 3
    texts.append(repr(b))
    return texts


@same_script(rtol=1e-6)
def test_a_module_may_stand_at_several_places(torch):
    torch.manual_seed(0)
    layer = torch.nn.Linear(2, 2)
    net = torch.nn.Sequential(layer, torch.nn.Tanh(), layer)
    return list(net.state_dict()), len(list(net.parameters())), net(torch.ones(1, 2))


@same_script
def test_errors(torch):
    nn = torch.nn
    net = named(torch)
    return [
        error(torch, function)
        for function in (
            lambda: nn.Sequential([nn.ReLU()]),
            lambda: nn.Sequential({"a": nn.ReLU()}),
            lambda: nn.Sequential(nn.ReLU(), 3),
            lambda: net["a"],
            lambda: net[3],
            lambda: net[-4],
            lambda: net.append(3),
            lambda: net.insert(0, 3),
            lambda: net.insert(5, nn.ReLU()),
            lambda: net + [nn.ReLU()],
            lambda: net * 0,
            lambda: net * 1.5,
            lambda: net.pop(7),
            lambda: net.extend(3),
        )
    ]


def test_insert_into_a_named_one_numbers_all():
    # torch renames from the end, and stops at the first name that is no number.
    net = named(scratch).insert(1, scratch.nn.Identity())
    assert [name for name, _ in net.named_children()] == ["0", "1", "2", "3"]


def test_assignment_checks_the_type():
    net = named(scratch)
    with pytest.raises(TypeError, match="cannot assign 'int' as module 'a'"):
        net[0] = 3
    assert repr(net[0]) == "ReLU()"


# ---- ModuleList -----------------------------------------------------------------------------


@same_script
def test_module_list(torch):
    nn = torch.nn
    net, texts = nn.ModuleList([nn.ReLU(), nn.Linear(1, 2), nn.Linear(1, 2)]), []
    texts.append(repr(net))
    net += [nn.Linear(1, 2)]
    net.append(nn.Tanh()).extend([nn.Tanh()])
    texts.append(repr(net))
    net.insert(0, nn.Sigmoid())
    net[-1] = nn.Identity()
    texts.append(repr(net))
    texts += [repr(net[1:3]), repr(net[::-1]), repr(net[-2]), repr(net + net[:1]), len(net)]
    del net[0], net[1:3]
    texts += [repr(net), repr(net.pop(0)), repr(net.pop(slice(0, 1))), [repr(m) for m in net]]
    net.insert(5, nn.ReLU())
    texts += [list(net.state_dict()), [name for name, _ in net.named_children()]]
    return texts, repr(nn.ModuleList()), "0" in dir(net)


@same_script
def test_module_list_errors(torch):
    nn = torch.nn
    net = nn.ModuleList([nn.ReLU()])
    return [
        error(torch, function)
        for function in (
            lambda: nn.ModuleList(nn.ReLU()),
            lambda: nn.ModuleList([nn.ReLU(), 3]),
            lambda: nn.ModuleList([None]),
            lambda: net[1],
            lambda: net["0"],
            lambda: net.__setitem__(0, 3),
            lambda: net.__delitem__(2),
            lambda: net.append(torch.relu),
            lambda: net.extend(3),
            lambda: net.insert(-1, nn.ReLU()),
            lambda: net.pop(-3),
            lambda: net + 3,
            lambda: net(1),
        )
    ]


@mistake('missing the required "forward"')
def test_a_module_list_is_no_layer(torch):
    torch.nn.ModuleList([torch.nn.ReLU()])(torch.ones(1))


# ---- ModuleDict -----------------------------------------------------------------------------


@same_script
def test_module_dict(torch):
    nn = torch.nn
    net, seen = nn.ModuleDict({"b": nn.ReLU(), "a": nn.Linear(1, 1)}), []
    net["c"] = nn.Tanh()
    net.update([("d", nn.Sigmoid()), ("a", nn.Linear(1, 2))])
    net.update(nn.ModuleDict({"e": nn.Identity()}))
    net.update(OrderedDict(f=None))
    seen += [repr(net), len(net), list(net), "a" in net, "z" in net, repr(net["a"])]
    seen += [repr(net.keys()), repr(net.values()), repr(net.items()), net.a is net["a"]]
    seen += [repr(net.pop("b")), list(net.state_dict()), repr(net)]
    del net["c"]
    seen.append(list(net))
    net.clear()
    return seen, repr(net), repr(nn.ModuleDict([("x", nn.ReLU())]))


@same_script
def test_module_dict_errors(torch):
    nn = torch.nn
    net = nn.ModuleDict({"a": nn.ReLU()})
    return [
        error(torch, function)
        for function in (
            lambda: nn.ModuleDict(3),
            lambda: nn.ModuleDict([nn.ReLU()]),
            lambda: nn.ModuleDict([("a", nn.ReLU(), 1)]),
            lambda: nn.ModuleDict({"a": 3}),
            lambda: nn.ModuleDict({3: nn.ReLU()}),
            lambda: nn.ModuleDict({"a.b": nn.ReLU()}),
            lambda: nn.ModuleDict({"keys": nn.ReLU()}),
            lambda: net["b"],
            lambda: net.pop("b"),
            lambda: net.__delitem__("b"),
            lambda: net(1),
        )
    ]
