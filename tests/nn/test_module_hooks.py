"""Module: what hooks see, in which order, and what they may replace. One script, three columns."""

import scratch
from tests.same_script import error, same_script


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
