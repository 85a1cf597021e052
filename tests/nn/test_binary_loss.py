"""Losses of yes-or-no questions: values, gradients, weights, errors."""

import numpy as np
import pytest
import torch

import scratch
from tests.checker import check, check_error, constant, sweep
from tests.columns import COLUMNS, functional
from tests.nn.inputs import REDUCTIONS, numbers, signs, unit
from tests.same_script import error, same_script


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("shape", [(3, 4), (1,), (), (0, 3), (2, 3, 4)], ids=str)
def test_binary_cross_entropy(shape, reduction):
    bce = functional("binary_cross_entropy", reduction=reduction)
    check(*bce, unit(*shape), unit(*shape), scale=50.0)
    check(*bce, unit(*shape).astype("f4"), constant(unit(*shape).round().astype("f4")), scale=50.0)
    # In float32, for torch adds 1e-12 to x and 1 - x in the second derivatives.
    arrays = [unit(*shape).astype("f4") for _ in range(3)]
    check(*bce, *arrays[:2], constant(arrays[2]), second=True, scale=500.0)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_certain_probabilities_cost_no_more_than_100(reduction):
    x, target = np.array([0.0, 1.0, 0.0, 1.0, 1e-45]), np.array([0.0, 1.0, 1.0, 0.0, 1.0])
    check(*functional("binary_cross_entropy", reduction=reduction), x, constant(target))


@pytest.mark.parametrize("weighted", [(), (4,), (3, 1), (3, 4)], ids=str)
@pytest.mark.parametrize("name", ["binary_cross_entropy", "binary_cross_entropy_with_logits"])
def test_weights_broadcast(name, weighted):
    x, target, weight = unit(3, 4), unit(3, 4), constant(unit(*weighted))
    for reduction in REDUCTIONS:
        check(*functional(name, reduction=reduction), x, target, weight, scale=50.0)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_scores(reduction):
    logits = functional("binary_cross_entropy_with_logits", reduction=reduction)
    shapes = ((3, 4), (3, 4)), ((1,), (1,)), ((), ()), ((0, 3), (0, 3))
    sweep(*logits, *shapes, domain=(None, "unit"), specials=("inf", "zeros", "ties"), scale=10.0)
    check(*logits, 300 * numbers(4, 5, dtype="f4"), unit(4, 5).astype("f4"))
    check(*logits, numbers(4, 5, dtype="f2"), constant(unit(4, 5).astype("f2")))


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("positive", [(), (4,), (3, 4)], ids=str)
def test_positive_weights(positive, reduction):
    def of(column):
        loss = column.nn.functional.binary_cross_entropy_with_logits
        return lambda x, t, p, w: loss(x, t, w, pos_weight=p, reduction=reduction)

    arrays = numbers(3, 4), unit(3, 4), constant(3 * unit(*positive)), constant(unit(3, 1))
    check(*map(of, COLUMNS), *arrays, second=True, scale=50.0)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_soft_margins(reduction):
    soft = functional("soft_margin_loss", reduction=reduction)
    check(*soft, numbers(3, 4), constant(signs(3, 4)), second=True, scale=10.0)
    check(*soft, numbers(3, 4), constant(signs(4)))
    check(*soft, np.array([-1000.0, 1000.0]), constant(np.ones(2)))
    many = functional("multilabel_soft_margin_loss", reduction=reduction)
    for shape in ((3, 4), (4,), (0, 4)):
        check(*many, numbers(*shape), constant(unit(*shape).round()), scale=10.0)
        check(*many, numbers(*shape), constant(unit(*shape).round()), constant(unit(4)), scale=10.0)


@pytest.mark.parametrize("name", ["BCELoss", "BCEWithLogitsLoss", "SoftMarginLoss"])
def test_names_in_the_graph(name):
    def name_of(column):
        x = column.full((3,), 0.5, requires_grad=True)
        return getattr(column.nn, name)()(x, column.ones(3)).grad_fn.name()

    assert name_of(scratch) == name_of(torch)


@same_script
def test_wrong_inputs(torch):
    F, ones = torch.nn.functional, torch.ones
    bce, logits = F.binary_cross_entropy, F.binary_cross_entropy_with_logits
    wants = ones(3, requires_grad=True)
    scripts = [
        lambda: bce(ones(3) * 2, ones(3)),
        lambda: bce(-ones(3), ones(3)),
        lambda: bce(ones(3) * float("nan"), ones(3)),
        lambda: F.soft_margin_loss(ones(3), wants),
        lambda: F.soft_margin_loss(ones(3).long(), ones(3)),
        lambda: logits(ones(3), ones(3), pos_weight=wants),
        lambda: logits(ones(3), ones(3), pos_weight=ones(2)),
    ]
    for loss in (bce, logits):
        scripts += [
            lambda f=loss: f(ones(3), ones(3).long()),
            lambda f=loss: f(ones(3).long(), ones(3).long()),
            lambda f=loss: f(ones(3), ones(3).bool()),
            lambda f=loss: f(ones(3, 1), ones(3)),
            lambda f=loss: f(ones(3), ones(3), weight=ones(2)),
            lambda f=loss: f(ones(3), ones(3), weight=ones(2, 3)),
            lambda f=loss: f(ones(3), ones(3), weight=wants),
            lambda f=loss: f(ones(3), ones(3), reduction="average"),
            lambda f=loss: f(ones(3), None),
        ]
    with torch.no_grad():
        free = bce(ones(3), ones(3), weight=wants)
    return [error(torch, script) for script in scripts], free


def test_messages():
    bce = functional("binary_cross_entropy")
    check_error(*bce, 2 * np.ones(3), np.ones(3), match="BCEWithLogitsLoss.*sigmoid")
    check_error(*bce, np.ones((3, 1)), np.ones(3), match=r"input.squeeze\(1\)")
    check_error(*bce, np.ones(3), np.ones(3, int), match=r"target.to\(input.dtype\)")


@same_script(rtol=1e-5)
def test_dtypes_and_text(torch):
    nn, F = torch.nn, torch.nn.functional
    x, weight = torch.tensor([0.5, -1.0]), torch.tensor([1.0, 2.0])
    layers = [
        nn.BCELoss(weight),
        nn.BCEWithLogitsLoss(weight, pos_weight=weight),
        nn.SoftMarginLoss(reduction="sum"),
        nn.MultiLabelSoftMarginLoss(weight),
    ]
    mixed = [F.binary_cross_entropy_with_logits(x, x.double()), F.soft_margin_loss(x, x.double())]
    mixed.append(F.binary_cross_entropy_with_logits(x.double(), x))
    return [(repr(x), x.state_dict()) for x in layers], [(y, str(y.dtype)) for y in mixed]
