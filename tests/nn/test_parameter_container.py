"""ParameterList and ParameterDict. One script, three columns."""

from collections import OrderedDict

import pytest
import torch as real_torch

import scratch
import torch_impl
from tests.mistakes import mistake
from tests.same_script import error, same_script


class Polynomial:
    """Makes a module that keeps its weights in both containers."""

    def __new__(cls, torch):
        nn = torch.nn

        class Module(nn.Module):
            def __init__(self):
                super().__init__()
                self.powers = nn.ParameterList([torch.full((2,), 0.5) for _ in range(3)])
                self.more = nn.ParameterDict({"scale": torch.ones(2), "bias": torch.zeros(2)})

            def forward(self, x):
                y = self.more["bias"]
                for i, weight in enumerate(self.powers):
                    y = y + weight * x**i
                return y * self.more["scale"]

        return Module()


@same_script(rtol=1e-6)
def test_gradients_reach_them(torch):
    net = Polynomial(torch)
    net(torch.tensor([2.0, 3.0])).sum().backward()
    return {name: p.grad for name, p in net.named_parameters()}, repr(net), net.state_dict()


@pytest.mark.parametrize("column", [scratch, torch_impl])
def test_states_cross(column):
    net, theirs = Polynomial(column), Polynomial(real_torch)
    assert list(net.state_dict()) == list(theirs.state_dict())
    changed = {key: x.detach().numpy() * 3 for key, x in theirs.state_dict().items()}
    net.load_state_dict({key: column.from_numpy(x) for key, x in changed.items()})
    theirs.load_state_dict({key: real_torch.from_numpy(x) for key, x in changed.items()})
    x = [2.0, 3.0]
    assert net(column.tensor(x)).tolist() == theirs(real_torch.tensor(x)).tolist()


@same_script
def test_list(torch):
    nn = torch.nn
    p = nn.Parameter(torch.ones(1), requires_grad=False)
    held = nn.ParameterList([p, torch.zeros(2, 2), 3, nn.ParameterList([torch.ones(1)])])
    held += [torch.ones(())]
    held[2] = torch.zeros(1)
    return (
        held[0] is p,
        repr(held),
        repr(held[1:3]),
        [type(x).__name__ for x in held],
        len(held),
        repr(held[-1]),
        [name for name in dir(held) if name.isdigit()],
        repr(nn.ParameterList()),
        repr(nn.ParameterList([torch.ones(1)])),
        list(held.state_dict()),
    )


@same_script
def test_dict(torch):
    nn = torch.nn
    held = nn.ParameterDict({"b": torch.ones(1), "a": torch.ones(2)})
    held.update(OrderedDict(d=torch.ones(3), c=4))
    held.update([("e", torch.ones(4))])
    steps = [repr(held), list(held), list(reversed(held)), list(held.keys()), repr(held.keys())]
    steps.append([type(x).__name__ for x in held.values()])
    steps.append([key for key, _ in held.items()])
    steps.append([repr(held.pop("b")), repr(held.popitem()), held.get("zz", 5), held.get("zz")])
    steps.append([held.setdefault("c", 7), repr(held.setdefault("f", torch.ones(1)))])
    steps.append([repr(held | nn.ParameterDict({"g": 1})), repr(held.copy()), "a" in held])
    held |= nn.ParameterDict({"a": torch.zeros(1)})
    steps.append([repr(held), len(held), repr(held.fromkeys("xy", 2)), held.copy()["a"] is held.a])
    held.clear()
    return steps, repr(held)


@same_script
def test_errors(torch):
    nn = torch.nn
    held, named = nn.ParameterList([torch.ones(1)]), nn.ParameterDict({"a": torch.ones(1)})
    return [
        error(torch, function)
        for function in (
            lambda: held[1],
            lambda: held[-2],
            lambda: held["a"],
            lambda: held.extend(3),
            lambda: held.extend(torch.ones(2)),
            lambda: held.__setitem__(1, 3),
            lambda: held(1),
            lambda: nn.ParameterList([torch.tensor([1])]),
            lambda: named["b"],
            lambda: named[3],
            lambda: named.__setitem__(3, torch.ones(1)),
            lambda: named.__setitem__("keys", torch.ones(1)),
            lambda: named.__setitem__("x.y", torch.ones(1)),
            lambda: named.__delitem__("b"),
            lambda: named.pop("b"),
            lambda: named.update(3),
            lambda: named.update([3]),
            lambda: named.update([(1, 2, 3)]),
            lambda: nn.ParameterDict().popitem(),
            lambda: named(1),
        )
    ]


@mistake("should not be called")
def test_a_list_is_no_layer(torch):
    torch.nn.ParameterList([torch.ones(1)])(torch.ones(1))
