"""What a tensor knows of its gradient."""

import copy
import pickle

from tests.same_script import error, same_script


@same_script
def test_leaves_and_others(torch):
    x = torch.tensor([1.0], requires_grad=True)
    y, z = x * 2, torch.tensor([1.0]) * 2
    return [
        (t.is_leaf, t.requires_grad, t.grad_fn is None, t.output_nr, t.retains_grad)
        for t in (x, y, z, y.detach(), y.data)
    ]


@same_script
def test_requires_grad(torch):
    x = torch.tensor([1.0])
    same = x.requires_grad_() is x
    y = x * 2
    x2 = torch.tensor([1.0])
    x2.requires_grad = True
    return [
        same,
        x.requires_grad,
        error(torch, lambda: setattr(y, "requires_grad", False)),
        error(torch, lambda: y.requires_grad_(False)),
        error(torch, lambda: y.requires_grad_(True)),
        error(torch, lambda: torch.tensor([1]).requires_grad_()),
        x.requires_grad_(False).requires_grad,
        x2.requires_grad,
    ]


@same_script
def test_assigning_grad(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    x.grad = torch.tensor([3.0, 4.0])
    x.sum().backward()
    return [
        x.grad,
        error(torch, lambda: setattr(x, "grad", torch.ones(3))),
        error(torch, lambda: setattr(x, "grad", torch.ones(2, dtype=torch.float64))),
        error(torch, lambda: setattr(x, "grad", 1.0)),
        error(torch, lambda: setattr(x, "grad", x)),
        error(torch, lambda: setattr(x, "grad", None)),
        x.grad is None,
    ]


@same_script
def test_detaching(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    d = y.detach()
    d.mul_(10)
    y.detach_()
    return d, y, y.requires_grad, y.is_leaf, error(torch, lambda: (x * 2)[0].detach_())


@same_script
def test_assigning_data(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    x.data = torch.tensor([5.0, 6.0, 7.0])
    return x, x.is_leaf, error(torch, lambda: setattr(x, "data", torch.tensor([1])))


@same_script
def test_the_old_variable(torch):
    x = torch.tensor([1.0, 2.0])
    v = torch.autograd.Variable(x, requires_grad=True)
    (v * 3).sum().backward()
    return v.grad, isinstance(x, torch.autograd.Variable), x.requires_grad, type(v) is type(x)


@same_script
def test_copies(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (x * x).sum().backward()
    deep, pickled = copy.deepcopy(x), pickle.loads(pickle.dumps(x))
    x.data.zero_()
    return [
        (deep, deep.grad, deep.is_leaf),
        (pickled, pickled.is_leaf),
        error(torch, lambda: copy.deepcopy(x * 2)),
    ]


@same_script
def test_attributes_of_ones_own(torch):
    x = torch.tensor([1.0, 2.0])
    x.note = "mine"
    return x.note, hash(x) == hash(x), x in [x], len({x, x})
