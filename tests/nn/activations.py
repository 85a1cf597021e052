"""What the tests of the activations share."""

import torch

import scratch
import torch_impl
from tests.checker import check, sweep

COLUMNS = scratch, torch_impl, torch
NUMBERS = ("inf", "zeros", "ties", "denormal", "huge", "tiny")  # the slope torch has at NaN varies
FINITE = ("nan", "zeros", "ties", "denormal", "tiny")  # torch has NaN or infinity, as it happens
SHAPES = (3, 4), (0, 3), ()


def functions(name, *args, **options):
    """The function of this name in each column, with these options."""

    def given(column):
        return lambda x: getattr(column.nn.functional, name)(x, *args, **options)

    return [given(column) for column in COLUMNS]


def agree(name, *args, shapes=SHAPES, exact=False, second=True, **options):
    """Values, gradients and second gradients of a function with these options, in any layout."""
    sweep(*functions(name, *args), *shapes, exact=exact, second=second, **options)


def agree_in_place(name, *args, x, **options):
    """Written over a product, so that a leaf gets a gradient."""

    def on_a_product(column):
        def function(x):
            product = x * 1
            y = getattr(column.nn.functional, name)(product, *args, **options)
            assert y is product
            return y

        return function

    check(*map(on_a_product, COLUMNS), x)


def same_names(calls):
    """Asserts that the graph of scratch calls these functions of F what torch's does."""

    def names(column):
        x = column.tensor([[-1.0, 2.0], [0.5, -4.0]]).requires_grad_()
        return [call(x * 1).grad_fn.name() for call in calls(column.nn.functional)]

    assert names(scratch) == names(torch)


def refusals(torch, call):
    """The types of the errors, or dtypes of the results, for inputs of every kind."""
    seen = []
    for kind in ("bool", "uint8", "int8", "int64", "float16"):
        x = torch.tensor([0, 1, 2, 7]).to(getattr(torch, kind))
        try:
            y = call(x)
            seen.append((str(y.dtype), y.tolist() if kind != "float16" else None))
        except (RuntimeError, TypeError, NotImplementedError) as raised:
            seen.append((kind, type(raised).__name__))
    for x in ([1.0], None):
        try:
            seen.append(call(x))
        except (RuntimeError, TypeError, AttributeError) as raised:
            seen.append(type(raised).__name__)
    return seen


def three_gradients(torch, call):
    """A function's gradient, the gradient of that, and the gradient of that, at a few numbers."""
    x = torch.tensor([-8.0, -0.25, 0.0, 0.25, 2.0, 8.0], requires_grad=True)
    (dx,) = torch.autograd.grad((call(x) * 3).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad((dx * dx).sum(), x, create_graph=True)
    v = torch.ones(6, requires_grad=True)  # a gradient is linear in dy
    (dx_of_v,) = torch.autograd.grad(call(x), x, v, create_graph=True)
    (dv,) = torch.autograd.grad((dx_of_v * dx_of_v).sum(), v)
    return dx, second, dv
