"""Cases of the modules that hold others, and of their parameters."""

from bench.cases import Case
from bench.cases.nn import with_parameters

__all__ = ["CASES"]


def linear(torch, inputs: int, outputs: int):
    """A layer without a bias, which would need a dtype."""
    return torch.nn.Linear(inputs, outputs, bias=False)


def module_list(torch):
    """Two layers in a ModuleList, with a forward of its own."""

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = torch.nn.ModuleList([linear(torch, 6, 5), linear(torch, 5, 3)])

        def forward(self, x):
            for layer in self.layers:
                x = torch.tanh(layer(x))
            return x

    return Net()


def module_dict(torch):
    """Two heads in a ModuleDict, added up."""

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            heads = {"a": linear(torch, 6, 3), "b": linear(torch, 6, 3)}
            self.heads = torch.nn.ModuleDict(heads)

        def forward(self, x):
            return self.heads["a"](x) + torch.tanh(self.heads["b"](x))

    return Net()


def loaded(torch, weight, bias):
    """A layer after load_state_dict, and its own state again."""
    layer = torch.nn.Linear(6, 5)
    layer.load_state_dict({"weight": weight.detach(), "bias": bias.detach()})
    return dict(layer.state_dict())


def listed(torch, x, *weights):
    held = torch.nn.ParameterList([w.detach() for w in weights])
    y = sum(w * x**i for i, w in enumerate(held))
    y.sum().backward()
    return y.detach(), [w.grad for w in held]


def named(torch, x, scale, shift):
    held = torch.nn.ParameterDict({"scale": scale.detach(), "shift": shift.detach()})
    y = x * held["scale"] + held["shift"]
    y.sum().backward()
    return y.detach(), dict(held.state_dict()), [w.grad for w in held.values()]


def both_merged(torch, scale, shift):
    held = torch.nn.ParameterDict({"scale": scale.detach()})
    held |= torch.nn.ParameterDict({"shift": shift.detach()})
    return dict(held.double().state_dict())


CASES = [
    Case(
        "nn/container",
        "ModuleList",
        with_parameters(module_list, "layers.0.weight", "layers.1.weight"),
        [(4, 6), (5, 6), (3, 5), (4, 3)],
        scale="condition",
    ),
    Case(
        "nn/container",
        "ModuleDict",
        with_parameters(module_dict, "heads.a.weight", "heads.b.weight"),
        [(4, 6), (3, 6), (3, 6), (4, 3)],
        scale="condition",
    ),
    Case("nn/module", "load_state_dict", loaded, [(5, 6), (5,)], exact=True),
    Case("nn/parameter_container", "ParameterList", listed, [(4,), (4,), (4,), (4,)]),
    Case("nn/parameter_container", "ParameterDict", named, [(4, 3), (3,), (3,)]),
    Case("nn/parameter_container", "ParameterDict, merged", both_merged, [(3,), (2, 2)]),
]
