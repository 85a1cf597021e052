"""backward and grad: the same gradients, refusals and order of events as torch."""

import gc
import weakref

import pytest

import scratch
from scratch.autograd.graph import Node
from tests.same_script import error, same_script


@same_script
def test_fan_out_adds_up(torch):
    x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
    y = x * x + x * 3 - x
    y.backward(torch.tensor([0.3, -1.7, 2.9]))
    return x.grad


@same_script
def test_diamond_runs_each_node_once(torch):
    seen = []
    x = torch.tensor(2.0, requires_grad=True)
    a = x * x
    a.register_hook(lambda g: seen.append(float(g)))
    b, c = a * 3, a * 5
    (b * c).backward()
    return seen, x.grad


@same_script
def test_backward_twice_adds_to_the_same_tensor(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    x.sum().backward()
    first = x.grad
    (x * 3).sum().backward()
    return x.grad is first, first, x.grad


@same_script
def test_gradients_do_not_share_memory(torch):
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    b = torch.tensor([3.0, 4.0], requires_grad=True)
    dy = torch.tensor([5.0, 6.0])
    (a + b).backward(dy)
    a.grad.mul_(10)
    return a.grad, b.grad, dy


@same_script
def test_create_graph_accumulates_out_of_place(torch):
    x = torch.tensor(2.0, requires_grad=True)
    (x**3).backward(create_graph=True)
    first = x.grad
    (x**3).backward(create_graph=True)
    return x.grad is first, first, x.grad


@same_script
def test_several_roots(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y, z = x * 2, (x * x).sum()
    torch.autograd.backward([y, z], [torch.tensor([0.5, -1.0]), None])
    return x.grad


@same_script
def test_inputs_limits_what_is_accumulated(torch):
    a = torch.tensor(2.0, requires_grad=True)
    b = torch.tensor(3.0, requires_grad=True)
    c = a * b
    (c * a).backward(inputs=[a])
    d = a * b
    d.retain_grad()
    (d * d).backward(inputs=[b, d])
    return a.grad, b.grad, d.grad


@same_script
def test_grad_leaves_dot_grad_alone(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    h = x * x
    dh, dx = torch.autograd.grad(h.sum() * 3, [h, x])
    return dh, dx, x.grad is None


@same_script
def test_grad_with_unused_inputs(torch):
    x = torch.tensor(1.0, requires_grad=True)
    z = torch.tensor([1.0, 1.0], requires_grad=True)
    grad = torch.autograd.grad
    return (
        error(torch, lambda: grad(x * 2, [x, z])),
        grad(x * 2, [x, z], allow_unused=True)[1] is None,
        grad(x * 2, [x, z], materialize_grads=True),
        error(torch, lambda: grad(x * 2, z, allow_unused=False, materialize_grads=True)),
        error(torch, lambda: grad(x * 2, torch.tensor(1.0))),
    )


@same_script
def test_batched_gradients_are_jacobian_rows(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * x
    rows = torch.tensor([[1.0, 0.0], [0.0, 1.0], [2.0, 3.0]])
    return torch.autograd.grad(y, x, rows, is_grads_batched=True)


@same_script(rtol=1e-12)
def test_double_and_triple_backward(torch):
    x = torch.tensor([0.5, -1.5], dtype=torch.float64, requires_grad=True)
    y = (x**4).sum()
    results = []
    for _ in range(3):
        (dx,) = torch.autograd.grad(y, x, create_graph=True)
        results.append(dx)
        y = (dx * torch.tensor([0.7, -0.2], dtype=torch.float64)).sum()
    return results


@same_script
def test_refusals(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    backward = torch.autograd.backward
    y = (x * x).sum()
    y.backward()
    return [
        error(torch, lambda: y.backward()),
        error(torch, lambda: (x * 2).backward()),
        error(torch, lambda: torch.tensor(1.0).backward()),
        error(torch, lambda: (x * 2).backward(torch.tensor([1.0, 1.0, 1.0]))),
        error(torch, lambda: (x * 2).backward(3.0)),
        error(torch, lambda: backward([x * 2], [None])),
        error(torch, lambda: backward([x * 2, x], [torch.tensor([1.0, 1.0])])),
        error(torch, lambda: backward(x.sum(), inputs=[])),
    ]


@same_script
def test_second_backward_is_fine_where_nothing_was_saved(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = (x + x).sum()
    y.backward()
    y.backward()
    return x.grad


@same_script
def test_retain_graph(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = (x * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    return x.grad, error(torch, y.backward)


@same_script
def test_gradient_dtype_follows_the_result(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (x * 2).backward(torch.tensor([1.0, 3.0], dtype=torch.float64))
    return x.grad


@same_script
def test_mixed_dtypes_get_gradients_of_their_own(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = torch.tensor([3.0, 4.0], dtype=torch.float64, requires_grad=True)
    (x * y).sum().backward()
    return x.grad, y.grad


@same_script
def test_hooks_run_in_order_and_replace(torch):
    order = []
    w = torch.tensor(3.0, requires_grad=True)
    h = w * 2
    h.retain_grad()
    w.register_hook(lambda g: order.append(("w", float(g))))
    h.register_hook(lambda g: order.append(("h", float(g))))
    h.register_hook(lambda g: g * 10)
    gone = h.register_hook(lambda g: order.append("never"))
    gone.remove()
    w.register_post_accumulate_grad_hook(lambda p: order.append(("after", float(p.grad))))
    (h * h).backward()
    return order, w.grad, h.grad


@same_script
def test_hook_misuse(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    plain = torch.tensor([1.0])

    def bad_hook():
        y = x * 2
        y.register_hook(lambda g: torch.tensor([1.0, 2.0, 3.0]))
        y.sum().backward()

    return [
        error(torch, lambda: plain.register_hook(print)),
        error(torch, lambda: plain.retain_grad()),
        error(torch, lambda: (x * 2).register_post_accumulate_grad_hook(print)),
        error(torch, bad_hook),
    ]


@pytest.mark.parametrize("failing", ["rule", "hook"])
def test_a_backward_that_fails_changes_nothing(failing):
    class Fails(scratch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.clone()

        @staticmethod
        def backward(ctx, dy):
            raise ValueError("broken")

    def broken_hook(dy):
        raise ValueError("broken")

    a = scratch.tensor(1.0, requires_grad=True)
    b = scratch.tensor(1.0, requires_grad=True)
    (a * 2 + b).backward()
    before = float(a.grad), float(b.grad)
    h = b * 3
    if failing == "rule":
        h = Fails.apply(h)
    else:
        h.register_hook(broken_hook)
    with pytest.raises(ValueError, match="broken"):
        (h + a).backward()
    assert (float(a.grad), float(b.grad)) == before


def test_a_million_operations_deep():
    x = scratch.tensor(1.0, requires_grad=True)
    y = x
    for _ in range(1_000_000):
        y = y + 1
    y.backward()
    assert float(x.grad) == 1


def live_nodes() -> int:
    return sum(issubclass(type(thing), Node) for thing in gc.get_objects())


WAYS = ["dropped", "backward", "hooks", "views", "in place", "create_graph"]


@pytest.mark.parametrize("how", WAYS)
def test_a_graph_is_freed_without_the_garbage_collector(how):
    gc.collect()
    gc.disable()
    try:
        before = live_nodes()
        x = scratch.tensor([1.0, 2.0, 3.0], requires_grad=True)
        y = (x * 2).exp().tanh()
        if how == "views":
            y = y[1:].reshape(1, 2).t()
        if how == "in place":
            y = y + 0
            y[0] = x[1]
            y[1:].mul_(2)
        if how == "hooks":
            y.register_hook(lambda dy: dy * 2)
            y.retain_grad()
        assert live_nodes() > before
        memory = weakref.ref(y.grad_fn)
        loss = y.sum()
        if how == "create_graph":
            (dx,) = scratch.autograd.grad(loss, x, create_graph=True)
            dx.sum().backward()
            del dx
            x.grad = None
        elif how != "dropped":
            loss.backward()
        del y, loss
        assert memory() is None
        assert live_nodes() == before
    finally:
        gc.enable()


@same_script
def test_hooks_where_no_gradient_is_asked_for_are_not_called(torch):
    seen = []
    x, w = (torch.tensor([1.0, 2.0], requires_grad=True) for _ in range(2))
    y = x * 2
    y.register_hook(lambda dy: seen.append("y"))
    y.retain_grad()
    (dw,) = torch.autograd.grad((y * w).sum(), [w])
    (y * w).sum().backward(inputs=[w])
    return seen, dw, w.grad, y.grad


@same_script
def test_a_tensor_and_its_detached_self(torch):
    """They share an array, but only one of them has a second derivative."""
    grads = []
    for turned in (False, True):
        x = torch.tensor([1.0, 2.0], requires_grad=True)
        for other in (x.detach(), x.data):
            y = (other * x * x if turned else x * other * x).sum()
            (dx,) = torch.autograd.grad(y, x, create_graph=True)
            grads += [dx, *torch.autograd.grad(dx.sum(), x)]
            (dx,) = torch.autograd.grad((x * other).sum(), x, create_graph=True)
            grads.append(dx.requires_grad)
    return grads


@same_script
def test_a_kept_gradient_of_one_output_of_several(torch):
    """A second backward comes by a saved output, too: it is the same tensor's gradient."""
    x = torch.tensor([[1.0, 2.0, 4.0], [0.0, 1.0, 5.0]], dtype=torch.float64, requires_grad=True)
    std, mean = torch.std_mean(x * x, 1)
    std.retain_grad()
    (dx,) = torch.autograd.grad((3 * std).sum() + mean.sum(), x, create_graph=True)
    first = std.grad.clone()
    (dx * dx).sum().backward()
    return [first, std.grad.round(decimals=9), x.grad.round(decimals=9)]
