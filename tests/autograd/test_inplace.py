"""In-place operations and views: right, or refused, wherever torch is."""

import re

import pytest

import scratch
from tests.same_script import error, same_script


@same_script
def test_in_place_takes_the_results_history(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    h = x * 2
    h.mul_(3).add_(x)
    h.sum().backward()
    return h, h.grad_fn.name(), x.grad, h._version


@same_script
def test_versions_are_shared_with_views(torch):
    x = torch.zeros(2, 3)
    row, flat, apart, data = x[0], x.view(-1), x.detach(), x.data
    row.add_(1)
    flat[2] = 5.0
    apart.mul_(2)
    return [t._version for t in (x, row, flat, apart, data)], x, data


@same_script
def test_writing_to_a_view_changes_its_base(torch):
    w = torch.tensor([2.0, 3.0], requires_grad=True)
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    h = x * 1
    h[1].mul_(w)
    h[0, 1] = w[0]
    h.backward(torch.tensor([[0.1, 0.2], [0.3, 0.4]]))
    return h, x.grad, w.grad, h.grad_fn.name()


@same_script
def test_other_views_see_the_new_history(torch):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    h = x * 1
    first, last = h[:2], h[1:]
    first.mul_(10)
    (last * torch.tensor([0.5, -2.0])).sum().backward()
    return last, x.grad


@same_script
def test_a_constant_base_becomes_differentiable(torch):
    w = torch.tensor([2.0, 3.0], requires_grad=True)
    base = torch.zeros(2, 2)
    view = base[0]
    view.add_(w)
    other = base[1]
    return (
        base.requires_grad,
        view.requires_grad,
        other.requires_grad,
        base,
        torch.autograd.grad((base * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum(), w),
    )


@same_script
def test_views_of_views(torch):
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
    h = x * 1
    v = h.t()[1:].view(2, 2)
    v[0].mul_(3)
    v.add_(2)
    h.backward(torch.tensor([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]))
    return h, x.grad, v._base is h


@same_script
def test_double_backward_through_a_written_view(torch):
    x = torch.tensor([0.5, 2.0, 3.0], dtype=torch.float64, requires_grad=True)
    h = x * x
    h[1:].mul_(x[:2])
    (dx,) = torch.autograd.grad((h * h).sum(), x, create_graph=True)
    return dx, torch.autograd.grad(dx.sum(), x)


@same_script
def test_overwriting_ends_the_gradient(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    h = x * 1
    h.zero_()
    h.sum().backward()
    k = x * 1
    k.fill_(3.0)
    k[0] = 4.0
    return h.grad_fn.name(), x.grad, k.requires_grad


@same_script
def test_refusals(torch):
    leaf = torch.tensor([1.0, 2.0], requires_grad=True)
    h = leaf * 1
    with torch.no_grad():
        quiet = leaf[0:1]
    integers = torch.tensor([1, 2])
    return [
        error(torch, lambda: leaf.add_(1)),
        error(torch, lambda: leaf[0].add_(1)),
        error(torch, lambda: leaf.__setitem__(0, 1.0)),
        error(torch, lambda: quiet.add_(1)),
        error(torch, lambda: h.unbind()[0].add_(1)),
        error(torch, lambda: torch.ones(1, 2).add_(torch.ones(2, 2))),
        error(torch, lambda: integers.add_(1.5)),
        error(torch, lambda: integers.mul_(2)),
        error(torch, lambda: torch.ones(2, 1).expand(2, 3).add_(1)),
    ]


@same_script
def test_no_grad_updates_of_leaves(torch):
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    (w * w).sum().backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w[0] = 7.0
    w.data.add_(1)
    return w, w.is_leaf, w._version


@same_script
def test_saved_tensors_that_changed(torch):
    def attempt(op, change):
        x = torch.tensor([1.0, 2.0], requires_grad=True)
        h = x * 1
        y = op(h)
        change(h, y)
        return error(torch, lambda: y.sum().backward())

    return [
        attempt(lambda h: h * h, lambda h, y: h.add_(1)),
        attempt(lambda h: h + 1, lambda h, y: h.add_(1)),
        attempt(lambda h: h.exp(), lambda h, y: h.add_(1)),
        attempt(lambda h: h.exp(), lambda h, y: y.mul_(2)),
        attempt(lambda h: h.relu(), lambda h, y: h.zero_()),
        attempt(lambda h: h * 2, lambda h, y: h.zero_()),
        attempt(lambda h: h * h, lambda h, y: h[0].zero_()),
        attempt(lambda h: h * h, lambda h, y: h.detach().zero_()),
        attempt(lambda h: h * h, lambda h, y: h.data.zero_()),
    ]


def test_the_error_names_both_operations_and_the_line():
    x = scratch.tensor([1.0, 2.0], requires_grad=True)
    h = x * 1
    y = h.tanh().sum() + (h * h).sum()
    h.add_(1)  # the guilty line
    with pytest.raises(RuntimeError) as raised:
        y.backward()
    text = str(raised.value)
    assert "MulBackward0" in text and "add_" in text
    file, line = re.search(r"in (\S+), line (\d+)", text).groups()
    with open(file) as source:
        assert "the guilty line" in source.read().splitlines()[int(line) - 1]


@same_script
def test_integers_written_over_with_numbers_that_require_gradients(torch):
    w = torch.tensor([1.5, 2.5], requires_grad=True)
    x, y, z = (torch.zeros(2, dtype=torch.int64) for _ in range(3))
    x.copy_(w)
    y[0] = w[1]
    z[:] = w * 2
    return x, y, z


@same_script
def test_saved_results_are_watched_where_they_were_written(torch):
    def change(first, second):
        x = torch.ones(2, requires_grad=True)
        y = second(first(x * 1))
        return error(torch, y.sum().backward)

    names = ["exp_", "sqrt_", "tanh_", "sigmoid_", "relu_", "sin_"]
    return [change(lambda x, name=name: getattr(x, name)(), lambda y: y.add_(1)) for name in names]


@same_script
def test_other_dtypes_are_watched_too(torch):
    x, y = torch.ones(2, requires_grad=True), torch.ones(2, dtype=torch.float64)
    z = torch.atan2(x, y)
    y.zero_()
    half = torch.ones(2, dtype=torch.float16)
    half.mul_(x)
    half.sum().backward()
    return [error(torch, z.sum().backward), x.grad]


@same_script
def test_a_leaf_added_to_its_own_memory(torch):
    """x.detach() shares the leaf's memory, and yet the leaf gets its gradient."""
    x, y = (torch.ones(3, requires_grad=True) for _ in range(2))
    a, b = x.detach(), y.detach()
    a += x
    b[()] += y
    (a.sum() + b.sum()).backward()
    return a, b, x.grad, y.grad


@same_script
def test_a_leaf_that_is_a_view_itself(torch):
    x = torch.ones(2, 4).mT
    x.requires_grad_()
    refused = [
        error(torch, lambda: x.diagonal().fill_(2.0)),
        error(torch, lambda: x[0].add_(1)),
        error(torch, lambda: x.t().t().mul_(2)),
    ]
    with torch.no_grad():
        x[0].add_(1)
    return [refused, x]


@same_script
def test_an_operand_by_name_that_is_the_tensor_itself(torch):
    leaf = torch.tensor([1.0, -2.0], requires_grad=True)
    results = []
    for change in (lambda x: x.clamp_(max=x), lambda x: x.mul_(other=x), lambda x: x.clamp_(x, x)):
        x = leaf * 1
        results.append(error(torch, lambda change=change, x=x: change(x).sum().backward()))
    return [results, leaf.grad]
