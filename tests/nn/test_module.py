"""Module: registration, the tree, conversion. One script, three columns."""

import functools

import pytest

import scratch
from tests.mistakes import mistake
from tests.nn.networks import two_layers
from tests.same_script import error, same_script

# ---- registration ---------------------------------------------------------------------------


@same_script
def test_names_and_order(torch):
    net = two_layers(torch)
    return {
        "parameters": [name for name, _ in net.named_parameters()],
        "with duplicates": [name for name, _ in net.named_parameters(remove_duplicate=False)],
        "own": [name for name, _ in net.first.named_parameters("p", recurse=False)],
        "buffers": [name for name, _ in net.named_buffers()],
        "modules": [name for name, _ in net.named_modules()],
        "all modules": [name for name, _ in net.named_modules(remove_duplicate=False)],
        "children": [name for name, _ in net.named_children()],
        "counts": [
            len(list(members()))
            for members in (net.parameters, net.buffers, net.modules, net.children)
        ],
        "values": dict(net.named_parameters()),
    }


@same_script
def test_assignment_moves_a_name_between_kinds(torch):
    nn = torch.nn
    m = nn.Module()
    seen = []

    def look():
        seen.append((list(m._parameters), list(m._modules), list(m._buffers), "x" in dir(m)))

    m.x = 3
    look()
    m.x = nn.Parameter(torch.ones(1))
    look()
    m.y = nn.Parameter(torch.ones(1))
    m.x = None
    look()
    m.x = nn.Parameter(torch.zeros(2))
    look()
    del m.x
    look()
    m.x = nn.Linear(1, 1)
    look()
    m.x = nn.Parameter(torch.ones(1))
    look()
    del m.x
    m.x = nn.Buffer(torch.ones(1))
    look()
    m.x = torch.zeros(3)
    look()
    m.z = nn.Buffer(torch.ones(1), persistent=False)
    look()
    return seen, m.x, list(m.state_dict())


@same_script
def test_what_may_not_be_assigned(torch):
    nn = torch.nn
    m = nn.Linear(2, 3)
    m.child = nn.ReLU()
    m.register_buffer("buffer", torch.ones(1))
    m.number = 1
    loss = m(torch.ones(1, 2)).sum()
    return [
        error(torch, function)
        for function in (
            lambda: setattr(m, "weight", torch.ones(3, 2)),
            lambda: setattr(m, "weight", 3),
            lambda: setattr(m, "weight", nn.ReLU()),
            lambda: setattr(m, "child", torch.ones(1)),
            lambda: setattr(m, "child", 0),
            lambda: setattr(m, "buffer", 0),
            lambda: m.register_parameter("a.b", None),
            lambda: m.register_parameter("", None),
            lambda: m.register_parameter(3, None),
            lambda: m.register_parameter("number", None),
            lambda: m.register_parameter("new", torch.ones(1)),
            lambda: m.register_parameter("forward", nn.Parameter(torch.ones(1))),
            lambda: m.register_buffer("weight", torch.ones(1)),
            lambda: m.register_buffer("new", 3),
            lambda: m.register_buffer("a.b", None),
            lambda: m.add_module("weight", nn.ReLU()),
            lambda: m.add_module("new", torch.ones(1)),
            lambda: m.add_module("", nn.ReLU()),
            lambda: m.add_module(0, nn.ReLU()),
            lambda: m.register_module("a.b", nn.ReLU()),
            lambda: delattr(m, "nothing"),
            lambda: m.nothing,
            lambda: nn.Module()(1),
            lambda: nn.Module(1),
            lambda: m.train("yes"),
            lambda: m.get_submodule("weight"),
            lambda: m.get_submodule("child.nothing"),
            lambda: m.get_parameter("number"),
            lambda: m.get_parameter("child.nothing"),
            lambda: m.get_buffer("weight"),
            lambda: m.load_state_dict([]),
            lambda: m.register_parameter("loss", loss),
        )
    ]


@same_script
def test_forgotten_super_init(torch):
    nn = torch.nn

    def net(value):
        class Net(nn.Module):
            def __init__(self):
                self.member = value()

        return Net

    return [
        error(torch, net(lambda: nn.Linear(1, 1))),
        error(torch, net(lambda: nn.Parameter(torch.ones(1)))),
        error(torch, net(lambda: nn.Buffer(torch.ones(1)))),
        error(torch, lambda: net(lambda: 3)()(torch.ones(1))),
        error(torch, lambda: list(net(lambda: 3)().parameters())),
    ]


def test_forgotten_super_init_says_what_to_do():
    class Net(scratch.nn.Module):
        def __init__(self):
            self.layer = scratch.nn.Linear(1, 1)

    with pytest.raises(AttributeError, match=r"Net.__init__ has to begin with super\(\)"):
        Net()


@same_script
def test_the_views_write_through(torch):
    nn = torch.nn
    m = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
    m._modules["0"] = nn.Linear(2, 3)
    m._modules["more"] = nn.Tanh()
    m[0]._parameters["bias"] = None
    m[0]._buffers["b"] = torch.ones(1)
    before = list(m._modules), len(m._modules), "1" in m._modules, repr(m)
    popped = m._modules.pop("1")
    m[0]._buffers.clear()
    names = [name for name, _ in m.named_parameters()]
    return before, repr(popped), repr(m), names, m[0].bias, hasattr(m[0], "b"), hasattr(m, "1")


@same_script
def test_lookup_by_path(torch):
    net = two_layers(torch)
    return (
        repr(net.get_submodule("first.linear")),
        net.get_submodule("") is net,
        net.get_parameter("second.scale"),
        net.get_buffer("second.steps"),
    )


def test_dir_lists_members_but_no_numbers():
    net = scratch.nn.Sequential(scratch.nn.Linear(1, 1))
    assert "0" not in dir(net)
    assert {"weight", "bias", "forward", "in_features"} <= set(dir(net[0]))


def test_reading_a_parameter_is_an_ordinary_attribute_access():
    layer = scratch.nn.Linear(2, 3)
    assert vars(layer)["weight"] is layer.weight is layer._parameters["weight"]


# ---- the whole tree -------------------------------------------------------------------------


@same_script(rtol=1e-6)
def test_train_eval_requires_grad_zero_grad(torch):
    net = two_layers(torch)
    modes = [[m.training for m in net.modules()]]
    modes.append([m.training for m in net.eval().modules()])
    modes.append([m.training for m in net.train().modules()])
    net(torch.ones(2, 3)).sum().backward()
    grads = [p.grad for p in net.parameters()]
    net.zero_grad(set_to_none=False)
    zeros = [p.grad for p in net.parameters()]
    net.zero_grad()
    gone = [p.grad for p in net.parameters()]
    frozen = [p.requires_grad for p in net.requires_grad_(False).parameters()]
    return modes, grads, zeros, gone, frozen


@same_script
def test_apply_goes_from_the_leaves_up(torch):
    net, seen = two_layers(torch), []
    result = net.apply(lambda m: seen.append(type(m).__name__))
    return seen, result is net


@same_script(rtol=1e-6)
def test_conversion_keeps_the_parameters_and_converts_gradients(torch):
    net = two_layers(torch)
    net(torch.ones(2, 3)).sum().backward()
    p = net.first.scale
    seen = []
    for convert in (
        lambda: net.double(),
        lambda: net.half(),
        lambda: net.float(),
        lambda: net.to(torch.float64),
        lambda: net.to("cpu", torch.float16),
        lambda: net.to(torch.ones(1)),
        lambda: net.to(device="cpu", dtype=torch.float64),
        lambda: net.cpu(),
        lambda: net.to(torch.device("cpu")),
        lambda: net.type(torch.float32),
    ):
        result = convert()
        seen.append((result is net, net.first.scale is p, p, p.grad, net.first.mean))
        seen.append([net.first.steps, p.requires_grad])
    return seen


@same_script
def test_conversions_that_fail_change_nothing(torch):
    net = two_layers(torch)
    errors = [
        error(torch, lambda: net.to(torch.int32)),
        error(torch, lambda: net.to("nowhere")),
        error(torch, lambda: net.to("cuda")),
        error(torch, lambda: net.cuda()),
    ]
    return errors, net.state_dict()


@same_script
def test_arguments_of_to(torch):
    net = torch.nn.Linear(1, 1)
    return [
        error(torch, call)
        for call in (
            lambda: net.to(),
            lambda: net.to(None),
            lambda: net.to("cpu", torch.float32, True),
            lambda: net.to("cpu", None, False, True),
            lambda: net.to(torch.float64, non_blocking=True),
            lambda: net.to(tensor=torch.ones(1)),
            lambda: net.to(device=None, dtype=None),
            lambda: net.to(other=1),
            lambda: net.to(dtype="float32"),
            lambda: net.to(torch.float32, "cpu"),
            lambda: net.to(True),
            lambda: net.to(0),
            lambda: net.to([]),
            lambda: net.to(torch.bool),
            lambda: net.cuda(0),
        )
    ]


def test_bfloat16_says_that_it_is_not_there():
    with pytest.raises((TypeError, RuntimeError), match="bfloat16"):
        scratch.nn.Linear(1, 1).bfloat16()


@same_script
def test_to_empty_share_memory_and_compile(torch):
    net = two_layers(torch)
    weight = net.first.linear.weight
    moved = net.to_empty(device="cpu")
    return (
        moved is net and net.first.linear.weight is weight,
        [x.shape for x in net.state_dict().values()],
        net.share_memory() is net,
        net.compile(),
    )


@same_script
def test_set_submodule(torch):
    nn = torch.nn
    net = two_layers(torch)
    net.set_submodule("first.linear", nn.Tanh())
    net.set_submodule("act", nn.Sigmoid(), strict=True)
    net.set_submodule("second.more", nn.ReLU())
    return repr(net), [
        error(torch, functools.partial(net.set_submodule, *arguments))
        for arguments in (
            ("", nn.ReLU()),
            ("act", 3),
            ("act", nn.ReLU),
            ("nothing", nn.ReLU(), True),
            ("nothing.at_all", nn.ReLU()),
            ("first.scale", nn.ReLU()),
        )
    ]


@same_script
def test_several_base_classes(torch):
    class Mixin:
        def __init__(self, a=1, **more):
            self.a = a
            super().__init__(**more)

    class First(torch.nn.Module, Mixin):
        call_super_init = True

    class Alone(torch.nn.Module, Mixin):
        pass

    class Last(Mixin, torch.nn.Module):
        pass

    return (
        (First(a=5).a, hasattr(Alone(), "a"), Last(3).a),
        error(torch, lambda: Alone(1)),
        error(torch, lambda: Alone(b=1)),
        error(torch, lambda: First(c=1)),
    )


@same_script
def test_init_called_again_begins_anew(torch):
    net = torch.nn.Sequential(torch.nn.Linear(1, 1))
    torch.nn.Module.__init__(net)
    return repr(net), hasattr(net, "0"), len(list(net.parameters()))


@same_script
def test_assigning_the_dictionaries(torch):
    net = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Tanh())
    net._modules = {"b": net[1], "a": net[0]}
    net._parameters = {"p": torch.nn.Parameter(torch.ones(1))}
    net._buffers = {"q": torch.zeros(1)}
    return repr(net), list(net.state_dict()), hasattr(net, "0"), net.p


@mistake(r"nn.Parameter\(x\)", "no_grad", "'weight'")
def test_a_tensor_where_a_parameter_was(torch):
    torch.nn.Linear(2, 2).weight = torch.ones(2, 2)


@mistake(r"layers is handed over with a star")
def test_a_list_where_a_module_was(torch):
    net = torch.nn.Sequential(torch.nn.ReLU())
    net[0] = [torch.nn.ReLU()]


@mistake("super")
def test_a_call_without_super_init(torch):
    class Net(torch.nn.Module):
        def __init__(self):
            self.number = 3

    Net()(torch.ones(1))
