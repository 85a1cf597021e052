"""Module: what hooks see, in which order, and what they may replace. One script, three columns."""

import pytest

import scratch
from tests.same_script import error, plain, same_script


def layer(torch):
    torch.manual_seed(0)
    return torch.nn.Linear(2, 2)


@same_script(rtol=1e-6)
def test_forward_hooks(torch):
    m, seen = layer(torch), []
    x = torch.tensor([[1.0, -2.0]])

    def pre(module, args):
        seen.append(("pre", module is m, args))

    def replace_args(module, args):
        seen.append(("replace", args))
        return args[0] * 2

    def post(module, args, output):
        seen.append(("post", args, output))

    def replace_output(module, args, output):
        seen.append(("replace output", output))
        return output + 1

    handles = [
        m.register_forward_pre_hook(pre),
        m.register_forward_pre_hook(replace_args),
        m.register_forward_hook(replace_output),
        m.register_forward_hook(post),
    ]
    hooked = m(x)
    for handle in handles:
        handle.remove()
    return hooked, m(x), seen, len(m._forward_hooks)


@same_script
def test_prepend_and_kwargs(torch):
    class Scale(torch.nn.Module):
        def forward(self, x, times=1):
            return x * times

    m, seen = Scale(), []
    m.register_forward_pre_hook(lambda *a: seen.append("second"))
    m.register_forward_pre_hook(lambda *a: seen.append("first"), prepend=True)

    def change(module, args, kwargs):
        return args, {"times": kwargs["times"] + 1}

    m.register_forward_pre_hook(change, with_kwargs=True)
    m.register_forward_hook(lambda m, a, k, y: seen.append((k, y)), with_kwargs=True)
    return m(torch.ones(2), times=4), seen


@same_script
def test_always_called(torch):
    class Fails(torch.nn.Module):
        def forward(self, x):
            raise ValueError("on purpose")

    m, seen = Fails(), []
    m.register_forward_hook(lambda *a: seen.append("usual"))
    m.register_forward_hook(lambda m, a, y: seen.append(("always", y)), always_call=True)
    return error(torch, lambda: m(torch.ones(1))), seen


@same_script
def test_bad_answers_of_hooks(torch):
    m = layer(torch)
    m.register_forward_pre_hook(lambda m, args, kwargs: 3, with_kwargs=True)
    return error(torch, lambda: m(torch.ones(1, 2)))


@same_script(rtol=1e-6)
def test_full_backward_hook(torch):
    m, seen = layer(torch), []
    x = torch.tensor([[1.0, -2.0]], requires_grad=True)
    m.register_full_backward_hook(lambda m, dx, dy: seen.append((dx, dy)))
    m.register_full_backward_pre_hook(lambda m, dy: seen.append(dy))
    y = m(x)
    name = y.grad_fn.name()
    y.backward(torch.tensor([[3.0, 5.0]]))
    return seen, x.grad, m.weight.grad, m.bias.grad, name


@same_script(rtol=1e-6)
def test_full_backward_hook_replaces(torch):
    m = layer(torch)
    x = torch.tensor([[1.0, -2.0]], requires_grad=True)
    m.register_full_backward_pre_hook(lambda m, dy: (dy[0] * 10,))
    m.register_full_backward_hook(lambda m, dx, dy: (dx[0] + 1,))
    m(x).backward(torch.tensor([[3.0, 5.0]]))
    return x.grad, m.bias.grad


@same_script(rtol=1e-6)
def test_full_backward_hook_without_an_input_that_requires_grad(torch):
    m, seen = layer(torch), []
    m.register_full_backward_hook(lambda m, dx, dy: seen.append((dx, dy)))
    m(torch.tensor([[1.0, -2.0]])).backward(torch.tensor([[3.0, 5.0]]))
    return seen, m.weight.grad


@same_script
def test_full_backward_hook_of_several_inputs_and_outputs(torch):
    class Both(torch.nn.Module):
        def forward(self, a, b, n):
            return a * b, a + n

    m, seen = Both(), []
    m.register_full_backward_hook(lambda m, dx, dy: seen.append((dx, dy)))
    a = torch.tensor([2.0], requires_grad=True)
    b = torch.tensor([5.0], requires_grad=True)
    product, total = m(a, b, 3)
    (product * total).backward()
    return seen, a.grad, b.grad


@same_script(rtol=1e-6)
def test_no_backward_hooks_under_no_grad(torch):
    m, seen = layer(torch), []
    m.register_full_backward_hook(lambda *a: seen.append(a))
    with torch.no_grad():
        y = m(torch.ones(1, 2))
    return y, seen, y.requires_grad


def test_without_hooks_forward_is_called_directly():
    m = scratch.nn.Identity()
    m.forward = lambda x: ("replaced", x)
    assert m(1) == ("replaced", 1)


@same_script
def test_hooks_of_all_modules(torch):
    seen = []

    def note(name):
        return lambda m, *rest: seen.append((name, type(m).__name__, plain(rest)))

    registry = torch.nn.modules.module
    handles = [
        registry.register_module_forward_pre_hook(note("pre")),
        registry.register_module_forward_hook(note("forward")),
        registry.register_module_forward_hook(note("with kwargs"), with_kwargs=True),
        registry.register_module_full_backward_pre_hook(note("backward pre")),
        registry.register_module_full_backward_hook(note("backward")),
        registry.register_module_parameter_registration_hook(lambda m, n, p: seen.append(n)),
        registry.register_module_module_registration_hook(lambda m, n, p: seen.append(n)),
        registry.register_module_buffer_registration_hook(lambda m, n, p: seen.append(n)),
    ]
    net = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.ReLU())
    net.register_buffer("b", torch.ones(1))
    net.b = torch.zeros(1)
    net.p = torch.nn.Parameter(torch.ones(1))
    net.z = torch.nn.Tanh()
    net.z = net.p = None
    del net.z
    seen.append("built")
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(1)
    net[0].register_forward_hook(note("own"))
    net(torch.ones(1, 1, requires_grad=True)).sum().backward()
    for handle in handles:
        handle.remove()
    net(torch.ones(1, 1))
    return seen


@same_script
def test_a_registration_hook_replaces(torch):
    handle = torch.nn.modules.module.register_module_module_registration_hook(
        lambda m, name, module: torch.nn.Tanh() if isinstance(module, torch.nn.ReLU) else None
    )
    with handle:
        net = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Identity())
    return repr(net)


@same_script
def test_backward_hooks_of_the_older_kind(torch):
    m, seen = torch.nn.ReLU(), []
    handle = m.register_backward_hook(lambda m, dx, dy: seen.append((dx, dy)))
    m.register_backward_hook(lambda m, dx, dy: (dx[0] * 2,))
    x = torch.tensor([1.0, -1.0], requires_grad=True)
    m(x).sum().backward()
    handle.remove()
    full = torch.nn.ReLU()
    full.register_full_backward_hook(lambda *_: None)
    return (
        seen,
        x.grad,
        error(torch, lambda: m.register_full_backward_hook(lambda *_: None)),
        error(torch, lambda: full.register_backward_hook(lambda *_: None)),
    )


@pytest.mark.parametrize(
    "make, flaw",
    [
        (lambda nn: nn.Sequential(nn.Tanh(), nn.ReLU()), "consists of several operations"),
        (lambda nn: returns(nn, lambda x: [x * 2]), "does not return a Tensor"),
        (lambda nn: returns(nn, lambda x: {"y": x * 2}), "does not return a Tensor"),
        (lambda nn: returns(nn, lambda x: (x * 2, x + 1)), "come from different operations"),
    ],
)
def test_backward_hooks_of_the_older_kind_warn(make, flaw):
    m, seen = make(scratch.nn), []
    m.register_backward_hook(lambda *_: seen.append(1))
    with pytest.warns(FutureWarning, match=flaw):
        y = m(scratch.ones(2, requires_grad=True))
    first = y if isinstance(y, scratch.Tensor) else next(iter(y.values())) if "y" in y else y[0]
    first.sum().backward()
    assert seen == [1]


def returns(nn, forward):
    module = nn.Module()
    module.forward = forward
    return module


def test_backward_hooks_of_the_older_kind_on_other_arguments():
    m = scratch.nn.Module()
    m.forward = lambda x, times: x * times
    m.register_backward_hook(lambda *_: None)
    with pytest.warns(FutureWarning, match="something else than Tensors"):
        m(scratch.ones(2, requires_grad=True), 3)
    m(scratch.ones(2), 3)  # nothing to hang on
