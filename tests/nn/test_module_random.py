"""Random edits of modules and containers. Whatever torch ends up with, so do both columns."""

import copy
import functools
import pickle
import random
from collections import OrderedDict

import pytest
import torch as real_torch

from tests.same_script import COLUMNS, compare, error, plain

STEPS = 60
NAMES = ["a", "b", "c", "keys", "x.y", "", 3]


def module_edits(torch, rng):
    """Members of all kinds set, registered and deleted under a few names."""
    nn = torch.nn
    m = nn.Module()
    m.child = nn.Module()
    values = [
        lambda: nn.Parameter(torch.ones(2)),
        lambda: nn.Buffer(torch.zeros(1)),
        lambda: nn.Buffer(torch.zeros(1), persistent=False),
        lambda: torch.full((3,), 2.0),
        lambda: nn.Linear(1, 1, bias=False),
        lambda: nn.ReLU(),
        lambda: None,
        lambda: 3,
    ]

    def edit():
        child = getattr(m, "child", None)
        owner = rng.choice([m, m, child if isinstance(child, nn.Module) else m])
        name = rng.choice(["a", "b", "c", "child", "d.e", ""][: rng.choice([3, 3, 6])])
        value = rng.choice(values)()
        return rng.choice(
            [
                lambda: setattr(owner, name, value) if name else None,
                lambda: setattr(owner, name, value) if name else None,
                lambda: delattr(owner, name),
                lambda: owner.register_parameter(name, value),
                lambda: owner.register_buffer(name, value, rng.random() < 0.5),
                lambda: owner.add_module(name, value),
                lambda: m.set_submodule(name, value, rng.random() < 0.3),
                lambda: m.load_state_dict(m.state_dict()),
                lambda: owner.zero_grad() or owner.double().float(),
            ]
        )

    yield from seen(torch, m, edit)


def sequential_edits(torch, rng):
    nn = torch.nn
    net = nn.Sequential(nn.ReLU(), nn.Linear(1, 1))
    yield from seen(torch, net, lambda: list_edit(torch, rng, net, [nn.Tanh(), nn.Linear(1, 2)]))


def module_list_edits(torch, rng):
    nn = torch.nn
    net = nn.ModuleList([nn.ReLU(), nn.Linear(1, 1), nn.Linear(1, 1)])
    yield from seen(torch, net, lambda: list_edit(torch, rng, net, [nn.Tanh(), nn.Linear(1, 1)]))


def parameter_list_edits(torch, rng):
    held = torch.nn.ParameterList([torch.ones(2)])
    more = [torch.zeros(1, 2), torch.nn.Parameter(torch.ones(())), 3, "text"]
    yield from seen(torch, held, lambda: list_edit(torch, rng, held, more))


def list_edit(torch, rng, held, more):
    index, value = rng.randint(-4, 4), rng.choice(more)
    place = rng.choice([index, slice(index, None), slice(None, index), slice(None, None, 2)])
    at = rng.randint(0, len(held))

    def shrink():
        while len(held) > 5 and hasattr(held, "pop"):
            held.pop(-1)

    return rng.choice(
        [
            lambda: held.append(value),
            lambda: held.extend([value, value]),
            lambda: held.insert(at, value),
            lambda: held.pop(place),
            lambda: held.__delitem__(place),
            lambda: held.__setitem__(index, value),
            lambda: repr(held[place]),
            lambda: repr(held + held),
            lambda: held.__iadd__(held[:1]),
            lambda: held * rng.randint(-1, 2),
            lambda: [repr(x) for x in held],
            shrink,
            shrink,
        ]
    )


def dict_edits(torch, rng, held, values, keys):
    def edit():
        key, value = rng.choice(keys), rng.choice(values)()
        given = [(key, value), ("b", value)]
        return rng.choice(
            [
                lambda: held.__setitem__(key, value),
                lambda: held.__delitem__(key),
                lambda: repr(held[key]),
                lambda: held.pop(key),
                lambda: held.update(given),
                lambda: held.update({"z": value, "a": value}),
                lambda: held.update(OrderedDict(given[1:])),
                lambda: held.update([3]),
                lambda: held.update([(1, 2, 3)]),
                lambda: held.update(3),
                lambda: held.clear() if rng.random() < 0.2 else None,
                lambda: (list(held), len(held), "a" in held, list(held.keys())),
                lambda: [(k, repr(x)) for k, x in held.items()] + [repr(x) for x in held.values()],
                lambda: held.setdefault("q", value),
                lambda: held.popitem(),
                lambda: repr(held.get("a", 7)),
                lambda: held | held,
                lambda: repr(held.copy()),
                lambda: list(reversed(held)) if len(held) == 0 else None,
                lambda: repr(held.fromkeys(["u", "v"], 1)),
            ]
        )

    yield from seen(torch, held, edit)


def module_dict_edits(torch, rng):
    nn = torch.nn
    values = [nn.ReLU, lambda: nn.Linear(1, 1), lambda: 3]
    yield from dict_edits(torch, rng, nn.ModuleDict({"a": nn.ReLU()}), values, NAMES)


def parameter_dict_edits(torch, rng):
    nn = torch.nn
    values = [lambda: torch.ones(2), lambda: nn.Parameter(torch.ones(1, 3)), lambda: 3]
    # torch's is broken after a name that it refuses
    yield from dict_edits(torch, rng, nn.ParameterDict({"a": torch.ones(1)}), values, NAMES[:3])


def seen(torch, module, edit):
    """What a user sees after each edit, of a copy where that can be made."""
    for p in module.parameters():
        torch.nn.init.ones_(p)
    for step in range(STEPS):
        torch.manual_seed(step)
        kind, shown = outcome(torch, edit())
        copied, again = outcome(torch, functools.partial(duplicate, module, step % 7 == 0))
        again = module if again is None else again
        yield {
            "copied": copied,
            "error": kind,
            "shown": shown if isinstance(shown, (str, list, tuple)) else None,
            "repr": repr(again),
            "state": dict(again.state_dict()),
            "parameters": [name for name, _ in module.named_parameters()],
            "buffers": [name for name, _ in module.named_buffers()],
            "modules": [(name, type(m).__name__) for name, m in module.named_modules()],
            "children": [name for name, _ in module.named_children()],
            "dir": [name for name in ("a", "b", "0", "child") if name in dir(module)],
            "has": [name for name in ("a", "b", "0", "child") if hasattr(module, name)],
        }


def outcome(torch, act):
    """The type of the exception, and the result."""
    results = []
    return error(torch, lambda: results.append(act())), results[0] if results else None


def duplicate(module, pickled):
    return pickle.loads(pickle.dumps(module)) if pickled else copy.deepcopy(module)


SCRIPTS = (
    module_edits,
    sequential_edits,
    module_list_edits,
    parameter_list_edits,
    module_dict_edits,
    parameter_dict_edits,
)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
def test_edits(script, seed, column):
    runs = (script(torch, random.Random(seed)) for torch in (COLUMNS[column], real_torch))
    for step, (ours, theirs) in enumerate(zip(*runs, strict=True)):
        compare(plain(ours), plain(theirs), 0, 0, f"step {step}")
