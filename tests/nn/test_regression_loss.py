"""Losses of a regression: every reduction, weights, broadcasting, graphs, errors."""

import numpy as np
import pytest
import torch

import scratch
import torch_impl
from tests.checker import check, check_error, constant, sweep
from tests.columns import COLUMNS
from tests.nn.inputs import REDUCTIONS, numbers, rng
from tests.same_script import error, same_script

# ---- MSELoss --------------------------------------------------------------------------------


def mse(reduction):
    return [column.nn.MSELoss(reduction=reduction) for column in COLUMNS]


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_mse_gradient_bits(reduction):
    check(*mse(reduction), numbers(3, 7, dtype="f4"), numbers(3, 7, dtype="f4"), exact="gradients")


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shapes", [((3, 4), (4,)), ((3, 1), (3,)), ((2,), ())])
def test_mse_broadcasts_with_a_warning(reduction, shapes):
    x, target = (numbers(*shape) for shape in shapes)
    with pytest.warns(UserWarning, match=r"target size \(torch.Size.*different to the input size"):
        check(*mse(reduction), x, target, scale="terms")


@same_script
def test_mse_dtypes(torch):
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    F = torch.nn.functional
    wide = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    loss = F.mse_loss(x, wide)
    loss.backward()
    others = [torch.tensor([0, 1]), torch.tensor([True, False])]
    return loss.detach(), x.grad, wide.grad, [F.mse_loss(x, t).detach() for t in others]


@same_script
def test_mse_errors(torch):
    F, ones = torch.nn.functional, torch.ones
    return [
        error(torch, function)
        for function in (
            lambda: F.mse_loss(ones(3), ones(4)),
            lambda: F.mse_loss(ones(3).long(), ones(3).long()),
            lambda: F.mse_loss(ones(3), ones(3), reduction="average"),
            lambda: F.mse_loss(ones(3), 0),
            lambda: F.mse_loss(ones(3), ones(3), weight=ones(4)),
        )
    ]


# ---- all of them ----------------------------------------------------------------------------

LOSSES = {
    "MSELoss": {},
    "L1Loss": {},
    "SmoothL1Loss": {},
    "SmoothL1Loss of a wide parabola": {"beta": 2.5},
    "SmoothL1Loss without one": {"beta": 0},
    "HuberLoss": {},
    "HuberLoss of a narrow parabola": {"delta": 0.3},
}


def losses(name, reduction="mean"):
    kind = name.split()[0]
    return [getattr(c.nn, kind)(reduction=reduction, **LOSSES[name]) for c in COLUMNS]


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", LOSSES)
def test_values_and_gradients(name, reduction):
    shapes = ((3, 4), (3, 4)), ((1,), (1,)), ((), ()), ((0, 3), (0, 3))
    sweep(*losses(name, reduction), *shapes, specials=("nan", "inf", "zeros", "ties", "denormal"))
    check(*losses(name, reduction), numbers(3, 4), numbers(3, 4), second=True, scale=10.0)
    check(*losses(name, reduction), numbers(3, 4), constant(numbers(3, 4)))
    check(*losses(name, reduction), numbers(30, 40, dtype="f4"), numbers(30, 40, dtype="f4"))
    check(*losses(name, reduction), numbers(3, 4, dtype="f2"), numbers(3, 4, dtype="f2"))


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", LOSSES)
def test_broadcasting_with_a_warning(name, reduction):
    with pytest.warns(UserWarning, match="different to the input size"):
        check(*losses(name, reduction), numbers(3, 1), numbers(3), scale=10.0)


@pytest.mark.parametrize("name", ["l1_loss", "mse_loss", "huber_loss"])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_weights(name, reduction):
    def of(column):
        function = getattr(column.nn.functional, name)
        return lambda x, t, w: function(x, t, reduction=reduction, weight=w)

    arrays = numbers(3, 4), numbers(3, 4), rng.uniform(0.5, 2, (3, 4))
    check(*map(of, COLUMNS), *arrays, scale=20.0, second=True)


@pytest.mark.parametrize("column", [scratch, torch_impl])
@pytest.mark.parametrize(
    ("shapes", "says"),
    [
        (((3,), (3, 1)), r"target.squeeze\(1\) or input.unsqueeze\(1\)"),
        (((3, 1), (3,)), r"input.squeeze\(1\) or target.unsqueeze\(1\)"),
        (((2, 3), (1, 2, 3)), r"target.squeeze\(0\) or input.unsqueeze\(0\)"),
        (((2, 3), (3,)), "same size.$"),
    ],
)
def test_the_warning_names_the_fix(column, shapes, says):
    with pytest.warns(UserWarning, match=says):
        column.nn.MSELoss()(*map(column.ones, shapes))


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", LOSSES)
def test_names_in_the_graph(name, reduction):
    def names(column, loss):
        node, found = loss(column.ones(3, requires_grad=True), column.zeros(3)).grad_fn, []
        while node.next_functions:
            found.append(node.name())
            node = node.next_functions[0][0]
        return found

    ours, _, builtin = losses(name, reduction)
    assert names(scratch, ours) == names(torch, builtin)


@same_script
def test_dtypes(torch):
    F = torch.nn.functional
    x = torch.tensor([1.0, 2.5])
    others = [torch.tensor([0, 1]), x.double() * 2, x.half()]
    results = []
    for loss in (F.smooth_l1_loss, F.huber_loss, F.l1_loss):
        results += [(y := loss(x, t), str(y.dtype)) for t in others]
        results += [error(torch, lambda f=loss, t=t: f(t, x)) for t in others]
        results += [error(torch, lambda f=loss, t=t: f(t, t)) for t in others]
    return results


@same_script
def test_errors(torch):
    F, nn, ones = torch.nn.functional, torch.nn, torch.ones
    return [
        error(torch, function)
        for function in (
            lambda: F.huber_loss(ones(3), ones(4)),
            lambda: F.huber_loss(ones(3), ones(3), delta=0),
            lambda: F.huber_loss(ones(3), ones(3), weight=ones(2)),
            lambda: F.huber_loss(ones(3), ones(3), reduction="average"),
            lambda: F.l1_loss(ones(3), ones(3), weight=ones(2)),
            lambda: F.l1_loss(ones(3), 1.0),
            lambda: F.l1_loss(ones(3), ones(3), reduction="average"),
            lambda: F.smooth_l1_loss(ones(3), ones(3), beta=-1.0),
            lambda: F.smooth_l1_loss(ones(3), None),
            lambda: nn.HuberLoss(delta="1"),
            lambda: nn.MSELoss(ones(3), ones(3)),
        )
    ]


@same_script
def test_text(torch):
    nn = torch.nn
    layers = nn.L1Loss(), nn.SmoothL1Loss(beta=0.5), nn.HuberLoss("sum", 2), nn.MSELoss()
    return [(repr(x), x.reduction, getattr(x, "beta", getattr(x, "delta", 0))) for x in layers]


@pytest.mark.filterwarnings("ignore:size_average and reduce")
def test_old_names_of_the_reduction():
    for name in ("mse_loss", "l1_loss", "smooth_l1_loss"):
        functions = [getattr(c.nn.functional, name) for c in COLUMNS]
        check(*functions, numbers(3), numbers(3), size_average=False, scale=5.0)
        check(*functions, numbers(3), numbers(3), reduce=False)


def test_a_message():
    functions = [c.nn.functional.huber_loss for c in COLUMNS]
    check_error(*functions, np.ones(3), np.ones(3), delta=-1, match="non-positive.*-1")
