"""Optimizer: groups, state, errors, text. One script, three columns."""

import copy
import pickle
from collections import OrderedDict

import pytest
import torch

import scratch
from tests.optim.beside import converted
from tests.same_script import error, same_script


def two(torch):
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    b = torch.tensor([[3.0]], requires_grad=True)
    return a, b


def options(optimizer):
    """The groups, without the parameters."""
    return [{k: v for k, v in g.items() if k != "params"} for g in optimizer.param_groups]


@same_script
def test_groups(torch):
    a, b = two(torch)
    optimizer = torch.optim.SGD([{"params": a}, {"params": iter([b]), "lr": 0.5}], lr=0.1)
    c = torch.ones(1, requires_grad=True)
    optimizer.add_param_group({"params": [c], "momentum": 0.9})
    return options(optimizer), [len(g["params"]) for g in optimizer.param_groups], repr(optimizer)


@same_script
def test_named_parameters(torch):
    net = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.ReLU())
    optimizer = torch.optim.SGD(net.named_parameters(), lr=0.1)
    return options(optimizer), repr(optimizer), optimizer.state_dict()["param_groups"]


@same_script
def test_zero_grad(torch):
    a, b = two(torch)
    optimizer = torch.optim.SGD([a, b])
    (a.sum() * b.sum()).backward(create_graph=True)
    optimizer.zero_grad(set_to_none=False)
    zeros = a.grad, a.grad.requires_grad, a.grad.grad_fn
    optimizer.zero_grad()
    return zeros, a.grad, b.grad


@same_script
def test_what_cannot_be_optimized(torch):
    a, b = two(torch)
    SGD = torch.optim.SGD
    used = iter([])
    return [
        error(torch, function)
        for function in (
            lambda: SGD([]),
            lambda: SGD(used),
            lambda: SGD(a),
            lambda: SGD([1.0]),
            lambda: SGD([a, "b"]),
            lambda: SGD([a * 2]),
            lambda: SGD([{"params": {a, b}}]),
            lambda: SGD([{"params": a}, {"params": [b, a]}]),
            lambda: SGD([{"params": a}, [b]]),
            lambda: SGD([{"lr": 1.0}]),
            lambda: SGD([("a", a), b]),
            lambda: SGD([a]).add_param_group([b]),
            lambda: SGD([a]).add_param_group({"params": [("b", b)]}),
            lambda: SGD(None),
        )
    ]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda a: scratch.optim.SGD([]), "used up"),
        (lambda a: scratch.optim.SGD([a * 2]), r"shape \[2\] was computed by MulBackward0"),
        (lambda a: scratch.optim.SGD(a), "put it into a list"),
        (lambda a: scratch.optim.SGD([a], lr=-1.0), "-1.0.*maximize"),
    ],
)
def test_messages(make, says):
    with pytest.raises((ValueError, TypeError), match=says):
        make(two(scratch)[0])


def test_a_group_that_is_refused_leaves_no_trace():
    a, b = two(scratch)
    optimizer = scratch.optim.SGD([a])
    group = {"params": (p for p in [b, a])}
    with pytest.raises(ValueError, match="more than one parameter group"):
        optimizer.add_param_group(group)
    assert len(optimizer.param_groups) == 1
    assert set(group) == {"params"}


@pytest.mark.parametrize("column", [scratch, torch])
def test_the_same_parameter_twice_is_warned_of(column):
    a, _ = two(column)
    with pytest.warns(UserWarning, match="duplicate parameters"):
        column.optim.SGD([a, a])


def test_required_options():
    a, _ = two(scratch)
    defaults = {"lr": scratch.optim.optimizer.required}
    with pytest.raises(ValueError, match="didn't specify a value of required .* lr"):
        scratch.optim.Optimizer([a], defaults)
    assert options(scratch.optim.Optimizer([{"params": a, "lr": 1}], defaults)) == [{"lr": 1}]


def test_the_base_class_has_no_step():
    with pytest.raises(NotImplementedError, match="has to define step"):
        scratch.optim.Optimizer([two(scratch)[0]], {}).step()


# ---- state_dict -----------------------------------------------------------------------------


def trained(torch, **kwargs):
    a, b = two(torch)
    optimizer = torch.optim.SGD([{"params": a}, {"params": b, "lr": 0.5}], lr=0.1, **kwargs)
    (a.sum() * b.sum()).backward()
    optimizer.step()
    return a, b, optimizer


@same_script
def test_state_dict(torch):
    _, _, optimizer = trained(torch, momentum=0.9)
    state = optimizer.state_dict()
    return state, [list(g) for g in state["param_groups"]]


@same_script(rtol=1e-6)
def test_load_state_dict(torch):
    a, b, optimizer = trained(torch, momentum=0.9)
    c, d, other = trained(torch, momentum=0.5)
    other.load_state_dict(optimizer.state_dict())
    optimizer.zero_grad()
    other.zero_grad()
    (a.sum() * b.sum() + c.sum() * d.sum()).backward()
    optimizer.step()
    other.step()
    return options(other), a, b, c, d, other.state_dict()


@same_script
def test_loaded_state_takes_the_parameters_dtype(torch):
    _, _, optimizer = trained(torch, momentum=0.9)
    wide = torch.ones(2, dtype=torch.float64, requires_grad=True)
    other = torch.optim.SGD([{"params": wide}, {"params": torch.ones(1, 1, requires_grad=True)}])
    other.load_state_dict(optimizer.state_dict())
    return other.state_dict()


@same_script
def test_state_dicts_that_do_not_fit(torch):
    a, _, optimizer = trained(torch, momentum=0.9)
    state = optimizer.state_dict()
    return [
        error(torch, lambda: torch.optim.SGD([a]).load_state_dict(state)),
        error(
            torch,
            lambda: torch.optim.SGD(
                [{"params": [a, torch.ones(1)]}, {"params": torch.ones(2)}]
            ).load_state_dict(state),
        ),
    ]


@pytest.mark.parametrize("there", [True, False])
def test_state_is_exchanged_with_torch(there):
    source, target = (scratch, torch) if there else (torch, scratch)
    a, b, optimizer = trained(source, momentum=0.9, weight_decay=0.1)
    c, d, other = trained(target, momentum=0.1, weight_decay=0.1)
    other.load_state_dict(converted(optimizer.state_dict(), target))
    for params, each in (((a, b), optimizer), ((c, d), other)):
        each.zero_grad()
        (params[0].sum() * params[1].sum()).backward()
        each.step()
    assert a.tolist() == pytest.approx(c.tolist(), rel=1e-6)
    assert b.item() == pytest.approx(d.item(), rel=1e-6)
    assert repr(optimizer) == repr(other)


@same_script
def test_copies(torch):
    a, _, optimizer = trained(torch, momentum=0.9)
    twin = copy.deepcopy(optimizer)
    again = pickle.loads(pickle.dumps(optimizer))
    return (
        repr(twin),
        twin.state_dict(),
        twin.param_groups[0]["params"][0] is a,
        again.state_dict(),
        again.param_groups[0]["params"][0],
    )


# ---- hooks and closures ---------------------------------------------------------------------


@same_script
def test_hooks_of_saving_and_loading(torch):
    _, _, optimizer = trained(torch, momentum=0.9)
    seen = []

    def halved(optimizer, state):
        groups = [{**group, "lr": group["lr"] / 2} for group in state["param_groups"]]
        return {**state, "param_groups": groups}

    handles = [
        optimizer.register_state_dict_pre_hook(lambda o: seen.append("second")),
        optimizer.register_state_dict_pre_hook(lambda o: seen.append("first"), prepend=True),
        optimizer.register_state_dict_post_hook(lambda o, state: seen.append(len(state))),
        optimizer.register_state_dict_post_hook(halved),
    ]
    other = trained(torch)[2]
    handles += [
        other.register_load_state_dict_pre_hook(lambda o, state: state.update(more=1)),
        other.register_load_state_dict_pre_hook(halved),
        other.register_load_state_dict_post_hook(lambda o: seen.append(options(o))),
    ]
    state = optimizer.state_dict()
    other.load_state_dict(state)
    for handle in handles:
        handle.remove()
    other.load_state_dict(optimizer.state_dict())
    return seen, list(state), options(other)


@same_script(atol=1e-7)
def test_step_hooks(torch):
    a, b = two(torch)
    optimizer, seen = torch.optim.SGD([a, b], lr=0.1), []
    before = optimizer.register_step_pre_hook(lambda o, args, kw: seen.append(("pre", a.tolist())))
    after = optimizer.register_step_post_hook(lambda o, args, kw: seen.append(("post", len(args))))
    (a.sum() * b.sum()).backward()
    optimizer.step()
    before.remove()
    optimizer.step(lambda: 3.0)
    after.remove()
    optimizer.step()
    return seen, a


@same_script
def test_closure(torch):
    a, _ = two(torch)
    optimizer = torch.optim.SGD([a], lr=0.1)

    def closure():
        optimizer.zero_grad()
        loss = (a * a).sum()
        loss.backward()
        return loss

    with torch.no_grad():
        return optimizer.step(closure).detach(), a


@same_script
def test_own_optimizers(torch):
    class SignDescent(torch.optim.Optimizer):
        def __init__(self, params, lr=0.1):
            super().__init__(params, {"lr": lr})

        @torch.no_grad()
        def step(self, closure=None):
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is not None:
                        p -= group["lr"] * p.grad.sign()
                        self.state[p]["steps"] = self.state[p].get("steps", 0) + 1

    a, b = two(torch)
    optimizer = SignDescent([a, b])
    (a.sum() * b.sum()).backward()
    optimizer.step()
    optimizer.step()
    return a, b, optimizer.state_dict(), repr(optimizer)


def test_options_may_stand_in_an_ordered_dict():
    a, _ = two(scratch)
    optimizer = scratch.optim.SGD([OrderedDict(params=[a], lr=0.2)])
    assert options(optimizer)[0]["lr"] == 0.2


# ---- modules that are not registered --------------------------------------------------------


def hiding(torch, **attributes):
    """A model that keeps these; each is a function, so that every column makes its own."""

    class Hiding(torch.nn.Module):
        def __init__(self):
            super().__init__()
            for name, make in attributes.items():
                setattr(self, name, make(torch.nn))

    return Hiding()


HIDDEN = {
    "list": (lambda nn: [nn.Linear(1, 1)], r"'part', a plain Python list.*use nn.ModuleList"),
    "tuple": (lambda nn: (3, nn.Linear(1, 1)), r"'part', a plain Python tuple.*nn.ModuleList"),
    "dict": (lambda nn: {"a": nn.Linear(1, 1)}, r"'part', a plain Python dict.*nn.ModuleDict"),
    "deep": (lambda nn: [{"a": [1, (nn.Linear(1, 1),)]}], r"'part', a plain Python list"),
    "parameters": (
        lambda nn: [nn.Parameter(scratch.ones(1))],
        r"a parameter \(Parameter\).*use nn.ParameterList",
    ),
    "further in": (
        lambda nn: nn.Sequential(nn.ReLU(), hiding(scratch, inner=lambda nn: [nn.Linear(1, 1)])),
        r"'part.1.inner', a plain Python list",
    ),
}


@pytest.mark.parametrize("what", HIDDEN)
@pytest.mark.parametrize("given", ["parameters", "named_parameters"])
def test_modules_in_lists_are_found(what, given):
    make, says = HIDDEN[what]
    model = hiding(scratch, part=make)
    with pytest.raises(ValueError, match=f"empty parameter list: Hiding keeps .*{says}"):
        scratch.optim.SGD(getattr(model, given)())


@same_script
def test_whoever_hides_modules_gets_torchs_error(torch):
    knot = []
    knot.append(knot)
    used = hiding(torch, part=lambda nn: [nn.Linear(1, 1)]).parameters()
    next(used, None)
    return [
        error(torch, lambda model=model: torch.optim.SGD(model.parameters()))
        for model in (
            hiding(torch, part=lambda nn: [nn.Linear(1, 1)]),
            hiding(torch, part=lambda nn: [nn.ReLU(), 3]),
            hiding(torch, part=lambda nn: knot),
            hiding(torch),
            hiding(torch, part=lambda nn: [nn.Linear(1, 1)], net=lambda nn: nn.Linear(1, 1)),
        )
    ], error(torch, lambda: torch.optim.SGD(used))
